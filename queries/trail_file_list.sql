-- title: Tệp nguồn của từng truy vấn
-- description: Các tệp nhận sau cùng của mỗi bảng mà truy vấn đọc, nhiều nhất 100 tệp một bảng.
-- columns:
--   resource:       {title: Bảng, format: text, hidden: true}
--   resource_title: {title: Loại số liệu, format: text}
--   path:           {title: Tệp, format: text, link: page}
--   page:           {title: Trang của phiếu, format: text, hidden: true}
--   submission:     {title: Số phiếu, format: year}
--   rows:           {title: Số dòng còn hiệu lực, format: integer, unit: dòng}
--   cut:            {title: Số tệp không liệt kê, format: integer, hidden: true}
WITH latest AS (
  SELECT
    f.resource, f.submission, r.page,
    greatest(count(*) OVER (PARTITION BY f.resource) - 100, 0) AS cut
  FROM (SELECT DISTINCT resource, submission FROM trail_sources) AS f
  LEFT JOIN receipts AS r ON r.submission = f.submission
  QUALIFY row_number() OVER (PARTITION BY f.resource ORDER BY f.submission DESC) <= 100
)
SELECT s.query, s.resource, s.resource_title, s.path, l.page, s.submission, s.rows, l.cut
FROM trail_sources AS s
JOIN latest AS l ON l.resource = s.resource AND l.submission = s.submission
ORDER BY s.query, s.resource_title, s.path, s.submission
