-- title: Khối lượng chỉnh lý và kinh phí theo năm
-- description: Số thực hiện trong năm, tính từ chênh lệch giữa các kỳ cuối năm trong cùng giai đoạn.
-- columns:
--   year:                 {title: Năm, format: year}
--   planned_m:            {title: Kế hoạch trong năm, format: number, decimals: 1, unit: mét, total: true}
--   arranged_year_m:      {title: Chỉnh lý trong năm, format: number, decimals: 1, unit: mét, total: true}
--   plan_share:           {title: So với kế hoạch năm, format: percent, decimals: 1}
--   allocated_year_vnd:   {title: Kinh phí phân bổ trong năm, format: integer, unit: đồng, total: true}
--   disbursed_year_vnd:   {title: Kinh phí giải ngân trong năm, format: integer, unit: đồng, total: true}
WITH ends AS (
  SELECT
    CAST(year(ends_on) AS INTEGER)    AS year,
    phase,
    sum(target_m)                     AS target_m,
    sum(arranged_m)                   AS arranged_m,
    sum(budget_allocated_vnd)         AS allocated_vnd,
    sum(budget_disbursed_vnd)         AS disbursed_vnd
  FROM progress_course
  WHERE ends_on IN (SELECT max(ends_on) FROM periods GROUP BY year(ends_on))
  GROUP BY ALL
)
SELECT
  year,
  target_m - lag(target_m, 1, 0) OVER by_year           AS planned_m,
  arranged_m - lag(arranged_m, 1, 0) OVER by_year       AS arranged_year_m,
  (arranged_m - lag(arranged_m, 1, 0) OVER by_year)
    / nullif(target_m - lag(target_m, 1, 0) OVER by_year, 0) AS plan_share,
  allocated_vnd - lag(allocated_vnd, 1, 0) OVER by_year AS allocated_year_vnd,
  disbursed_vnd - lag(disbursed_vnd, 1, 0) OVER by_year AS disbursed_year_vnd
FROM ends
WINDOW by_year AS (PARTITION BY phase ORDER BY year)
ORDER BY year
