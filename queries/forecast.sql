-- title: Dự báo hoàn thành theo tốc độ hiện nay của từng đơn vị
-- description: >-
--   Mỗi đơn vị chưa xong làm tiếp với tốc độ bốn quý gần nhất của chính mình, tính từ ngày cuối kỳ mới nhất, làm tròn lên
--   tháng; xong khi đơn vị cuối cùng xong. Đơn vị không chỉnh lý thêm trong bốn quý đó, hoặc phải hơn một trăm năm, thì không
--   dự báo và nêu riêng (units_idle, idle_m). Tốc độ của đơn vị đã xong không tính cho đơn vị khác.
--   Thời hạn của Luật Lưu trữ: khối sở, ban, ngành theo hạn của cơ quan; tài liệu của cấp huyện theo hạn của Lưu trữ lịch sử.
-- columns:
--   base:          {title: Tính từ sau kỳ, format: period}
--   months:        {title: Số tháng dùng để tính, format: integer, unit: tháng}
--   added_m:       {title: Chỉnh lý thêm, format: number, decimals: 1, unit: mét}
--   pace_m:        {title: Tốc độ của các đơn vị chưa xong, format: number, decimals: 0, unit: mét/năm}
--   pace_departments_m: {title: "Tốc độ của sở, ban, ngành chưa xong", format: number, decimals: 0, unit: mét/năm}
--   pace_localities_m:  {title: "Tốc độ của huyện, thành phố chưa xong", format: number, decimals: 0, unit: mét/năm}
--   remaining_m:   {title: Khối lượng còn lại, format: number, decimals: 1, unit: mét}
--   moving_m:      {title: Còn lại ở đơn vị đang chỉnh lý, format: number, decimals: 1, unit: mét}
--   months_left:   {title: Số tháng còn phải làm, format: integer, unit: tháng}
--   done_on:       {title: Dự kiến xong, format: date}
--   done_period:   {title: Dự kiến xong trong, format: period}
--   law_on:        {title: Hạn của cơ quan, format: date}
--   archive_on:    {title: Hạn của Lưu trữ lịch sử, format: date}
--   in_time:       {title: Kịp hạn, format: boolean}
--   units_idle:    {title: Đơn vị không dự báo được, format: integer, unit: đơn vị}
--   idle_m:        {title: Khối lượng còn lại của các đơn vị đó, format: number, decimals: 1, unit: mét}
--   last_in_text:  {title: Đơn vị xong sau cùng, format: text}
--   last_page:     {title: Trang của đơn vị, format: text, hidden: true}
WITH units AS (
  SELECT
    l.in_text, l.page, l.kind, l.ordinal, l.remaining_m, p.added_m, p.pace_m, w.ends_on,
    CASE WHEN l.remaining_m > 0 AND p.pace_m > 0 AND l.remaining_m / p.pace_m <= 100
      THEN CAST(ceil(round(l.remaining_m * 12 / p.pace_m, 6)) AS INTEGER) END AS months_left
  FROM progress_latest AS l JOIN pace_by_unit AS p USING (unit) CROSS JOIN pace_window AS w
),
total AS (
  SELECT
    sum(remaining_m)                                                   AS remaining_m,
    sum(added_m)                                                       AS added_m,
    sum(pace_m) FILTER (remaining_m > 0)                               AS pace_m,
    sum(pace_m) FILTER (remaining_m > 0 AND kind = 'department')       AS pace_departments_m,
    sum(pace_m) FILTER (remaining_m > 0 AND kind = 'locality')         AS pace_localities_m,
    coalesce(sum(remaining_m) FILTER (months_left IS NOT NULL), 0)     AS moving_m,
    max(months_left)                                                   AS months_left,
    max(months_left) FILTER (kind = 'department')                      AS months_departments,
    max(months_left) FILTER (kind = 'locality')                        AS months_localities,
    count(*) FILTER (remaining_m > 0 AND months_left IS NULL)          AS units_idle,
    coalesce(sum(remaining_m) FILTER (months_left IS NULL), 0)         AS idle_m,
    arg_max(in_text, (months_left, -ordinal)) FILTER (months_left IS NOT NULL) AS last_in_text,
    arg_max(page, (months_left, -ordinal)) FILTER (months_left IS NOT NULL)    AS last_page
  FROM units
),
dated AS (
  SELECT t.*, w.period, w.base, w.months,
    CAST(last_day(w.ends_on + to_months(t.months_left)) AS DATE)        AS done_on,
    CAST(last_day(w.ends_on + to_months(t.months_departments)) AS DATE) AS departments_on,
    CAST(last_day(w.ends_on + to_months(t.months_localities)) AS DATE)  AS localities_on
  FROM total AS t CROSS JOIN pace_window AS w
)
SELECT
  d.period, d.base, d.months, d.added_m, d.pace_m, d.pace_departments_m, d.pace_localities_m,
  d.remaining_m, d.moving_m, d.months_left, d.done_on,
  CASE WHEN d.done_on IS NOT NULL THEN year(d.done_on) || '-Q' || quarter(d.done_on) END AS done_period,
  t.law_agencies AS law_on,
  t.law_archive  AS archive_on,
  coalesce(d.departments_on <= t.law_agencies, true) AND coalesce(d.localities_on <= t.law_archive, true) AS in_time,
  d.units_idle, d.idle_m, d.last_in_text, d.last_page
FROM dated AS d
CROSS JOIN thresholds AS t
