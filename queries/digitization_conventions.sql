-- title: Số trang và kinh phí số hóa theo hai quy ước
-- description: Quy ước thứ nhất dùng cho các bảng khác của trang; quy ước thứ hai để so sánh.
-- columns:
--   used:       {title: Quy ước, format: text}
--   per_metre:  {title: Số trang một mét, format: integer, unit: trang}
--   scope_m:    {title: Tài liệu cần số hóa, format: number, decimals: 1, unit: mét}
--   pages:      {title: Số trang A4, format: integer}
--   to_do:      {title: Còn phải số hóa, format: integer, unit: trang}
--   cost_million: {title: Kinh phí dự kiến, format: number, decimals: 0, unit: triệu đồng}
WITH conventions AS (
  SELECT 1 AS place, 'Dùng để tính' AS used, pages_per_metre AS per_metre FROM thresholds
  UNION ALL
  SELECT 2, 'Để so sánh', pages_per_metre_other FROM thresholds WHERE pages_per_metre_other <> pages_per_metre
),
units AS (
  SELECT
    c.place, c.used, c.per_metre, e.scope_m,
    e.scope_m * c.per_metre                                    AS pages,
    greatest(e.scope_m * c.per_metre - e.digitized_pages, 0)   AS to_do
  FROM digitization_estimate AS e CROSS JOIN conventions AS c
)
SELECT
  u.used,
  CAST(u.per_metre AS BIGINT)          AS per_metre,
  sum(u.scope_m)                       AS scope_m,
  CAST(round(sum(u.pages)) AS BIGINT)  AS pages,
  CAST(round(sum(u.to_do)) AS BIGINT)  AS to_do,
  sum(u.to_do) * any_value(t.digitize_cost_per_page_vnd) / 1e6 AS cost_million
FROM units AS u CROSS JOIN thresholds AS t
GROUP BY u.place, u.used, u.per_metre
ORDER BY u.place
