-- title: Chưa báo cáo kỳ mới nhất
-- severity: warn
-- columns:
--   unit_name:       {title: Tên đơn vị, format: text}
--   reported_period: {title: Số liệu của kỳ, format: period}
SELECT unit, unit_name, period, reported_period
FROM units_no_report
ORDER BY unit
