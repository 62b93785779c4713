-- title: Giai đoạn đang tổng kết
-- description: Giai đoạn đã bắt đầu gần nhất tính đến kỳ báo cáo mới nhất; kỳ nằm giữa hai giai đoạn thuộc giai đoạn trước.
-- columns:
--   decision: {title: Văn bản phê duyệt}
SELECT phase, phase_name, start_year, end_year, records_until, decision, conference_date, note
FROM phases
ORDER BY start_year <= (SELECT year(max(ends_on)) FROM periods) DESC NULLS LAST,
  abs(start_year - (SELECT year(max(ends_on)) FROM periods)), phase
LIMIT 1
