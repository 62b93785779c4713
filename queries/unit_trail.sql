-- title: Nguồn số liệu của đơn vị
-- params:
--   unit: {title: Đơn vị, type: string}
SELECT l.resource, l.resource_title, l.path, l.file, l.page, l.lines, l.place, l.files
FROM trail_lines AS l
WHERE l.unit = unit AND l.place <= 60
ORDER BY l.resource, l.place
