-- title: Dòng bị từ chối
-- params:
--   submission: {title: Số phiếu, type: integer}
-- columns:
--   message: {title: Lý do từ chối, format: text}
SELECT f.sheet, f.line, f."column", f.value, f.message
FROM submission_findings AS f
WHERE f.submission = submission AND f.outcome = 'Từ chối'
ORDER BY f.sheet_number, f.line, f."column", f.message
