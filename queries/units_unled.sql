-- title: Đơn vị chưa phân công lãnh đạo chịu trách nhiệm
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:   {title: Tên trong câu, format: text, hidden: true}
SELECT unit, unit_name, page, in_text, block
FROM scheme_units
WHERE leader IS NULL
ORDER BY ordinal
