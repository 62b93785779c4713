-- title: Có báo cáo mà không có kế hoạch được giao
-- severity: warn
-- description: Báo cáo giữa hai kỳ của kế hoạch thì không cần chỉ tiêu riêng; chương trình chưa có kế hoạch nào thì không nhắc.
-- columns:
--   line:       {title: Dòng, format: year}
--   submission: {title: Số phiếu, format: year}
WITH planned AS (SELECT unit, period_end(period) AS ends_on FROM targets)
SELECT p.unit, p.period, p.submission, p.line
FROM progress AS p
WHERE EXISTS (SELECT 1 FROM planned)
  AND NOT EXISTS (SELECT 1 FROM planned AS t WHERE t.unit = p.unit AND t.ends_on = period_end(p.period))
  AND (period_end(p.period) IN (SELECT ends_on FROM planned)
    OR NOT EXISTS (SELECT 1 FROM planned AS t WHERE t.unit = p.unit AND t.ends_on > period_end(p.period)))
ORDER BY period_end(p.period), p.period, p.unit
