-- title: Dòng bị từ chối
-- params:
--   submission: {title: Số phiếu, type: integer}
-- columns:
--   message: {title: Lý do từ chối, format: text}
--   mended_in: {title: Đã sửa ở tệp, format: text}
SELECT f.sheet, f.line, f."column", f.value, f.message, f.mended_in
FROM submission_findings AS f
WHERE f.submission = submission AND f.outcome <> 'Cảnh báo'
ORDER BY f.sheet_number, f.line, f."column", f.message
