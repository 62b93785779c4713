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
--   mended_in: {title: Đã sửa ở tệp, format: text, hidden: true}
WITH found AS (
  SELECT
    CASE WHEN mended_in IS NULL THEN 1 ELSE 3 END AS place,
    CASE WHEN mended_in IS NULL THEN 'Từ chối' ELSE 'Đã sửa' END AS outcome,
    submission, sheet_number, sheet, line, "column", value, message, mended_in
  FROM rejects
  UNION ALL
  SELECT 2, 'Cảnh báo', submission, sheet_number, sheet, line, "column", value, message, NULL FROM warnings
)
SELECT f.outcome, s.path, 'phieu/' || s.id AS page, f.sheet, f.line, f."column", f.value, f.message, f.submission, f.sheet_number, f.mended_in
FROM found AS f
JOIN submissions AS s ON s.id = f.submission
ORDER BY f.place, f.submission, f.sheet_number, f.line, f."column", f.message
