-- title: Đối chiếu tổng các tỉnh với dòng tổng số in trong phụ lục
-- columns:
--   document:             {title: Phụ lục, format: text}
--   provinces:            {title: "Số tỉnh, thành phố", format: integer}
--   revenue_summed:       {title: "Thu, cộng các tỉnh", format: number, decimals: 0, unit: triệu đồng}
--   revenue_printed:      {title: "Thu, tổng số in", format: number, decimals: 0, unit: triệu đồng}
--   revenue_excess:       {title: Chênh lệch thu, format: number, decimals: 0, unit: triệu đồng}
--   expenditure_summed:   {title: "Chi, cộng các tỉnh", format: number, decimals: 0, unit: triệu đồng}
--   expenditure_printed:  {title: "Chi, tổng số in", format: number, decimals: 0, unit: triệu đồng}
--   expenditure_excess:   {title: Chênh lệch chi, format: number, decimals: 0, unit: triệu đồng}
--   outcome:              {title: Kết quả, format: text}
WITH limits AS (SELECT value::DOUBLE AS rounding FROM settings WHERE name = 'rounding'),
summed AS (
  SELECT kind, year, count(*) AS provinces, sum(revenue) AS revenue, sum(expenditure) AS expenditure
  FROM budget_lines
  GROUP BY kind, year
),
printed AS (SELECT kind, year, revenue, expenditure FROM budget WHERE row_type = 'total')
SELECT
  CASE s.kind WHEN 'plan' THEN 'Dự toán' ELSE 'Quyết toán' END AS document,
  s.kind,
  s.year,
  s.provinces,
  s.revenue     AS revenue_summed,
  p.revenue     AS revenue_printed,
  round(p.revenue - s.revenue, 3) AS revenue_excess,
  s.expenditure AS expenditure_summed,
  p.expenditure AS expenditure_printed,
  round(p.expenditure - s.expenditure, 3) AS expenditure_excess,
  CASE
    WHEN p.kind IS NULL THEN 'Không có dòng tổng số'
    WHEN greatest(abs(p.revenue - s.revenue), abs(p.expenditure - s.expenditure)) <= l.rounding THEN 'Khớp'
    ELSE 'Lệch'
  END AS outcome
FROM summed AS s
CROSS JOIN limits AS l
LEFT JOIN printed AS p USING (kind, year)
ORDER BY s.kind DESC, s.year
