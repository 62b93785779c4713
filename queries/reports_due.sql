-- title: Báo cáo phải gửi
-- description: >-
--   Mỗi đơn vị một dòng cho mỗi kỳ đến hạn theo kế hoạch của đơn vị. Báo cáo của kỳ khác có cùng ngày kết thúc
--   (ví dụ báo cáo 6 tháng đầu năm và báo cáo quý II) cũng được tính; báo cáo của kỳ sau
--   trong cùng giai đoạn là gửi bù (covered), vì số liệu là số lũy kế. Đơn vị đã báo cáo hoàn thành toàn bộ khối lượng thì không phải báo cáo nữa.
-- columns:
--   unit:        {title: Mã đơn vị}
--   unit_name:   {title: Đơn vị, format: text, link: page}
--   page:        {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:     {title: Tên trong câu, format: text, hidden: true}
--   ordinal:     {title: Thứ tự, format: integer, hidden: true}
--   ends_on:     {title: Ngày cuối kỳ, format: date}
--   reported:    {title: Đã báo cáo, format: boolean}
--   covered:     {title: Gửi bù bằng báo cáo sau, format: boolean}
--   missing:     {title: Chưa báo cáo, format: boolean}
--   late:        {title: Báo cáo muộn, format: boolean}
--   last_period: {title: Số liệu của kỳ, format: period}
WITH last AS (SELECT unit, phase, max(ends_on) AS ends_on FROM progress_carried GROUP BY unit, phase)
SELECT
  c.unit, c.unit_name, c.page, c.in_text, c.block, c.ordinal, c.period, c.ends_on, c.reported,
  NOT c.reported AND coalesce(l.ends_on > c.ends_on, false) AS covered,
  NOT c.reported AND NOT covered AS missing,
  c.reported AND coalesce(r.late_days > 0, false) AS late,
  c.reported_period AS last_period
FROM progress_course AS c
LEFT JOIN report_dates AS r ON r.unit = c.unit AND r.period = c.reported_period
LEFT JOIN last AS l ON l.unit = c.unit AND l.phase = c.phase
WHERE c.due
ORDER BY c.ends_on, c.ordinal
