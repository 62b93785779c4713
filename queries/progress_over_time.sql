-- title: Khối lượng đã chỉnh lý lũy kế qua các kỳ so với kế hoạch
-- description: Mỗi giai đoạn cộng dồn lại từ đầu.
-- columns:
--   backlog_m:       {title: Khối lượng tồn đọng}
--   target_m:        {title: Kế hoạch lũy kế}
--   arranged_m:      {title: Đã chỉnh lý lũy kế}
--   added_m:         {title: Tăng thêm so với kỳ trước trong bảng, format: number, decimals: 1, unit: mét}
--   plan_share:      {title: So với kế hoạch, format: percent, decimals: 1}
--   units_reporting: {title: Đơn vị có báo cáo, format: integer}
SELECT
  period,
  sum(backlog_m)  AS backlog_m,
  sum(target_m)   AS target_m,
  sum(arranged_m) AS arranged_m,
  sum(arranged_m) - coalesce(lag(sum(arranged_m)) OVER (PARTITION BY phase ORDER BY ends_on), 0) AS added_m,
  sum(arranged_m) / nullif(sum(target_m), 0)   AS plan_share,
  count(*) FILTER (reported)                   AS units_reporting
FROM progress_course
GROUP BY period, phase, ends_on
ORDER BY ends_on
