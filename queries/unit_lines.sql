-- title: Dòng số liệu gần nhất của từng đơn vị, theo bảng
-- columns:
--   latest: {title: Tệp và dòng gần nhất, format: text}
--   rows:   {title: Số dòng, format: integer}
SELECT
  unit, resource, resource_title, max(files) AS files, CAST(sum(rows) AS BIGINT) AS rows,
  string_agg(file || ': dòng ' || lines, '; ' ORDER BY place) FILTER (place <= 2)
    || CASE WHEN max(files) > 2 THEN '; … và ' || max(files) - 2 || ' tệp khác' ELSE '' END AS latest
FROM trail_lines
GROUP BY unit, resource, resource_title
ORDER BY unit, resource
