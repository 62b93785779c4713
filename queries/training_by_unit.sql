-- title: Tập huấn của từng đơn vị
-- columns:
--   unit:       {title: Mã đơn vị}
--   unit_name:  {title: Đơn vị, format: text, link: page}
--   short_name: {link: page}
--   page:       {title: Trang của đơn vị, format: text, hidden: true}
--   trained_people: {title: Lượt người được tập huấn, total: true}
--   pass_share: {title: Tỷ lệ hồ sơ đạt yêu cầu, format: percent, decimals: 1, bar: true}
SELECT
  unit, unit_name, short_name, page, block, trained_people,
  passed_files / nullif(checked_files, 0) AS pass_share
FROM progress_latest
ORDER BY trained_people DESC NULLS LAST, ordinal
