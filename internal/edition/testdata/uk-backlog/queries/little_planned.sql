-- title: Departments that plan to transfer few of the records selected
-- columns:
--   planned_share: {title: Share of the records selected, format: percent, decimals: 1}
WITH limits AS (
  SELECT
    max(value) FILTER (name = 'planned_share')::DOUBLE    AS planned_share,
    max(value) FILTER (name = 'selected_records')::BIGINT AS selected_records
  FROM settings
)
SELECT d.department, d.selected_all, d.planned, d.planned / d.selected_all AS planned_share
FROM departments AS d
CROSS JOIN limits AS l
WHERE d.selected_all >= l.selected_records AND d.planned < l.planned_share * d.selected_all
ORDER BY d.selected_all DESC, d.department
