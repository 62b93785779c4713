-- title: Ngày gửi báo cáo so với hạn
-- description: Hạn là số ngày trong phần vars sau khi hết kỳ; kỳ không xác định được ngày cuối thì không có hạn.
-- columns:
--   due_on:    {title: Hạn gửi, format: date}
--   late_days: {title: Số ngày muộn, format: integer}
WITH ends AS (
  SELECT
    period,
    CASE
      WHEN period SIMILAR TO '[0-9]{4}-Q[1-4]'
        THEN make_date(CAST(left(period, 4) AS INTEGER), 3 * CAST(right(period, 1) AS INTEGER), 1)
      WHEN period SIMILAR TO '[0-9]{4}-(0[1-9]|1[0-2])'
        THEN make_date(CAST(left(period, 4) AS INTEGER), CAST(right(period, 2) AS INTEGER), 1)
      WHEN period SIMILAR TO '[0-9]{4}'
        THEN make_date(CAST(period AS INTEGER), 12, 1)
    END AS last_month
  FROM periods
)
SELECT
  p.unit,
  p.period,
  p.reported_on,
  CAST(last_day(e.last_month) + t.report_due_days AS DATE) AS due_on,
  greatest(p.reported_on - (last_day(e.last_month) + t.report_due_days), 0) AS late_days
FROM progress AS p
JOIN ends AS e USING (period)
CROSS JOIN thresholds AS t
ORDER BY p.period, p.unit
