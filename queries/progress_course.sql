-- title: Tiến độ của từng đơn vị qua các kỳ
-- description: >-
--   Mỗi đơn vị một dòng cho mỗi kỳ. Đơn vị không báo cáo trong kỳ thì lấy số liệu của kỳ gần nhất trước đó
--   trong cùng giai đoạn (reported_period cho biết kỳ nào). Đơn vị chưa báo cáo (missing) khi kế hoạch của đơn vị có một kỳ đã đến hạn mà từ ngày
--   cuối kỳ đó chưa có báo cáo nào; đơn vị đã báo cáo hoàn thành toàn bộ khối lượng thì không phải báo cáo nữa,
--   kể cả ở giai đoạn sau nếu giai đoạn đó không giao kế hoạch cho đơn vị.
-- columns:
--   unit:            {title: Mã đơn vị}
--   unit_name:       {title: Đơn vị, format: text, link: page}
--   page:            {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:         {title: Tên trong câu, format: text, hidden: true}
--   ordinal:         {title: Thứ tự, format: integer, hidden: true}
--   kind:            {hidden: true}
--   phase:           {title: Giai đoạn, format: integer, hidden: true}
--   ends_on:         {title: Ngày cuối kỳ, format: date}
--   reported_period: {title: Số liệu của kỳ, format: period}
--   due_period:      {title: Kỳ đến hạn gần nhất, format: period}
--   due:             {title: Phải báo cáo kỳ này, format: boolean}
--   reported:        {title: Đã báo cáo kỳ này, format: boolean}
--   finished:        {title: Đã chỉnh lý xong, format: boolean}
--   missing:         {title: Chưa báo cáo, format: boolean}
--   status:          {title: Tình trạng, format: status}
--   backlog_m:       {total: true}
--   arranged_m:      {total: true}
--   remaining_m:     {title: Khối lượng còn lại, format: number, decimals: 1, unit: mét, total: true}
--   done_share:      {title: Tỷ lệ hoàn thành, format: percent, decimals: 1, bar: true}
--   target_m:        {title: Kế hoạch lũy kế, total: true}
--   plan_share:      {title: So với kế hoạch, format: percent, decimals: 1}
--   gap_m:           {title: Thấp hơn kế hoạch, format: number, decimals: 1, unit: mét, total: true}
WITH reports AS (
  -- báo cáo hết cùng một ngày: lấy báo cáo của chính kỳ đến hạn, không có thì lấy theo tên kỳ
  SELECT c.*
  FROM progress_carried AS c
  LEFT JOIN periods AS t ON t.ends_on = c.ends_on
  QUALIFY row_number() OVER (PARTITION BY c.unit, c.ends_on ORDER BY t.period IS NOT DISTINCT FROM c.period DESC, c.period DESC) = 1
),
plan AS (
  -- kỳ cuối của kế hoạch không còn mức chậm cho phép
  SELECT unit, phase, ends_on, arg_max(target_m, period) AS target_m,
    ends_on = max(ends_on) OVER (PARTITION BY unit, phase) AS last
  FROM goals
  GROUP BY unit, phase, ends_on
),
closed AS (
  SELECT unit, min(phase) AS phase
  FROM reports
  WHERE arranged_m >= backlog_m
  GROUP BY unit
),
asked AS (
  -- đơn vị không có kế hoạch riêng trong giai đoạn thì theo mọi kỳ đến hạn, trừ khi đã xong từ giai đoạn trước
  SELECT u.unit, t.period, t.phase, t.ends_on
  FROM scheme_units AS u
  CROSS JOIN periods AS t
  LEFT JOIN closed AS c ON c.unit = u.unit
  WHERE t.due AND ((u.unit, t.ends_on) IN (SELECT (unit, ends_on) FROM plan)
    OR (u.unit, t.phase) NOT IN (SELECT (unit, phase) FROM plan) AND coalesce(c.phase >= t.phase, true))
)
SELECT
  u.unit, u.unit_name, u.short_name, u.kind, u.block, u.page, u.in_text, u.ordinal,
  t.period, t.phase, t.ends_on,
  p.period                   AS reported_period,
  d.period                   AS due_period,
  coalesce(p.ends_on = t.ends_on, false)        AS reported,
  coalesce(p.arranged_m >= p.backlog_m, false)  AS finished,
  coalesce(d.ends_on = t.ends_on, false) AND (reported OR NOT finished) AS due,
  d.ends_on IS NOT NULL AND coalesce(p.ends_on < d.ends_on, true) AND NOT finished AS missing,
  CASE
    WHEN finished             THEN 'done'
    WHEN missing              THEN 'no_report'
    WHEN p.period IS NULL     THEN NULL -- chưa đến kỳ phải báo cáo đầu tiên
    WHEN p.arranged_m = 0     THEN 'not_started'
    WHEN (u.unit, t.phase) NOT IN (SELECT (unit, phase) FROM plan) THEN 'no_plan'
    WHEN p.arranged_m < (1 - if(g.last, thresholds.behind_tolerance_last, thresholds.behind_tolerance)) * g.target_m THEN 'behind'
    ELSE 'on_track'
  END                        AS status,
  p.backlog_m,
  p.arranged_m,
  p.backlog_m - p.arranged_m AS remaining_m,
  p.arranged_m / nullif(p.backlog_m, 0) AS done_share,
  g.target_m,
  p.arranged_m / nullif(g.target_m, 0)  AS plan_share,
  CASE WHEN g.target_m IS NOT NULL AND p.arranged_m IS NOT NULL THEN greatest(g.target_m - p.arranged_m, 0) END AS gap_m,
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
ASOF LEFT JOIN reports AS p ON p.unit = u.unit AND p.phase = t.phase AND p.ends_on <= t.ends_on
ASOF LEFT JOIN plan AS g ON g.unit = u.unit AND g.phase = t.phase AND g.ends_on <= t.ends_on
ASOF LEFT JOIN asked AS d ON d.unit = u.unit AND d.phase = t.phase AND d.ends_on <= t.ends_on
ORDER BY t.ends_on, u.ordinal
