-- title: Số liệu cần đối chiếu của từng đơn vị
-- columns:
--   unit:    {title: Mã đơn vị, format: text, hidden: true}
--   column:  {title: Chỉ tiêu, format: text}
--   value:   {title: Đã báo cáo, format: text}
--   message: {title: Nội dung cần đối chiếu, format: text}
--   path:    {title: Tệp, format: text, link: page}
--   page:    {title: Trang của phiếu, format: text, hidden: true}
--   line:    {title: Dòng, format: year}
SELECT p.unit, p.period, w."column", w.value, w.message, s.path, 'phieu/' || s.id AS page, p.line
FROM progress AS p
JOIN warnings AS w USING (submission, sheet_number, line)
JOIN submissions AS s ON s.id = p.submission
ORDER BY p.unit, period_end(p.period) DESC, p.period DESC, w."column", w.message
