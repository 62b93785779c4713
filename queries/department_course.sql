-- title: Tỷ lệ hoàn thành của các sở, ban, ngành qua các kỳ
-- description: Kỳ không báo cáo để trống.
-- columns:
--   short_name: {title: "Sở, ban, ngành", link: page}
--   page:       {title: Trang của đơn vị, format: text, hidden: true}
SELECT unit, short_name, page, period, CASE WHEN reported THEN done_share END AS done_share, CASE WHEN reported THEN arranged_m END AS arranged_m, target_m, status
FROM progress_course
WHERE kind = 'department' AND (due OR reported)
ORDER BY ordinal, ends_on
