-- title: Cách đọc tệp
-- params:
--   submission: {title: Số phiếu, type: integer}
-- columns:
--   place:    {title: Thứ tự, format: integer}
--   decision: {title: Cách đọc, format: text}
SELECT d.place, string_split(s.reading, chr(10))[d.place] AS decision
FROM submissions AS s
CROSS JOIN unnest(range(1, len(string_split(s.reading, chr(10))) + 1)) AS d(place)
WHERE s.id = submission AND s.reading <> ''
ORDER BY d.place
