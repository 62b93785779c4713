-- title: Thời gian và kinh phí giai đoạn 2 theo ba phương án tốc độ
-- description: >-
--   Tốc độ hiện nay là của các đơn vị chưa xong trong bốn quý gần nhất, coi như điều phối được cho cả đơn vị chưa làm; hai
--   phương án kia theo tỷ lệ trong phần vars. Khối sở, ban, ngành xét theo hạn của cơ quan, khối huyện, thành phố theo hạn của
--   Lưu trữ lịch sử. Tổng kinh phí như nhau vì tính
--   theo khối lượng; phương án nhanh cần nhiều kinh phí hơn trong mỗi năm.
-- columns:
--   pace:        {title: Phương án, format: text}
--   factor:      {title: So với hiện nay, format: percent}
--   pace_m:      {title: Khối lượng mỗi năm, format: number, decimals: 0, unit: mét}
--   years:       {title: Số năm, format: number, decimals: 1, unit: năm}
--   done_on:     {title: Dự kiến xong, format: date}
--   year_million:  {title: Kinh phí mỗi năm, format: number, decimals: 0, unit: triệu đồng}
--   cost_million:  {title: Tổng kinh phí, format: number, decimals: 0, unit: triệu đồng}
--   agencies:    {title: "Sở, ban, ngành so với hạn của cơ quan", format: text}
--   archive:     {title: "Huyện, thành phố so với hạn của Lưu trữ lịch sử", format: text}
WITH paces AS (
  SELECT 1 AS place, 'Chậm' AS pace, pace_slow AS factor FROM thresholds
  UNION ALL SELECT 2, 'Như hiện nay', 1
  UNION ALL SELECT 3, 'Nhanh', pace_fast FROM thresholds
),
counted AS (
  SELECT
    p.place, p.pace, p.factor,
    f.pace_m * p.factor                              AS pace_m,
    total.departments_m / nullif(f.pace_departments_m * p.factor, 0) AS years_departments,
    total.localities_m / nullif(f.pace_localities_m * p.factor, 0)   AS years_localities,
    total.departments_m, total.localities_m,
    total.remaining_m / nullif(f.pace_m * p.factor, 0) AS years,
    total.cost_vnd / 1e6                             AS cost_million,
    total.cost_per_metre_vnd
  FROM paces AS p CROSS JOIN forecast AS f CROSS JOIN phase2_total AS total
  WHERE total.remaining_m > 0
),
dated AS (
  SELECT c.*,
    CASE WHEN c.years <= 100 THEN CAST(s.starts_on + to_days(CAST(ceil(c.years * 365.25) AS INTEGER)) AS DATE) END AS done_on,
    CASE WHEN c.years_departments <= 100 THEN CAST(s.starts_on + to_days(CAST(ceil(c.years_departments * 365.25) AS INTEGER)) AS DATE) END AS departments_on,
    CASE WHEN c.years_localities <= 100 THEN CAST(s.starts_on + to_days(CAST(ceil(c.years_localities * 365.25) AS INTEGER)) AS DATE) END AS localities_on
  FROM counted AS c CROSS JOIN phase2_start AS s
)
SELECT
  d.pace, d.factor, d.pace_m, d.years, d.done_on,
  CASE WHEN d.pace_m > 0 THEN least(d.pace_m * d.cost_per_metre_vnd / 1e6, d.cost_million) END AS year_million,
  d.cost_million,
  CASE WHEN coalesce(d.departments_m, 0) = 0 THEN 'đã xong' WHEN d.departments_on IS NULL THEN 'chưa dự báo được' WHEN d.departments_on <= t.law_agencies THEN 'kịp hạn' ELSE 'quá hạn' END AS agencies,
  CASE WHEN coalesce(d.localities_m, 0) = 0 THEN 'đã xong' WHEN d.localities_on IS NULL THEN 'chưa dự báo được' WHEN d.localities_on <= t.law_archive THEN 'kịp hạn' ELSE 'quá hạn' END AS archive
FROM dated AS d CROSS JOIN thresholds AS t
ORDER BY d.place
