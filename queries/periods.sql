-- title: Các kỳ báo cáo đã đến hạn
-- description: Kỳ có kế hoạch hoặc có báo cáo, đến kỳ mới nhất đã có báo cáo.
-- columns:
--   is_current: {title: Kỳ mới nhất, format: boolean}
WITH known AS (
  SELECT period FROM targets
  UNION
  SELECT period FROM progress
),
newest AS (SELECT max(period) AS period FROM progress)
SELECT known.period, known.period = newest.period AS is_current
FROM known CROSS JOIN newest
WHERE known.period <= newest.period
ORDER BY known.period
