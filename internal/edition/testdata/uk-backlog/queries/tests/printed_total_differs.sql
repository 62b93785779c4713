-- title: A printed total differs from the sum of the departments
-- severity: stop
SELECT category, part, summed, printed, excess
FROM totals_check
WHERE excess <> 0
ORDER BY category, part
