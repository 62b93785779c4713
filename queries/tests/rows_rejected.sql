-- title: Có dòng bị từ chối chưa sửa
-- severity: warn
-- columns:
--   path:          {title: Tệp, format: text}
--   submission:    {title: Số phiếu, format: year}
--   rows_rejected: {title: Dòng bị từ chối, format: integer}
--   rows_mended:   {title: Dòng đã sửa, format: integer}
SELECT submission, path, rows_rejected, rows_mended
FROM submission_status
WHERE rows_rejected > rows_mended
ORDER BY submission
