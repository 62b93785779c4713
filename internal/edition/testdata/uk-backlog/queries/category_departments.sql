-- title: Departments in one category
-- params:
--   category: {title: Category, type: string}
-- columns:
--   held:         {title: Records held, total: true}
--   selected_all: {title: Selected for transfer, total: true}
--   review_all:   {title: Still to be reviewed, total: true}
--   disposal_all: {title: Awaiting disposal, total: true}
--   under_lci:    {title: Of these kept under an LCI, total: true}
--   planned:      {title: Planned transfers by year end, total: true}
SELECT d.department, d.held, d.selected_all, d.review_all, d.disposal_all, d.under_lci, d.planned, d.comments
FROM department_rows AS d
WHERE d.category = category
ORDER BY d.held DESC, d.department
