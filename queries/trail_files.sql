-- title: Các tệp nguồn
-- description: Các tệp nhận sau cùng của mỗi bảng, nhiều nhất 100 tệp một bảng.
-- params:
--   of_query: {title: Truy vấn, type: string}
-- columns:
--   resource:       {title: Bảng, format: text, hidden: true}
--   resource_title: {title: Loại số liệu, format: text}
--   path:           {title: Tệp, format: text, link: page}
--   page:           {title: Trang của phiếu, format: text, hidden: true}
--   submission:     {title: Số phiếu, format: year}
--   rows:           {title: Số dòng còn hiệu lực, format: integer, unit: dòng}
--   cut:            {title: Số tệp không liệt kê, format: integer, hidden: true}
SELECT
  s.resource, s.resource_title, s.path, r.page, s.submission, s.rows,
  greatest(count(*) OVER (PARTITION BY s.resource) - 100, 0) AS cut
FROM trail_sources AS s
LEFT JOIN receipts AS r ON r.submission = s.submission
WHERE s.query = of_query
QUALIFY row_number() OVER (PARTITION BY s.resource ORDER BY s.submission DESC) <= 100
ORDER BY s.resource_title, s.path, s.submission
