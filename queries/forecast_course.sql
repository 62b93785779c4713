-- title: Khối lượng đã chỉnh lý lũy kế và dự báo theo tốc độ hiện nay
-- description: >-
--   Sau kỳ mới nhất là các quý dự báo, đến quý hoàn thành nhưng không quá ba năm; mỗi đơn vị làm tiếp với tốc độ bốn quý
--   gần nhất của chính mình cho đến khi hết khối lượng của mình.
-- columns:
--   target_m:   {title: Kế hoạch lũy kế}
--   arranged_m: {title: Đã chỉnh lý lũy kế}
--   forecast_m: {title: Dự báo theo tốc độ hiện nay, format: number, decimals: 1, unit: mét}
--   ends_on:    {title: Ngày cuối kỳ, format: date, hidden: true}
WITH now AS (
  SELECT w.period, w.ends_on, least(f.done_on, CAST(w.ends_on + INTERVAL 3 YEAR AS DATE)) AS until
  FROM pace_window AS w CROSS JOIN forecast AS f
  WHERE f.done_period IS NOT NULL
),
quarters AS (
  SELECT CAST(last_day(date_trunc('quarter', now.ends_on) + to_months(3 * CAST(n AS INTEGER) + 2)) AS DATE) AS ends_on
  FROM now CROSS JOIN range(0, 14) AS r(n)
),
ahead AS (
  SELECT q.ends_on, sum(least(l.backlog_m, l.arranged_m + p.pace_m * datediff('day', now.ends_on, q.ends_on) / 365.25)) AS forecast_m
  FROM now CROSS JOIN quarters AS q
  CROSS JOIN progress_latest AS l JOIN pace_by_unit AS p USING (unit)
  WHERE q.ends_on > now.ends_on AND date_trunc('quarter', q.ends_on) <= now.until AND l.arranged_m IS NOT NULL
  GROUP BY q.ends_on
)
SELECT o.period, p.ends_on, o.target_m, o.arranged_m,
  CASE WHEN o.period = now.period THEN o.arranged_m END AS forecast_m
FROM progress_over_time AS o
JOIN periods AS p USING (period)
LEFT JOIN now ON true
UNION ALL
SELECT year(ends_on) || '-Q' || quarter(ends_on), ends_on, NULL, NULL, forecast_m
FROM ahead
ORDER BY ends_on
