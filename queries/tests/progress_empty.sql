-- title: Chưa có báo cáo tiến độ nào
-- severity: stop
-- columns:
--   reports: {title: Số báo cáo, format: integer}
SELECT count(*) AS reports FROM progress HAVING count(*) = 0
