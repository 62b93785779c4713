-- title: Phân kỳ khối lượng và kinh phí dự kiến giai đoạn 2
-- description: Chia đều cho các năm của giai đoạn tiếp theo.
-- columns:
--   year:         {title: Năm, format: year}
--   planned_m:    {title: Khối lượng dự kiến, format: number, decimals: 1, unit: mét, total: true}
--   cost_million: {title: Kinh phí dự kiến, format: number, decimals: 0, unit: triệu đồng, total: true}
SELECT
  CAST(y.year AS INTEGER)          AS year,
  total.remaining_m / n.years      AS planned_m,
  total.cost_vnd / 1e6 / n.years   AS cost_million
FROM phase_next AS n
CROSS JOIN phase2_total AS total
CROSS JOIN LATERAL (SELECT unnest(range(n.start_year, n.end_year + 1)) AS year) AS y
ORDER BY year
