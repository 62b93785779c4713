-- title: Số tập thể, cá nhân được khen thưởng
-- columns:
--   collectives: {title: Tập thể, format: integer}
--   individuals: {title: Cá nhân, format: integer}
SELECT
  count(*) FILTER (honour_kind = 'collective') AS collectives,
  count(*) FILTER (honour_kind = 'individual') AS individuals,
  max(awarded_on)                              AS awarded_on
FROM honours
