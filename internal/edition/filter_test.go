package edition_test

import (
	"strings"
	"testing"

	"tongket/internal/look"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// seen is what the page of departments shows.
const seen = `(() => {
	const rows = [...document.querySelectorAll("main > .table-block tbody tr")].filter(r => r.checkVisibility());
	return [
		rows.map(r => r.dataset.f ? JSON.parse(r.dataset.f)[0] : r.textContent).join(),
		document.querySelector("main > .table-block .table-count").textContent,
		document.querySelector("main > .table-block tfoot").checkVisibility() ? document.querySelector("main > .table-block tfoot th").textContent : "",
		document.querySelector("figure.chart .chart-sentence").textContent,
		String(document.querySelector("figure.chart .chart-box").checkVisibility()),
		location.hash,
	].join("|");
})()`

// filter chooses departments by their state, with the keyboard, and looks at
// all that must follow: charts, tables, sums, counts, the address.
func (b *tab) filter(t *testing.T, under string) {
	for scheme, width := range map[string]int64{"light": 1440, "dark": 390} {
		b.look(t, under+"so-nganh.html", width, scheme)
		height := func() float64 {
			return look.Ask[float64](t, b.Tab, `document.querySelector("figure.chart .chart-live canvas").offsetHeight`)
		}
		whole, high := look.Ask[string](t, b.Tab, seen), height()
		press := func(value string) {
			b.Run(t, chromedp.Evaluate[chromedp.Void](`document.querySelector(".filter-chip[value=`+value+`]").focus()`), chromedp.KeyEvent(kb.Enter))
		}
		press("behind")
		nine := strings.Repeat("behind,", 8) + "behind|Hiển thị 9/20 dòng|Cộng 9 dòng hiển thị|Biểu đồ hiển thị 9/20 dòng theo bộ lọc.|true|#?status=behind"
		if got := look.Ask[string](t, b.Tab, seen); got != nine {
			t.Errorf("%d px: behind only: %s", width, got)
		}
		if now := height(); now >= high*2/3 {
			t.Errorf("%d px: the chart of 9 of 20 bars is %v px high, that of all %v", width, now, high)
		}
		b.look(t, under+"index.html", width, scheme)
		b.look(t, under+"so-nganh.html#?status=behind", width, scheme)
		if got := look.Ask[string](t, b.Tab, seen); got != nine {
			t.Errorf("%d px: by a link: %s", width, got)
		}
		press("not_started")
		if got := look.Ask[string](t, b.Tab, seen); !strings.HasSuffix(got, "11/20 dòng theo bộ lọc.|true|#?status=behind&status=not_started") {
			t.Errorf("%d px: two states: %s", width, got)
		}
		if over := look.Ask[float64](t, b.Tab, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
			t.Errorf("%d px: the page is %v px wider than the window", width, over)
		}
		b.look(t, under+"index.html", width, scheme)
		b.look(t, under+"so-nganh.html#?status=unheard-of", width, scheme)
		if got := look.Ask[string](t, b.Tab, seen); got != whole+"#?status=unheard-of" {
			t.Errorf("%d px: a link to nothing: %s", width, got)
		}
		press("done")
		b.Run(t, chromedp.Evaluate[chromedp.Void](`(i => { i.value = "GTVT"; i.dispatchEvent(new Event("input")) })(document.querySelector(".table-search input"))`))
		if got := look.Ask[string](t, b.Tab, seen); !strings.HasPrefix(got, "Không có dòng nào phù hợp|Không có dòng nào phù hợp||") {
			t.Errorf("%d px: nothing fits: %s", width, got)
		}
		b.Run(t, chromedp.Evaluate[chromedp.Void](`(i => { i.value = ""; i.dispatchEvent(new Event("input")) })(document.querySelector(".table-search input"))`),
			chromedp.Evaluate[chromedp.Void](`document.querySelector(".filter-clear").focus()`), chromedp.KeyEvent(kb.Enter))
		if got := look.Ask[string](t, b.Tab, seen); got != whole {
			t.Errorf("%d px: cleared: %s; at first it was %s", width, got, whole)
		}
		if now := height(); now != high {
			t.Errorf("%d px: cleared, the chart is %v px high, not %v", width, now, high)
		}
		b.Quiet(t, "so-nganh.html", under)
	}
	b.filterMarks(t, under)
}

// filterMarks looks at the pictures that no script draws: places and cells that
// are left out fade, and nothing claims more than is shown.
func (b *tab) filterMarks(t *testing.T, under string) {
	b.look(t, under+"index.html", 1440, "light")
	b.look(t, under+"dia-phuong.html#?status=behind", 1440, "light")
	for _, kind := range []string{".is-map", ".has-marks:not(.is-map)"} {
		figure := `document.querySelector("` + kind + `").closest("figure")`
		wrong := look.Ask[[]string](t, b.Tab, `(figure => {
			const rows = [...figure.querySelectorAll(".chart-data tbody tr")];
			return [...figure.querySelectorAll(".chart-still [data-row]")].filter(mark => mark.querySelector("rect, path")).filter(mark => {
				const row = rows[Number(mark.dataset.row)];
				return row.hidden === row.dataset.f.includes("behind") || (Number(getComputedStyle(mark).opacity) < 0.5) !== row.hidden;
			}).map(mark => mark.dataset.row);
		})(`+figure+`)`)
		if len(wrong) > 0 {
			t.Errorf("%s: marks of rows %v are shown wrongly", kind, wrong)
		}
		if !look.Ask[bool](t, b.Tab, `(figure => { const n = figure.querySelectorAll(".is-out").length; return n > 0 && n < figure.querySelectorAll(".chart-still [data-row]").length &&
			figure.querySelector(".chart-still").getAttribute("aria-label").startsWith("Biểu đồ hiển thị ") })(`+figure+`)`) {
			t.Errorf("%s: the picture is not filtered, or says otherwise", kind)
		}
	}
	if look.Ask[bool](t, b.Tab, `[...document.querySelectorAll(".has-marks a[data-row] > text:only-of-type")].some(name => !name.parentElement.querySelector("rect, path") && getComputedStyle(name.parentElement).opacity < 1)`) {
		t.Error("the name of a line fades")
	}
	if got := look.Ask[string](t, b.Tab, `[...document.querySelectorAll("main > .table-block tbody tr:not([hidden]) .count")].map(c => c.textContent).join()`); got != "1,2,3,4,5,6,7" {
		t.Errorf("the rows that are left are numbered %s", got)
	}
	b.Quiet(t, "dia-phuong.html", under)
}
