-- title: Các tệp đã nhận
-- description: Tệp không được tiếp nhận đứng trước, rồi đến tệp có dòng bị từ chối.
-- columns:
--   path:    {link: page}
--   page:    {title: Trang của phiếu, format: text, hidden: true}
--   rows_read:     {total: true}
--   rows_accepted: {total: true}
--   rows_rejected: {total: true}
--   rows_warned:   {total: true}
--   outcome: {title: Kết quả, format: text}
SELECT
  submission, page, path, resource, sender, received_on,
  rows_read, rows_accepted, rows_rejected, rows_mended, rows_warned,
  concat_ws('. ', outcome, message) AS outcome
FROM receipts
ORDER BY ordinal
