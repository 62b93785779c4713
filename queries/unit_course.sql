-- title: Tiến độ của từng đơn vị qua các kỳ
-- description: Kỳ không báo cáo để trống.
-- columns:
--   unit:            {title: Mã đơn vị, format: text, hidden: true}
--   target_m:        {title: Kế hoạch lũy kế}
--   arranged_m:      {title: Đã chỉnh lý lũy kế}
--   plan_share:      {title: So với kế hoạch, format: percent, decimals: 1}
--   files:           {title: Số hồ sơ lập được, format: integer}
--   status:          {title: Tình trạng, format: status}
SELECT
  c.unit, c.period,
  c.target_m,
  CASE WHEN c.reported THEN c.arranged_m END AS arranged_m,
  CASE WHEN c.reported THEN c.plan_share END AS plan_share,
  CASE WHEN c.reported THEN c.files_permanent + c.files_fixed_term END AS files,
  CASE WHEN c.reported THEN c.budget_disbursed_vnd END AS budget_disbursed_vnd,
  c.status,
  CASE WHEN c.reported THEN c.note END AS note
FROM progress_course AS c
ORDER BY c.unit, c.ends_on
