-- title: Số lũy kế giảm so với kỳ trước
-- severity: stop
-- columns:
--   item:     {title: Chỉ tiêu, format: text}
--   previous: {title: Kỳ trước, format: number, decimals: 1}
--   current:  {title: Kỳ này, format: number, decimals: 1}
--   line:     {title: Dòng, format: year}
--   submission: {title: Số tệp, format: integer}
WITH long AS (
  UNPIVOT (
    SELECT
      unit, period, submission, line,
      CAST(arranged_m AS DOUBLE)           AS "Khối lượng đã chỉnh lý",
      CAST(files_permanent AS DOUBLE)      AS "Hồ sơ bảo quản vĩnh viễn",
      CAST(files_fixed_term AS DOUBLE)     AS "Hồ sơ bảo quản có thời hạn",
      CAST(valueless_m AS DOUBLE)          AS "Tài liệu hết giá trị loại ra",
      CAST(destroyed_m AS DOUBLE)          AS "Tài liệu hết giá trị đã tiêu hủy",
      CAST(transferred_files AS DOUBLE)    AS "Hồ sơ đã giao nộp",
      CAST(checked_files AS DOUBLE)        AS "Hồ sơ được kiểm tra",
      CAST(passed_files AS DOUBLE)         AS "Hồ sơ đạt yêu cầu",
      CAST(budget_allocated_vnd AS DOUBLE) AS "Kinh phí được phân bổ",
      CAST(budget_disbursed_vnd AS DOUBLE) AS "Kinh phí đã giải ngân",
      CAST(trained_people AS DOUBLE)       AS "Lượt người được tập huấn",
      CAST(digitized_pages AS DOUBLE)      AS "Số trang đã số hóa"
    FROM progress
  )
  ON COLUMNS(* EXCLUDE (unit, period, submission, line))
  INTO NAME item VALUE current
),
paired AS (
  SELECT *, lag(current) OVER (PARTITION BY unit, item ORDER BY period) AS previous FROM long
)
SELECT unit, period, item, previous, current, submission, line
FROM paired
WHERE current < previous
ORDER BY period, unit, item
