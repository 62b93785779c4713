-- title: Đơn vị có chi phí một mét ngoài khoảng đối chiếu
-- columns:
--   unit:       {title: Mã đơn vị}
--   unit_name:  {title: Đơn vị, format: text, link: page}
--   page:       {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:    {title: Tên trong câu, format: text, hidden: true}
--   side:       {title: Mã so sánh, format: text, hidden: true}
--   compared:   {title: So với khoảng đối chiếu, format: text}
--   disbursed_million:      {title: Đã giải ngân, format: number, decimals: 0, unit: triệu đồng}
--   cost_million_per_metre: {title: Chi phí một mét, format: number, decimals: 2, unit: triệu đồng/mét}
--   off_million:  {title: Chênh lệch so với khoảng, format: number, decimals: 2, unit: triệu đồng/mét}
SELECT unit, unit_name, page, in_text, block, arranged_m, disbursed_million, cost_million_per_metre, side, compared, off_million
FROM budget_norm
WHERE side <> 'within'
ORDER BY abs(off_million) DESC, unit
