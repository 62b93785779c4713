-- title: Tệp nguồn của truy vấn
-- params:
--   of_query: {title: Truy vấn, type: string}
-- columns:
--   resource: {hidden: true}
--   path:     {link: page}
--   page:     {hidden: true}
--   cut:      {hidden: true}
SELECT l.resource, l.resource_title, l.path, l.page, l.submission, l.rows, l.cut
FROM trail_file_list AS l
WHERE l.query = of_query
ORDER BY l.resource_title, l.path, l.submission
