-- title: Records by department and category
-- description: Without the rows of printed totals. Each stage counts records with and without an LCI.
-- columns:
--   category_name:    {title: Category, format: text}
--   category_ordinal: {title: Order of the category, format: integer}
--   selected_all:     {title: Selected for transfer, format: integer}
--   review_all:       {title: Still to be reviewed, format: integer}
--   disposal_all:     {title: Awaiting disposal, format: integer}
--   under_lci:        {title: Kept under an LCI, format: integer}
SELECT
  h.*,
  c.category_name,
  c.category_ordinal,
  h.selected + h.selected_lci AS selected_all,
  h.review + h.review_lci     AS review_all,
  h.disposal + h.disposal_lci AS disposal_all,
  h.selected_lci + h.review_lci + h.disposal_lci AS under_lci
FROM holdings AS h
JOIN (VALUES
  ('legacy', 1, 'Legacy'),
  ('current_year', 2, 'Current year'),
  ('forecast', 3, 'Forecast')
) AS c(category, category_ordinal, category_name) USING (category)
WHERE h.department NOT LIKE 'All % departments'
ORDER BY c.category_ordinal, h.department
