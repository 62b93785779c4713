-- title: Vùng của từng tỉnh, thành phố
-- description: Theo cách xếp của phụ lục dự toán mới nhất; tỉnh Hà Tây xếp cùng vùng với Hà Nội.
-- columns:
--   region:         {title: Vùng, format: text}
--   region_ordinal: {title: Thứ tự vùng, format: integer}
--   ordinal:        {title: Thứ tự, format: integer}
WITH latest AS (
  SELECT province, sheet_row, upper(region_raw) AS region_raw
  FROM budget_lines
  WHERE kind = 'plan' AND year = (SELECT max(year) FROM budget_lines WHERE kind = 'plan')
),
placed AS (
  SELECT province, sheet_row AS ordinal, region_raw FROM latest
  UNION ALL
  SELECT 'Hà Tây', sheet_row, region_raw FROM latest WHERE province = 'Hà Nội'
),
named AS (
  SELECT *
  FROM (VALUES
    (1, 'MIỀN NÚI%', 'Miền núi phía Bắc'),
    (2, '%S%HỒNG', 'Đồng bằng sông Hồng'),
    (3, 'BẮC T%', 'Bắc Trung Bộ và Duyên hải miền Trung'),
    (4, 'TÂY NGUYÊN', 'Tây Nguyên'),
    (5, 'ĐÔNG NAM BỘ', 'Đông Nam Bộ'),
    (6, '%LONG', 'Đồng bằng sông Cửu Long')
  ) AS v(region_ordinal, pattern, region)
)
SELECT p.province, n.region, n.region_ordinal, p.ordinal
FROM placed AS p
LEFT JOIN named AS n ON p.region_raw LIKE n.pattern
ORDER BY p.ordinal, p.province
