package html

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"tongket/internal/look"
	"tongket/internal/report"
)

// saved catches the file that a page gives the browser.
const saved = `URL.createObjectURL = blob => { window.saved = blob; return "#" };
	HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download };`

func TestColumnsAndFile(t *testing.T) {
	site := demoSite()
	site.Data = []string{"progress_by_locality"}
	dir := edition(t, site, demoDocument())
	for scheme, width := range map[string]int64{"light": 1440, "dark": 390} {
		b := look.Open(t)
		b.Visit(t, fileURL(dir, "index.html"), width, scheme)
		const table = "#progress-by-locality"
		if at := look.Ask[string](t, b, `document.querySelector("`+table+` .table-tools a").href`); at != fileURL(dir, "data/progress_by_locality.csv") {
			t.Errorf("all data are at %s", at)
		}
		if look.Ask[bool](t, b, `document.querySelector("#honours .table-tools a") !== null`) {
			t.Error("a table without a file of its own offers one")
		}
		do(t, b, `document.querySelector("`+table+` .table-columns summary").focus()`)
		b.Run(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(table+" .table-columns-list label:last-child")))
		// STT, unit, backlog are the first; STT and backlog go.
		b.Run(t, chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(" "), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(" "), chromedp.KeyEvent(kb.Escape))
		head := look.Ask[string](t, b, `[...document.querySelectorAll("`+table+` thead th")].filter(h => h.checkVisibility()).map(h => h.innerText.trim()).slice(0, 2).join("|")`)
		foot := look.Ask[string](t, b, `[...document.querySelectorAll("`+table+` tfoot :is(th, td)")].filter(c => c.checkVisibility()).map(c => c.colSpan + " " + c.textContent).slice(0, 2).join("|")`)
		if head != "Đơn vị|Đã chỉnh lý (mét)" || foot != "1 Tổng cộng|1 7.018,2" {
			t.Errorf("%d px: columns %s, sums %s", width, head, foot)
		}
		if look.Ask[bool](t, b, `document.querySelector("`+table+` .table-columns").open || document.activeElement.tagName !== "SUMMARY"`) {
			t.Error("Escape does not lead back to the button")
		}
		do(t, b, saved)
		b.Run(t, chromedp.SendKeys(chromedp.CSS(table+"-search"), "long"))
		do(t, b, `document.querySelector("`+table+` .table-csv").focus()`)
		b.Run(t, chromedp.KeyEvent(kb.Enter))
		got := look.Ask[string](t, b, `window.saved.arrayBuffer().then(b => new TextDecoder("utf-8", { ignoreBOM: true }).decode(b))`)
		want := "\ufeffNhóm;Đơn vị;Đã chỉnh lý (mét);Tỷ lệ hoàn thành;Giải ngân (triệu đồng);Tiến độ;Báo cáo gần nhất\r\n" +
			"Thành phố;Long Khánh;688,3;0,92"
		if !strings.HasPrefix(got, want) || strings.Count(got, "\r\n") != 3 || look.Ask[string](t, b, `window.savedAs`) != "progress-by-locality.csv" {
			t.Errorf("the file is %q", got)
		}
		b.Quiet(t, "", fileURL(dir, ""))
	}
}

// TestLongTable: thousands of rows are laid out a part at a time; search, sums
// and files know them all.
func TestLongTable(t *testing.T) {
	long := demoTable()
	long.Rows = nil
	for i := range 5000 {
		long.Rows = append(long.Rows, []any{"Xã", fmt.Sprintf("=Xã số %d", i), 1.5, 1.0, 0.5, int64(i), "behind", nil, nil})
	}
	doc := &report.Document{Path: "p", Title: "P", File: "reports/p.md", Outputs: []string{"html"}, Blocks: []report.Block{report.TableBlock{Table: long, ID: "t", Caption: "T", Search: true}}}
	dir := edition(t, demoSite(), doc)
	b := look.Open(t)
	b.Visit(t, fileURL(dir, "p.html"), 1440, "light")
	rows := func() int {
		return look.Ask[int](t, b, `[...document.querySelectorAll("tbody tr")].filter(r => r.checkVisibility()).length`)
	}
	told := func() string { return look.Ask[string](t, b, `document.querySelector(".table-more").innerText.trim()`) }
	if n, says := rows(), told(); n != 200 || !strings.HasPrefix(says, "Hiển thị 200 dòng đầu trong 5.000 dòng.") {
		t.Errorf("%d rows are shown; the page says %q", n, says)
	}
	do(t, b, `document.querySelector(".table-more button").focus()`)
	b.Run(t, chromedp.KeyEvent(kb.Enter))
	if n := rows(); n != 400 {
		t.Errorf("asked for more, %d rows are shown", n)
	}
	do(t, b, `[...document.querySelectorAll(".sort")].find(s => s.textContent.startsWith("Giải ngân")).click()`)
	if first, n := look.Ask[string](t, b, `document.querySelector("tbody tr:not(.later) :nth-child(2)").textContent`), rows(); first != "=Xã số 4999" || n != 400 {
		t.Errorf("sorted, %s is the first of %d rows", first, n)
	}
	b.Run(t, chromedp.SendKeys(chromedp.CSS("#t-search"), "số 12"))
	if n, says := rows(), look.Ask[string](t, b, `document.querySelector(".table-count").textContent`); n != 199 || says != "Hiển thị 199/5.000 dòng" {
		t.Errorf("%d rows hold the words; the page says %q", n, says)
	}
	do(t, b, saved+`document.querySelector(".table-csv").click()`)
	if text := look.Ask[string](t, b, `window.saved.text()`); !strings.Contains(text, ";'=Xã số 1200;") && !strings.Contains(text, "\n'=Xã số") {
		t.Errorf("a name that is a formula is saved as %.300s", text)
	}
}
