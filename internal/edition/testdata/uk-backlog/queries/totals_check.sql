-- title: Printed totals against the sum of the departments
-- columns:
--   category_name: {title: Category, format: text}
--   part:    {title: Column, format: text}
--   summed:  {title: Sum of the departments, format: integer}
--   printed: {title: Printed total, format: integer}
--   excess:  {title: Difference, format: integer}
WITH long AS (
  UNPIVOT (
    SELECT department, category, held, selected, selected_lci, review, review_lci, planned, disposal, disposal_lci
    FROM holdings
  )
  ON held, selected, selected_lci, review, review_lci, planned, disposal, disposal_lci
  INTO NAME name VALUE records
),
sums AS (
  SELECT
    category,
    name,
    sum(records) FILTER (department NOT LIKE 'All % departments') AS summed,
    sum(records) FILTER (department LIKE 'All % departments')     AS printed
  FROM long
  GROUP BY category, name
)
SELECT
  c.category_name,
  p.part,
  s.summed,
  s.printed,
  coalesce(s.printed, 0) - coalesce(s.summed, 0) AS excess
FROM sums AS s
JOIN categories AS c USING (category)
JOIN (VALUES
  (1, 'held', 'Records held'),
  (2, 'selected', 'Selected for transfer'),
  (3, 'selected_lci', 'Selected for transfer under an LCI'),
  (4, 'review', 'Still to be reviewed'),
  (5, 'review_lci', 'Still to be reviewed under an LCI'),
  (6, 'disposal', 'Awaiting disposal'),
  (7, 'disposal_lci', 'Awaiting disposal under an LCI'),
  (8, 'planned', 'Planned transfers by year end')
) AS p(ordinal, name, part) USING (name)
ORDER BY c.category_ordinal, p.ordinal
