-- title: Đơn vị còn thiếu báo cáo và các kỳ còn thiếu
-- description: Đơn vị chưa gửi báo cáo của kỳ đến hạn gần nhất đứng trước, rồi đến đơn vị thiếu nhiều kỳ hơn.
-- columns:
--   unit:        {title: Mã đơn vị}
--   unit_name:   {title: Đơn vị, format: text, link: page}
--   page:        {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:     {title: Tên trong câu, format: text, hidden: true}
--   now:         {title: Kỳ đến hạn gần nhất, format: text}
--   missed:      {title: Số kỳ thiếu, format: integer, total: true}
--   names:       {title: Các kỳ thiếu, format: text}
--   last_period: {title: Báo cáo gần nhất, format: period}
--   done_share:  {title: Đã hoàn thành đến kỳ đó, format: percent, decimals: 1}
WITH named AS (
  SELECT
    *,
    CASE
      WHEN period LIKE '%-Q_' THEN 'quý ' || ['I', 'II', 'III', 'IV'][CAST(right(period, 1) AS INTEGER)]
      WHEN period LIKE '%-H1' THEN '6 tháng đầu'
      WHEN period LIKE '%-H2' THEN '6 tháng cuối'
      WHEN period LIKE '%-_M' THEN substr(period, 6, 1) || ' tháng'
      WHEN length(period) = 7 THEN 'tháng ' || month(ends_on)
      ELSE 'cả'
    END AS part
  FROM reports_due
  WHERE NOT reported
),
years AS (
  SELECT
    unit, year(ends_on) AS year, count(*) AS missed,
    string_agg(part, ', ' ORDER BY ends_on) || ' năm ' || year(ends_on) AS names
  FROM named
  GROUP BY unit, year(ends_on)
)
SELECT
  l.unit, l.unit_name, l.page, l.in_text, l.block,
  CASE WHEN l.missing THEN 'Chưa báo cáo' WHEN l.finished THEN 'Đã hoàn thành' ELSE 'Đã báo cáo' END AS now,
  sum(y.missed)                                 AS missed,
  string_agg(y.names, '; ' ORDER BY y.year)     AS names,
  l.reported_period                             AS last_period,
  l.done_share
FROM progress_latest AS l
JOIN years AS y USING (unit)
GROUP BY l.unit, l.unit_name, l.page, l.in_text, l.block, l.ordinal, l.missing, l.finished, l.reported_period, l.done_share
ORDER BY l.missing DESC, missed DESC, l.ordinal
