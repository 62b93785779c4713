-- title: Dự toán theo vùng
-- description: Năm dự toán mới nhất.
-- columns:
--   provinces:           {title: "Số tỉnh, thành phố", format: integer, total: true}
--   plan_revenue:        {title: Dự toán thu, total: true}
--   plan_expenditure:    {title: Dự toán chi, total: true}
--   revenue_share:       {title: Tỷ trọng thu, format: percent, decimals: 1, bar: true}
--   revenue_tn:          {title: Dự toán thu, format: number, decimals: 1, unit: nghìn tỷ đồng}
--   expenditure_tn:      {title: Dự toán chi, format: number, decimals: 1, unit: nghìn tỷ đồng}
SELECT
  r.region,
  count(*)                AS provinces,
  sum(y.plan_revenue)     AS plan_revenue,
  sum(y.plan_expenditure) AS plan_expenditure,
  sum(y.plan_revenue) / sum(sum(y.plan_revenue)) OVER () AS revenue_share,
  sum(y.plan_revenue) / 1e6     AS revenue_tn,
  sum(y.plan_expenditure) / 1e6 AS expenditure_tn
FROM province_years AS y
JOIN regions AS r USING (province)
WHERE y.year = (SELECT plan_year FROM overview)
GROUP BY r.region, r.region_ordinal
ORDER BY r.region_ordinal
