-- title: Tốc độ chỉnh lý của từng đơn vị trong bốn quý gần nhất
-- description: Đơn vị không có báo cáo nào trong bốn quý gần nhất được tính là không chỉnh lý thêm.
-- columns:
--   unit:       {title: Mã đơn vị}
--   added_m:    {title: Chỉnh lý thêm, format: number, decimals: 1, unit: mét, total: true}
--   pace_m:     {title: Tốc độ hiện nay, format: number, decimals: 1, unit: mét/năm, total: true}
SELECT
  l.unit,
  l.arranged_m - coalesce(b.arranged_m, 0)                                            AS added_m,
  CASE WHEN l.arranged_m IS NOT NULL THEN greatest(l.arranged_m - coalesce(b.arranged_m, 0), 0) END * 12 / nullif(w.months, 0) AS pace_m
FROM progress_latest AS l
CROSS JOIN pace_window AS w
LEFT JOIN progress_course AS b ON b.unit = l.unit AND b.ends_on = w.base_on
ORDER BY l.ordinal
