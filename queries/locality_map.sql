-- title: Các huyện, thành phố trên bản đồ
-- columns:
--   short_name: {title: Địa phương, link: page}
--   page:       {title: Trang của đơn vị, format: text, hidden: true}
SELECT p.unit, p.short_name, p.page, p.done_share, p.remaining_m, p.status, u.grid_x, u.grid_y
FROM progress_latest AS p
JOIN scheme_units AS u USING (unit)
WHERE p.kind = 'locality'
ORDER BY u.grid_y, u.grid_x
