-- title: Số liệu đã điều chỉnh so với lần công bố trước
-- description: Mỗi dòng là một số liệu đã công bố nay khác đi, hoặc đã thu hồi; trống khi không so với lần trước.
-- columns:
--   resource:  {title: Bảng, format: text}
--   unit_name: {title: Đơn vị, format: text}
--   period:    {title: Kỳ báo cáo, format: period}
--   measure:   {title: Chỉ tiêu, format: text}
--   before:    {title: Đã công bố, format: number, decimals: 2}
--   after:     {title: Nay là, format: number, decimals: 2}
--   path:      {title: Tệp điều chỉnh, format: text}
SELECT
  r.resource,
  coalesce(u.name, r.unit) AS unit_name,
  r.period, r.measure, r.before, r.after,
  coalesce(s.path, 'đã thu hồi') AS path
FROM restated AS r
LEFT JOIN units AS u ON u.code = r.unit
LEFT JOIN submissions AS s ON s.id = r.submission
ORDER BY period_end(r.period), r.period, unit_name, r.resource, r.measure
