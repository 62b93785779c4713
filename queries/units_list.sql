-- title: Các đơn vị thuộc Đề án và người chịu trách nhiệm
-- columns:
--   unit:      {title: Mã đơn vị}
--   unit_name: {title: Đơn vị, format: text, link: page}
--   page:      {title: Trang của đơn vị, format: text, hidden: true}
--   status:     {title: Tình trạng, format: status}
--   done_share: {title: Tỷ lệ hoàn thành, format: percent, decimals: 1, bar: true}
SELECT u.unit, u.unit_name, u.page, u.block, u.leader, u.contact, l.status, l.done_share
FROM scheme_units AS u
JOIN progress_latest AS l USING (unit)
ORDER BY u.ordinal
