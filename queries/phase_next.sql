-- title: Giai đoạn tiếp theo
-- columns:
--   years: {title: Số năm, format: integer}
SELECT p.phase, p.phase_name, p.start_year, p.end_year, p.end_year - p.start_year + 1 AS years, p.decision, p.note
FROM phases AS p
JOIN phase_current AS c ON p.phase > c.phase
ORDER BY p.phase
LIMIT 1
