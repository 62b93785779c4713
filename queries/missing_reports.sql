-- title: Báo cáo còn thiếu
-- description: Mỗi dòng là một kỳ đến hạn mà đơn vị chưa báo cáo và chưa có báo cáo nào của kỳ sau gửi bù; đơn vị đã chỉnh lý xong không phải báo cáo nữa.
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:   {title: Tên trong câu, format: text, hidden: true}
--   last_period: {title: Số liệu của kỳ, format: period}
SELECT unit, unit_name, page, in_text, block, period, last_period
FROM reports_due
WHERE missing
ORDER BY ends_on DESC, ordinal
