-- title: Khối lượng còn lại, số năm và kinh phí giai đoạn 2 của từng đơn vị
-- description: >-
--   Số năm tính theo tốc độ bốn quý gần nhất của chính đơn vị; đơn vị không chỉnh lý thêm trong thời gian đó thì để trống.
--   Khối lượng phải làm mỗi năm là để kịp hạn của Luật Lưu trữ: sở, ban, ngành theo hạn của cơ quan, huyện, thành phố theo hạn của Lưu trữ lịch sử. Đơn vị còn nhiều đứng trước.
-- columns:
--   unit:        {title: Mã đơn vị}
--   unit_name:   {title: Đơn vị, format: text, link: page}
--   page:        {title: Trang của đơn vị, format: text, hidden: true}
--   status:      {title: Tình trạng, format: status}
--   remaining_m: {title: Còn lại, format: number, decimals: 1, unit: mét, total: true}
--   pace_m:      {title: Tốc độ, format: number, decimals: 1, unit: mét/năm, total: true}
--   years_slow:  {title: Số năm nếu chậm, format: number, decimals: 1}
--   years_now:   {title: Số năm như hiện nay, format: number, decimals: 1}
--   years_fast:  {title: Số năm nếu nhanh, format: number, decimals: 1}
--   needed_m:    {title: Cần mỗi năm, format: number, decimals: 1, unit: mét, total: true}
--   cost_million: {title: Kinh phí, format: number, decimals: 0, unit: triệu đồng, total: true}
SELECT
  e.unit, e.unit_name, e.page, e.block, e.status, e.remaining_m,
  p.pace_m,
  e.remaining_m / nullif(p.pace_m * t.pace_slow, 0) AS years_slow,
  e.remaining_m / nullif(p.pace_m, 0)               AS years_now,
  e.remaining_m / nullif(p.pace_m * t.pace_fast, 0) AS years_fast,
  e.remaining_m / nullif(greatest(datediff('day', s.starts_on, CASE l.kind WHEN 'locality' THEN t.law_archive ELSE t.law_agencies END) / 365.25, 0), 0) AS needed_m,
  e.cost_million
FROM phase2_estimate AS e
JOIN progress_latest AS l ON l.unit = e.unit
LEFT JOIN pace_by_unit AS p ON p.unit = e.unit
CROSS JOIN thresholds AS t
CROSS JOIN phase2_start AS s
ORDER BY e.remaining_m DESC, e.unit
