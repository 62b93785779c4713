-- title: Dòng bị từ chối và dòng có cảnh báo
-- columns:
--   outcome:   {title: Xử lý, format: text}
--   path:      {title: Tệp, format: text}
--   line:      {title: Dòng, format: year}
--   column:    {title: Cột, format: text}
--   value:     {title: Giá trị, format: text}
--   message:   {title: Lý do, format: text}
--   submission: {title: Số tệp, format: integer, hidden: true}
WITH found AS (
  SELECT 'Từ chối' AS outcome, submission, line, "column", value, message FROM rejects
  UNION ALL
  SELECT 'Cảnh báo', submission, line, "column", value, message FROM warnings
)
SELECT f.outcome, s.path, f.line, f."column", f.value, f.message, f.submission
FROM found AS f
JOIN submissions AS s ON s.id = f.submission
ORDER BY f.outcome DESC, f.submission, f.line, f."column", f.message
