-- title: Tập thể, cá nhân được khen thưởng
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   honour_group: {title: Nhóm, format: text}
SELECT
  CASE h.honour_kind WHEN 'collective' THEN 'I. Tập thể' ELSE 'II. Cá nhân' END AS honour_group,
  h.honour_kind, h.honoured, h.position, h.unit, u.unit_name, u.page, u.block, h.form, h.awarded_on
FROM honours AS h
JOIN scheme_units AS u USING (unit)
ORDER BY h.honour_kind, u.ordinal, h.honoured
