-- title: Tổng hợp kiểm tra
-- columns:
--   visits:     {title: Lượt kiểm tra, format: integer}
--   units_total: {title: Số đơn vị được kiểm tra, format: integer}
--   pass_share: {title: Tỷ lệ hồ sơ đạt yêu cầu, format: percent, decimals: 1}
--   with_remedy: {title: Lượt phải khắc phục, format: integer}
SELECT
  count(*)                 AS visits,
  count(DISTINCT unit)     AS units_total,
  sum(checked_files)       AS checked_files,
  sum(passed_files)        AS passed_files,
  sum(passed_files) / nullif(sum(checked_files), 0) AS pass_share,
  count(remedy_by)         AS with_remedy
FROM inspections
