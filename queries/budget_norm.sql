-- title: Chi phí một mét so với khoảng đối chiếu
-- description: Khoảng đối chiếu ghi ở phần vars; chỉ gồm đơn vị đã chỉnh lý và đã chi. Đơn vị chi cao đứng trước.
-- columns:
--   unit:       {title: Mã đơn vị}
--   unit_name:  {title: Đơn vị, format: text, link: page}
--   short_name: {link: page}
--   page:       {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:    {title: Tên trong câu, format: text, hidden: true}
--   side:       {title: Mã so sánh, format: text, hidden: true}
--   compared:   {title: So với khoảng đối chiếu, format: text}
--   disbursed_million:      {title: Đã giải ngân, format: number, decimals: 0, unit: triệu đồng, total: true}
--   cost_million_per_metre: {title: Chi phí một mét, format: number, decimals: 2, unit: triệu đồng/mét}
--   low_million:  {title: Định mức thấp nhất, format: number, decimals: 2, unit: triệu đồng/mét}
--   high_million: {title: Định mức cao nhất, format: number, decimals: 2, unit: triệu đồng/mét}
--   off_million:  {title: Ngoài khoảng, format: number, decimals: 2, unit: triệu đồng/mét}
WITH compared AS (
  SELECT
    b.*, l.arranged_m, l.ordinal,
    t.cost_norm_min_vnd / 1e6 AS low_million,
    t.cost_norm_max_vnd / 1e6 AS high_million,
    CASE
      WHEN b.cost_million_per_metre < low_million THEN 'below'
      WHEN b.cost_million_per_metre > high_million THEN 'above'
      ELSE 'within'
    END AS side
  FROM budget_by_unit AS b
  JOIN progress_latest AS l USING (unit)
  CROSS JOIN thresholds AS t
  WHERE b.cost_million_per_metre > 0
)
SELECT
  unit, unit_name, short_name, page, in_text, block, arranged_m, disbursed_million, cost_million_per_metre, low_million, high_million, side,
  CASE side WHEN 'below' THEN 'Thấp hơn khoảng' WHEN 'above' THEN 'Cao hơn khoảng' ELSE 'Trong khoảng' END AS compared,
  CASE side WHEN 'below' THEN cost_million_per_metre - low_million WHEN 'above' THEN cost_million_per_metre - high_million END AS off_million
FROM compared
ORDER BY cost_million_per_metre DESC, ordinal
