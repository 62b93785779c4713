-- title: Tệp và dòng của từng đơn vị
-- params:
--   of_query: {title: Truy vấn, type: string}
-- columns:
--   unit_name: {link: page}
--   page:      {hidden: true}
SELECT l.unit_name, l.page, l.latest, l.rows
FROM trail_unit_list AS l
WHERE l.query = of_query
ORDER BY l.ordinal
