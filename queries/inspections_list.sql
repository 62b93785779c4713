-- title: Các lần kiểm tra của Sở Nội vụ
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   checked_files: {total: true}
--   passed_files:  {total: true}
--   pass_share: {title: Tỷ lệ hồ sơ đạt yêu cầu, format: percent, decimals: 1}
SELECT
  i.inspected_on, i.unit, u.unit_name, u.page, u.block, i.checked_files, i.passed_files,
  i.passed_files / nullif(i.checked_files, 0) AS pass_share,
  i.finding, i.remedy_by
FROM inspections AS i
JOIN scheme_units AS u USING (unit)
ORDER BY i.inspected_on, i.unit
