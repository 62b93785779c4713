-- title: Ngày gửi báo cáo so với hạn
-- description: Hạn là số ngày trong phần vars sau khi hết kỳ.
-- columns:
--   due_on:    {title: Hạn gửi, format: date}
--   late_days: {title: Số ngày muộn, format: integer}
SELECT
  p.unit,
  p.period,
  p.reported_on,
  CAST(period_end(p.period) + t.report_due_days AS DATE) AS due_on,
  greatest(p.reported_on - (period_end(p.period) + t.report_due_days), 0) AS late_days
FROM progress AS p
CROSS JOIN thresholds AS t
ORDER BY period_end(p.period), p.period, p.unit
