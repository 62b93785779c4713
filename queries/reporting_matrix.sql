-- title: Tình hình gửi báo cáo của từng đơn vị
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   due:         {title: Số kỳ phải báo cáo, format: integer}
--   reported:    {title: Số kỳ đã báo cáo, format: integer}
--   missing:     {title: Số kỳ thiếu, format: integer}
--   late:        {title: Số kỳ báo cáo muộn, format: integer}
--   last_period: {title: Báo cáo gần nhất, format: period}
--   complete:    {title: Đủ báo cáo, format: boolean}
SELECT
  c.unit, c.unit_name, c.page, c.block,
  count(*)                                            AS due,
  count(*) FILTER (c.reported_period = c.period)      AS reported,
  count(*) - count(*) FILTER (c.reported_period = c.period) AS missing,
  count(*) FILTER (r.late_days > 0)                   AS late,
  max(c.reported_period)                              AS last_period,
  count(*) = count(*) FILTER (c.reported_period = c.period) AS complete
FROM progress_course AS c
LEFT JOIN report_dates AS r USING (unit, period)
GROUP BY c.unit, c.unit_name, c.page, c.block, c.ordinal
ORDER BY c.ordinal
