-- title: Chỉ tiêu để trống, lấy theo kỳ trước nay không khớp chỉ tiêu đã báo cáo
-- severity: warn
-- columns:
--   unit_name: {title: Tên đơn vị, format: text}
--   names:     {title: Chỉ tiêu lấy theo kỳ trước, format: text}
SELECT l.unit, l.unit_name, l.reported_period AS period, c.names
FROM progress_latest AS l
JOIN figures_carried AS c USING (unit)
WHERE l.destroyed_m > l.valueless_m
   OR l.valueless_m > l.arranged_m
   OR l.transferred_files > l.files_permanent
   OR l.passed_files > l.checked_files
   OR l.budget_disbursed_vnd > l.budget_allocated_vnd
ORDER BY l.unit
