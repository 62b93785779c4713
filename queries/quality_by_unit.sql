-- title: Chất lượng hồ sơ sau chỉnh lý của từng đơn vị
-- description: Chỉ gồm đơn vị đã có hồ sơ được kiểm tra; đơn vị có tỷ lệ đạt thấp đứng trước.
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   short_name: {link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:   {title: Tên trong câu, format: text, hidden: true}
--   checked_files: {total: true}
--   passed_files:  {total: true}
--   failed_files:  {title: Hồ sơ phải sửa, format: integer, total: true}
--   pass_share:    {title: Tỷ lệ hồ sơ đạt yêu cầu, format: percent, decimals: 1}
--   meets:         {title: Đạt mức quy định, format: boolean}
SELECT
  l.unit, l.unit_name, l.short_name, l.page, l.in_text, l.block,
  l.checked_files, l.passed_files,
  l.checked_files - l.passed_files AS failed_files,
  l.passed_files / l.checked_files AS pass_share,
  l.passed_files >= t.pass_share * l.checked_files AS meets
FROM progress_latest AS l
CROSS JOIN thresholds AS t
WHERE l.checked_files > 0
ORDER BY l.passed_files / l.checked_files, l.unit
