-- title: Đơn vị còn thiếu báo cáo và các kỳ còn thiếu
-- description: Đơn vị chưa gửi báo cáo của kỳ đến hạn gần nhất đứng trước, rồi đến đơn vị thiếu nhiều kỳ hơn.
-- columns:
--   unit:        {title: Mã đơn vị}
--   unit_name:   {title: Đơn vị, format: text, link: page}
--   page:        {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:     {title: Tên trong câu, format: text, hidden: true}
--   now:         {title: Kỳ đến hạn gần nhất, format: text}
--   missed:      {title: Số kỳ thiếu, format: integer, total: true}
--   periods:     {title: Các kỳ thiếu, format: period}
--   last_period: {title: Báo cáo gần nhất, format: period}
--   done_share:  {title: Đã hoàn thành đến kỳ đó, format: percent, decimals: 1}
WITH missed AS (
  SELECT unit, count(*) AS missed, string_agg(period, ', ' ORDER BY ends_on) AS periods
  FROM reports_due
  WHERE missing
  GROUP BY unit
)
SELECT
  l.unit, l.unit_name, l.page, l.in_text, l.block,
  CASE WHEN l.missing THEN 'Chưa báo cáo' WHEN l.finished THEN 'Đã hoàn thành' ELSE 'Đã báo cáo' END AS now,
  m.missed,
  m.periods,
  l.reported_period AS last_period,
  l.done_share
FROM progress_latest AS l
JOIN missed AS m USING (unit)
ORDER BY l.missing DESC, m.missed DESC, l.ordinal
