-- title: Tài liệu bàn giao vào Lưu trữ lịch sử theo số liệu đã công bố
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text}
--   files:     {total: true}
--   metres:    {total: true}
--   files_per_metre: {title: Hồ sơ trên mét, format: number, decimals: 1, unit: hồ sơ/mét}
SELECT
  t.handed_on, t.unit, u.name AS unit_name, t.files, t.metres, t.from_year, t.to_year,
  t.files / nullif(t.metres, 0) AS files_per_metre,
  t.source
FROM transfers AS t
LEFT JOIN units AS u ON u.code = t.unit
ORDER BY t.handed_on, t.submission, t.line
