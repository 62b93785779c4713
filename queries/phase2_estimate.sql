-- title: Khối lượng chuyển sang giai đoạn 2 và kinh phí dự kiến
-- description: Khối lượng còn lại nhân với đơn giá chỉnh lý trong phần vars; đơn vị còn nhiều đứng trước.
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   short_name: {link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:   {title: Tên trong câu, format: text, hidden: true}
--   status:         {title: Tình trạng, format: status}
--   remaining_m:    {title: Khối lượng còn lại, format: number, decimals: 1, unit: mét, total: true}
--   cost_million:   {title: Kinh phí dự kiến, format: number, decimals: 0, unit: triệu đồng, total: true}
--   unspent_million: {title: Đã phân bổ chưa giải ngân, format: number, decimals: 0, unit: triệu đồng, total: true}
SELECT
  l.unit, l.unit_name, l.short_name, l.page, l.in_text, l.block, l.status,
  l.remaining_m,
  l.remaining_m * t.cost_per_metre_vnd / 1e6 AS cost_million,
  (l.budget_allocated_vnd - l.budget_disbursed_vnd) / 1e6 AS unspent_million
FROM progress_latest AS l
CROSS JOIN thresholds AS t
WHERE l.remaining_m > 0
ORDER BY l.remaining_m DESC, l.unit
