package chart

import (
	"testing"

	"tongket/internal/report"
)

func TestSentence(t *testing.T) {
	vi, en := locale(t, "vi"), locale(t, "en")
	falling := course("line")
	falling.Spec.Y, falling.Spec.Plan = []string{"arranged_m"}, ""
	falling.Table.Rows = [][]any{{"2020-Q4", 50.0, nil}, {"2021-Q1", 80.0, nil}, {"2021-Q2", nil, nil}, {"2021-Q3", 20.0, nil}}
	same := course("line")
	same.Spec.Y, same.Spec.Plan = []string{"arranged_m"}, ""
	same.Table.Rows = [][]any{{"2020", 7.0, nil}, {"2021", 7.0, nil}}
	one := stacked()
	one.Spec.Y = one.Spec.Y[:1]
	one.Table.Rows = one.Table.Rows[:1]
	ties := ranked()
	ties.Spec.Color = ""
	ties.Table.Rows = [][]any{{"A", 0.5, "", ""}, {"B", 0.5, "", ""}, {"C", 0.25, "", ""}, {"D", 0.25, "", ""}, {"E", 0.25, "", ""}}
	equal := ranked()
	equal.Spec.Color = ""
	equal.Table.Rows = ties.Table.Rows[:2]
	years := course("bar")
	years.Table.Columns[years.Table.Index("period")] = report.Column{Name: "period", Title: "Năm", Format: report.Year}
	years.Table.Rows = [][]any{{int64(2011), nil, nil}, {int64(2012), 10.0, 20.0}, {int64(2013), nil, 25.0}, {int64(2014), 50.2, 30.0}, {int64(2015), nil, nil}, {int64(2016), nil, nil}}
	whole := ranked()
	whole.Spec.Color = ""
	whole.Table.Columns[whole.Table.Index("done_share")] = report.Column{Name: "done_share", Title: "Số hồ sơ", Format: report.Integer, Unit: "hồ sơ"}
	whole.Table.Rows = [][]any{{"A", int64(4), "", ""}, {"B", int64(2), "", ""}, {"C", int64(1), "", ""}, {"D", nil, "", ""}}
	ahead := course("line")
	ahead.Spec.Y, ahead.Spec.Plan, ahead.Spec.Forecast = []string{"arranged_m", "plan_m"}, "", "plan_m"
	ahead.Table.Rows = [][]any{{"2020-Q4", 50.0, nil}, {"2021-Q1", 80.0, 80.0}, {"2021-Q2", nil, 110.0}}
	point := cloud()
	point.Table.Rows, point.Table.Columns[1].Title = point.Table.Rows[:1], "GRDP"
	for name, test := range map[string]struct {
		chart *report.Chart
		l     *report.Locale
		want  string
	}{
		"periods and plan":      {course("line"), vi, "Tăng từ 1.200,0 mét (quý IV/2018) lên 22.843,2 mét (quý IV/2021). Quý IV/2021 đạt 81,9% kế hoạch."},
		"in English":            {course("line"), en, "Up from 1,200.0 mét (Q4 2018) to 22,843.2 mét (Q4 2021). 81.9% of the plan met in Q4 2021."},
		"fall with a peak":      {falling, vi, "Giảm từ 50,0 mét (quý IV/2020) xuống 20,0 mét (quý III/2021), cao nhất là 80,0 mét (quý I/2021). Chưa có số liệu của quý II/2021."},
		"forecast":              {ahead, vi, "Tăng từ 50,0 mét (quý IV/2020) lên 80,0 mét (quý I/2021). Với tốc độ hiện nay, dự kiến đạt 110,0 mét ở quý II/2021."},
		"years with gaps":       {years, vi, "Tăng từ 10,0 mét (năm 2012) lên 50,2 mét (năm 2014). Năm 2014 đạt 167,3% kế hoạch. Chưa có số liệu của năm 2011, năm 2013, năm 2015 và 1 kỳ khác."},
		"mean of whole numbers": {whole, vi, "Cao nhất: A (4 hồ sơ); thấp nhất: C (1 hồ sơ); trung bình: 2 hồ sơ. 1 mục chưa có số liệu."},
		"unchanged":             {same, vi, "Không thay đổi từ năm 2020 đến năm 2021, ở mức 7,0 mét."},
		"one row":               {one, vi, "Sở Nội vụ: 1.234,5 mét."},
		"ties":                  {ties, vi, "Cao nhất: A và B (50,0%); thấp nhất: C, D và E (25,0%)."},
		"all equal":             {equal, vi, "Cả 2 mục đều ở mức 50,0%."},
		"statuses": {ranked(), vi, "Cao nhất: Sở Nội vụ (100,0%); thấp nhất: Sở Lao động - Thương binh và Xã hội (0,0%). " +
			"Theo tình trạng: hoàn thành 1, đúng tiến độ 4, chậm tiến độ 5, chưa triển khai 1, chưa báo cáo 1. 1 mục chưa có số liệu."},
		"plan by unit": {planned(true), vi, "Cao nhất: Sở Nội vụ (900,0 mét); thấp nhất: Sở Kế hoạch và Đầu tư (511,5 mét); tổng cộng: 4.234,5 mét. " +
			"Tính chung đạt 88,2% kế hoạch; 2/6 mục đạt hoặc vượt kế hoạch."},
		"one point": {point, vi, "1 điểm; đã chỉnh lý là 50,0 mét; GRDP là 100.000.000 đồng."},
		"cloud":     {cloud(), vi, "40 điểm; đã chỉnh lý từ 50,0 mét đến 1.372,0 mét; kinh phí từ 100.000.000 đồng đến 3.110.000.000 đồng."},
	} {
		t.Run(name, func(t *testing.T) {
			if got := sentence(test.chart, test.l); got != test.want {
				t.Errorf("\n got %s\nwant %s", got, test.want)
			}
		})
	}
}
