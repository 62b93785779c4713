-- title: Số tỉnh, thành phố trong phụ lục không đúng
-- description: 64 đến dự toán năm 2008; 63 từ quyết toán năm 2008, khi tỉnh Hà Tây đã sáp nhập vào Hà Nội.
-- severity: stop
SELECT document, year, provinces
FROM reconciliation
WHERE provinces <> CASE WHEN year < 2008 OR (year = 2008 AND kind = 'plan') THEN 64 ELSE 63 END
ORDER BY kind, year
