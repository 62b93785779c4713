-- title: Truy vấn liên quan của từng truy vấn
-- description: Truy vấn chỉ có ở lần công bố trước thì không có trang.
-- columns:
--   query: {title: Truy vấn, format: text, hidden: true}
--   way:  {title: Chiều, format: text}
--   name: {title: Tên, format: text}
--   page: {title: Trang nguồn số liệu, format: text, hidden: true}
--   told: {title: Nội dung, format: text}
SELECT r.query, r.kind AS way, r.reads AS name, CASE WHEN r.kind IN ('query', 'previous') THEN 'nguon/' || t.query END AS page, t.title AS told
FROM trail_reads AS r
LEFT JOIN trail AS t ON t.query = r.reads
UNION ALL
SELECT r.reads, 'read_by', r.query, 'nguon/' || r.query, t.title
FROM trail_reads AS r
JOIN trail AS t ON t.query = r.query
WHERE r.kind = 'query'
ORDER BY query, way, name
