package html

import (
	"bytes"
	"strings"
	"testing"

	"tongket/internal/report"
)

// TestExploreHostile: what comes in the data of an explored table stays text.
func TestExploreHostile(t *testing.T) {
	const evil = `</script><img src=x onerror=alert(1)>`
	e := report.Explore{ID: "explore", Tables: []report.Table{{Name: "q", Title: evil, Columns: []report.Column{
		{Name: "u", Title: evil, Format: report.Text}, {Name: "n", Title: "N", Format: report.Number, Decimals: 1, Unit: evil},
	}, Rows: [][]any{{evil, 1.5}, {"=1+1", nil}}}}}
	doc := &report.Document{Path: "p", Title: "P", File: "reports/p.md", Outputs: []string{"html"}, Blocks: []report.Block{e}}
	dir := edition(t, demoSite(), doc)
	var data bytes.Buffer
	if err := writer(t, "vi").Explored(&data, e); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(data.Bytes(), []byte("<")) {
		t.Errorf("a tag stands in the data: %s", data.Bytes())
	}
	put(t, dir+"/"+ExploreFile("p"), data.Bytes())
	b := open(t)
	b.look(t, fileURL(dir, "p.html"), 390, "dark")
	if got := ask[string](t, b, `document.querySelector(".explore-table tbody").innerText.trim()`); got != evil+"\t1,5\n=1+1\t–" {
		t.Errorf("the table shows %q", got)
	}
	b.quiet(t, fileURL(dir, ""))
}

// TestExploreOrder: columns that have an order of their own keep it, whatever
// the rows are like, and a drawing is nothing to explore.
func TestExploreOrder(t *testing.T) {
	table := report.Table{Name: "q", Title: "Q", Columns: []report.Column{
		{Name: "period", Title: "Kỳ", Format: report.Period}, {Name: "status", Title: "Tình trạng", Format: report.Status},
		{Name: "unit", Title: "Đơn vị", Format: report.Text}, {Name: "course", Title: "Diễn biến", Format: report.Sparkline},
	}, Rows: [][]any{
		{"2022-Q1", nil, "B", nil}, {"2021-06", "behind", "A", []float64{1, 2}}, {"2021-Q1", "done", "C", nil}, {"2021-06", "on_track", "A", nil},
	}}
	got := writer(t, "vi").explored(&table)
	var words []string
	for _, c := range got.Columns {
		words = append(words, c.Name+": "+strings.Join(c.Words, ", "))
	}
	if text := strings.Join(words, "; "); text != "period: quý I/2021, tháng 6/2021, quý I/2022; status: Hoàn thành, Đúng tiến độ, Chậm tiến độ, –; unit: B, A, C" {
		t.Errorf("the columns are %s", text)
	}
	if row := got.Rows[0]; len(row) != 3 || row[0] != 2 || row[1] != 3 || row[2] != 0 {
		t.Errorf("the first row is %v", row)
	}
}
