package html

import (
	"math"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"tongket/internal/look"
	"tongket/internal/report"
)

// demoMap is a map as the drawing of marks writes it: two places with pages,
// one without.
func demoMap() *report.Document {
	t := report.Table{Name: "places", Columns: []report.Column{
		{Name: "name", Title: "Địa phương", Format: report.Text, Link: "page"},
		{Name: "course", Title: "Diễn biến", Format: report.Sparkline, Decimals: 1, Unit: "mét"},
		{Name: "page", Title: "Trang", Format: report.Text, Hidden: true},
	}, Rows: [][]any{
		{"Biên Hòa", report.Series{1, math.NaN(), 4, 2.5}, "don-vi/731"},
		{"Tân Phú", report.Series{math.NaN()}, nil},
		{"<b>Cẩm Mỹ", report.Series{3, 3}, "don-vi/739"},
	}}
	mark := func(row, x, name string) string {
		return `<a data-row="` + row + `"><title>` + name + `: Tỷ lệ 50,0%</title><rect class="f-step3" x="` + x + `" y="0" width="90" height="60" fill="#86c0cf"></rect></a>`
	}
	svg := `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="520" height="60" viewBox="0 0 520 60">` +
		mark("0", "0", "Biên Hòa") + mark("1", "100", "Tân Phú") + mark("2", "200", "&lt;b&gt;Cẩm Mỹ") + mark("9", "300", "Ngoài bảng") + `</svg>`
	return &report.Document{Path: "khu-vuc/ban-do", Title: "Bản đồ", Outputs: []string{"html"}, File: "reports/ban-do.md", Blocks: []report.Block{
		&report.Chart{ID: "map", Spec: report.ChartSpec{Type: "map", X: "name"}, Table: t, Caption: "Bản đồ", Sentence: "Ba nơi.",
			Drawing: &report.Drawing{Screen: report.SVG{Width: 520, Height: 60, Markup: []byte(svg)}}},
		report.TableBlock{ID: "table", Table: t, Caption: "Diễn biến"},
	}}
}

func TestMarksLeadToPages(t *testing.T) {
	dir := edition(t, demoSite(), demoMap())
	b := look.Open(t)
	look.Call(t, b, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	b.Visit(t, fileURL(dir, "khu-vuc/ban-do.html"), 390, "dark")
	links := look.Ask[string](t, b, `[...document.querySelectorAll(".chart-still a")].map(a => a.getAttribute("href") ?? "none").join(" ")`)
	if links != "../don-vi/731.html none ../don-vi/739.html none" {
		t.Errorf("marks lead to %s", links)
	}
	if role := look.Ask[string](t, b, `document.querySelector(".chart-still").getAttribute("role")`); role != "group" {
		t.Errorf("the picture's role %q hides its links", role)
	}
	// The keyboard reaches the marks that lead somewhere, which tell themselves.
	do(t, b, `document.querySelectorAll(".chart-still a")[2].focus()`)
	for what, expression := range map[string]string{
		"focus": `document.activeElement.dataset.row`,
		"name":  `document.activeElement.getAttribute("aria-label")`,
		"tip":   `document.querySelector(".mark-tip").hidden ? "" : document.querySelector(".mark-tip").innerText.replace("\n", "|")`,
		"title": `String(document.querySelectorAll(".chart-still title").length)`,
		"room":  `String(document.querySelector(".mark-tip").getBoundingClientRect().right <= innerWidth)`,
		"width": `String(document.querySelector(".chart-still svg").getBoundingClientRect().width <= document.querySelector(".chart-box").clientWidth)`,
	} {
		want := map[string]string{"focus": "2", "name": "<b>Cẩm Mỹ: Tỷ lệ 50,0%", "tip": "<b>Cẩm Mỹ|Tỷ lệ 50,0%", "title": "0", "room": "true", "width": "true"}[what]
		if got := look.Ask[string](t, b, expression); got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	b.Run(t, chromedp.KeyEvent("\u001b"))
	if !look.Ask[bool](t, b, `document.querySelector(".mark-tip").hidden`) {
		t.Error("Escape does not hide the tip")
	}
	b.Quiet(t, "", fileURL(dir, ""))
}

func TestSparklines(t *testing.T) {
	var page strings.Builder
	if err := writer(t, "vi").Page(&page, demoSite(), demoMap()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<td class="spark-cell" data-v="2.5"><svg class="spark" viewBox="0 0 96 24" role="img" aria-label="tăng từ 1,0 mét lên 2,5 mét; thấp nhất 1,0 mét, cao nhất 4,0 mét; 1 kỳ chưa có số liệu"><path d="M3 16.5h.01M63 3L93 9.8"/><circle cx="93" cy="9.8" r="2.5"/>`,
		`aria-label="không đổi, ở mức 3,0 mét"`,
		`<td class="absent">–</td>`,
	} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}
