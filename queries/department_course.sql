-- title: Tỷ lệ hoàn thành của các sở, ban, ngành qua các kỳ
-- description: Kỳ không báo cáo để trống. Tình trạng (status) là của hiện nay, để lọc như các bảng khác của trang.
-- columns:
--   short_name: {title: "Sở, ban, ngành", link: page}
--   page:       {title: Trang của đơn vị, format: text, hidden: true}
SELECT c.unit, c.short_name, c.page, c.period, CASE WHEN c.reported THEN c.done_share END AS done_share, CASE WHEN c.reported THEN c.arranged_m END AS arranged_m, c.target_m, l.status
FROM progress_course AS c JOIN progress_latest AS l USING (unit)
WHERE c.kind = 'department' AND (c.due OR c.reported)
ORDER BY c.ordinal, c.ends_on
