-- title: Dòng của từng tỉnh, thành phố, tên đã chuẩn hóa
-- description: Tên trong phụ lục lẫn chữ hoa, chữ thường, khoảng trắng cứng và nhiều cách viết.
-- columns:
--   province: {title: "Tỉnh, thành phố", format: text}
WITH spelled AS (
  SELECT *, lower(trim(regexp_replace(name_raw, '[\s\x{a0}]+', ' ', 'g'))) AS spelling
  FROM budget
  WHERE row_type = 'province'
)
SELECT
  s.kind,
  s.year,
  coalesce(k.province, array_to_string(list_transform(string_split(s.spelling, ' '), lambda word: upper(word[1]) || word[2:]), ' ')) AS province,
  s.name_raw,
  s.region_raw,
  s.sheet_row,
  s.revenue,
  s.share_pct,
  s.expenditure
FROM spelled AS s
LEFT JOIN province_spellings AS k USING (spelling)
ORDER BY s.kind, s.year, s.sheet_row
