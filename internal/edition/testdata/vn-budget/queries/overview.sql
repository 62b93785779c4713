-- title: Số liệu chung
-- columns:
--   plan_year:      {title: Năm dự toán mới nhất, format: year}
--   final_year:     {title: Năm quyết toán mới nhất, format: year}
--   provinces:      {title: "Số tỉnh, thành phố", format: integer}
--   revenue_tn:     {title: Dự toán thu, format: number, decimals: 1, unit: nghìn tỷ đồng}
--   expenditure_tn: {title: Dự toán chi, format: number, decimals: 1, unit: nghìn tỷ đồng}
--   final_tn:       {title: Quyết toán chi, format: number, decimals: 1, unit: nghìn tỷ đồng}
--   final_share:    {title: Quyết toán chi so với dự toán, format: percent, decimals: 1}
--   growth:         {title: Dự toán chi so với năm trước, format: percent, decimals: 1}
--   documents:      {title: Số phụ lục, format: integer}
--   agreeing:       {title: Số phụ lục khớp, format: integer}
--   differing:      {title: Số phụ lục lệch, format: integer}
--   untotalled:     {title: Số phụ lục không có dòng tổng số, format: integer}
WITH plan AS (SELECT * FROM by_year WHERE plan_provinces > 0 ORDER BY year DESC LIMIT 1),
before AS (SELECT b.* FROM by_year AS b JOIN plan AS p ON b.year = p.year - 1),
final AS (SELECT * FROM by_year WHERE final_provinces > 0 ORDER BY year DESC LIMIT 1),
checked AS (
  SELECT
    count(*) AS documents,
    count(*) FILTER (outcome = 'Khớp') AS agreeing,
    count(*) FILTER (outcome = 'Lệch') AS differing,
    count(*) FILTER (revenue_printed IS NULL) AS untotalled
  FROM reconciliation
)
SELECT
  p.year                    AS plan_year,
  p.plan_provinces          AS provinces,
  p.plan_revenue,
  p.plan_expenditure,
  p.plan_revenue / 1e6      AS revenue_tn,
  p.plan_expenditure_tn     AS expenditure_tn,
  p.plan_expenditure / b.plan_expenditure AS growth,
  f.year                    AS final_year,
  f.final_expenditure_tn    AS final_tn,
  f.plan_share              AS final_share,
  c.documents, c.agreeing, c.differing, c.untotalled
FROM plan AS p
CROSS JOIN final AS f
CROSS JOIN checked AS c
LEFT JOIN before AS b ON true
