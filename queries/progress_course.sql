-- title: Tiến độ của từng đơn vị qua các kỳ
-- description: >-
--   Mỗi đơn vị một dòng cho mỗi kỳ. Đơn vị không báo cáo trong kỳ thì lấy số liệu của kỳ gần nhất trước đó
--   (reported_period cho biết kỳ nào).
-- columns:
--   unit:            {title: Mã đơn vị}
--   unit_name:       {title: Đơn vị, format: text, link: page}
--   page:            {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:         {title: Tên trong câu, format: text, hidden: true}
--   ordinal:         {title: Thứ tự, format: integer, hidden: true}
--   reported_period: {title: Số liệu của kỳ, format: period}
--   status:          {title: Tình trạng, format: status}
--   backlog_m:       {total: true}
--   arranged_m:      {total: true}
--   remaining_m:     {title: Khối lượng còn lại, format: number, decimals: 1, unit: mét, total: true}
--   done_share:      {title: Tỷ lệ hoàn thành, format: percent, decimals: 1, bar: true}
--   target_m:        {title: Kế hoạch lũy kế, total: true}
--   plan_share:      {title: So với kế hoạch, format: percent, decimals: 1}
--   gap_m:           {title: Thấp hơn kế hoạch, format: number, decimals: 1, unit: mét, total: true}
SELECT
  u.unit, u.unit_name, u.short_name, u.kind, u.block, u.page, u.in_text, u.ordinal,
  t.period,
  p.period                   AS reported_period,
  CASE
    WHEN p.period IS NULL             THEN 'no_report'
    WHEN p.arranged_m >= p.backlog_m  THEN 'done'
    WHEN p.arranged_m = 0             THEN 'not_started'
    WHEN p.period < t.period          THEN 'no_report'
    WHEN p.arranged_m < (1 - thresholds.behind_tolerance) * g.target_m THEN 'behind'
    ELSE 'on_track'
  END                        AS status,
  p.backlog_m,
  p.arranged_m,
  p.backlog_m - p.arranged_m AS remaining_m,
  p.arranged_m / nullif(p.backlog_m, 0) AS done_share,
  g.target_m,
  p.arranged_m / nullif(g.target_m, 0)  AS plan_share,
  greatest(g.target_m - p.arranged_m, 0) AS gap_m,
  p.files_permanent, p.files_fixed_term, p.boxes,
  p.valueless_m, p.destroyed_m,
  p.transferred_files, p.transferred_m,
  p.checked_files, p.passed_files,
  p.budget_allocated_vnd, p.budget_disbursed_vnd,
  p.trained_people, p.digitized_pages,
  p.note
FROM scheme_units AS u
CROSS JOIN periods AS t
CROSS JOIN thresholds
ASOF LEFT JOIN progress AS p ON p.unit = u.unit AND p.period <= t.period
ASOF LEFT JOIN targets AS g ON g.unit = u.unit AND g.period <= t.period
ORDER BY t.period, u.ordinal
