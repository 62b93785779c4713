-- title: Các lần kiểm tra của Sở Nội vụ tại từng đơn vị
-- columns:
--   unit: {title: Mã đơn vị, format: text, hidden: true}
--   pass_share: {title: Tỷ lệ hồ sơ đạt yêu cầu, format: percent, decimals: 1}
SELECT
  i.unit, i.inspected_on, i.checked_files, i.passed_files,
  i.passed_files / nullif(i.checked_files, 0) AS pass_share,
  i.finding, i.remedy_by
FROM inspections AS i
ORDER BY i.unit, i.inspected_on
