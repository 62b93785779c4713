-- title: Phân kỳ khối lượng và kinh phí dự kiến giai đoạn 2
-- description: Chia đều, làm tròn từng năm; năm cuối nhận phần còn lại để tổng các năm bằng đúng tổng số.
-- columns:
--   year:         {title: Năm, format: year}
--   planned_m:    {title: Khối lượng dự kiến, format: number, decimals: 1, unit: mét, total: true}
--   cost_million: {title: Kinh phí dự kiến, format: number, decimals: 0, unit: triệu đồng, total: true}
WITH even AS (
  SELECT
    round(total.remaining_m / n.years, 1)    AS metres,
    round(total.cost_vnd / 1e6 / n.years, 0) AS million
  FROM phase_next AS n CROSS JOIN phase2_total AS total
)
SELECT
  CAST(y.year AS INTEGER) AS year,
  CASE WHEN y.year < n.end_year THEN even.metres  ELSE round(total.remaining_m - even.metres * (n.years - 1), 1) END    AS planned_m,
  CASE WHEN y.year < n.end_year THEN even.million ELSE round(total.cost_vnd / 1e6 - even.million * (n.years - 1), 0) END AS cost_million
FROM phase_next AS n
CROSS JOIN phase2_total AS total
CROSS JOIN even
CROSS JOIN LATERAL (SELECT unnest(range(n.start_year, n.end_year + 1)) AS year) AS y
WHERE total.remaining_m > 0
ORDER BY year
