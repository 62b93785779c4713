-- title: Tổng khối lượng và kinh phí dự kiến giai đoạn 2
-- columns:
--   units_total:  {title: Số đơn vị, format: integer}
--   remaining_m:  {title: Khối lượng còn lại, format: number, decimals: 1, unit: mét}
--   departments_m: {title: "Sở, ban, ngành", format: number, decimals: 1, unit: mét}
--   localities_m:  {title: "Huyện, thành phố", format: number, decimals: 1, unit: mét}
--   cost_vnd:     {title: Kinh phí dự kiến, format: integer, unit: đồng}
--   cost_per_metre_vnd: {title: Đơn giá dùng để tính, format: integer, unit: đồng/mét}
SELECT
  count(*)                                                             AS units_total,
  coalesce(sum(l.remaining_m), 0)                                      AS remaining_m,
  coalesce(sum(l.remaining_m) FILTER (l.kind = 'department'), 0)       AS departments_m,
  coalesce(sum(l.remaining_m) FILTER (l.kind = 'locality'), 0)         AS localities_m,
  coalesce(sum(l.remaining_m * t.cost_per_metre_vnd), 0)               AS cost_vnd,
  (SELECT cost_per_metre_vnd FROM thresholds)                          AS cost_per_metre_vnd
FROM progress_latest AS l
CROSS JOIN thresholds AS t
WHERE l.remaining_m > 0
