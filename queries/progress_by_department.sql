-- title: Tiến độ của các sở, ban, ngành
-- description: Đơn vị đạt tỷ lệ cao đứng trước.
-- columns:
--   unit:        {title: Mã đơn vị}
--   unit_name:   {title: Đơn vị, format: text, link: page}
--   short_name: {link: page}
--   page:        {title: Trang của đơn vị, format: text, hidden: true}
--   status:      {title: Tình trạng, format: status}
--   backlog_m:   {total: true}
--   arranged_m:  {total: true}
--   remaining_m: {title: Khối lượng còn lại, format: number, decimals: 1, unit: mét, total: true}
--   done_share:  {title: Tỷ lệ hoàn thành, format: percent, decimals: 1, bar: true}
--   target_m:    {title: Kế hoạch lũy kế, total: true}
--   plan_share:  {title: So với kế hoạch, format: percent, decimals: 1}
SELECT
  unit, unit_name, short_name, page, status,
  backlog_m, arranged_m, remaining_m, done_share, target_m, plan_share, note
FROM progress_latest
WHERE kind = 'department'
ORDER BY done_share DESC NULLS LAST, backlog_m DESC, unit
