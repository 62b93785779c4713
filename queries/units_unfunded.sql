-- title: Đơn vị chưa được bố trí kinh phí
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:   {title: Tên trong câu, format: text, hidden: true}
SELECT unit, unit_name, page, in_text, block, backlog_m, note
FROM progress_latest
WHERE budget_allocated_vnd = 0 AND backlog_m > 0
ORDER BY ordinal
