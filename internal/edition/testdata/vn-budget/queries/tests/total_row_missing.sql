-- title: Phụ lục không có dòng tổng số để đối chiếu
-- severity: warn
SELECT document, year, revenue_summed, expenditure_summed
FROM reconciliation
WHERE revenue_printed IS NULL
ORDER BY kind, year
