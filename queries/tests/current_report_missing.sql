-- title: Chưa gửi báo cáo của kỳ đến hạn gần nhất
-- severity: warn
-- columns:
--   unit_name:       {title: Tên đơn vị, format: text}
--   due_period:      {title: Kỳ phải báo cáo, format: period}
--   reported_period: {title: Số liệu của kỳ, format: period}
SELECT unit, unit_name, due_period, reported_period
FROM units_no_report
ORDER BY unit
