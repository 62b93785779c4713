-- title: Báo cáo của từng đơn vị, chỉ tiêu để trống lấy theo kỳ trước
-- description: >-
--   Số liệu cộng dồn không mất đi khi một báo cáo để trống: lấy theo báo cáo trước đó của đơn vị trong cùng giai đoạn.
-- columns:
--   ends_on: {title: Ngày cuối kỳ, format: date}
WITH dated AS (
  SELECT p.*, period_end(p.period) AS ends_on, f.phase
  FROM progress AS p
  ASOF LEFT JOIN phases AS f ON year(period_end(p.period)) >= f.start_year
)
SELECT
  unit, period, ends_on, reported_on, backlog_m, arranged_m,
  last_value(files_permanent IGNORE NULLS) OVER so_far      AS files_permanent,
  last_value(files_fixed_term IGNORE NULLS) OVER so_far     AS files_fixed_term,
  last_value(boxes IGNORE NULLS) OVER so_far                AS boxes,
  last_value(valueless_m IGNORE NULLS) OVER so_far          AS valueless_m,
  last_value(destroyed_m IGNORE NULLS) OVER so_far          AS destroyed_m,
  last_value(transferred_files IGNORE NULLS) OVER so_far    AS transferred_files,
  last_value(transferred_m IGNORE NULLS) OVER so_far        AS transferred_m,
  last_value(checked_files IGNORE NULLS) OVER so_far        AS checked_files,
  last_value(passed_files IGNORE NULLS) OVER so_far         AS passed_files,
  last_value(budget_allocated_vnd IGNORE NULLS) OVER so_far AS budget_allocated_vnd,
  last_value(budget_disbursed_vnd IGNORE NULLS) OVER so_far AS budget_disbursed_vnd,
  last_value(trained_people IGNORE NULLS) OVER so_far       AS trained_people,
  last_value(digitized_pages IGNORE NULLS) OVER so_far      AS digitized_pages,
  note
FROM dated
WINDOW so_far AS (PARTITION BY unit, phase ORDER BY ends_on, period ROWS UNBOUNDED PRECEDING)
ORDER BY ends_on, period, unit
