-- title: Khối lượng tồn đọng thay đổi so với kỳ trước mà không có ghi chú
-- severity: warn
-- columns:
--   previous_m: {title: Tồn đọng kỳ trước, format: number, decimals: 1, unit: mét}
--   line:       {title: Dòng, format: year}
--   submission: {title: Số phiếu, format: year}
WITH paired AS (
  SELECT *, lag(backlog_m) OVER (PARTITION BY unit ORDER BY period_end(period), period) AS previous_m FROM progress
)
SELECT unit, period, previous_m, backlog_m, submission, line
FROM paired
WHERE backlog_m <> previous_m AND note IS NULL
ORDER BY period_end(period), period, unit
