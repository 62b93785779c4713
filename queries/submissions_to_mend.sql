-- title: Tệp không được tiếp nhận, tệp còn dòng bị từ chối chưa sửa
-- columns:
--   path:    {link: page}
--   page:    {title: Trang của phiếu, format: text, hidden: true}
--   rows_read:     {total: true}
--   rows_accepted: {total: true}
--   rows_rejected: {total: true}
SELECT page, path, sender, received_on, rows_read, rows_accepted, rows_rejected, rows_mended, outcome
FROM submission_status
WHERE rows_rejected > rows_mended OR submission IN (SELECT id FROM submissions WHERE status = 'refused')
ORDER BY rows_rejected > 0, submission
