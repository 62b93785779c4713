-- title: Năm cuối của tài liệu sau năm giao nộp
-- severity: warn
-- columns:
--   line:       {title: Dòng, format: year}
--   submission: {title: Số phiếu, format: year}
SELECT unit, handed_on, to_year, submission, line
FROM transfers
WHERE to_year > year(handed_on)
ORDER BY handed_on, unit
