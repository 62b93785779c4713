-- title: Khoảng thời gian dùng để tính tốc độ
-- description: >-
--   Từ kỳ cách kỳ mới nhất ít nhất bốn quý đến kỳ mới nhất, trong cùng giai đoạn; giai đoạn chưa đủ bốn quý thì tính
--   từ kỳ đầu tiên. Giai đoạn mới có một kỳ thì chưa tính được tốc độ.
-- columns:
--   phase:     {title: Giai đoạn, format: integer}
--   ends_on:   {title: Ngày cuối kỳ mới nhất, format: date}
--   base:      {title: Tính từ sau kỳ, format: period}
--   base_on:   {title: Ngày cuối của kỳ đó, format: date}
--   months:    {title: Số tháng, format: integer}
WITH now AS (SELECT period, phase, ends_on FROM periods WHERE is_current),
earlier AS (
  SELECT p.period, p.ends_on, p.ends_on <= now.ends_on - INTERVAL 360 DAY AS whole
  FROM periods AS p JOIN now ON now.phase = p.phase AND p.ends_on < now.ends_on
),
base AS (
  SELECT period, ends_on
  FROM earlier
  ORDER BY whole DESC, CASE WHEN whole THEN ends_on END DESC, ends_on
  LIMIT 1
)
SELECT
  now.period, now.phase, now.ends_on,
  base.period  AS base,
  base.ends_on AS base_on,
  datediff('month', base.ends_on, now.ends_on) AS months
FROM now LEFT JOIN base ON true
