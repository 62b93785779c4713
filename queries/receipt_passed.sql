-- title: Dòng không phải số liệu, để riêng
-- params:
--   submission: {title: Số phiếu, type: integer}
SELECT p.sheet, p.line, p.kind, p.text
FROM submission_passed AS p
WHERE p.submission = submission
ORDER BY p.sheet_number NULLS LAST, p.sheet, p.line, p.text
