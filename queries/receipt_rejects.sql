-- title: Dòng bị từ chối của từng tệp
-- columns:
--   submission: {title: Số phiếu, format: year, hidden: true}
--   message: {title: Lý do từ chối, format: text}
--   mended_in: {title: Đã sửa ở tệp, format: text}
SELECT f.submission, f.sheet, f.line, f."column", f.value, f.message, f.mended_in
FROM submission_findings AS f
WHERE f.outcome <> 'Cảnh báo'
ORDER BY f.submission, f.sheet_number, f.line, f."column", f.message
