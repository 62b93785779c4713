-- title: Số đơn vị báo cáo theo kỳ
-- description: Các kỳ đến hạn; đơn vị đã chỉnh lý xong chỉ tính khi vẫn báo cáo.
-- columns:
--   due:      {title: Phải báo cáo, format: integer, unit: đơn vị}
--   reported: {title: Đã báo cáo, format: integer, unit: đơn vị}
--   covered:  {title: Gửi bù bằng báo cáo sau, format: integer, unit: đơn vị}
--   missing:  {title: Chưa báo cáo, format: integer, unit: đơn vị}
--   late:     {title: Báo cáo muộn, format: integer, unit: đơn vị}
--   share:    {title: Tỷ lệ báo cáo, format: percent, decimals: 1}
SELECT
  period,
  count(*)                       AS due,
  count(*) FILTER (reported)     AS reported,
  count(*) FILTER (covered)      AS covered,
  count(*) FILTER (missing)      AS missing,
  count(*) FILTER (late)         AS late,
  count(*) FILTER (reported) / count(*) AS share
FROM reports_due
GROUP BY period, ends_on
ORDER BY ends_on
