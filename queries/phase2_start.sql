-- title: Mốc bắt đầu tính giai đoạn 2
-- description: Ngày đầu năm của giai đoạn sau; chưa có giai đoạn sau thì ngay sau kỳ báo cáo mới nhất.
-- columns:
--   starts_on: {title: Bắt đầu tính từ, format: date}
SELECT CAST(greatest(
  (SELECT max(ends_on) FROM periods) + INTERVAL 1 DAY,
  coalesce((SELECT make_date(start_year, 1, 1) FROM phase_next), DATE '0001-01-01')
) AS DATE) AS starts_on
