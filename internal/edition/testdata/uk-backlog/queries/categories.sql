-- title: Records by category
-- columns:
--   category_name: {title: Category, format: text, link: page}
--   category_ordinal: {title: Order of the category, format: integer, hidden: true}
--   page:          {title: Page, format: text, hidden: true}
--   departments:   {title: Departments holding records, format: integer}
--   held:          {title: Records held, total: true}
--   selected_all:  {title: Selected for transfer, total: true}
--   review_all:    {title: Still to be reviewed, total: true}
--   disposal_all:  {title: Awaiting disposal, total: true}
--   under_lci:     {title: Of these kept under an LCI, format: integer, total: true}
--   planned:       {title: Planned transfers by year end, total: true}
SELECT
  category,
  category_name,
  category_ordinal,
  'category/' || replace(category, '_', '-') AS page,
  any_value(category_label)      AS category_label,
  count(*) FILTER (held > 0)     AS departments,
  sum(held)                      AS held,
  sum(selected_all)              AS selected_all,
  sum(review_all)                AS review_all,
  sum(disposal_all)              AS disposal_all,
  sum(under_lci)                 AS under_lci,
  sum(planned)                   AS planned
FROM department_rows
GROUP BY category, category_name, category_ordinal
ORDER BY category_ordinal
