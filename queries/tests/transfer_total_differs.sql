-- title: Tổng số in khác tổng các dòng giao nộp
-- severity: warn
-- columns:
--   item:    {title: Chỉ tiêu, format: text}
--   printed: {title: Tổng số in, format: number, decimals: 2}
--   summed:  {title: Cộng các dòng, format: number, decimals: 2}
SELECT handed_on, item, printed, summed
FROM transfer_check
WHERE NOT coalesce(agrees, false)
ORDER BY handed_on, item
