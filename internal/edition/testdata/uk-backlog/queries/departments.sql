-- title: Records by department
-- columns:
--   legacy:        {title: Legacy, format: integer, total: true}
--   current_year:  {title: Current year, format: integer, total: true}
--   forecast:      {title: Forecast, format: integer, total: true}
--   held:          {title: Records held, format: integer, total: true}
--   due:           {title: Legacy and current year, format: integer, total: true}
--   selected_all:  {title: Selected for transfer, total: true}
--   review_all:    {title: Still to be reviewed, total: true}
--   disposal_all:  {title: Awaiting disposal, total: true}
--   planned:       {title: Planned transfers by year end, total: true}
--   held_share:    {title: Share of all records, format: percent, decimals: 1, bar: true}
SELECT
  department,
  sum(held) FILTER (category = 'legacy')       AS legacy,
  sum(held) FILTER (category = 'current_year') AS current_year,
  sum(held) FILTER (category = 'forecast')     AS forecast,
  sum(held)         AS held,
  sum(held) FILTER (category <> 'forecast')    AS due,
  sum(selected_all) AS selected_all,
  sum(review_all)   AS review_all,
  sum(disposal_all) AS disposal_all,
  sum(planned)      AS planned,
  sum(held) / sum(sum(held)) OVER ()           AS held_share
FROM department_rows
GROUP BY department
ORDER BY held DESC, department
