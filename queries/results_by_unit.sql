-- title: Kết quả chỉnh lý của từng đơn vị
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   block:            {title: Khối}
--   arranged_m:       {total: true}
--   files_permanent:  {title: Hồ sơ vĩnh viễn, total: true}
--   files_fixed_term: {title: Hồ sơ có thời hạn, total: true}
--   boxes:            {total: true}
--   valueless_m:      {title: Hết giá trị loại ra, total: true}
--   destroyed_m:      {title: Đã tiêu hủy, total: true}
--   transferred_files: {title: Hồ sơ đã giao nộp, total: true}
--   transferred_m:    {title: Đã giao nộp, total: true}
--   trained_people:   {title: Lượt người tập huấn, total: true}
--   digitized_pages:  {title: Trang đã số hóa, total: true}
--   files_per_metre:  {title: Hồ sơ trên mét giữ lại, format: number, decimals: 1, unit: hồ sơ/mét}
SELECT
  unit, unit_name, short_name, page, block,
  arranged_m, files_permanent, files_fixed_term, boxes, valueless_m, destroyed_m,
  transferred_files, transferred_m, trained_people, digitized_pages,
  (files_permanent + files_fixed_term) / nullif(arranged_m - valueless_m, 0) AS files_per_metre
FROM progress_latest
ORDER BY ordinal
