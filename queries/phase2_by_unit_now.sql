-- title: Khối lượng còn lại theo đơn vị sau khi sắp xếp tổ chức
-- description: >-
--   Số liệu kỳ mới nhất của từng đơn vị, chuyển về đơn vị hiện có ngày 01/07/2025 theo bảng thay đổi đơn vị. Tài liệu của
--   cấp huyện đã kết thúc hoạt động thuộc Lưu trữ lịch sử của tỉnh (Thông tư số 06/2025/TT-BNV, Điều 40).
--   Phần khác chưa có căn cứ để chia vẫn đứng ở đơn vị cũ, không tự phân bổ.
-- columns:
--   unit:        {title: Mã đơn vị}
--   unit_name:   {title: Đơn vị, format: text}
--   from_names:  {title: Nhận từ, format: text}
--   carried:     {title: Cách chuyển số liệu, format: status}
--   remaining_m: {title: Khối lượng còn lại, format: number, decimals: 1, unit: mét, total: true}
WITH moved AS (
  SELECT
    p.unit, was.name AS from_name, was.line, now.name, p.backlog_m - p.arranged_m AS remaining_m,
    p.unit_as_reported <> p.unit AS handed_on,
    p.carried = 'open' AND was.kind = 'locality'
      AND p.unit IN (SELECT from_code FROM unit_changes WHERE kind = 'abolish' AND date <= DATE '2025-07-01') AS archived,
    p.carried
  FROM progress_in(DATE '2025-07-01') AS p
  JOIN progress_latest AS l ON l.unit = p.unit_as_reported AND l.reported_period = p.period
  JOIN units AS was ON was.code = p.unit_as_reported
  JOIN units AS now ON now.code = p.unit
)
SELECT
  CASE WHEN NOT archived THEN unit END AS unit,
  CASE WHEN archived THEN 'Lưu trữ lịch sử của tỉnh' ELSE any_value(name) END AS unit_name,
  coalesce(string_agg(from_name, '; ' ORDER BY line) FILTER (handed_on OR archived AND remaining_m > 0), '') AS from_names,
  CASE WHEN archived THEN 'archive'
    ELSE max_by(carried, list_position(['same', 'whole', 'share', 'records', 'open'], carried)) END AS carried,
  sum(remaining_m) AS remaining_m
FROM moved
GROUP BY archived, CASE WHEN NOT archived THEN unit END
HAVING sum(remaining_m) > 0
ORDER BY remaining_m DESC, unit
