-- title: Nguồn số liệu của từng đơn vị
-- columns:
--   unit: {title: Mã đơn vị, format: text, hidden: true}
SELECT l.unit, l.resource, l.resource_title, l.path, l.file, l.page, l.lines, l.place, l.files
FROM trail_lines AS l
WHERE l.place <= 60
ORDER BY l.unit, l.resource, l.place
