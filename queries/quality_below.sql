-- title: Đơn vị có chất lượng hồ sơ chưa đạt mức quy định
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:   {title: Tên trong câu, format: text, hidden: true}
--   checked_files: {total: true}
--   passed_files:  {total: true}
--   failed_files: {title: Hồ sơ phải sửa, format: integer, total: true}
--   pass_share:   {title: Tỷ lệ hồ sơ đạt yêu cầu, format: percent, decimals: 1, bar: true}
SELECT unit, unit_name, short_name, page, in_text, block, checked_files, passed_files, failed_files, pass_share
FROM quality_by_unit
WHERE NOT meets
ORDER BY pass_share, unit
