-- title: Một tỉnh, thành phố đứng hai lần trong một phụ lục
-- severity: stop
-- columns:
--   lines: {title: Số dòng, format: integer}
SELECT province, kind, year, count(*) AS lines
FROM budget_lines
GROUP BY province, kind, year
HAVING count(*) > 1
ORDER BY province, kind, year
