-- title: Cách đọc tệp
-- columns:
--   submission: {title: Số phiếu, format: year, hidden: true}
--   place:    {title: Thứ tự, format: integer}
--   decision: {title: Cách đọc, format: text}
SELECT s.id AS submission, d.place, string_split(s.reading, chr(10))[d.place] AS decision
FROM submissions AS s
CROSS JOIN unnest(range(1, len(string_split(s.reading, chr(10))) + 1)) AS d(place)
WHERE s.reading <> ''
ORDER BY submission, d.place
