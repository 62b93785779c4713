package pdf

import (
	"math"
	"os"
	"testing"

	"tongket/internal/chart"
	"tongket/internal/report"
)

// A map is drawn as lines and text: its names and numbers are read back, and a
// printer without colours tells the statuses apart.
func TestMapOnPaper(t *testing.T) {
	r, err := chart.New(os.DirFS("../../templates/dist"), 1, locale(t, "vi"))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	c := &report.Chart{ID: "map", Caption: "Bản đồ tiến độ",
		Spec: report.ChartSpec{Type: "map", X: "name", Y: []string{"share"}, Color: "state", GridX: "x", GridY: "y"},
		Table: report.Table{Name: "places", Columns: []report.Column{
			{Name: "name", Title: "Địa phương", Format: report.Text},
			{Name: "share", Title: "Tỷ lệ", Format: report.Percent, Decimals: 1},
			{Name: "state", Title: "Tình trạng", Format: report.Status},
			{Name: "x", Title: "x", Format: report.Integer, Hidden: true},
			{Name: "y", Title: "y", Format: report.Integer, Hidden: true},
			{Name: "course", Title: "Diễn biến", Format: report.Sparkline, Decimals: 1, Hidden: true},
		}}}
	for i, state := range report.Statuses {
		c.Table.Rows = append(c.Table.Rows, []any{[]string{"Biên Hòa", "Long Khánh", "Tân Phú", "Cẩm Mỹ", "Xuân Lộc", "Vĩnh Cửu"}[i], 0.1 * float64(i), state, int64(i), int64(1), report.Series{1, math.NaN(), 2}})
	}
	if err := chart.Check(c.Spec, c.Table); err != nil {
		t.Fatal(err)
	}
	if err := r.Draw(c, chart.Paper); err != nil {
		t.Fatal(err)
	}
	file := written(t, &report.Document{Path: "ban-do", Title: "Bản đồ", Blocks: []report.Block{c}}, "vi")
	s := sheets(t, file)[0]
	for _, word := range []string{"Hòa", "Khánh", "40,0%", "thành", "triển"} {
		s.find(t, word)
	}
	// A sparkline in a table is its first and its last number.
	c.Table.Columns[5].Hidden = false
	table := report.TableBlock{Table: c.Table, Caption: "Bảng", ID: "t"}
	s = sheets(t, written(t, &report.Document{Path: "bang", Title: "Bảng", Blocks: []report.Block{table}}, "vi"))[0]
	s.find(t, "→")
	s.find(t, "2,0")
}
