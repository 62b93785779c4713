-- title: Các tỉnh, thành phố theo dự toán thu
-- columns:
--   revenue_bn: {title: Dự toán thu, format: number, decimals: 0, unit: tỷ đồng}
SELECT province, plan_revenue / 1000 AS revenue_bn
FROM provinces
WHERE plan_year = (SELECT plan_year FROM overview)
ORDER BY plan_revenue DESC, province
