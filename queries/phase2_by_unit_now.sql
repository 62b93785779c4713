-- title: Khối lượng còn lại theo đơn vị sau khi sắp xếp tổ chức
-- description: >-
--   Số liệu kỳ mới nhất của từng đơn vị, chuyển về đơn vị hiện có ngày 01/07/2025 theo bảng thay đổi đơn vị.
--   Phần chưa có căn cứ để chia vẫn đứng ở đơn vị cũ, không tự phân bổ.
-- columns:
--   unit:        {title: Mã đơn vị}
--   unit_name:   {title: Đơn vị, format: text}
--   from_names:  {title: Nhận từ, format: text}
--   carried:     {title: Cách chuyển số liệu, format: status}
--   remaining_m: {title: Khối lượng còn lại, format: number, decimals: 1, unit: mét, total: true}
SELECT
  p.unit,
  any_value(now.name) AS unit_name,
  coalesce(string_agg(was.name, '; ' ORDER BY was.line) FILTER (p.unit_as_reported <> p.unit), '') AS from_names,
  max_by(p.carried, list_position(['same', 'whole', 'share', 'records', 'open'], p.carried)) AS carried,
  sum(p.backlog_m - p.arranged_m) AS remaining_m
FROM progress_in(DATE '2025-07-01') AS p
JOIN progress_latest AS l ON l.unit = p.unit_as_reported AND l.reported_period = p.period
JOIN units AS was ON was.code = p.unit_as_reported
JOIN units AS now ON now.code = p.unit
GROUP BY p.unit
HAVING sum(p.backlog_m - p.arranged_m) > 0
ORDER BY remaining_m DESC, p.unit
