-- title: Dự toán và quyết toán của từng tỉnh, thành phố qua các năm
-- columns:
--   plan_revenue:      {title: Dự toán thu, format: number, decimals: 0, unit: triệu đồng}
--   final_revenue:     {title: Quyết toán thu, format: number, decimals: 0, unit: triệu đồng}
--   plan_expenditure:  {title: Dự toán chi, format: number, decimals: 0, unit: triệu đồng}
--   final_expenditure: {title: Quyết toán chi, format: number, decimals: 0, unit: triệu đồng}
SELECT
  province,
  year,
  max(revenue)     FILTER (kind = 'plan')  AS plan_revenue,
  max(revenue)     FILTER (kind = 'final') AS final_revenue,
  max(expenditure) FILTER (kind = 'plan')  AS plan_expenditure,
  max(expenditure) FILTER (kind = 'final') AS final_expenditure,
  coalesce(max(share_pct) FILTER (kind = 'plan'), max(share_pct) FILTER (kind = 'final')) AS share_pct
FROM budget_lines
GROUP BY province, year
ORDER BY province, year
