package edition_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tongket/internal/look"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// The sample has fourteen reports of one page, one that makes a page for each of
// 31 units, one a letter to each of 12 that are to be reminded, one a receipt
// for each of 22 files, and one a page for each query.
const (
	sampleReports = 13 + 31
	sampleLetters = 20
	sampleQueries = 93
	samplePages   = sampleReports + sampleLetters + 1 + 22 + sampleQueries
)

// TestSite opens every page of the sample as its readers do, on a machine
// without a network.
func TestSite(t *testing.T) {
	if alone(t) {
		return
	}
	tab := newTab(t)
	made := sampleEdition(t)
	names := slices.Sorted(maps.Keys(made.pages(t)))
	if len(names) != samplePages {
		t.Fatalf("%d pages, want %d", len(names), samplePages)
	}
	disk := (&url.URL{Scheme: "file", Path: filepath.ToSlash(made.folder) + "/"}).String()
	server := httptest.NewServer(http.StripPrefix("/noi-vu/tong-ket/", http.FileServer(http.Dir(made.folder))))
	defer server.Close()
	served := server.URL + "/noi-vu/tong-ket/"

	t.Run("from disk", func(t *testing.T) { tab.visit(t, disk, names, 1440) })
	t.Run("from a server, on a phone", func(t *testing.T) { tab.visit(t, served, names, 360) })
	t.Run("without scripts", func(t *testing.T) { tab.visitStill(t, disk, names) })
	t.Run("a live chart stands where the still one stood", func(t *testing.T) { tab.stands(t, disk) })
	t.Run("a bar leads to its unit", func(t *testing.T) { tab.pressBar(t, disk) })
	t.Run("charts by the keyboard", func(t *testing.T) { tab.walkCharts(t, disk) })
	t.Run("maps by the keyboard", func(t *testing.T) { tab.walkMarks(t, disk) })
	t.Run("a filter", func(t *testing.T) { tab.filter(t, disk) })
	t.Run("an abbreviation finds its unit", func(t *testing.T) { tab.seek(t, disk) })
	t.Run("a product of figures is told with all that it is made of", func(t *testing.T) {
		if text := string(made.pages(t)["so-hoa.html"]); !strings.Contains(text, "Trừ 644.110 trang đã số hóa, với đơn giá 5.100 đồng/trang") {
			t.Error("the money for digitizing leaves out pages that nobody is told of")
		}
	})
	t.Run("explore", func(t *testing.T) { tab.explore(t, disk) })
	t.Run("axe", func(t *testing.T) { tab.axe(t, disk) })
}

// shifted sums up what moved after it was painted, as browsers score it.
const shifted = `(() => {
	const moves = [];
	const watch = new PerformanceObserver(list => moves.push(...list.getEntries()));
	watch.observe({ type: "layout-shift", buffered: true });
	window.shifted = () => {
		moves.push(...watch.takeRecords());
		return moves.reduce((sum, move) => sum + move.value, 0);
	};
})()`

// mostShift is what a browser may score before a page is called restless; the
// common bound is 0.1.
const mostShift = 0.01

// measured is what a page says of itself.
type measured struct {
	Shift  float64
	Over   float64 // pixels by which the page is wider than the window
	Charts []struct {
		ID                string
		Live              bool
		Still, Drawn, Box float64 // heights
	}
	Cut []string // tables that a wide window does not show whole
	Raw string   // what was meant as emphasis and is shown as it was typed
}

const measure = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done({
	Shift: shifted(),
	Over: document.documentElement.scrollWidth - innerWidth,
	Charts: [...document.querySelectorAll("figure.chart:has(.chart-still svg):has(.chart-option)")].map(figure => ({
		ID: figure.id,
		Live: figure.querySelector(".chart-live canvas") !== null,
		Still: Number(figure.querySelector(".chart-still svg").getAttribute("height")),
		Drawn: figure.querySelector(".chart-live").offsetHeight,
		Box: figure.querySelector(".chart-box").offsetHeight,
	})),
	Raw: (document.querySelector("main").innerText.split("**").slice(0, 2).join("**").match(/.{0,30}[*][*].{0,30}/) || [""])[0],
	Cut: [...document.querySelectorAll("main .table-frame")].filter(frame => frame.scrollWidth > frame.clientWidth + 1).map(frame => frame.getAttribute("aria-labelledby")),
}))))`

func (b *tab) visit(t *testing.T, under string, names []string, width int64) {
	b.Forget()
	script, err := chromedp.Call(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: shifted})
	if err != nil {
		t.Fatal(err)
	}
	defer look.Call(t, b.Tab, page.RemoveScriptToEvaluateOnNewDocument, page.RemoveScriptToEvaluateOnNewDocumentParams(script))
	charts := 0
	for _, name := range names {
		t.Log(name)
		b.look(t, under+name, width, "light")
		m := look.Ask[measured](t, b.Tab, measure)
		if m.Shift >= mostShift {
			t.Errorf("%s: moves after its first paint, by %.3f", name, m.Shift)
		}
		if m.Over > 0 {
			t.Errorf("%s: %.0f px wider than the window", name, m.Over)
		}
		if m.Raw != "" {
			t.Errorf("%s: shows marks of Markdown: %s", name, m.Raw)
		}
		for _, c := range m.Charts {
			if !c.Live || c.Drawn != c.Still || c.Box != c.Still {
				t.Errorf("%s, %s: live %t, %v px high in a box of %v px; its still is %v px high", name, c.ID, c.Live, c.Drawn, c.Box, c.Still)
			}
		}
		if width > 1000 && len(m.Cut) > 0 {
			t.Errorf("%s: tables with columns out of sight: %v", name, m.Cut)
		}
		charts += len(m.Charts)
		b.Quiet(t, name, under)
	}
	if charts < sampleReports {
		t.Errorf("%d charts were seen, want one a report or more", charts)
	}
}

// visitStill looks at the pages the way they are without JavaScript.
func (b *tab) visitStill(t *testing.T, under string, names []string) {
	b.Forget()
	look.Call(t, b.Tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	defer look.Call(t, b.Tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: false})
	tables := 0
	for _, name := range names {
		b.Run(t, chromedp.EmulateViewport(1440, 900), chromedp.Navigate(under+name))
		if look.Ask[bool](t, b.Tab, `document.documentElement.classList.contains("js")`) {
			t.Fatalf("%s: scripts run", name)
		}
		hidden := look.Ask[[]string](t, b.Tab, `[...document.querySelectorAll("figure.chart .chart-still svg, main > .table-block .data tbody, .annex > .table-block .data tbody, #menu a")]
			.filter(e => !e.checkVisibility() || e.getBoundingClientRect().height < 10).map(e => e.closest("[id]").id)`)
		if len(hidden) > 0 {
			t.Errorf("%s: not to be seen without scripts: %v", name, hidden)
		}
		tables += look.Ask[int](t, b.Tab, `document.querySelectorAll("figure.chart, figure.code, main > .table-block").length`)
		b.Quiet(t, name, under)
	}
	if tables < 2*samplePages {
		t.Errorf("%d charts, tables and texts of queries were seen, want two a page or more", tables)
	}
}

// seek asks for units as the charts and the contract call them.
func (b *tab) seek(t *testing.T, under string) {
	b.look(t, under+"index.html", 1440, "light")
	for typed, want := range map[string]string{"sgtvt": "Sở Giao thông vận tải", "so tn&mt": "Sở Tài nguyên và Môi trường", "731": "Thành phố Biên Hòa"} {
		b.Run(t, chromedp.Evaluate[chromedp.Void](`document.querySelector("#seek").value = ""`),
			chromedp.SendKeys(chromedp.CSS("#seek"), typed), chromedp.WaitVisible(chromedp.CSS(".seek-told")))
		if got := look.Ask[string](t, b.Tab, `document.querySelector(".seek-results li span")?.textContent ?? ""`); got != want {
			t.Errorf("%q finds %q, want %q", typed, got, want)
		}
	}
	b.Quiet(t, "index.html", under)
}

// pressBar presses the first bar of a chart of units. The pointer looks for
// it: over a bar that leads somewhere it turns into a hand.
func (b *tab) pressBar(t *testing.T, under string) {
	b.look(t, under+"so-nganh.html", 1440, "light")
	const live = `document.querySelector("figure.chart .chart-live")`
	want := look.Ask[string](t, b.Tab, `document.querySelector("figure.chart .chart-data tbody a").href`)
	b.Run(t, chromedp.Evaluate[chromedp.Void](live+`.scrollIntoView()`))
	box := look.Ask[[]float64](t, b.Tab, `(r => [r.left, r.top, r.width])(`+live+`.getBoundingClientRect())`)
	x := box[0] + box[2]/2
	for y := box[1]; y < box[1]+100; y += 4 {
		b.Run(t, chromedp.MouseEvent("mouseMoved", x, y))
		if look.Ask[string](t, b.Tab, live+`.firstElementChild.style.cursor`) == "pointer" {
			b.Run(t, chromedp.MouseClickXY(x, y), chromedp.WaitVisible(chromedp.CSS("header.title .way")))
			if got := look.Ask[string](t, b.Tab, `location.href`); got != want {
				t.Errorf("the first bar leads to %s, its row to %s", got, want)
			}
			return
		}
	}
	t.Error("no bar under the pointer leads anywhere")
}

func (b *tab) axe(t *testing.T, under string) {
	for _, name := range []string{
		"index.html", "so-nganh.html", "dia-phuong.html", "cham-tien-do.html", "chat-luong.html", "kinh-phi.html", "khen-thuong.html", "giai-doan-2.html", "so-hoa.html",
		"tinh-hinh-bao-cao.html", "nguon-so-lieu.html", "bao-cao-tong-ket.html", "kham-pha.html", "hoi-so-lieu.html",
		"don-vi/731.html", "don-doc/731.html", "phieu/21.html", "nguon/progress_by_department.html", "so-nganh.html?chieu",
	} {
		for scheme, width := range map[string]int64{"light": 1440, "dark": 390} {
			b.look(t, under+name, width, scheme)
			b.Run(t, chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`))
			for _, fault := range b.Axe(t) {
				t.Errorf("%s, %s, %d px: %s", name, scheme, width, fault)
			}
		}
	}
}

// tab is a browser's tab that looks at the sample's pages.
type tab struct{ *look.Tab }

func newTab(t *testing.T) *tab {
	t.Helper()
	if _, err := os.Stat("../../templates/dist/site.js"); err != nil {
		look.Lacking(t, "templates/dist is empty: run make to bundle scripts and styles")
	}
	return &tab{look.Open(t)}
}

// look opens an address and waits until its charts are mounted.
func (b *tab) look(t *testing.T, address string, width int64, scheme string) {
	t.Helper()
	b.Visit(t, address, width, scheme)
	b.Run(t, chromedp.WaitNotPresent(chromedp.CSS("figure.chart:has(.chart-option):not(.is-live)")))
}
