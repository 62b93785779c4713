-- title: Đơn vị theo tình trạng
-- description: Trong mỗi tình trạng, đơn vị đạt tỷ lệ thấp đứng trước; chỉ riêng đơn vị hoàn thành theo thứ tự danh mục.
-- columns:
--   unit:       {title: Mã đơn vị}
--   unit_name:  {title: Đơn vị, format: text, link: page}
--   short_name: {link: page}
--   page:       {title: Trang của đơn vị, format: text, hidden: true}
--   status:     {title: Tình trạng, format: status}
--   done_share: {title: Tỷ lệ hoàn thành, format: percent, decimals: 1, bar: true}
SELECT unit, unit_name, short_name, page, block, status, backlog_m, arranged_m, done_share
FROM progress_latest
WHERE status IS NOT NULL
ORDER BY
  list_position(['done', 'on_track', 'behind', 'not_started', 'no_report', 'no_plan'], status),
  CASE WHEN status <> 'done' THEN done_share END, ordinal
