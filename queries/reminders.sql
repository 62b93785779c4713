-- title: Đơn vị cần đôn đốc
-- description: >-
--   Đơn vị chưa triển khai, chậm tiến độ hoặc chưa gửi báo cáo của kỳ đến hạn gần nhất, mỗi đơn vị một công văn,
--   trừ cơ quan gửi công văn (issuing_unit trong tongket.yaml).
--   So với kế hoạch của kỳ mà số liệu thuộc về. Còn thiếu nhiều so với kế hoạch đứng trước.
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: unit_page}
--   unit_page: {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:   {title: Tên trong câu, format: text, hidden: true}
--   addressee: {title: Nơi nhận, format: text, hidden: true}
--   missing:   {title: Chưa báo cáo, format: boolean, hidden: true}
--   page:      {title: Trang của công văn, format: text, hidden: true}
--   letter:    {title: Công văn, format: text, link: page}
--   status:    {title: Tình trạng, format: status}
--   reported_period: {title: Số liệu của kỳ, format: period}
--   due_period:      {title: Kỳ đến hạn gần nhất, format: period}
--   remaining_m: {title: Khối lượng còn lại, format: number, decimals: 1, unit: mét, total: true}
--   gap_m:       {title: Thấp hơn kế hoạch, format: number, decimals: 1, unit: mét, total: true}
--   plan_share:  {title: So với kế hoạch, format: percent, decimals: 1}
--   failed_files: {title: Hồ sơ phải sửa, format: integer}
--   quality_below: {title: Chất lượng dưới mức, format: boolean, hidden: true}
--   unfunded:     {title: Chưa có kinh phí, format: boolean, hidden: true}
--   pace_needed_m: {title: Cần mỗi quý, format: number, decimals: 1, unit: mét}
SELECT
  l.unit, l.unit_name, l.page AS unit_page, l.in_text, l.kind,
  CASE l.kind WHEN 'locality' THEN 'UBND ' || l.in_text ELSE l.unit_name END AS addressee,
  'don-doc/' || l.unit AS page,
  'Xem công văn'       AS letter,
  l.status, l.missing, l.reported_period, l.due_period, l.period,
  l.backlog_m, l.arranged_m, l.remaining_m, l.done_share,
  coalesce(reported_then.target_m, l.target_m) AS target_m,
  CASE WHEN l.reported_period IS NOT NULL THEN reported_then.plan_share ELSE l.plan_share END AS plan_share,
  CASE WHEN l.reported_period IS NOT NULL THEN reported_then.gap_m ELSE l.target_m END AS gap_m,
  u.leader,
  coalesce(NOT q.meets, false) AS quality_below, q.failed_files, q.pass_share,
  coalesce(l.budget_allocated_vnd = 0 AND l.backlog_m > 0, false) AS unfunded,
  l.remaining_m / 4            AS pace_needed_m
FROM progress_latest AS l
JOIN scheme_units AS u USING (unit)
LEFT JOIN quality_by_unit AS q ON q.unit = l.unit
LEFT JOIN progress_course AS reported_then ON reported_then.unit = l.unit AND reported_then.period = l.reported_period
WHERE (l.missing OR l.status IN ('behind', 'not_started'))
  AND l.unit NOT IN (SELECT value FROM settings WHERE name = 'issuing_unit' AND value IS NOT NULL)
ORDER BY gap_m DESC NULLS LAST, l.ordinal
