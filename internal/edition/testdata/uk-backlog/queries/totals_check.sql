-- title: Printed totals against the sum of the departments
-- columns:
--   part:    {title: Column, format: text}
--   summed:  {title: Sum of the departments, format: integer}
--   printed: {title: Printed total, format: integer}
--   excess:  {title: Difference, format: integer}
WITH parts AS (
  UNPIVOT (
    SELECT report, department, category, held, selected, selected_lci, review, review_lci, planned, disposal, disposal_lci
    FROM holdings
  )
  ON held, selected, selected_lci, review, review_lci, planned, disposal, disposal_lci
  INTO NAME part VALUE records
)
SELECT
  category,
  part,
  sum(records) FILTER (department NOT LIKE 'All % departments') AS summed,
  sum(records) FILTER (department LIKE 'All % departments')     AS printed,
  coalesce(printed, 0) - coalesce(summed, 0)                    AS excess
FROM parts
GROUP BY category, part
ORDER BY category, part
