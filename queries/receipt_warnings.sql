-- title: Cảnh báo
-- params:
--   submission: {title: Số phiếu, type: integer}
-- columns:
--   message: {title: Nội dung cần đối chiếu, format: text}
SELECT f.sheet, f.line, f."column", f.value, f.message
FROM submission_findings AS f
WHERE f.submission = submission AND f.outcome = 'Cảnh báo'
ORDER BY f.sheet_number, f.line, f."column", f.message
