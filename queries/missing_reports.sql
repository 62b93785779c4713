-- title: Báo cáo còn thiếu
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:   {title: Tên trong câu, format: text, hidden: true}
--   last_period: {title: Báo cáo gần nhất trước đó, format: period}
SELECT unit, unit_name, page, in_text, block, period, reported_period AS last_period
FROM progress_course
WHERE reported_period IS DISTINCT FROM period
ORDER BY period DESC, ordinal
