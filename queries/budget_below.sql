-- title: Đơn vị giải ngân thấp
-- description: Được phân bổ kinh phí nhưng giải ngân dưới mức đặt ra.
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   in_text:   {title: Tên trong câu, format: text, hidden: true}
--   allocated_million: {title: Được phân bổ, format: number, decimals: 0, unit: triệu đồng, total: true}
--   disbursed_million: {title: Đã giải ngân, format: number, decimals: 0, unit: triệu đồng, total: true}
--   unspent_million:   {title: Chưa giải ngân, format: number, decimals: 0, unit: triệu đồng, total: true}
--   disbursed_share:   {title: Tỷ lệ giải ngân, format: percent, decimals: 1, bar: true}
SELECT b.unit, b.unit_name, b.short_name, b.page, b.in_text, b.block, b.allocated_million, b.disbursed_million, b.unspent_million, b.disbursed_share
FROM budget_by_unit AS b
CROSS JOIN thresholds AS t
WHERE b.disbursed_share < t.disbursed_share
ORDER BY b.disbursed_share, b.unit
