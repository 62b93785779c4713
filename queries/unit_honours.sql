-- title: Tập thể, cá nhân của từng đơn vị được khen thưởng
-- columns:
--   unit: {title: Mã đơn vị, format: text, hidden: true}
SELECT h.unit, h.honoured, h.position, h.form, h.awarded_on
FROM honours AS h
ORDER BY h.unit, h.honour_kind, h.honoured
