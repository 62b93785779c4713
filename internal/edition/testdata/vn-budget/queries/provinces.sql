-- title: Các tỉnh, thành phố trực thuộc Trung ương
-- columns:
--   province:      {title: "Tỉnh, thành phố", format: text, link: page}
--   page:          {title: Trang, format: text, hidden: true}
--   full_name:     {title: Tên đầy đủ, format: text, hidden: true}
--   remark:        {title: Ghi chú, format: text}
--   plan_year:     {title: Năm dự toán mới nhất, format: year}
--   final_year:    {title: Năm quyết toán mới nhất, format: year}
--   plan_share:    {title: Quyết toán chi so với dự toán, format: percent, decimals: 1}
--   growth:        {title: Dự toán chi so với năm trước, format: percent, decimals: 1}
WITH latest AS (
  SELECT
    province,
    max(year) FILTER (plan_expenditure IS NOT NULL)  AS plan_year,
    max(year) FILTER (final_expenditure IS NOT NULL) AS final_year
  FROM province_years
  GROUP BY province
)
SELECT
  r.province,
  CASE
    WHEN r.province IN ('Hà Nội', 'Hải Phòng', 'Đà Nẵng', 'Cần Thơ') THEN 'thành phố ' || r.province
    WHEN r.province = 'TP. Hồ Chí Minh' THEN 'Thành phố Hồ Chí Minh'
    ELSE 'tỉnh ' || r.province
  END AS full_name,
  'tinh/' || regexp_replace(strip_accents(replace(lower(replace(r.province, 'TP. ', '')), 'đ', 'd')), '[^a-z]+', '-', 'g') AS page,
  r.region,
  l.plan_year,
  p.plan_revenue,
  p.plan_expenditure,
  p.plan_expenditure / nullif(b.plan_expenditure, 0) AS growth,
  l.final_year,
  f.final_expenditure,
  f.final_expenditure / nullif(f.plan_expenditure, 0) AS plan_share,
  CASE r.province
    WHEN 'Hà Tây' THEN 'Sáp nhập vào thành phố Hà Nội từ ngày 01/8/2008'
    WHEN 'Hà Nội' THEN 'Từ quyết toán năm 2008 gồm cả tỉnh Hà Tây cũ'
  END AS remark
FROM regions AS r
JOIN latest AS l USING (province)
LEFT JOIN province_years AS p ON p.province = r.province AND p.year = l.plan_year
LEFT JOIN province_years AS b ON b.province = r.province AND b.year = l.plan_year - 1
LEFT JOIN province_years AS f ON f.province = r.province AND f.year = l.final_year
ORDER BY r.region_ordinal, r.ordinal, r.province
