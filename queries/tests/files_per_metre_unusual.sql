-- title: Số hồ sơ trên mét nằm ngoài khoảng thường gặp
-- severity: warn
-- columns:
--   unit_name:       {title: Tên đơn vị, format: text}
--   files_per_metre: {title: Hồ sơ trên mét giữ lại, format: number, decimals: 1}
SELECT r.unit, r.unit_name, r.files_per_metre
FROM results_by_unit AS r
CROSS JOIN thresholds AS t
WHERE r.files_per_metre NOT BETWEEN t.files_per_metre_min AND t.files_per_metre_max
ORDER BY r.unit
