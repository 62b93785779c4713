package chart

import (
	"os"
	"testing"

	"tongket/internal/report"
)

func locale(t testing.TB, lang string) *report.Locale {
	t.Helper()
	catalog, err := os.ReadFile("../../templates/lang/" + lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	l, err := report.NewLocale(catalog)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// renderer is a warm one on the real bundle.
func renderer(t testing.TB, engines int, lang string) *Renderer {
	t.Helper()
	r, err := New(os.DirFS("../../templates/dist"), engines, locale(t, lang))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

var meters = report.Column{Name: "arranged_m", Title: "Đã chỉnh lý", Format: report.Number, Decimals: 1, Unit: "mét", Total: true}

var names = []string{
	"Sở Nội vụ", "Sở Nông nghiệp và Phát triển nông thôn", "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
	"Sở Tài chính", "Sở Giáo dục và Đào tạo", "Sở Kế hoạch và Đầu tư", "Ban Quản lý các Khu công nghiệp",
	"Thanh tra tỉnh", "Sở Y tế", "Ban Dân tộc", "Sở Lao động - Thương binh và Xã hội", "Đài Phát thanh và Truyền hình",
}

// ranked is done_share by department with a status, one of them silent.
func ranked() *report.Chart {
	t := report.Table{Name: "progress_by_department", Columns: []report.Column{
		{Name: "unit_name", Title: "Đơn vị", Format: report.Text, Link: "page"},
		{Name: "done_share", Title: "Tỷ lệ hoàn thành", Format: report.Percent, Decimals: 1},
		{Name: "state", Title: "Tình trạng", Format: report.Status},
		{Name: "page", Title: "page", Format: report.Text, Hidden: true},
	}}
	shares := []any{1.0, 0.982, 0.913, 0.855, 0.801, 0.744, 0.612, 0.5, 0.333, 0.12, 0.0, nil}
	states := []string{"done", "on_track", "on_track", "on_track", "on_track", "behind", "behind", "behind", "behind", "behind", "not_started", "no_report"}
	for i, name := range names {
		t.Rows = append(t.Rows, []any{name, shares[i], states[i], "don-vi/" + string(rune('a'+i))})
	}
	return &report.Chart{ID: "c1", Caption: "Tỷ lệ hoàn thành theo sở, ngành", Table: t,
		Spec: report.ChartSpec{Type: "bar", X: "unit_name", Y: []string{"done_share"}, Horizontal: true, Color: "state"}}
}

// stacked is arranged and remaining metres of the same departments.
func stacked() *report.Chart {
	left := meters
	left.Name, left.Title = "remaining_m", "Còn tồn đọng"
	t := report.Table{Name: "backlog", Columns: []report.Column{{Name: "unit_name", Title: "Đơn vị", Format: report.Text}, meters, left}}
	for i, name := range names {
		t.Rows = append(t.Rows, []any{name, 1234.5 - 90*float64(i), 100.25 * float64(i)})
	}
	return &report.Chart{ID: "c2", Caption: "Khối lượng", Table: t,
		Spec: report.ChartSpec{Type: "bar", X: "unit_name", Y: []string{"arranged_m", "remaining_m"}, Horizontal: true, Stack: true}}
}

var periods = []string{"2018-Q4", "2019-Q1", "2019-Q2", "2019-Q3", "2019-Q4", "2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4", "2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4"}

// course is cumulative metres by quarter against the plan; the last value of
// the actual line is missing where gap asks for it.
func course(kind string) *report.Chart {
	plan := meters
	plan.Name, plan.Title = "plan_m", "Kế hoạch"
	t := report.Table{Name: "progress_by_period", Columns: []report.Column{{Name: "period", Title: "Kỳ", Format: report.Period}, meters, plan}}
	for i, p := range periods {
		n := float64(i)
		t.Rows = append(t.Rows, []any{p, 1200 + n*n*150.3, 1500 + n*2200})
	}
	return &report.Chart{ID: "c3", Caption: "Tiến độ theo quý", Table: t,
		Spec: report.ChartSpec{Type: kind, X: "period", Y: []string{"arranged_m", "plan_m"}, Plan: "plan_m"}}
}

// several is four series of plain bars over four years.
func several(kind string) *report.Chart {
	t := report.Table{Name: "files", Columns: []report.Column{{Name: "year", Title: "Năm", Format: report.Year}}}
	titles := []string{"Hồ sơ vĩnh viễn", "Hồ sơ có thời hạn", "Tài liệu hết giá trị", "Đã nộp lưu Lịch sử"}
	spec := report.ChartSpec{Type: kind, X: "year"}
	for i, title := range titles {
		name := "s" + string(rune('1'+i))
		t.Columns = append(t.Columns, report.Column{Name: name, Title: title, Format: report.Integer, Unit: "hồ sơ"})
		spec.Y = append(spec.Y, name)
	}
	for y := int64(2018); y < 2022; y++ {
		t.Rows = append(t.Rows, []any{y, (y - 2015) * 4100, (y - 2016) * 2500, (y - 2012) * 900, (y - 2017) * 1700})
	}
	return &report.Chart{ID: "c4", Caption: "Hồ sơ theo năm", Table: t, Spec: spec}
}

// money is a course of đồng by department, upright, so that labels turn.
func money() *report.Chart {
	t := report.Table{Name: "budget", Columns: []report.Column{
		{Name: "unit_name", Title: "Đơn vị", Format: report.Text},
		{Name: "vnd", Title: "Kinh phí đã giải ngân", Format: report.Integer, Unit: "đồng", Total: true},
	}}
	for i, name := range names {
		t.Rows = append(t.Rows, []any{name, int64(12_345_000_000 - 900_000_000*i)})
	}
	return &report.Chart{ID: "c5", Caption: "Kinh phí", Table: t, Spec: report.ChartSpec{Type: "bar", X: "unit_name", Y: []string{"vnd"}}}
}

// cloud is metres against đồng.
func cloud() *report.Chart {
	t := report.Table{Name: "cost", Columns: []report.Column{
		meters,
		{Name: "vnd", Title: "Kinh phí", Format: report.Integer, Unit: "đồng"},
	}}
	for i := range 40 {
		n := float64(i)
		t.Rows = append(t.Rows, []any{50 + n*31 + float64(i*i%17)*9, int64(100_000_000 + i*65_000_000 + (i*i%23)*30_000_000)})
	}
	return &report.Chart{ID: "c6", Caption: "Chi phí", Table: t, Spec: report.ChartSpec{Type: "scatter", X: "arranged_m", Y: []string{"vnd"}}}
}

// planned is bars with a tick for the plan.
func planned(horizontal bool) *report.Chart {
	plan := meters
	plan.Name, plan.Title = "plan_m", "Kế hoạch"
	t := report.Table{Name: "plan", Columns: []report.Column{{Name: "unit_name", Title: "Đơn vị", Format: report.Text}, meters, plan}}
	for i, name := range names[:6] {
		t.Rows = append(t.Rows, []any{name, 900 - 77.7*float64(i), 800.0})
	}
	return &report.Chart{ID: "c7", Caption: "Thực hiện và kế hoạch", Table: t,
		Spec: report.ChartSpec{Type: "bar", X: "unit_name", Y: []string{"arranged_m", "plan_m"}, Plan: "plan_m", Horizontal: horizontal}}
}
