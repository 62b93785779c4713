-- title: Tình hình gửi báo cáo của từng đơn vị
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   due:         {title: Số kỳ phải báo cáo, format: integer}
--   reported:    {title: Số kỳ đã báo cáo, format: integer}
--   covered:     {title: Số kỳ gửi bù bằng báo cáo sau, format: integer}
--   missing:     {title: Số kỳ thiếu, format: integer}
--   late:        {title: Số kỳ báo cáo muộn, format: integer}
--   last_period: {title: Báo cáo gần nhất, format: period}
--   complete:    {title: Đủ báo cáo, format: boolean}
SELECT
  u.unit, u.unit_name, u.page, u.block,
  count(d.unit)                      AS due,
  count(*) FILTER (d.reported)       AS reported,
  count(*) FILTER (d.covered)        AS covered,
  count(*) FILTER (d.missing)        AS missing,
  count(*) FILTER (d.late)           AS late,
  any_value(l.reported_period)       AS last_period,
  count(*) FILTER (d.missing) = 0 AS complete
FROM scheme_units AS u
LEFT JOIN progress_latest AS l USING (unit)
LEFT JOIN reports_due AS d USING (unit)
GROUP BY u.unit, u.unit_name, u.page, u.block, u.ordinal
ORDER BY u.ordinal
