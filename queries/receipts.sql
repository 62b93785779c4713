-- title: Phiếu tiếp nhận tệp
-- description: Mỗi tệp đã gửi một dòng; tệp không được tiếp nhận đứng trước, rồi đến tệp có dòng bị từ chối.
-- columns:
--   ordinal:       {title: Thứ tự, format: integer, hidden: true}
--   submission:    {title: Số phiếu, format: year}
--   page:          {title: Trang của phiếu, format: text, hidden: true}
--   path:          {title: Tệp, format: text, link: page}
--   resource:      {title: Loại số liệu, format: text}
--   sender:        {title: Đơn vị báo cáo, format: text}
--   received:      {title: Thời điểm tiếp nhận, format: text}
--   received_on:   {title: Ngày nhận, format: date}
--   bytes:         {title: Dung lượng, format: integer, unit: byte}
--   sha256_short:  {title: Mã kiểm tra SHA-256, format: text}
--   status:        {title: Mã kết quả, format: text, hidden: true}
--   outcome:       {title: Kết quả, format: text}
--   message:       {title: Lý do không nhận, format: text}
--   rows_read:     {title: Dòng đọc được, format: integer, unit: dòng, total: true}
--   rows_accepted: {title: Dòng nhận, format: integer, unit: dòng, total: true}
--   rows_rejected: {title: Dòng bị từ chối, format: integer, unit: dòng, total: true}
--   rows_mended:   {title: Dòng đã sửa, format: integer, unit: dòng}
--   rows_warned:   {title: Dòng có cảnh báo, format: integer, unit: dòng, total: true}
--   rows_aside:    {title: Dòng để riêng, format: integer, unit: dòng}
--   rows_in_force: {title: Dòng còn hiệu lực, format: integer, unit: dòng}
--   rejects:       {title: Số lý do từ chối, format: integer}
--   warnings:      {title: Số cảnh báo, format: integer}
--   lines_warned:  {title: Số dòng có cảnh báo, format: integer}
--   list:          {title: Danh sách dòng cần sửa, format: text}
--   passed:        {title: Số mục để riêng, format: integer}
--   decisions:     {title: Số quyết định khi đọc, format: integer}
--   unknown:       {title: Số cột không có trong mẫu, format: integer}
--   sheets:        {title: Số trang tính, format: integer}
WITH found AS (
  SELECT
    submission,
    count(*) FILTER (outcome <> 'Cảnh báo') AS rejects,
    count(*) FILTER (outcome = 'Cảnh báo')  AS warnings,
    count(DISTINCT (coalesce(sheet_number, 0), line)) FILTER (outcome = 'Cảnh báo') AS lines_warned
  FROM submission_findings
  GROUP BY submission
),
aside AS (
  SELECT submission, count(*) AS passed FROM submission_passed GROUP BY submission
),
senders AS (
  SELECT
    p.submission,
    CASE count(DISTINCT p.unit) WHEN 1 THEN min(u.name) ELSE count(DISTINCT p.unit) || ' đơn vị' END AS sender
  FROM progress AS p
  JOIN units AS u ON u.code = p.unit
  GROUP BY p.submission
)
SELECT
  row_number() OVER (ORDER BY s.status <> 'refused', s.rows_rejected = s.rows_mended, s.id) AS ordinal,
  s.id                              AS submission,
  'phieu/' || s.id                  AS page,
  s.path,
  nullif(s.resource_title, '')      AS resource,
  x.sender,
  -- thời điểm lưu theo giờ quốc tế
  strftime(vietnam_time(s.received_at), '%H:%M ngày %d/%m/%Y') AS received,
  CAST(vietnam_time(s.received_at) AS DATE) AS received_on,
  s.bytes,
  nullif(left(s.sha256, 12), '')    AS sha256_short,
  s.status,
  CASE
    WHEN s.status = 'refused' THEN 'Không nhận tệp'
    WHEN s.rows_rejected > 0 AND s.rows_rejected = s.rows_mended THEN 'Đã sửa đủ dòng bị từ chối'
    WHEN s.rows_accepted = 0 AND s.rows_rejected > 0 THEN 'Không nhận được dòng nào'
    WHEN s.rows_rejected > 0 THEN 'Nhận một phần'
    WHEN coalesce(f.warnings, 0) > 0 THEN 'Nhận đủ, có cảnh báo'
    ELSE 'Nhận đủ'
  END                               AS outcome,
  nullif(s.message, '')             AS message,
  s.rows_read, s.rows_accepted, s.rows_rejected, s.rows_mended, s.rows_warned, s.rows_aside, s.rows_in_force,
  coalesce(f.rejects, 0)            AS rejects,
  coalesce(f.warnings, 0)           AS warnings,
  coalesce(f.lines_warned, 0)       AS lines_warned,
  regexp_replace(s.path, '\.loi\.csv$', '') || CASE WHEN s.path LIKE '%.loi.csv' THEN '.loi-2.csv' ELSE '.loi.csv' END AS list,
  coalesce(a.passed, 0)             AS passed,
  CASE WHEN s.reading = '' THEN 0 ELSE len(string_split(s.reading, chr(10))) END AS decisions,
  CASE WHEN s.unknown = '' THEN 0 ELSE len(string_split(s.unknown, chr(10))) END AS unknown,
  len(list_filter(s.sheets, lambda sheet: sheet <> '')) AS sheets
FROM submissions AS s
LEFT JOIN found AS f ON f.submission = s.id
LEFT JOIN aside AS a ON a.submission = s.id
LEFT JOIN senders AS x ON x.submission = s.id
ORDER BY ordinal
