-- title: Chưa phân công lãnh đạo chịu trách nhiệm
-- severity: warn
-- columns:
--   unit_name: {title: Tên đơn vị, format: text}
SELECT unit, unit_name FROM units_unled ORDER BY unit
