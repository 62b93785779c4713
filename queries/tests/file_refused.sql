-- title: Tệp không được tiếp nhận
-- severity: warn
-- columns:
--   path:    {title: Tệp, format: text}
--   message: {title: Lý do, format: text}
SELECT path, message
FROM submissions
WHERE status = 'refused'
ORDER BY path
