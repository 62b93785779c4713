-- title: Ngưỡng và quy ước đang dùng
-- description: Mỗi cột là một giá trị trong phần vars của tongket.yaml, đã đổi sang số.
-- columns:
--   behind_tolerance:           {title: Mức chậm cho phép so với kế hoạch, format: percent}
--   pass_share:                 {title: Tỷ lệ hồ sơ đạt yêu cầu tối thiểu, format: percent}
--   disbursed_share:            {title: Tỷ lệ giải ngân tối thiểu, format: percent}
--   report_due_days:            {title: Hạn gửi báo cáo sau khi hết kỳ, format: integer, unit: ngày}
--   cost_per_metre_vnd:         {title: Đơn giá chỉnh lý, format: integer, unit: đồng/mét}
--   cost_per_metre_min_vnd:     {title: Đơn giá chỉnh lý thấp nhất, format: integer, unit: đồng/mét}
--   cost_per_metre_max_vnd:     {title: Đơn giá chỉnh lý cao nhất, format: integer, unit: đồng/mét}
--   files_per_metre_min:        {title: Số hồ sơ trên mét ít nhất, format: integer, unit: hồ sơ/mét}
--   files_per_metre_max:        {title: Số hồ sơ trên mét nhiều nhất, format: integer, unit: hồ sơ/mét}
--   boxes_per_metre:            {title: Số hộp trên mét, format: integer, unit: hộp/mét}
--   pages_per_metre:            {title: Số trang trên mét, format: integer, unit: trang/mét}
--   digitize_permanent_only:    {title: Chỉ số hóa hồ sơ vĩnh viễn, format: boolean}
--   digitize_cost_per_page_vnd: {title: Đơn giá số hóa, format: integer, unit: đồng/trang}
SELECT
  CAST(max(value) FILTER (name = 'behind_tolerance') AS DOUBLE)           AS behind_tolerance,
  CAST(max(value) FILTER (name = 'pass_share') AS DOUBLE)                 AS pass_share,
  CAST(max(value) FILTER (name = 'disbursed_share') AS DOUBLE)            AS disbursed_share,
  CAST(max(value) FILTER (name = 'report_due_days') AS INTEGER)           AS report_due_days,
  CAST(max(value) FILTER (name = 'cost_per_metre_vnd') AS DOUBLE)         AS cost_per_metre_vnd,
  CAST(max(value) FILTER (name = 'cost_per_metre_min_vnd') AS DOUBLE)     AS cost_per_metre_min_vnd,
  CAST(max(value) FILTER (name = 'cost_per_metre_max_vnd') AS DOUBLE)     AS cost_per_metre_max_vnd,
  CAST(max(value) FILTER (name = 'files_per_metre_min') AS DOUBLE)        AS files_per_metre_min,
  CAST(max(value) FILTER (name = 'files_per_metre_max') AS DOUBLE)        AS files_per_metre_max,
  CAST(max(value) FILTER (name = 'boxes_per_metre') AS DOUBLE)            AS boxes_per_metre,
  CAST(max(value) FILTER (name = 'pages_per_metre') AS DOUBLE)            AS pages_per_metre,
  CAST(max(value) FILTER (name = 'digitize_permanent_only') AS BOOLEAN)   AS digitize_permanent_only,
  CAST(max(value) FILTER (name = 'digitize_cost_per_page_vnd') AS DOUBLE) AS digitize_cost_per_page_vnd
FROM settings
