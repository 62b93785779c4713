-- title: Đơn vị chưa triển khai
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:   {title: Tên trong câu, format: text, hidden: true}
--   backlog_m: {total: true}
--   budget_allocated_vnd: {total: true}
SELECT
  l.unit, l.unit_name, l.page, l.in_text, l.block, l.backlog_m, l.target_m, l.budget_allocated_vnd, u.leader, l.note
FROM progress_latest AS l
JOIN scheme_units AS u USING (unit)
WHERE l.status = 'not_started'
ORDER BY l.ordinal
