-- title: Có báo cáo mà không có kế hoạch được giao
-- severity: warn
-- columns:
--   line:       {title: Dòng, format: year}
--   submission: {title: Số tệp, format: integer}
SELECT p.unit, p.period, p.submission, p.line
FROM progress AS p
ANTI JOIN targets AS t USING (unit, period)
ORDER BY p.period, p.unit
