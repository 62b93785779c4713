-- title: Cảnh báo của từng tệp
-- columns:
--   submission: {title: Số phiếu, format: year, hidden: true}
--   message: {title: Nội dung cần đối chiếu, format: text}
SELECT f.submission, f.sheet, f.line, f."column", f.value, f.message
FROM submission_findings AS f
WHERE f.outcome = 'Cảnh báo'
ORDER BY f.submission, f.sheet_number, f.line, f."column", f.message
