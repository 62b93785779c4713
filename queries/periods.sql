-- title: Các kỳ báo cáo
-- description: >-
--   Kỳ đến hạn là kỳ có trong kế hoạch, tính đến ngày cuối của báo cáo mới nhất; chưa có kế hoạch thì là các kỳ
--   không ngắn hơn kỳ của phần lớn báo cáo. Báo cáo gửi giữa hai kỳ đến hạn chỉ có mặt khi là mới nhất.
--   Các kỳ hết cùng một ngày (quý II, 6 tháng đầu năm) là một thời điểm, mang tên kỳ đến hạn có ở nhiều đơn vị nhất.
-- columns:
--   ends_on:    {title: Ngày cuối kỳ, format: date}
--   due:        {title: Đến hạn báo cáo, format: boolean}
--   is_current: {title: Kỳ mới nhất, format: boolean}
WITH planned AS (
  SELECT period, period_end(period) AS ends_on, count(*) AS units
  FROM targets
  GROUP BY period
),
reported AS (
  SELECT
    period,
    period_end(period) AS ends_on,
    count(*)           AS units,
    -- nhịp báo cáo: báo cáo 9 tháng cùng nhịp với báo cáo quý
    CASE
      WHEN length(period) = 4 THEN 12
      WHEN period LIKE '%-H_' THEN 6
      WHEN period LIKE '%-Q_' OR period LIKE '%-_M' AND month(period_end(period)) % 3 = 0 THEN 3
      ELSE 1
    END                AS months
  FROM progress
  GROUP BY period
),
usual AS (SELECT months FROM reported GROUP BY months ORDER BY sum(units) DESC, months LIMIT 1),
days AS (
  SELECT ends_on, bool_or(due) AS due, arg_max(period, (due, units, period)) AS period
  FROM (
    SELECT period, ends_on, units, true AS due FROM planned
    UNION ALL
    SELECT r.period, r.ends_on, r.units, r.months >= usual.months AND NOT EXISTS (SELECT 1 FROM planned)
    FROM reported AS r CROSS JOIN usual
  )
  GROUP BY ends_on
),
newest AS (SELECT max(ends_on) AS ends_on FROM reported)
SELECT days.period, days.ends_on, days.due, days.ends_on = newest.ends_on AS is_current
FROM days CROSS JOIN newest
WHERE days.ends_on = newest.ends_on OR days.due AND days.ends_on < newest.ends_on
ORDER BY days.ends_on
