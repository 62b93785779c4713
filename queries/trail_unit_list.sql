-- title: Tệp và dòng của từng đơn vị, theo truy vấn
-- columns:
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   ordinal:   {title: Thứ tự, format: integer, hidden: true}
--   latest:    {title: Tệp và dòng gần nhất, format: text}
--   rows:      {title: Số dòng, format: integer}
WITH tables AS (
  SELECT DISTINCT query, resource FROM trail_sources
)
SELECT
  k.query, s.unit_name, s.page || '#nguon-so-lieu' AS page, s.ordinal,
  string_agg(l.resource_title || ' – ' || l.latest, '. ' ORDER BY l.resource) AS latest,
  CAST(sum(l.rows) AS BIGINT) AS rows
FROM trail_keys AS k
JOIN scheme_units AS s ON s.unit = k.key
JOIN tables AS t ON t.query = k.query
JOIN unit_lines AS l ON l.unit = k.key AND l.resource = t.resource
WHERE k.key_of = 'units'
GROUP BY k.query, s.unit_name, s.page, s.ordinal
ORDER BY k.query, s.ordinal
