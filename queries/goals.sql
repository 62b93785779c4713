-- title: Kế hoạch lũy kế của từng đơn vị
-- description: Chỉ tiêu của hai kỳ có cùng ngày kết thúc thì theo tên kỳ; mỗi giai đoạn tính riêng.
-- columns:
--   phase:   {title: Giai đoạn, format: integer}
--   ends_on: {title: Ngày cuối kỳ, format: date}
WITH dated AS (SELECT unit, period, period_end(period) AS ends_on, target_m FROM targets)
SELECT g.unit, g.period, coalesce(f.phase, 0) AS phase, g.ends_on, g.target_m
FROM dated AS g
ASOF LEFT JOIN phases AS f ON year(g.ends_on) >= f.start_year
ORDER BY g.ends_on, g.period, g.unit
