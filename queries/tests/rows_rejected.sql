-- title: Có dòng bị từ chối khi nạp
-- severity: warn
-- columns:
--   path:          {title: Tệp, format: text}
--   submission:    {title: Số tệp, format: integer}
--   rows_rejected: {title: Dòng bị từ chối, format: integer}
SELECT submission, path, rows_rejected
FROM submission_status
WHERE rows_rejected > 0
ORDER BY submission
