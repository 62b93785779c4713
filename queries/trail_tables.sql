-- title: Các bảng số liệu của lần công bố
-- columns:
--   resource:       {title: Tên bảng, format: text}
--   resource_title: {title: Loại số liệu, format: text}
--   files:          {title: Số tệp, format: integer, unit: tệp}
--   rows:           {title: Số dòng còn hiệu lực, format: integer, unit: dòng, total: true}
--   queries:        {title: Số truy vấn đọc, format: integer}
SELECT
  resource, resource_title,
  count(DISTINCT submission)  AS files,
  CAST(sum(rows) // count(DISTINCT query) AS BIGINT) AS rows,
  count(DISTINCT query)       AS queries
FROM trail_sources
GROUP BY resource, resource_title
ORDER BY resource
