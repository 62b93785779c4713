package html

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"tongket/internal/look"
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
	b := look.Open(t)
	b.Visit(t, fileURL(dir, "p.html"), 390, "dark")
	if got := look.Ask[string](t, b, `document.querySelector(".explore-table tbody").innerText.trim()`); got != evil+"\t1,5\n=1+1\t–" {
		t.Errorf("the table shows %q", got)
	}
	b.Quiet(t, "", fileURL(dir, ""))
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

// explorePage is a page on which one table is explored, as a folder.
func explorePage(t *testing.T, table report.Table) string {
	t.Helper()
	e := report.Explore{ID: "explore", Tables: []report.Table{table}}
	doc := &report.Document{Path: "p", Title: "P", File: "reports/p.md", Outputs: []string{"html"}, Blocks: []report.Block{e}}
	dir := edition(t, demoSite(), doc)
	var data bytes.Buffer
	if err := writer(t, "vi").Explored(&data, e); err != nil {
		t.Fatal(err)
	}
	put(t, dir+"/"+ExploreFile("p"), data.Bytes())
	return dir
}

func exploreTable(rows ...[]any) report.Table {
	return report.Table{Name: "q", Title: "Q", Columns: []report.Column{
		{Name: "unit_name", Title: "Đơn vị", Format: report.Text}, {Name: "period", Title: "Kỳ", Format: report.Period}, {Name: "n", Title: "N", Format: report.Number, Decimals: 1},
	}, Rows: rows}
}

// TestExploreNothing: before the first report the page says that there is
// nothing to show.
func TestExploreNothing(t *testing.T) {
	dir := explorePage(t, exploreTable())
	b := look.Open(t)
	b.Visit(t, fileURL(dir, "p.html"), 1440, "light")
	if got := look.Ask[string](t, b, `document.querySelector(".explore-told").textContent`); got != "Không có số liệu cho lựa chọn này." {
		t.Errorf("the page says %q", got)
	}
	b.Quiet(t, "", fileURL(dir, ""))
}

// TestExploreFile: sums of tenths have no tail of binary digits in the file,
// and an address with two slashes, as links that were put together carelessly
// have it, is an address like any other.
func TestExploreFile(t *testing.T) {
	dir := explorePage(t, exploreTable([]any{"A", "2021-Q1", 0.1}, []any{"B", "2021-Q1", 0.2}, []any{"B", "2021-Q2", 2.25}))
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	b := look.Open(t)
	b.Visit(t, server.URL+"//p.html?x=1", 1440, "light")
	do(t, b, `document.querySelector(".explore select[name=r]").focus()`)
	b.Run(t, chromedp.KeyEvent("K"), chromedp.KeyEvent(kb.Tab))
	if got, want := look.Ask[string](t, b, `location.href`), server.URL+"//p.html?x=1#?q=q&m=n&r=period&t=bar"; got != want {
		t.Errorf("the address is %s, want %s", got, want)
	}
	do(t, b, saved+`document.querySelector(".explore-csv").click()`)
	if got := look.Ask[string](t, b, `window.saved.text()`); got != "Kỳ;N\r\nquý I/2021;0,3\r\nquý II/2021;2,25\r\n" {
		t.Errorf("the file is %q", got)
	}
	b.Quiet(t, "", server.URL)
}
