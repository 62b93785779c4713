-- title: Ngưỡng và quy ước đang dùng
-- description: Mỗi cột là một giá trị trong phần vars của tongket.yaml, đã đổi sang số; những giá trị có coalesce có thể bỏ trống.
-- columns:
--   behind_tolerance:           {title: Mức chậm cho phép so với kế hoạch, format: percent}
--   behind_tolerance_last:      {title: Mức chậm cho phép ở kỳ cuối của kế hoạch, format: percent}
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
--   cost_norm_min_vnd:          {title: "Khoảng đối chiếu chi phí: thấp nhất", format: integer, unit: đồng/mét}
--   cost_norm_max_vnd:          {title: "Khoảng đối chiếu chi phí: cao nhất", format: integer, unit: đồng/mét}
--   pages_per_metre_other:      {title: "Số trang trên mét theo quy ước khác", format: integer, unit: trang/mét}
--   pace_slow:                  {title: "Tốc độ chậm so với hiện nay", format: percent}
--   pace_fast:                  {title: "Tốc độ nhanh so với hiện nay", format: percent}
--   law_agencies:               {title: "Hạn chỉnh lý của cơ quan", format: date}
--   law_archive:                {title: "Hạn chỉnh lý của Lưu trữ lịch sử", format: date}
--   commend_pass_share:         {title: "Tiêu chí khen thưởng: tỷ lệ hồ sơ đạt yêu cầu", format: percent}
--   commend_disbursed_share:    {title: "Tiêu chí khen thưởng: tỷ lệ giải ngân", format: percent}
--   commend_late_reports:       {title: "Tiêu chí khen thưởng: số kỳ báo cáo muộn nhiều nhất", format: integer, unit: kỳ}
SELECT
  CAST(max(value) FILTER (name = 'behind_tolerance') AS DOUBLE)           AS behind_tolerance,
  coalesce(CAST(max(value) FILTER (name = 'behind_tolerance_last') AS DOUBLE), 0) AS behind_tolerance_last,
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
  CAST(max(value) FILTER (name = 'digitize_cost_per_page_vnd') AS DOUBLE) AS digitize_cost_per_page_vnd,
  coalesce(CAST(max(value) FILTER (name = 'cost_norm_min_vnd') AS DOUBLE), 7900000) AS cost_norm_min_vnd,
  coalesce(CAST(max(value) FILTER (name = 'cost_norm_max_vnd') AS DOUBLE), 8800000) AS cost_norm_max_vnd,
  coalesce(CAST(max(value) FILTER (name = 'pages_per_metre_other') AS DOUBLE), 8500) AS pages_per_metre_other,
  coalesce(CAST(max(value) FILTER (name = 'pace_slow') AS DOUBLE), 0.5) AS pace_slow,
  coalesce(CAST(max(value) FILTER (name = 'pace_fast') AS DOUBLE), 1.5) AS pace_fast,
  coalesce(CAST(max(value) FILTER (name = 'law_agencies') AS DATE), DATE '2030-07-01') AS law_agencies,
  coalesce(CAST(max(value) FILTER (name = 'law_archive') AS DATE), DATE '2035-07-01') AS law_archive,
  coalesce(CAST(max(value) FILTER (name = 'commend_pass_share') AS DOUBLE), 0.95) AS commend_pass_share,
  coalesce(CAST(max(value) FILTER (name = 'commend_disbursed_share') AS DOUBLE), 0.95) AS commend_disbursed_share,
  coalesce(CAST(max(value) FILTER (name = 'commend_late_reports') AS INTEGER), 0) AS commend_late_reports
FROM settings
