-- title: Đơn vị trước đây và đơn vị kế tiếp của từng đơn vị
-- description: Theo bảng thay đổi đơn vị; thay đổi sớm đứng trước.
-- columns:
--   unit:    {title: Mã đơn vị, format: text, hidden: true}
--   way:     {title: Chiều, format: text, hidden: true}
--   date:    {title: Ngày hiệu lực, format: date}
--   change:  {title: Thay đổi, format: text}
--   other:   {title: Đơn vị liên quan, format: text}
WITH told AS (
  SELECT
    from_code AS unit, date, kind, basis,
    CASE WHEN to_code <> from_code THEN to_code END AS other,
    CASE WHEN to_code = from_code THEN 'self' ELSE 'after' END AS way
  FROM unit_changes
  UNION ALL
  SELECT to_code, date, kind, basis, from_code, 'before'
  FROM unit_changes
  WHERE to_code <> from_code
)
SELECT
  t.unit, t.date, t.way,
  CASE
    WHEN t.kind = 'rename' THEN 'Đổi tên, đổi loại'
    WHEN t.kind = 'abolish' THEN 'Kết thúc hoạt động'
    WHEN t.way = 'before' THEN CASE t.kind WHEN 'merge' THEN 'Tiếp nhận toàn bộ' ELSE 'Tiếp nhận một phần' END
    ELSE CASE t.kind WHEN 'merge' THEN 'Nhập vào đơn vị khác' ELSE 'Chuyển một phần' END
  END AS change,
  u.name AS other,
  t.basis
FROM told AS t
LEFT JOIN units AS u ON u.code = t.other
WHERE t.unit IS NOT NULL
ORDER BY t.unit, t.date, t.way, other
