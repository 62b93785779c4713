-- title: Các cách viết một tên trong phụ lục
-- description: Khoảng trắng cứng và chữ hoa không tính là cách viết khác.
-- columns:
--   spellings: {title: Các cách viết, format: text}
--   variants:  {title: Số cách viết, format: integer}
WITH spelled AS (
  SELECT DISTINCT province, upper(trim(regexp_replace(name_raw, '[\s\x{a0}]+', ' ', 'g'))) AS spelling
  FROM budget_lines
)
SELECT province, string_agg(spelling, '; ' ORDER BY spelling) AS spellings, count(*) AS variants
FROM spelled
GROUP BY province
HAVING count(*) > 1
ORDER BY province
