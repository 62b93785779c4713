-- title: Cột không có trong mẫu
-- params:
--   submission: {title: Số phiếu, type: integer}
-- columns:
--   place:  {title: Thứ tự, format: integer}
--   header: {title: Tiêu đề cột, format: text}
SELECT d.place, string_split(s.unknown, chr(10))[d.place] AS header
FROM submissions AS s
CROSS JOIN unnest(range(1, len(string_split(s.unknown, chr(10))) + 1)) AS d(place)
WHERE s.id = submission AND s.unknown <> ''
ORDER BY d.place
