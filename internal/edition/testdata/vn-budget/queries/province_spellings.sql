-- title: Cách viết tên tỉnh, thành phố khác tên chính thức
-- description: Vế trái đã viết thường và bỏ khoảng trắng thừa.
-- columns:
--   spelling: {title: Cách viết trong phụ lục, format: text}
--   province: {title: "Tỉnh, thành phố", format: text}
SELECT *
FROM (VALUES
  ('bắc cạn', 'Bắc Kạn'),
  ('lao cai', 'Lào Cai'),
  ('đăk lăk', 'Đắk Lắk'),
  ('đắc nông', 'Đắk Nông'),
  ('hồ chí minh', 'TP. Hồ Chí Minh'),
  ('tp. hồ chí minh', 'TP. Hồ Chí Minh'),
  ('thừa thiên - huế', 'Thừa Thiên Huế')
) AS known(spelling, province)
ORDER BY spelling
