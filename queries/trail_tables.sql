-- title: Các bảng số liệu của lần công bố
-- columns:
--   resource:       {title: Tên bảng, format: text}
--   resource_title: {title: Loại số liệu, format: text}
--   files:          {title: Số tệp, format: integer, unit: tệp}
--   rows:           {title: Số dòng còn hiệu lực, format: integer, unit: dòng, total: true}
--   queries:        {title: Số truy vấn đọc, format: integer}
WITH files AS (
  SELECT DISTINCT resource, resource_title, submission, rows
  FROM trail_sources
),
readers AS (
  SELECT resource, count(DISTINCT query) AS queries
  FROM trail_sources
  GROUP BY resource
)
SELECT
  f.resource, f.resource_title,
  count(*)                    AS files,
  CAST(sum(f.rows) AS BIGINT) AS rows,
  any_value(r.queries)        AS queries
FROM files AS f
JOIN readers AS r USING (resource)
GROUP BY f.resource, f.resource_title
ORDER BY f.resource
