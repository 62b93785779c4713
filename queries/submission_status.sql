-- title: Các tệp đã nhận
-- columns:
--   submission:    {title: Số, format: integer}
--   path:          {title: Tệp, format: text}
--   resource:      {title: Bảng, format: text}
--   rows_read:     {title: Dòng đọc được, format: integer, unit: dòng, total: true}
--   rows_accepted: {title: Dòng nhận, format: integer, unit: dòng, total: true}
--   rows_rejected: {title: Dòng bị từ chối, format: integer, unit: dòng, total: true}
--   rows_warned:   {title: Dòng có cảnh báo, format: integer, unit: dòng, total: true}
--   outcome:       {title: Kết quả, format: text}
SELECT
  id AS submission,
  path,
  resource_title AS resource,
  rows_read, rows_accepted, rows_rejected, rows_warned,
  CASE
    WHEN status = 'refused' THEN 'Không nhận tệp. ' || message
    WHEN rows_accepted = 0 AND rows_rejected > 0 THEN 'Không nhận được dòng nào'
    WHEN rows_rejected > 0 THEN 'Có dòng bị từ chối'
    WHEN rows_warned > 0   THEN 'Có cảnh báo'
    ELSE 'Nhận đủ'
  END AS outcome
FROM submissions
ORDER BY id
