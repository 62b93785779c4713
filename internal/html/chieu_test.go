package html

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"tongket/internal/look"
	"tongket/internal/report"
)

// onScreen is what a projected page shows: place, section, and by how much the
// page is wider or higher than the window.
const onScreen = `(() => {
	const shown = [...document.querySelectorAll(".screen")].filter(s => s.checkVisibility());
	const first = shown[0].querySelector("h1, h2, .screen-heading");
	const root = document.documentElement;
	return [shown.length, document.querySelector(".screen-bar span").textContent, first.firstChild.textContent.trim(),
		Math.max(0, root.scrollWidth - innerWidth), Math.max(0, root.scrollHeight - innerHeight)].join("|");
})()`

func TestProjector(t *testing.T) {
	dir := edition(t, demoSite(), demoDocument())
	for scheme, width := range map[string]int64{"light": 1440, "dark": 390} {
		b := look.Open(t)
		b.Visit(t, fileURL(dir, "index.html"), width, scheme)
		small := look.Ask[float64](t, b, `parseFloat(getComputedStyle(document.querySelector("main p")).fontSize)`)
		do(t, b, `document.getElementById("project").focus()`)
		b.Run(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".screen-bar")))
		large := look.Ask[float64](t, b, `parseFloat(getComputedStyle(document.querySelector("main p")).fontSize)`)
		if width > 1000 && large < 1.25*small {
			t.Errorf("the type grows from %v px to %v", small, large)
		}
		press := func(key, want string) {
			t.Helper()
			b.Run(t, chromedp.KeyEvent(key))
			if got := look.Ask[string](t, b, onScreen); got != want {
				t.Errorf("%d px: %s, want %s", width, got, want)
			}
		}
		press(kb.Home, "1|1/6|Kết quả chỉnh lý tài liệu tồn đọng, giai đoạn 1|0|0")
		press(kb.ArrowLeft, "1|1/6|Kết quả chỉnh lý tài liệu tồn đọng, giai đoạn 1|0|0")
		press(kb.ArrowRight, "1|2/6|Tiến độ theo địa phương|0|0")
		press(kb.ArrowRight, "1|3/6|Tiến độ theo địa phương|0|0")
		press(kb.End, "1|6/6|Phụ lục I|0|0")
		press(kb.PageDown, "1|6/6|Phụ lục I|0|0")
		press(kb.PageUp, "1|5/6|Tồn tại, hạn chế|0|0")
		if names := look.Ask[string](t, b, `[...document.querySelectorAll(".screen:not([hidden]) :is(h3, caption)")].map(e => e.firstChild.textContent.trim()).join("|")`); names != "Khen thưởng|Các tập thể có nhiều hồ sơ nhất" {
			t.Errorf("%d px: the table stands below %s", width, names)
		}
		b.Run(t, chromedp.KeyEvent(kb.Escape), chromedp.WaitVisible(chromedp.CSS(".masthead")))
		if at := look.Ask[string](t, b, `location.href`); at != fileURL(dir, "index.html") {
			t.Errorf("Escape leads to %s", at)
		}
		b.Quiet(t, "", fileURL(dir, ""))
	}
}

// TestProjectorAddress: an address that was cut off in the middle of a letter
// shows the page from its beginning.
func TestProjectorAddress(t *testing.T) {
	dir := edition(t, demoSite(), demoDocument())
	b := look.Open(t)
	for hash, want := range map[string]string{
		"#%": "1|1/6|", "#%E0%A4%A": "1|1/6|", "#?status=%": "1|1/6|", "#han-che": "1|4/6|",
	} {
		b.Visit(t, "about:blank", 1440, "light")
		b.Visit(t, fileURL(dir, "index.html")+"?chieu"+hash, 1440, "light")
		if got := look.Ask[string](t, b, onScreen); !strings.HasPrefix(got, want) {
			t.Errorf("%s shows %s, want %s", hash, got, want)
		}
	}
	b.Quiet(t, "", "")
}

// TestProjectorRoom: a chart that text would push off the screen gets one of
// its own, below the section's name, and no block touches the one before it.
func TestProjectorRoom(t *testing.T) {
	doc := demoDocument()
	var lines []report.Block
	for range 9 {
		lines = append(lines, report.Paragraph{Text: text(strings.Repeat("Đến hết quý IV/2021. ", 12))})
	}
	chart := slices.IndexFunc(doc.Blocks, func(b report.Block) bool { _, ok := b.(*report.Chart); return ok })
	doc.Blocks = slices.Insert(doc.Blocks, chart, lines...)
	dir := edition(t, demoSite(), doc)
	b := look.Open(t)
	b.Visit(t, fileURL(dir, "index.html")+"?chieu", 1440, "light")
	b.Run(t, chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowRight))
	if got := look.Ask[string](t, b, onScreen); got != "1|3/7|Tiến độ theo địa phương|0|0" {
		t.Errorf("the chart is on %s", got)
	}
	if over := look.Ask[float64](t, b, `document.querySelector("figure.chart .chart-box").getBoundingClientRect().bottom - innerHeight`); over > 0 {
		t.Errorf("the chart is cut off by %v px", over)
	}
	b.Run(t, chromedp.KeyEvent(kb.Home))
	near := look.Ask[[]string](t, b, `[...document.querySelectorAll(".screen:not([hidden]) > *")].filter((e, i, all) => i > 0 && e.getBoundingClientRect().top - all[i - 1].getBoundingClientRect().bottom < 8).map(e => e.className || e.tagName)`)
	if len(near) > 0 {
		t.Errorf("too near to what is above: %v", near)
	}
}
