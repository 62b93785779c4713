-- title: Tệp không nhận được, tệp có dòng bị từ chối
-- columns:
--   path:    {link: page}
--   page:    {title: Trang của phiếu, format: text, hidden: true}
--   rows_read:     {total: true}
--   rows_accepted: {total: true}
--   rows_rejected: {total: true}
SELECT page, path, sender, received_on, rows_read, rows_accepted, rows_rejected, outcome
FROM submission_status
WHERE rows_rejected > 0 OR submission IN (SELECT id FROM submissions WHERE status = 'refused')
ORDER BY rows_rejected > 0, submission
