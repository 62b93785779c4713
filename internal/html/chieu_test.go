package html

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
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
		b := open(t)
		b.look(t, fileURL(dir, "index.html"), width, scheme)
		small := ask[float64](t, b, `parseFloat(getComputedStyle(document.querySelector("main p")).fontSize)`)
		do(t, b, `document.getElementById("project").focus()`)
		b.run(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".screen-bar")))
		large := ask[float64](t, b, `parseFloat(getComputedStyle(document.querySelector("main p")).fontSize)`)
		if width > 1000 && large < 1.25*small {
			t.Errorf("the type grows from %v px to %v", small, large)
		}
		press := func(key, want string) {
			t.Helper()
			b.run(t, chromedp.KeyEvent(key))
			if got := ask[string](t, b, onScreen); got != want {
				t.Errorf("%d px: %s, want %s", width, got, want)
			}
		}
		press(kb.Home, "1|1/5|Kết quả chỉnh lý tài liệu tồn đọng, giai đoạn 1|0|0")
		press(kb.ArrowLeft, "1|1/5|Kết quả chỉnh lý tài liệu tồn đọng, giai đoạn 1|0|0")
		press(kb.ArrowRight, "1|2/5|Tiến độ theo địa phương|0|0")
		press(kb.ArrowRight, "1|3/5|Tiến độ theo địa phương|0|0")
		press(kb.End, "1|5/5|Phụ lục I|0|0")
		press(kb.PageDown, "1|5/5|Phụ lục I|0|0")
		press(kb.PageUp, "1|4/5|Tồn tại, hạn chế|0|0")
		b.run(t, chromedp.KeyEvent(kb.Escape), chromedp.WaitVisible(chromedp.CSS(".masthead")))
		if at := ask[string](t, b, `location.href`); at != fileURL(dir, "index.html") {
			t.Errorf("Escape leads to %s", at)
		}
		b.quiet(t, fileURL(dir, ""))
	}
}
