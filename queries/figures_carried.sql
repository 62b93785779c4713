-- title: Chỉ tiêu để trống, lấy theo kỳ trước
-- description: >-
--   Báo cáo gần nhất của đơn vị không có những chỉ tiêu này, vì tệp thiếu cột hoặc ô để trống; số liệu lấy theo báo cáo trước đó.
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   period:    {title: Báo cáo của kỳ, format: period}
--   figures:   {title: Số chỉ tiêu, format: integer}
--   names:     {title: Chỉ tiêu lấy theo kỳ trước, format: text}
WITH blank AS (
  SELECT
    l.unit, l.unit_name, l.page, l.block, l.ordinal, p.period,
    list_filter([
      CASE WHEN p.files_permanent IS NULL AND l.files_permanent <> 0 THEN 'hồ sơ bảo quản vĩnh viễn' END,
      CASE WHEN p.files_fixed_term IS NULL AND l.files_fixed_term <> 0 THEN 'hồ sơ bảo quản có thời hạn' END,
      CASE WHEN p.boxes IS NULL AND l.boxes <> 0 THEN 'số hộp' END,
      CASE WHEN p.valueless_m IS NULL AND l.valueless_m <> 0 THEN 'tài liệu hết giá trị loại ra' END,
      CASE WHEN p.destroyed_m IS NULL AND l.destroyed_m <> 0 THEN 'tài liệu đã tiêu hủy' END,
      CASE WHEN p.transferred_files IS NULL AND l.transferred_files <> 0 THEN 'hồ sơ đã giao nộp' END,
      CASE WHEN p.transferred_m IS NULL AND l.transferred_m <> 0 THEN 'tài liệu đã giao nộp' END,
      CASE WHEN p.checked_files IS NULL AND l.checked_files <> 0 THEN 'hồ sơ được kiểm tra' END,
      CASE WHEN p.passed_files IS NULL AND l.passed_files <> 0 THEN 'hồ sơ đạt yêu cầu' END,
      CASE WHEN p.budget_allocated_vnd IS NULL AND l.budget_allocated_vnd <> 0 THEN 'kinh phí được phân bổ' END,
      CASE WHEN p.budget_disbursed_vnd IS NULL AND l.budget_disbursed_vnd <> 0 THEN 'kinh phí đã giải ngân' END,
      CASE WHEN p.trained_people IS NULL AND l.trained_people <> 0 THEN 'lượt người được tập huấn' END,
      CASE WHEN p.digitized_pages IS NULL AND l.digitized_pages <> 0 THEN 'số trang đã số hóa' END
    ], lambda name: name IS NOT NULL) AS names
  FROM progress_latest AS l
  JOIN progress AS p ON p.unit = l.unit AND p.period = l.reported_period
)
SELECT unit, unit_name, page, block, period, len(names) AS figures, array_to_string(names, ', ') AS names
FROM blank
WHERE len(names) > 0
ORDER BY ordinal
