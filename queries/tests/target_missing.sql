-- title: Có báo cáo mà không có kế hoạch được giao
-- severity: warn
-- description: Báo cáo giữa hai kỳ của kế hoạch thì không cần chỉ tiêu riêng; giai đoạn chưa có kế hoạch nào thì không nhắc.
-- columns:
--   line:       {title: Dòng, format: year}
--   submission: {title: Số phiếu, format: year}
SELECT p.unit, p.period, p.submission, p.line
FROM progress AS p
JOIN progress_carried AS c USING (unit, period)
WHERE c.phase IN (SELECT phase FROM goals)
  AND NOT EXISTS (SELECT 1 FROM goals AS g WHERE g.unit = p.unit AND g.ends_on = c.ends_on)
  AND (c.ends_on IN (SELECT ends_on FROM goals)
    OR NOT EXISTS (SELECT 1 FROM goals AS g WHERE g.unit = p.unit AND g.phase = c.phase AND g.ends_on > c.ends_on))
ORDER BY c.ends_on, p.period, p.unit
