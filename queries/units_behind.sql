-- title: Đơn vị chậm tiến độ
-- description: >-
--   Đã triển khai nhưng thấp hơn kế hoạch lũy kế quá mức cho phép; ở kỳ cuối của kế hoạch, mức cho phép là behind_tolerance_last.
--   Đơn vị còn nhiều đứng trước.
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   short_name: {link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:   {title: Tên trong câu, format: text, hidden: true}
--   arranged_m:  {total: true}
--   target_m:    {total: true}
--   plan_share:  {title: So với kế hoạch, format: percent, decimals: 1, bar: true}
--   last_note:   {title: Ghi chú gần nhất, format: text}
--   gap_m:       {title: Thấp hơn kế hoạch, format: number, decimals: 1, unit: mét, total: true}
SELECT
  l.unit, l.unit_name, l.short_name, l.page, l.in_text, l.block, l.target_m, l.arranged_m, l.gap_m, l.plan_share, u.leader,
  (SELECT arg_max(p.note, (period_end(p.period), p.period)) FROM progress AS p WHERE p.unit = l.unit AND p.note IS NOT NULL) AS last_note
FROM progress_latest AS l
JOIN scheme_units AS u USING (unit)
WHERE l.status = 'behind'
ORDER BY l.gap_m DESC, l.unit
