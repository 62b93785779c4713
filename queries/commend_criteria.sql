-- title: Xét khen thưởng theo từng tiêu chí
-- description: >-
--   Đơn vị đã hoàn thành khối lượng được giao, xét theo các tiêu chí công khai trong phần vars. Đây là gợi ý để xét;
--   việc đề nghị khen thưởng theo quy định về thi đua, khen thưởng.
-- columns:
--   unit:       {title: Mã đơn vị}
--   unit_name:  {title: Đơn vị, format: text, link: page}
--   page:       {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:    {title: Tên trong câu, format: text, hidden: true}
--   pass_share:      {title: Hồ sơ đạt yêu cầu, format: percent, decimals: 1}
--   disbursed_share: {title: Giải ngân, format: percent, decimals: 1}
--   missing:     {title: Kỳ thiếu báo cáo, format: integer}
--   late:        {title: Kỳ báo cáo muộn, format: integer}
--   quality_met: {title: Đạt chất lượng, format: boolean, hidden: true}
--   money_met:   {title: Đạt giải ngân, format: boolean, hidden: true}
--   reports_met: {title: Đạt chế độ báo cáo, format: boolean, hidden: true}
--   leader_met:  {title: Có lãnh đạo chịu trách nhiệm, format: boolean, hidden: true}
--   meets:       {title: Đạt mọi tiêu chí, format: boolean}
--   unmet:       {title: Tiêu chí chưa đạt, format: text}
--   commended:   {title: Đã được khen thưởng, format: boolean}
WITH judged AS (
  SELECT
    l.unit, l.unit_name, l.page, l.in_text, l.block, l.ordinal, l.backlog_m,
    l.passed_files / nullif(l.checked_files, 0)                AS pass_share,
    l.budget_disbursed_vnd / nullif(l.budget_allocated_vnd, 0) AS disbursed_share,
    m.missing, m.late,
    coalesce(l.passed_files >= t.commend_pass_share * nullif(l.checked_files, 0), false)                     AS quality_met,
    coalesce(l.budget_disbursed_vnd >= t.commend_disbursed_share * nullif(l.budget_allocated_vnd, 0), false) AS money_met,
    m.missing = 0 AND m.late <= t.commend_late_reports         AS reports_met,
    u.leader IS NOT NULL                                       AS leader_met
  FROM progress_latest AS l
  JOIN scheme_units AS u USING (unit)
  JOIN reporting_matrix AS m USING (unit)
  CROSS JOIN thresholds AS t
  WHERE l.status = 'done'
)
SELECT
  j.* EXCLUDE (ordinal),
  j.quality_met AND j.money_met AND j.reports_met AND j.leader_met AS meets,
  nullif(array_to_string(list_filter([
    CASE WHEN NOT j.quality_met THEN 'chất lượng hồ sơ' END,
    CASE WHEN NOT j.money_met THEN 'giải ngân' END,
    CASE WHEN NOT j.reports_met THEN 'chế độ báo cáo' END,
    CASE WHEN NOT j.leader_met THEN 'phân công lãnh đạo' END
  ], lambda name: name IS NOT NULL), ', '), '') AS unmet,
  EXISTS (SELECT 1 FROM honours AS h WHERE h.unit = j.unit AND h.honour_kind = 'collective') AS commended
FROM judged AS j
ORDER BY meets DESC, j.ordinal
