-- title: Dự toán và quyết toán của cả nước qua các năm
-- description: Cộng các dòng của từng tỉnh, thành phố, không lấy dòng tổng số in sẵn.
-- columns:
--   plan_provinces:         {title: "Số tỉnh, thành phố", format: integer}
--   final_provinces:        {title: "Số tỉnh, thành phố có quyết toán", format: integer}
--   plan_share:             {title: Quyết toán chi so với dự toán, format: percent, decimals: 1}
--   plan_expenditure_tn:    {title: Dự toán chi, format: number, decimals: 1, unit: nghìn tỷ đồng}
--   final_expenditure_tn:   {title: Quyết toán chi, format: number, decimals: 1, unit: nghìn tỷ đồng}
SELECT
  year,
  count(plan_expenditure)  AS plan_provinces,
  count(final_expenditure) AS final_provinces,
  sum(plan_revenue)        AS plan_revenue,
  sum(final_revenue)       AS final_revenue,
  sum(plan_expenditure)    AS plan_expenditure,
  sum(final_expenditure)   AS final_expenditure,
  sum(final_expenditure) / nullif(sum(plan_expenditure), 0) AS plan_share,
  sum(plan_expenditure) / 1e6  AS plan_expenditure_tn,
  sum(final_expenditure) / 1e6 AS final_expenditure_tn
FROM province_years
GROUP BY year
ORDER BY year
