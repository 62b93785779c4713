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

// bullet is planned as a bullet chart.
func bullet() *report.Chart {
	c := planned(true)
	c.Spec.Type = "bullet"
	return c
}

// multiples is three places over three periods, of which one is left out.
func multiples(kind string) *report.Chart {
	plan := meters
	plan.Name, plan.Title = "plan_m", "Kế hoạch"
	t := report.Table{Name: "course", Columns: []report.Column{
		{Name: "period", Title: "Kỳ", Format: report.Period}, meters, plan, {Name: "unit_name", Title: "Đơn vị", Format: report.Text},
	}}
	for i, name := range []string{"Biên Hòa", "Long Khánh", "Xuân Lộc"} {
		for k, period := range periods[:3] {
			if i == 1 && k == 1 {
				continue
			}
			t.Rows = append(t.Rows, []any{period, 10 * float64((1+k)*(i+1)) / float64(1+2*(i%2)), 12 * float64(k+1), name})
		}
	}
	return &report.Chart{ID: "c8", Caption: "Từng nơi", Table: t,
		Spec: report.ChartSpec{Type: kind, X: "period", Y: []string{"arranged_m", "plan_m"}, Plan: "plan_m", By: "unit_name"}}
}

// places is a map of tiles: one place without a value, one without a tile.
func places() *report.Chart {
	t := report.Table{Name: "localities", Columns: []report.Column{
		{Name: "short_name", Title: "Địa phương", Format: report.Text, Link: "page"},
		{Name: "done_share", Title: "Tỷ lệ hoàn thành", Format: report.Percent, Decimals: 1},
		{Name: "state", Title: "Tình trạng", Format: report.Status},
		{Name: "grid_x", Title: "Cột", Format: report.Integer, Hidden: true},
		{Name: "grid_y", Title: "Hàng", Format: report.Integer, Hidden: true},
		{Name: "code", Title: "Mã", Format: report.Text, Hidden: true},
		{Name: "page", Title: "page", Format: report.Text, Hidden: true},
	}, Rows: [][]any{
		{"Vĩnh Cửu", 0.948, "on_track", int64(2), int64(1), "735", "don-vi/735"},
		{"Tân Phú", 0.0, "not_started", int64(5), int64(1), "734", "don-vi/734"},
		{"Biên Hòa", 0.763, "behind", int64(1), int64(2), "731", nil},
		{"Long Khánh", 1.0, "done", int64(4), int64(2), "732", "don-vi/732"},
		{"Cẩm Mỹ", nil, "no_report", int64(4), int64(3), "739", "don-vi/739"},
		{"Nơi khác", 0.5, "on_track", nil, nil, "999", "don-vi/999"},
	}}
	return &report.Chart{ID: "m1", Caption: "Bản đồ", Table: t,
		Spec: report.ChartSpec{Type: "map", X: "short_name", Y: []string{"done_share"}, Color: "state", GridX: "grid_x", GridY: "grid_y"}}
}

// heat is four places over three periods; one cell has no row, one no value.
func heat(value string) *report.Chart {
	t := report.Table{Name: "course", Columns: []report.Column{
		{Name: "period", Title: "Kỳ", Format: report.Period},
		{Name: "unit_name", Title: "Đơn vị", Format: report.Text, Link: "page"},
		{Name: "done_share", Title: "Tỷ lệ", Format: report.Percent, Decimals: 1},
		{Name: "state", Title: "Tình trạng", Format: report.Status},
		{Name: "page", Title: "page", Format: report.Text, Hidden: true},
	}, Rows: [][]any{
		{"2019-Q1", "Biên Hòa", 0.3, "behind", "don-vi/731"}, // not in the order of time
		{"2018-Q4", "Biên Hòa", 0.1, "behind", "don-vi/731"},
		{"2019-Q2", "Biên Hòa", 0.95, "on_track", "don-vi/731"},
		{"2018-Q4", "Xuân Lộc", 0.0, "not_started", "don-vi/741"},
		{"2019-Q2", "Xuân Lộc", 0.2, "behind", "don-vi/741"},
		{"2018-Q4", "Tân Phú", 0.5, "done", nil},
		{"2019-Q1", "Tân Phú", nil, nil, nil},
		{"2019-Q2", "Tân Phú", 1.0, "done", nil},
	}}
	return &report.Chart{ID: "h1", Caption: "Qua các kỳ", Table: t,
		Spec: report.ChartSpec{Type: "heatmap", X: "period", Y: []string{"unit_name"}, Value: value}}
}

// tree is sizes in two groups; two rows have none to draw.
func tree(group string) *report.Chart {
	t := report.Table{Name: "backlog", Columns: []report.Column{
		{Name: "unit_name", Title: "Đơn vị", Format: report.Text, Link: "page"}, meters,
		{Name: "block", Title: "Khối", Format: report.Text},
		{Name: "page", Title: "page", Format: report.Text, Hidden: true},
	}}
	for i, name := range names {
		t.Rows = append(t.Rows, []any{name, 1000 - 100*float64(i), []string{"Sở", "Khác"}[i%2], "don-vi/" + string(rune('a'+i))})
	}
	t.Rows[4][1] = nil
	return &report.Chart{ID: "t1", Caption: "Khối lượng", Table: t,
		Spec: report.ChartSpec{Type: "treemap", X: "unit_name", Y: []string{"arranged_m"}, Group: group}}
}
