-- title: Thay đổi đơn vị theo thời gian
-- columns:
--   from_name:  {title: Đơn vị cũ, format: text}
--   to_name:    {title: Đơn vị mới, format: text}
--   kind:       {title: Loại thay đổi, hidden: true}
--   change:     {title: Thay đổi, format: text}
SELECT
  c.date,
  f.name AS from_name,
  CASE WHEN c.to_code <> c.from_code THEN t.name END AS to_name,
  c.kind,
  CASE c.kind
    WHEN 'rename' THEN 'Đổi tên, đổi loại'
    WHEN 'merge' THEN 'Hợp nhất, sáp nhập'
    WHEN 'split' THEN 'Chia tách'
    WHEN 'abolish' THEN 'Kết thúc hoạt động'
  END AS change,
  c.basis
FROM unit_changes AS c
LEFT JOIN units AS f ON f.code = c.from_code
LEFT JOIN units AS t ON t.code = c.to_code
ORDER BY c.date, c.from_code, c.to_code
