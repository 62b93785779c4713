-- title: Đối chiếu tổng số in với tổng các dòng giao nộp
-- columns:
--   files_printed:  {title: Số hồ sơ in, format: integer}
--   files_summed:   {title: Cộng các dòng, format: integer}
--   files_excess:   {title: Chênh lệch hồ sơ, format: integer}
--   metres_printed: {title: Khối lượng in, format: number, decimals: 2, unit: mét}
--   metres_summed:  {title: Cộng các dòng, format: number, decimals: 2, unit: mét}
--   metres_excess:  {title: Chênh lệch khối lượng, format: number, decimals: 2, unit: mét}
--   agrees:         {title: Khớp, format: boolean}
WITH summed AS (
  SELECT handed_on, sum(files) AS files, sum(metres) AS metres
  FROM transfers
  GROUP BY handed_on
)
SELECT
  p.handed_on,
  p.files             AS files_printed,
  s.files             AS files_summed,
  p.files - s.files   AS files_excess,
  p.metres            AS metres_printed,
  s.metres            AS metres_summed,
  p.metres - s.metres AS metres_excess,
  coalesce(p.files = s.files, p.files IS NULL) AND coalesce(p.metres = s.metres, p.metres IS NULL) AS agrees,
  p.source
FROM transfer_totals AS p
LEFT JOIN summed AS s USING (handed_on)
ORDER BY p.handed_on
