-- title: Tiến độ khối sở, ban, ngành theo thứ tự danh mục
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   backlog_m:   {title: Tồn đọng, total: true}
--   arranged_m:  {title: Đã chỉnh lý, total: true}
--   remaining_m: {title: Còn lại, format: number, decimals: 1, unit: mét, total: true}
--   done_share:  {title: Tỷ lệ hoàn thành, format: percent, decimals: 1}
--   plan_share:  {title: So với kế hoạch, format: percent, decimals: 1}
--   status:      {title: Tình trạng, format: status}
SELECT unit, unit_name, page, block, backlog_m, arranged_m, remaining_m, done_share, plan_share, status, note
FROM progress_latest
WHERE kind = 'department'
ORDER BY ordinal
