-- title: Các báo cáo của từng đơn vị và phiếu tiếp nhận
-- description: Báo cáo còn hiệu lực; báo cáo mới nhất đứng trước. Mỗi báo cáo dẫn đến phiếu tiếp nhận của tệp.
-- columns:
--   unit:        {title: Mã đơn vị, format: text, hidden: true}
--   reported_on: {title: Ngày báo cáo}
--   due_on:      {title: Hạn gửi, format: date}
--   late_days:   {title: Số ngày muộn, format: integer}
--   received_on: {title: Ngày tiếp nhận, format: date}
--   path:        {title: Tệp, format: text, link: page}
--   page:        {title: Trang của phiếu, format: text, hidden: true}
--   line:        {title: Dòng, format: year}
--   outcome:     {title: Kết quả tiếp nhận tệp, format: text}
SELECT p.unit, p.period, p.reported_on, d.due_on, d.late_days, r.received_on, r.path, r.page, p.line, r.outcome
FROM progress AS p
JOIN receipts AS r ON r.submission = p.submission
LEFT JOIN report_dates AS d ON d.unit = p.unit AND d.period = p.period
ORDER BY p.unit, period_end(p.period) DESC, p.period DESC
