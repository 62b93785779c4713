-- title: Đơn vị chưa báo cáo kỳ mới nhất
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:   {title: Tên trong câu, format: text, hidden: true}
--   reported_period: {title: Số liệu của kỳ, format: period}
SELECT unit, unit_name, page, in_text, block, period, reported_period, backlog_m, arranged_m
FROM progress_latest
WHERE reported_period IS DISTINCT FROM period
ORDER BY ordinal
