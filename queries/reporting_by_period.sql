-- title: Số đơn vị báo cáo theo kỳ
-- columns:
--   due:      {title: Phải báo cáo, format: integer, unit: đơn vị}
--   reported: {title: Đã báo cáo, format: integer, unit: đơn vị}
--   missing:  {title: Chưa báo cáo, format: integer, unit: đơn vị}
--   late:     {title: Báo cáo muộn, format: integer, unit: đơn vị}
--   share:    {title: Tỷ lệ báo cáo, format: percent, decimals: 1}
SELECT
  c.period,
  count(*)                                             AS due,
  count(*) FILTER (c.reported_period = c.period)       AS reported,
  count(*) - count(*) FILTER (c.reported_period = c.period) AS missing,
  count(*) FILTER (r.late_days > 0)                    AS late,
  count(*) FILTER (c.reported_period = c.period) / count(*) AS share
FROM progress_course AS c
LEFT JOIN report_dates AS r USING (unit, period)
GROUP BY c.period
ORDER BY c.period
