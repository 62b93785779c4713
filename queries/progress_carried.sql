-- title: Báo cáo của từng đơn vị, chỉ tiêu để trống lấy theo kỳ trước
-- description: >-
--   Số liệu cộng dồn không mất đi khi một báo cáo để trống: lấy theo báo cáo trước đó của đơn vị trong cùng giai đoạn.
--   Báo cáo của hai kỳ có cùng ngày kết thúc bù cho nhau: số của chính báo cáo được lấy trước.
-- columns:
--   phase:   {title: Giai đoạn, format: integer}
--   ends_on: {title: Ngày cuối kỳ, format: date}
WITH dated AS (
  SELECT p.*, period_end(p.period) AS ends_on, coalesce(f.phase, 0) AS phase
  FROM progress AS p
  ASOF LEFT JOIN phases AS f ON year(period_end(p.period)) >= f.start_year
)
SELECT
  unit, period, phase, ends_on, reported_on, backlog_m, arranged_m,
  coalesce(files_permanent, arg_max(files_permanent, (ends_on, period)) OVER so_far)           AS files_permanent,
  coalesce(files_fixed_term, arg_max(files_fixed_term, (ends_on, period)) OVER so_far)         AS files_fixed_term,
  coalesce(boxes, arg_max(boxes, (ends_on, period)) OVER so_far)                               AS boxes,
  coalesce(valueless_m, arg_max(valueless_m, (ends_on, period)) OVER so_far)                   AS valueless_m,
  coalesce(destroyed_m, arg_max(destroyed_m, (ends_on, period)) OVER so_far)                   AS destroyed_m,
  coalesce(transferred_files, arg_max(transferred_files, (ends_on, period)) OVER so_far)       AS transferred_files,
  coalesce(transferred_m, arg_max(transferred_m, (ends_on, period)) OVER so_far)               AS transferred_m,
  coalesce(checked_files, arg_max(checked_files, (ends_on, period)) OVER so_far)               AS checked_files,
  coalesce(passed_files, arg_max(passed_files, (ends_on, period)) OVER so_far)                 AS passed_files,
  coalesce(budget_allocated_vnd, arg_max(budget_allocated_vnd, (ends_on, period)) OVER so_far) AS budget_allocated_vnd,
  coalesce(budget_disbursed_vnd, arg_max(budget_disbursed_vnd, (ends_on, period)) OVER so_far) AS budget_disbursed_vnd,
  coalesce(trained_people, arg_max(trained_people, (ends_on, period)) OVER so_far)             AS trained_people,
  coalesce(digitized_pages, arg_max(digitized_pages, (ends_on, period)) OVER so_far)           AS digitized_pages,
  note
FROM dated
WINDOW so_far AS (PARTITION BY unit, phase ORDER BY ends_on RANGE UNBOUNDED PRECEDING)
ORDER BY ends_on, period, unit
