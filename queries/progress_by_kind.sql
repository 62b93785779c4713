-- title: Tiến độ theo khối
-- columns:
--   units_total: {title: Số đơn vị, format: integer, total: true}
--   units_done:  {title: Đơn vị hoàn thành, format: integer, total: true}
--   backlog_m:   {total: true}
--   arranged_m:  {total: true}
--   remaining_m: {title: Khối lượng còn lại, format: number, decimals: 1, unit: mét, total: true}
--   done_share:  {title: Tỷ lệ hoàn thành, format: percent, decimals: 1, bar: true}
SELECT
  kind,
  max(block)                        AS block,
  count(*)                          AS units_total,
  count(*) FILTER (status = 'done') AS units_done,
  sum(backlog_m)                    AS backlog_m,
  sum(arranged_m)                   AS arranged_m,
  sum(remaining_m)                  AS remaining_m,
  sum(arranged_m) / nullif(sum(backlog_m), 0) AS done_share
FROM progress_latest
GROUP BY kind
ORDER BY kind
