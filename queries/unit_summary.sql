-- title: Kết quả của từng đơn vị
-- columns:
--   unit:            {title: Mã đơn vị}
--   unit_name:       {title: Đơn vị, format: text}
--   in_text:         {title: Tên trong câu, format: text, hidden: true}
--   reported_period: {title: Số liệu của kỳ, format: period}
--   due_period:      {title: Kỳ đến hạn gần nhất, format: period}
--   missing:         {title: Chưa báo cáo, format: boolean}
--   carried:         {title: Chỉ tiêu lấy theo kỳ trước, format: text}
--   status:          {title: Tình trạng, format: status}
--   remaining_m:     {title: Khối lượng còn lại, format: number, decimals: 1, unit: mét}
--   done_share:      {title: Tỷ lệ hoàn thành, format: percent, decimals: 1}
--   plan_share:      {title: So với kế hoạch, format: percent, decimals: 1}
--   gap_m:           {title: Thấp hơn kế hoạch, format: number, decimals: 1, unit: mét}
--   files:           {title: Số hồ sơ lập được, format: integer}
--   pass_share:      {title: Tỷ lệ hồ sơ đạt yêu cầu, format: percent, decimals: 1}
--   disbursed_share: {title: Tỷ lệ giải ngân, format: percent, decimals: 1}
--   rank:            {title: Thứ hạng trong khối, format: integer}
--   peers:           {title: Số đơn vị trong khối, format: integer}
WITH ranked AS (
  SELECT
    *,
    rank() OVER (PARTITION BY kind ORDER BY done_share DESC NULLS LAST) AS rank,
    count(*) OVER (PARTITION BY kind)                                   AS peers
  FROM progress_latest
)
SELECT
  u.unit, u.unit_name, u.in_text, u.short_name, u.kind, u.block, u.leader, u.contact,
  r.period, r.reported_period, r.due_period, coalesce(r.missing, false) AS missing, r.status,
  c.names AS carried,
  r.backlog_m, r.arranged_m, r.remaining_m, r.done_share, r.target_m, r.plan_share, r.gap_m,
  r.files_permanent + r.files_fixed_term AS files,
  r.files_permanent, r.files_fixed_term, r.boxes,
  r.valueless_m, r.destroyed_m, r.transferred_files, r.transferred_m,
  r.checked_files, r.passed_files,
  r.passed_files / nullif(r.checked_files, 0) AS pass_share,
  r.budget_allocated_vnd, r.budget_disbursed_vnd,
  r.budget_disbursed_vnd / nullif(r.budget_allocated_vnd, 0) AS disbursed_share,
  r.trained_people, r.digitized_pages, r.note,
  r.rank, r.peers
FROM scheme_units AS u -- cả khi chưa có báo cáo nào
LEFT JOIN ranked AS r ON r.unit = u.unit
LEFT JOIN figures_carried AS c ON c.unit = u.unit
ORDER BY u.unit
