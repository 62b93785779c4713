-- title: Các truy vấn của lần công bố
-- description: Mỗi truy vấn một dòng; bấm vào tên để xem câu lệnh và tệp nguồn của các bảng mà truy vấn đọc.
-- columns:
--   query:       {title: Truy vấn, format: text, link: page}
--   page:        {title: Trang nguồn số liệu, format: text, hidden: true}
--   name:        {title: Nội dung, format: text}
--   explanation: {title: Diễn giải, format: text}
--   file:        {title: Tệp truy vấn, format: text}
--   tables:      {title: Bảng số liệu, format: text}
--   files:       {title: Số tệp, format: integer, unit: tệp}
--   rows:        {title: Số dòng, format: integer, unit: dòng}
--   units:       {title: Số đơn vị, format: integer}
--   as_of:       {title: Số liệu tại ngày, format: text}
--   sql:         {title: Câu lệnh SQL, format: text, hidden: true}
WITH sources AS (
  SELECT
    query,
    string_agg(DISTINCT resource_title, '; ' ORDER BY resource_title) AS tables,
    count(DISTINCT submission) AS files,
    sum(rows)                  AS rows
  FROM trail_sources
  GROUP BY query
),
keyed AS (
  SELECT query, count(*) AS units FROM trail_keys WHERE key_of = 'units' GROUP BY query
)
SELECT
  t.query,
  'nguon/' || t.query          AS page,
  t.title                      AS name,
  nullif(t.description, '')    AS explanation,
  t.file,
  s.tables,
  coalesce(s.files, 0)         AS files,
  CAST(coalesce(s.rows, 0) AS BIGINT) AS rows,
  coalesce(k.units, 0)         AS units,
  t.as_of,
  t.sql
FROM trail AS t
LEFT JOIN sources AS s ON s.query = t.query
LEFT JOIN keyed AS k ON k.query = t.query
ORDER BY t.query
