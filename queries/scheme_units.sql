-- title: Đơn vị thuộc phạm vi Đề án
-- description: Sở, ban, ngành rồi đến huyện, thành phố, theo thứ tự trong danh mục đơn vị.
-- columns:
--   unit:       {title: Mã đơn vị}
--   unit_name:  {title: Đơn vị, format: text, link: page}
--   page:       {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:    {title: Tên trong câu, format: text, hidden: true}
--   ordinal:    {title: Thứ tự, format: integer, hidden: true}
SELECT
  code                       AS unit,
  name                       AS unit_name,
  coalesce(short_name, name) AS short_name,
  kind,
  block,
  leader,
  contact,
  grid_x,
  grid_y,
  'don-vi/' || code          AS page,
  -- "huyện Tân Phú" but "Sở Nội vụ", as the rules on capitals want it
  CASE kind WHEN 'locality' THEN lower(left(name, 1)) || substr(name, 2) ELSE name END AS in_text,
  row_number() OVER (ORDER BY kind, line, code) AS ordinal
FROM units
WHERE kind IN ('department', 'locality')
ORDER BY ordinal
