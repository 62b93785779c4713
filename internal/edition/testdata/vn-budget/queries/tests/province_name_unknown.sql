-- title: Tên tỉnh, thành phố chưa nhận ra
-- description: Một tên không đứng trong phụ lục dự toán mới nhất là cách viết chưa khai trong province_spellings.
-- severity: stop
SELECT l.province, l.name_raw, l.kind, l.year, l.sheet_row
FROM budget_lines AS l
LEFT JOIN regions AS r USING (province)
WHERE r.region IS NULL
ORDER BY l.province, l.kind, l.year
