-- title: Số đơn vị theo tình trạng qua các kỳ
-- columns:
--   done:        {title: Hoàn thành, format: integer, unit: đơn vị}
--   on_track:    {title: Đúng tiến độ, format: integer, unit: đơn vị}
--   behind:      {title: Chậm tiến độ, format: integer, unit: đơn vị}
--   not_started: {title: Chưa triển khai, format: integer, unit: đơn vị}
--   no_report:   {title: Chưa báo cáo, format: integer, unit: đơn vị}
--   no_plan:     {title: Chưa giao kế hoạch, format: integer, unit: đơn vị}
SELECT
  period,
  count(*) FILTER (status = 'done')        AS done,
  count(*) FILTER (status = 'on_track')    AS on_track,
  count(*) FILTER (status = 'behind')      AS behind,
  count(*) FILTER (status = 'not_started') AS not_started,
  count(*) FILTER (missing)                AS no_report,
  count(*) FILTER (status = 'no_plan')     AS no_plan
FROM progress_course
GROUP BY period, ends_on
ORDER BY ends_on
