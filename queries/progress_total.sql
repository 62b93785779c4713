-- title: Kết quả toàn tỉnh
-- description: >-
--   Một dòng; cộng số liệu mới nhất của mọi đơn vị thuộc phạm vi Đề án. Đơn vị chưa báo cáo đếm như trong units_no_report;
--   plan_share chỉ tính các đơn vị có cả kế hoạch và số liệu; units_unknown chưa có số liệu nào nên không nằm trong các tổng.
--   due_period để trống khi kỳ đến hạn gần nhất của các đơn vị đó (không có đơn vị nào thì của mọi đơn vị) không phải là một kỳ chung.
-- columns:
--   due_period:      {title: Kỳ đến hạn gần nhất, format: period}
--   units_due:       {title: Đơn vị có kỳ đến hạn, format: integer, unit: đơn vị}
--   units_total:     {title: Số đơn vị, format: integer}
--   departments:     {title: "Số sở, ban, ngành", format: integer, unit: đơn vị}
--   localities:      {title: "Số huyện, thành phố", format: integer, unit: đơn vị}
--   remaining_m:     {title: Khối lượng còn lại, format: number, decimals: 1, unit: mét}
--   done_share:      {title: Tỷ lệ hoàn thành, format: percent, decimals: 1}
--   plan_share:      {title: So với kế hoạch, format: percent, decimals: 1}
--   previous_ends_on:    {title: Ngày cuối của kỳ trước trong bảng, format: date}
--   previous_arranged_m: {title: Đã chỉnh lý đến kỳ trước trong bảng, format: number, decimals: 1, unit: mét}
--   added_m:         {title: Tăng thêm so với kỳ trước trong bảng, format: number, decimals: 1, unit: mét}
--   files:           {title: Số hồ sơ lập được, format: integer}
--   destroyed_share: {title: Tỷ lệ đã tiêu hủy, format: percent, decimals: 1}
--   pass_share:      {title: Tỷ lệ hồ sơ đạt yêu cầu, format: percent, decimals: 1}
--   disbursed_share: {title: Tỷ lệ giải ngân, format: percent, decimals: 1}
--   cost_per_metre_vnd: {title: Chi phí bình quân một mét, format: integer, unit: đồng/mét}
--   units_done:        {title: Hoàn thành, format: integer, unit: đơn vị}
--   units_on_track:    {title: Đúng tiến độ, format: integer, unit: đơn vị}
--   units_behind:      {title: Chậm tiến độ, format: integer, unit: đơn vị}
--   units_not_started: {title: Chưa triển khai, format: integer, unit: đơn vị}
--   units_no_report:   {title: Chưa báo cáo, format: integer, unit: đơn vị}
--   units_no_plan:     {title: Chưa giao kế hoạch, format: integer, unit: đơn vị}
--   units_unknown:     {title: Chưa có số liệu, format: integer, unit: đơn vị}
--   units_unled:       {title: Chưa phân công lãnh đạo, format: integer, unit: đơn vị}
WITH latest AS (SELECT l.*, u.leader FROM progress_latest AS l JOIN scheme_units AS u USING (unit)),
previous AS (
  SELECT ends_on, sum(arranged_m) AS arranged_m
  FROM progress_course
  WHERE ends_on = (SELECT max(ends_on) FROM periods WHERE NOT is_current AND phase = (SELECT phase FROM periods WHERE is_current))
  GROUP BY ends_on
)
SELECT
  any_value(period)                                AS period,
  CASE
    WHEN count(*) FILTER (missing) > 0
    THEN CASE WHEN count(DISTINCT due_period) FILTER (missing) = 1 THEN any_value(due_period) FILTER (missing) END
    WHEN count(DISTINCT due_period) = 1 THEN any_value(due_period)
  END                                              AS due_period,
  count(due_period)                                AS units_due,
  count(*)                                         AS units_total,
  count(*) FILTER (kind = 'department')            AS departments,
  count(*) FILTER (kind = 'locality')              AS localities,
  sum(backlog_m)                                   AS backlog_m,
  sum(arranged_m)                                  AS arranged_m,
  sum(remaining_m)                                 AS remaining_m,
  sum(arranged_m) / nullif(sum(backlog_m), 0)      AS done_share,
  sum(target_m)                                    AS target_m,
  sum(arranged_m) FILTER (target_m IS NOT NULL) / nullif(sum(target_m) FILTER (arranged_m IS NOT NULL), 0) AS plan_share,
  count(*) FILTER (reported_period IS NULL)        AS units_unknown,
  (SELECT ends_on FROM previous)                   AS previous_ends_on,
  (SELECT arranged_m FROM previous)                AS previous_arranged_m,
  sum(arranged_m) - (SELECT arranged_m FROM previous) AS added_m,
  sum(files_permanent + files_fixed_term)          AS files,
  sum(files_permanent)                             AS files_permanent,
  sum(files_fixed_term)                            AS files_fixed_term,
  sum(boxes)                                       AS boxes,
  sum(valueless_m)                                 AS valueless_m,
  sum(destroyed_m)                                 AS destroyed_m,
  sum(destroyed_m) / nullif(sum(valueless_m), 0)   AS destroyed_share,
  sum(transferred_files)                           AS transferred_files,
  sum(transferred_m)                               AS transferred_m,
  sum(checked_files)                               AS checked_files,
  sum(passed_files)                                AS passed_files,
  sum(passed_files) / nullif(sum(checked_files), 0) AS pass_share,
  sum(budget_allocated_vnd)                        AS budget_allocated_vnd,
  sum(budget_disbursed_vnd)                        AS budget_disbursed_vnd,
  sum(budget_disbursed_vnd) / nullif(sum(budget_allocated_vnd), 0) AS disbursed_share,
  sum(budget_disbursed_vnd) / nullif(sum(arranged_m), 0)           AS cost_per_metre_vnd,
  sum(trained_people)                              AS trained_people,
  sum(digitized_pages)                             AS digitized_pages,
  count(*) FILTER (status = 'done')                AS units_done,
  count(*) FILTER (status = 'on_track')            AS units_on_track,
  count(*) FILTER (status = 'behind')              AS units_behind,
  count(*) FILTER (status = 'not_started')         AS units_not_started,
  count(*) FILTER (missing)                        AS units_no_report,
  count(*) FILTER (status = 'no_plan')             AS units_no_plan,
  count(*) FILTER (leader IS NULL)                 AS units_unled
FROM latest
