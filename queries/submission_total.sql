-- title: Tổng hợp tệp đã nhận
-- columns:
--   submissions_total: {title: Số tệp, format: integer, unit: tệp}
--   rows_read:     {title: Dòng đọc được, format: integer, unit: dòng}
--   rows_accepted: {title: Dòng nhận, format: integer, unit: dòng}
--   rows_rejected: {title: Dòng bị từ chối, format: integer, unit: dòng}
--   rows_warned:   {title: Dòng có cảnh báo, format: integer, unit: dòng}
SELECT
  count(*)                        AS submissions_total,
  coalesce(sum(rows_read), 0)     AS rows_read,
  coalesce(sum(rows_accepted), 0) AS rows_accepted,
  coalesce(sum(rows_rejected), 0) AS rows_rejected,
  coalesce(sum(rows_warned), 0)   AS rows_warned
FROM submissions
