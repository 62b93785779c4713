-- title: Kinh phí được phân bổ và đã giải ngân của từng đơn vị
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:   {title: Tên trong câu, format: text, hidden: true}
--   budget_allocated_vnd: {total: true}
--   budget_disbursed_vnd: {total: true}
--   unspent_vnd:          {title: Chưa giải ngân, format: integer, unit: đồng, total: true}
--   allocated_million:    {title: Được phân bổ, format: number, decimals: 0, unit: triệu đồng, total: true}
--   disbursed_million:    {title: Đã giải ngân, format: number, decimals: 0, unit: triệu đồng, total: true}
--   unspent_million:      {title: Chưa giải ngân, format: number, decimals: 0, unit: triệu đồng, total: true}
--   disbursed_share:      {title: Tỷ lệ giải ngân, format: percent, decimals: 1}
--   cost_million_per_metre: {title: Chi phí một mét, format: number, decimals: 2, unit: triệu đồng/mét}
SELECT
  unit, unit_name, short_name, page, in_text, block,
  budget_allocated_vnd,
  budget_disbursed_vnd,
  budget_allocated_vnd - budget_disbursed_vnd         AS unspent_vnd,
  budget_allocated_vnd / 1e6                          AS allocated_million,
  budget_disbursed_vnd / 1e6                          AS disbursed_million,
  (budget_allocated_vnd - budget_disbursed_vnd) / 1e6 AS unspent_million,
  budget_disbursed_vnd / nullif(budget_allocated_vnd, 0)        AS disbursed_share,
  budget_disbursed_vnd / 1e6 / nullif(arranged_m, 0)  AS cost_million_per_metre
FROM progress_latest
ORDER BY ordinal
