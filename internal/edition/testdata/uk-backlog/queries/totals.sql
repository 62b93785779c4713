-- title: All departments
-- columns:
--   departments:   {title: Departments, format: integer}
--   due:           {title: Already due for transfer, format: integer}
--   due_share:     {title: Share already due, format: percent, decimals: 1}
--   legacy:        {title: Legacy, format: integer}
--   legacy_share:  {title: Share of legacy records, format: percent, decimals: 1}
--   review_share:  {title: Share still to be reviewed, format: percent, decimals: 1}
--   planned_share: {title: Planned transfers of the records selected, format: percent, decimals: 1}
--   lci_share:     {title: Share kept under an LCI, format: percent, decimals: 1}
SELECT
  any_value(report)           AS report,
  count(DISTINCT department)  AS departments,
  sum(held)                   AS held,
  sum(held) FILTER (category <> 'forecast') AS due,
  sum(held) FILTER (category <> 'forecast') / sum(held) AS due_share,
  sum(held) FILTER (category = 'legacy')    AS legacy,
  sum(held) FILTER (category = 'legacy') / sum(held)    AS legacy_share,
  sum(selected_all)           AS selected_all,
  sum(review_all)             AS review_all,
  sum(review_all) / sum(held) AS review_share,
  sum(disposal_all)           AS disposal_all,
  sum(planned)                AS planned,
  sum(planned) / sum(selected_all) AS planned_share,
  sum(under_lci)              AS under_lci,
  sum(under_lci) / sum(held)  AS lci_share
FROM department_rows
