-- title: Tổng số in khác tổng các tỉnh, thành phố
-- severity: warn
SELECT document, year, revenue_summed, revenue_printed, revenue_excess, expenditure_excess
FROM reconciliation
WHERE outcome = 'Lệch'
ORDER BY kind, year
