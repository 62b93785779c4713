-- title: Tiến độ của từng đơn vị ở kỳ mới nhất
-- columns:
--   unit:            {title: Mã đơn vị}
--   unit_name:       {title: Đơn vị, format: text, link: page}
--   page:            {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:         {title: Tên trong câu, format: text, hidden: true}
--   ordinal:         {title: Thứ tự, format: integer, hidden: true}
--   reported_period: {title: Số liệu của kỳ, format: period}
--   status:          {title: Tình trạng, format: status}
--   backlog_m:       {total: true}
--   arranged_m:      {total: true}
--   remaining_m:     {title: Khối lượng còn lại, format: number, decimals: 1, unit: mét, total: true}
--   done_share:      {title: Tỷ lệ hoàn thành, format: percent, decimals: 1, bar: true}
--   target_m:        {title: Kế hoạch lũy kế, total: true}
--   plan_share:      {title: So với kế hoạch, format: percent, decimals: 1}
--   gap_m:           {title: Thấp hơn kế hoạch, format: number, decimals: 1, unit: mét, total: true}
SELECT *
FROM progress_course
WHERE ends_on = (SELECT ends_on FROM periods WHERE is_current)
ORDER BY ordinal
