-- title: Các lần kiểm tra của Sở Nội vụ tại đơn vị
-- params:
--   unit: {title: Đơn vị, type: string}
-- columns:
--   pass_share: {title: Tỷ lệ hồ sơ đạt yêu cầu, format: percent, decimals: 1}
SELECT
  i.inspected_on, i.checked_files, i.passed_files,
  i.passed_files / nullif(i.checked_files, 0) AS pass_share,
  i.finding, i.remedy_by
FROM inspections AS i
WHERE i.unit = unit
ORDER BY i.inspected_on
