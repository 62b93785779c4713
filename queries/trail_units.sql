-- title: Tệp và dòng của từng đơn vị
-- params:
--   of_query: {title: Truy vấn, type: string}
-- columns:
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   latest:    {title: Tệp và dòng gần nhất, format: text}
--   rows:      {title: Số dòng, format: integer}
SELECT
  s.unit_name,
  s.page || '#nguon-so-lieu' AS page,
  string_agg(l.resource_title || ' – ' || l.latest, '. ' ORDER BY l.resource) AS latest,
  CAST(sum(l.rows) AS BIGINT) AS rows
FROM trail_keys AS k
JOIN scheme_units AS s ON s.unit = k.key
JOIN unit_lines AS l ON l.unit = k.key
WHERE k.query = of_query AND k.key_of = 'units'
  AND l.resource IN (SELECT t.resource FROM trail_sources AS t WHERE t.query = of_query)
GROUP BY s.unit_name, s.page, s.ordinal
ORDER BY s.ordinal
