-- title: Tổng hợp tệp đã nhận
-- columns:
--   submissions_total: {title: Số tệp, format: integer}
--   files_refused: {title: Tệp không nhận, format: integer}
--   rows_read:     {title: Dòng đọc được, format: integer}
--   rows_accepted: {title: Dòng nhận, format: integer}
--   rows_rejected: {title: Dòng bị từ chối, format: integer}
--   rows_to_mend:  {title: Dòng bị từ chối chưa sửa, format: integer}
--   rows_warned:   {title: Dòng có cảnh báo, format: integer}
SELECT
  count(*) FILTER (status <> 'refused') AS submissions_total,
  count(*) FILTER (status = 'refused')  AS files_refused,
  coalesce(sum(rows_read), 0)     AS rows_read,
  coalesce(sum(rows_accepted), 0) AS rows_accepted,
  coalesce(sum(rows_rejected), 0) AS rows_rejected,
  coalesce(sum(rows_rejected - rows_mended), 0) AS rows_to_mend,
  coalesce(sum(rows_warned), 0)   AS rows_warned
FROM submissions
