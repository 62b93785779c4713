-- title: Thiếu ngưỡng hoặc quy ước trong tongket.yaml
-- severity: stop
-- columns:
--   name: {title: Tên trong vars, format: text}
WITH asked AS (
  SELECT unnest([
    'behind_tolerance', 'pass_share', 'disbursed_share', 'report_due_days',
    'cost_per_metre_vnd', 'cost_per_metre_min_vnd', 'cost_per_metre_max_vnd',
    'files_per_metre_min', 'files_per_metre_max', 'boxes_per_metre', 'pages_per_metre',
    'digitize_permanent_only', 'digitize_cost_per_page_vnd'
  ]) AS name
)
SELECT name FROM asked WHERE name NOT IN (SELECT name FROM settings) ORDER BY name
