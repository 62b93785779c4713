-- title: Giai đoạn đang tổng kết
-- description: Giai đoạn chứa kỳ báo cáo mới nhất.
-- columns:
--   decision: {title: Văn bản phê duyệt}
SELECT phase, phase_name, start_year, end_year, records_until, decision, conference_date, note
FROM phases
WHERE CAST(left((SELECT max(period) FROM periods), 4) AS INTEGER) BETWEEN start_year AND end_year
ORDER BY phase
LIMIT 1
