-- title: Dòng không phải số liệu, để riêng
-- columns:
--   submission: {title: Số phiếu, format: integer, hidden: true}
--   sheet_number: {title: Thứ tự trang tính, format: integer, hidden: true}
--   sheet:      {title: Trang tính, format: text}
--   line:       {title: Dòng, format: year}
--   kind:       {title: Loại, format: text}
--   text:       {title: Nội dung, format: text}
SELECT
  p.submission,
  -- trang tính không đọc thì không có số thứ tự
  nullif(list_position(s.sheets, p.sheet), 0) AS sheet_number,
  p.sheet, p.line,
  CASE p.kind
    WHEN 'title'   THEN 'Tiêu đề bảng'
    WHEN 'heading' THEN 'Tên khối, nhóm'
    WHEN 'total'   THEN 'Dòng cộng'
    WHEN 'detail'  THEN 'Chi tiết của dòng trên'
    WHEN 'numbers' THEN 'Dòng số thứ tự cột'
    WHEN 'header'  THEN 'Tiêu đề cột lặp lại'
    WHEN 'note'    THEN 'Ghi chú, chữ ký'
    WHEN 'sheet'   THEN 'Trang tính không đọc'
    ELSE 'Khác'
  END AS kind,
  p.text
FROM passed AS p
JOIN submissions AS s ON s.id = p.submission
ORDER BY p.submission, sheet_number NULLS LAST, p.sheet, p.line, p.text
