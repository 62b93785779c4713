-- title: A category does not list as many departments as its total says
-- severity: stop
-- columns:
--   listed: {title: Departments listed, format: integer}
SELECT h.category, h.department, (SELECT count(*) FROM department_rows AS d WHERE d.category = h.category) AS listed
FROM holdings AS h
WHERE h.department LIKE 'All % departments'
  AND listed <> regexp_extract(h.department, '\d+')::BIGINT
ORDER BY h.category
