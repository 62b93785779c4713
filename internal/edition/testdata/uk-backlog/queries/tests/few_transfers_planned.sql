-- title: Departments that plan to transfer few of the records selected
-- severity: warn
SELECT department, selected_all, planned, planned_share
FROM little_planned
