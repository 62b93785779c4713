-- title: Tổng số in khác tổng các dòng giao nộp
-- severity: warn
-- columns:
--   files_printed:  {title: Số hồ sơ in, format: integer}
--   files_summed:   {title: Cộng các dòng, format: integer}
--   metres_printed: {title: Khối lượng in, format: number, decimals: 2, unit: mét}
--   metres_summed:  {title: Cộng các dòng, format: number, decimals: 2, unit: mét}
SELECT handed_on, files_printed, files_summed, metres_printed, metres_summed
FROM transfer_check
WHERE NOT agrees
ORDER BY handed_on
