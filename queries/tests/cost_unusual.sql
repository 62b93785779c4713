-- title: Chi phí một mét nằm ngoài khoảng thường gặp
-- severity: warn
-- columns:
--   unit_name:              {title: Tên đơn vị, format: text}
--   cost_million_per_metre: {title: Chi phí một mét, format: number, decimals: 2, unit: triệu đồng/mét}
SELECT b.unit, b.unit_name, b.cost_million_per_metre
FROM budget_by_unit AS b
CROSS JOIN thresholds AS t
WHERE b.cost_million_per_metre * 1e6 NOT BETWEEN t.cost_per_metre_min_vnd AND t.cost_per_metre_max_vnd
ORDER BY b.unit
