-- title: Tổng ước tính số hóa
-- columns:
--   units_total: {title: Số đơn vị, format: integer}
--   kept_m:      {title: Tài liệu giữ lại, format: number, decimals: 1, unit: mét}
--   scope_m:     {title: Tài liệu cần số hóa, format: number, decimals: 1, unit: mét}
--   pages:       {title: Số trang A4, format: integer}
--   done_share:  {title: Tỷ lệ đã số hóa, format: percent, decimals: 1}
--   cost_vnd:    {title: Kinh phí dự kiến, format: integer, unit: đồng}
SELECT
  count(*)                                AS units_total,
  coalesce(sum(kept_m), 0)                AS kept_m,
  coalesce(sum(scope_m), 0)               AS scope_m,
  coalesce(sum(pages), 0)                 AS pages,
  coalesce(sum(digitized_pages), 0)       AS digitized_pages,
  sum(digitized_pages) / nullif(sum(pages), 0) AS done_share,
  coalesce(sum(cost_million), 0) * 1e6    AS cost_vnd
FROM digitization_estimate
