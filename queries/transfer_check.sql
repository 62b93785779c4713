-- title: Đối chiếu tổng số in với tổng các dòng
-- columns:
--   item:    {title: Chỉ tiêu, format: text}
--   printed: {title: Tổng số in, format: number, decimals: 2}
--   summed:  {title: Cộng các dòng, format: number, decimals: 2}
--   excess:  {title: Chênh lệch, format: number, decimals: 2}
--   agrees:  {title: Khớp, format: boolean}
WITH summed AS (
  SELECT handed_on, sum(files) AS files, sum(metres) AS metres
  FROM transfers
  GROUP BY handed_on
),
compared AS (
  SELECT p.handed_on, 1 AS place, 'Số hồ sơ' AS item, CAST(p.files AS DOUBLE) AS printed, CAST(s.files AS DOUBLE) AS summed
  FROM transfer_totals AS p LEFT JOIN summed AS s USING (handed_on)
  UNION ALL
  SELECT p.handed_on, 2, 'Khối lượng (mét)', CAST(p.metres AS DOUBLE), CAST(s.metres AS DOUBLE)
  FROM transfer_totals AS p LEFT JOIN summed AS s USING (handed_on)
)
SELECT handed_on, item, printed, summed, printed - summed AS excess, round(printed, 2) = round(summed, 2) AS agrees
FROM compared
WHERE printed IS NOT NULL
ORDER BY handed_on, place
