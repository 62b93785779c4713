-- title: Khối lượng tồn đọng thay đổi so với kỳ trước mà không có ghi chú
-- severity: warn
-- columns:
--   previous_m: {title: Tồn đọng kỳ trước, format: number, decimals: 1, unit: mét}
--   line:       {title: Dòng, format: year}
--   submission: {title: Số phiếu, format: year}
WITH paired AS (
  SELECT
    p.unit, p.period, c.ends_on, p.backlog_m, p.note, p.submission, p.line,
    lag(p.backlog_m) OVER (PARTITION BY p.unit, c.phase ORDER BY c.ends_on, p.period) AS previous_m
  FROM progress AS p
  JOIN progress_carried AS c USING (unit, period)
)
SELECT unit, period, previous_m, backlog_m, submission, line
FROM paired
WHERE backlog_m <> previous_m AND note IS NULL
ORDER BY ends_on, period, unit
