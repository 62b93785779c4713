-- title: Các kỳ báo cáo
-- description: >-
--   Kỳ đến hạn là kỳ có trong kế hoạch, tính đến ngày cuối của báo cáo mới nhất; giai đoạn chưa có kế hoạch thì là
--   các kỳ không ngắn hơn kỳ của phần lớn báo cáo. Kỳ thuộc giai đoạn đã bắt đầu gần nhất; trước mọi giai đoạn thì ghi 0. Báo cáo gửi giữa hai kỳ đến hạn chỉ có mặt khi là mới nhất.
--   Các kỳ hết cùng một ngày (quý II, 6 tháng đầu năm) là một thời điểm, mang tên kỳ đến hạn có ở nhiều đơn vị nhất.
-- columns:
--   phase:      {title: Giai đoạn, format: integer}
--   ends_on:    {title: Ngày cuối kỳ, format: date}
--   due:        {title: Đến hạn báo cáo, format: boolean}
--   is_current: {title: Kỳ mới nhất, format: boolean}
WITH planned AS (
  SELECT period, ends_on, phase, count(*) AS units
  FROM goals
  GROUP BY ALL
),
reported AS (
  SELECT period, ends_on, phase, count(*) AS units, period_months(period) AS months
  FROM progress_carried
  GROUP BY ALL
),
usual AS (
  SELECT phase, arg_max(months, (units, -months)) AS months
  FROM (SELECT phase, months, sum(units) AS units FROM reported GROUP BY phase, months)
  GROUP BY phase
),
days AS (
  SELECT phase, ends_on, bool_or(due) AS due, arg_max(period, (due, units, period)) AS period
  FROM (
    SELECT phase, period, ends_on, units, true AS due FROM planned
    UNION ALL
    SELECT r.phase, r.period, r.ends_on, r.units, r.months >= usual.months AND r.phase NOT IN (SELECT phase FROM planned)
    FROM reported AS r JOIN usual USING (phase)
  )
  GROUP BY phase, ends_on
),
newest AS (SELECT max(ends_on) AS ends_on FROM reported)
SELECT days.period, days.phase, days.ends_on, days.due, days.ends_on = newest.ends_on AS is_current
FROM days CROSS JOIN newest
WHERE days.ends_on = newest.ends_on OR days.due AND days.ends_on < newest.ends_on
ORDER BY days.ends_on
