-- title: Cột không có trong mẫu
-- columns:
--   submission: {title: Số phiếu, format: year, hidden: true}
--   place:  {title: Thứ tự, format: integer}
--   header: {title: Tiêu đề cột, format: text}
SELECT s.id AS submission, d.place, string_split(s.unknown, chr(10))[d.place] AS header
FROM submissions AS s
CROSS JOIN unnest(range(1, len(string_split(s.unknown, chr(10))) + 1)) AS d(place)
WHERE s.unknown <> ''
ORDER BY submission, d.place
