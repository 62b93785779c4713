-- title: Kết quả toàn tỉnh so với kỳ trước và lần công bố trước
-- description: Một dòng. Cột _change là mức thay đổi so với kỳ trước trong bảng; cột _before là số đã công bố lần trước.
-- columns:
--   previous_period:  {title: Kỳ trước, format: period}
--   done_share:       {title: Tỷ lệ hoàn thành, format: percent, decimals: 1}
--   plan_share:       {title: So với kế hoạch, format: percent, decimals: 1}
--   files:            {title: Số hồ sơ lập được, format: integer}
--   pass_share:       {title: Tỷ lệ hồ sơ đạt yêu cầu, format: percent, decimals: 1}
--   disbursed_share:  {title: Tỷ lệ giải ngân, format: percent, decimals: 1}
--   arranged_change:  {title: Thay đổi, format: number, decimals: 1, unit: mét}
--   files_change:     {title: Thay đổi, format: integer}
--   pass_change:      {title: Thay đổi, format: number, decimals: 4}
--   disbursed_change: {title: Thay đổi, format: number, decimals: 4}
--   arranged_before:  {title: Đã công bố lần trước, format: number, decimals: 1, unit: mét}
--   files_before:     {title: Đã công bố lần trước, format: integer}
--   pass_before:      {title: Đã công bố lần trước, format: percent, decimals: 1}
--   disbursed_before: {title: Đã công bố lần trước, format: percent, decimals: 1}
WITH before AS (
  SELECT
    c.period,
    sum(c.arranged_m)                                        AS arranged_m,
    sum(c.files_permanent + c.files_fixed_term)              AS files,
    sum(c.passed_files) / nullif(sum(c.checked_files), 0)    AS pass_share,
    sum(c.budget_disbursed_vnd) / nullif(sum(c.budget_allocated_vnd), 0) AS disbursed_share
  FROM progress_course AS c
  WHERE c.ends_on = (SELECT previous_ends_on FROM progress_total)
  GROUP BY c.period
)
SELECT
  t.period, b.period AS previous_period,
  t.backlog_m, t.arranged_m, t.remaining_m, t.done_share, t.target_m, t.plan_share,
  t.files, t.files_permanent, t.checked_files, t.pass_share, t.budget_allocated_vnd, t.budget_disbursed_vnd, t.disbursed_share,
  t.arranged_m - b.arranged_m           AS arranged_change,
  t.files - b.files                     AS files_change,
  t.pass_share - b.pass_share           AS pass_change,
  t.disbursed_share - b.disbursed_share AS disbursed_change,
  e.arranged_m      AS arranged_before,
  e.files           AS files_before,
  e.pass_share      AS pass_before,
  e.disbursed_share AS disbursed_before
FROM progress_total AS t
LEFT JOIN before AS b ON true
LEFT JOIN previous.progress_total AS e ON true
