-- title: Dự báo ngày hoàn thành theo tốc độ hiện nay
-- description: >-
--   Khối lượng còn lại chia cho tốc độ của bốn quý gần nhất, tính từ ngày cuối kỳ mới nhất; làm tròn lên tháng.
--   Không có tốc độ, hoặc phải hơn một trăm năm, thì không dự báo.
-- columns:
--   base:          {title: Tính từ sau kỳ, format: period}
--   months:        {title: Số tháng dùng để tính, format: integer, unit: tháng}
--   added_m:       {title: Chỉnh lý thêm, format: number, decimals: 1, unit: mét}
--   pace_m:        {title: Tốc độ hiện nay, format: number, decimals: 0, unit: mét/năm}
--   remaining_m:   {title: Khối lượng còn lại, format: number, decimals: 1, unit: mét}
--   months_left:   {title: Số tháng còn phải làm, format: integer, unit: tháng}
--   done_on:       {title: Dự kiến xong, format: date}
--   done_period:   {title: Dự kiến xong trong, format: period}
--   law_on:        {title: Hạn của Luật Lưu trữ, format: date}
--   in_time:       {title: Kịp hạn, format: boolean}
--   units_idle:    {title: Đơn vị không chỉnh lý thêm, format: integer, unit: đơn vị}
--   idle_m:        {title: Khối lượng còn lại của các đơn vị đó, format: number, decimals: 1, unit: mét}
--   last_in_text:  {title: Đơn vị xong sau cùng, format: text}
--   last_page:     {title: Trang của đơn vị, format: text, hidden: true}
--   last_period:   {title: Đơn vị đó xong trong, format: period}
WITH total AS (
  SELECT
    sum(l.remaining_m)                                            AS remaining_m,
    sum(p.added_m)                                                AS added_m,
    sum(p.pace_m)                                                 AS pace_m,
    count(*) FILTER (l.remaining_m > 0 AND coalesce(p.pace_m, 0) = 0)        AS units_idle,
    coalesce(sum(l.remaining_m) FILTER (coalesce(p.pace_m, 0) = 0), 0)       AS idle_m
  FROM progress_latest AS l JOIN pace_by_unit AS p USING (unit)
),
counted AS (
  SELECT *, CASE WHEN pace_m > 0 AND remaining_m / pace_m <= 100 THEN CAST(ceil(round(remaining_m * 12 / pace_m, 6)) AS INTEGER) END AS months_left
  FROM total
),
slowest AS (
  -- đơn vị có tốc độ, xong sau cùng nếu làm như hiện nay; quá một trăm năm thì không nêu
  SELECT l.in_text, l.page, CAST(last_day(w.ends_on + to_months(CAST(ceil(round(l.remaining_m * 12 / p.pace_m, 6)) AS INTEGER))) AS DATE) AS done_on
  FROM progress_latest AS l JOIN pace_by_unit AS p USING (unit) CROSS JOIN pace_window AS w
  WHERE l.remaining_m > 0 AND p.pace_m > 0 AND l.remaining_m / p.pace_m <= 100
  ORDER BY l.remaining_m / p.pace_m DESC, l.ordinal
  LIMIT 1
),
dated AS (
  SELECT c.*, w.period, w.base, w.months, CAST(last_day(w.ends_on + to_months(c.months_left)) AS DATE) AS done_on
  FROM counted AS c CROSS JOIN pace_window AS w
)
SELECT
  d.period, d.base, d.months, d.added_m, d.pace_m, d.remaining_m, d.months_left, d.done_on,
  CASE WHEN d.done_on IS NOT NULL THEN year(d.done_on) || '-Q' || quarter(d.done_on) END AS done_period,
  t.law_agencies              AS law_on,
  d.done_on <= t.law_agencies AS in_time,
  d.units_idle, d.idle_m,
  s.in_text AS last_in_text,
  s.page    AS last_page,
  year(s.done_on) || '-Q' || quarter(s.done_on) AS last_period
FROM dated AS d
CROSS JOIN thresholds AS t
LEFT JOIN slowest AS s ON true
