-- title: Dòng bị từ chối và dòng có cảnh báo
-- columns:
--   outcome:   {title: Xử lý, format: text}
--   path:      {title: Tệp, format: text, link: page}
--   page:      {title: Trang của phiếu, format: text, hidden: true}
--   sheet:     {title: Trang tính, format: text}
--   line:      {title: Dòng, format: year}
--   column:    {title: Cột, format: text}
--   value:     {title: Giá trị, format: text}
--   message:   {title: Lý do, format: text}
--   submission: {title: Số phiếu, format: integer, hidden: true}
--   sheet_number: {title: Thứ tự trang tính, format: integer, hidden: true}
WITH found AS (
  SELECT 'Từ chối' AS outcome, submission, sheet_number, sheet, line, "column", value, message FROM rejects
  UNION ALL
  SELECT 'Cảnh báo', submission, sheet_number, sheet, line, "column", value, message FROM warnings
)
SELECT f.outcome, s.path, 'phieu/' || s.id AS page, f.sheet, f.line, f."column", f.value, f.message, f.submission, f.sheet_number
FROM found AS f
JOIN submissions AS s ON s.id = f.submission
ORDER BY f.outcome DESC, f.submission, f.sheet_number, f.line, f."column", f.message
