-- title: Tập thể, cá nhân của đơn vị được khen thưởng
-- params:
--   unit: {title: Đơn vị, type: string}
SELECT h.honoured, h.position, h.form, h.awarded_on
FROM honours AS h
WHERE h.unit = unit
ORDER BY h.honour_kind, h.honoured
