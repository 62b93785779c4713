-- title: Dự toán và quyết toán qua các năm
-- params:
--   province: {title: "Tỉnh, thành phố", type: string}
-- columns:
--   plan_expenditure_bn:  {title: Dự toán chi, format: number, decimals: 0, unit: tỷ đồng}
--   final_expenditure_bn: {title: Quyết toán chi, format: number, decimals: 0, unit: tỷ đồng}
--   plan_share:           {title: Quyết toán chi so với dự toán, format: percent, decimals: 1}
SELECT
  y.year,
  y.plan_revenue,
  y.final_revenue,
  y.plan_expenditure,
  y.final_expenditure,
  y.final_expenditure / nullif(y.plan_expenditure, 0) AS plan_share,
  y.share_pct,
  y.plan_expenditure / 1000  AS plan_expenditure_bn,
  y.final_expenditure / 1000 AS final_expenditure_bn
FROM province_years AS y
WHERE y.province = province
ORDER BY y.year
