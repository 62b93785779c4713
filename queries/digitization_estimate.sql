-- title: Ước tính khối lượng và kinh phí số hóa
-- description: >-
--   Tài liệu giữ lại sau chỉnh lý, quy ra trang A4 theo quy ước trong phần vars, trừ số trang đã số hóa.
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   kept_m:          {title: Tài liệu giữ lại, format: number, decimals: 1, unit: mét, total: true}
--   permanent_share: {title: Tỷ lệ hồ sơ vĩnh viễn, format: percent, decimals: 1}
--   scope_m:         {title: Tài liệu cần số hóa, format: number, decimals: 1, unit: mét, total: true}
--   pages:           {title: Số trang A4, format: integer, total: true}
--   digitized_pages: {title: Đã số hóa, total: true}
--   cost_million:    {title: Kinh phí dự kiến, format: number, decimals: 0, unit: triệu đồng, total: true}
WITH kept AS (
  SELECT
    l.*,
    l.arranged_m - l.valueless_m AS kept_m,
    l.files_permanent / nullif(l.files_permanent + l.files_fixed_term, 0) AS permanent_share
  FROM progress_latest AS l
),
scope AS (
  SELECT k.*, k.kept_m * CASE WHEN t.digitize_permanent_only THEN k.permanent_share ELSE 1 END AS scope_m
  FROM kept AS k
  CROSS JOIN thresholds AS t
)
SELECT
  s.unit, s.unit_name, s.short_name, s.page, s.block,
  s.kept_m, s.permanent_share, s.scope_m,
  CAST(round(s.scope_m * t.pages_per_metre) AS BIGINT) AS pages,
  coalesce(s.digitized_pages, 0)                       AS digitized_pages,
  greatest(s.scope_m * t.pages_per_metre - coalesce(s.digitized_pages, 0), 0)
    * t.digitize_cost_per_page_vnd / 1e6               AS cost_million
FROM scope AS s
CROSS JOIN thresholds AS t
WHERE s.kept_m > 0
ORDER BY s.scope_m DESC, s.unit
