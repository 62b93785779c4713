-- title: A printed total differs from the sum of the departments
-- severity: stop
SELECT category_name, part, summed, printed, excess
FROM totals_check
WHERE excess <> 0
ORDER BY category_name, part
