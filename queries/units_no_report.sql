-- title: Đơn vị chưa gửi báo cáo của kỳ đến hạn gần nhất
-- description: >-
--   Cách đếm duy nhất của “chưa báo cáo”: đơn vị có kỳ đã đến hạn mà từ ngày cuối kỳ đó chưa có báo cáo nào;
--   đơn vị đã báo cáo hoàn thành toàn bộ khối lượng thì không phải báo cáo nữa.
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:   {title: Tên trong câu, format: text, hidden: true}
--   due_period:      {title: Kỳ phải báo cáo, format: period}
--   reported_period: {title: Số liệu của kỳ, format: period}
SELECT unit, unit_name, page, in_text, block, period, due_period, reported_period, backlog_m, arranged_m
FROM progress_latest
WHERE missing
ORDER BY ordinal
