-- title: Dòng số liệu của từng đơn vị trong từng tệp
-- description: Tệp mới nhất đứng trước; số dòng là số dòng như bảng tính đếm.
-- columns:
--   unit:           {title: Mã đơn vị, format: text}
--   resource:       {title: Bảng, format: text}
--   resource_title: {title: Loại số liệu, format: text}
--   path:           {title: Tệp, format: text, link: page}
--   file:           {title: Tên tệp, format: text}
--   page:           {title: Trang của phiếu, format: text, hidden: true}
--   submission:     {title: Số phiếu, format: year}
--   lines:          {title: Dòng, format: text}
--   rows:           {title: Số dòng, format: integer}
--   place:          {title: Thứ tự, format: integer}
--   files:          {title: Số tệp, format: integer}
WITH told AS (
  SELECT key, resource, resource_title, submission, path, sheet_number, sheet, line, arg_max(period, (period_end(period), period)) AS period
  FROM trail_rows
  WHERE key_of = 'units'
  GROUP BY ALL
),
-- các dòng liền nhau viết gọn thành một khoảng: 262–274
runs AS (
  SELECT *, line - row_number() OVER (PARTITION BY key, resource, submission, sheet_number ORDER BY line) AS run
  FROM told
),
spans AS (
  SELECT
    key, resource, resource_title, submission, path, sheet_number, sheet, run,
    CASE WHEN count(*) = 1 THEN CAST(min(line) AS VARCHAR) ELSE min(line) || '–' || max(line) END AS span,
    min(line)   AS first_line,
    count(*)    AS rows,
    arg_max(period, (period_end(period), period)) AS period
  FROM runs
  GROUP BY key, resource, resource_title, submission, path, sheet_number, sheet, run
),
sheets AS (
  SELECT
    key, resource, resource_title, submission, path, sheet_number,
    coalesce('trang tính “' || sheet || '” ', '') || string_agg(span, ', ' ORDER BY first_line) AS lines,
    sum(rows)   AS rows,
    arg_max(period, (period_end(period), period)) AS period
  FROM spans
  GROUP BY key, resource, resource_title, submission, path, sheet_number, sheet
),
files AS (
  SELECT
    key, resource, resource_title, submission, path,
    string_agg(lines, '; ' ORDER BY sheet_number) AS lines,
    sum(rows)   AS rows,
    arg_max(period, (period_end(period), period)) AS period
  FROM sheets
  GROUP BY key, resource, resource_title, submission, path
)
SELECT
  f.key                        AS unit,
  f.resource, f.resource_title, f.path,
  regexp_extract(f.path, '[^/]*$') AS file,
  r.page, f.submission,
  -- một tệp có nhiều dòng của đơn vị thì chỉ nêu các dòng đầu
  CASE WHEN length(f.lines) > 80 THEN left(f.lines, 80) || '… (' || f.rows || ' dòng)' ELSE f.lines END AS lines,
  CAST(f.rows AS BIGINT)       AS rows,
  row_number() OVER (PARTITION BY f.key, f.resource ORDER BY period_end(f.period) DESC NULLS LAST, f.period DESC, f.submission DESC) AS place,
  count(*) OVER (PARTITION BY f.key, f.resource) AS files
FROM files AS f
LEFT JOIN receipts AS r ON r.submission = f.submission
ORDER BY unit, f.resource, place
