package edition_test

import (
	"fmt"
	"strings"
	"testing"

	"tongket/internal/look"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// walkCharts reads charts by the keyboard: each tells all its rows beside a tip
// that stands in it.
func (b *tab) walkCharts(t *testing.T, under string) {
	for _, name := range []string{"index.html", "so-nganh.html", "dia-phuong.html", "kinh-phi.html", "giai-doan-2.html", "don-vi/731.html"} {
		b.look(t, under+name, 1440, "light")
		for i := range look.Ask[int](t, b.Tab, `document.querySelectorAll(".chart-live").length`) {
			live := fmt.Sprintf(`[...document.querySelectorAll(".chart-live")][%d]`, i)
			if !look.Ask[bool](t, b.Tab, live+`.hidden || (`+live+`.focus(), false)`) {
				b.walkChart(t, name, live)
			}
		}
		b.Quiet(t, name, under)
	}

	// Enter opens what a click on the bar would.
	b.look(t, under+"dia-phuong.html", 1440, "light")
	chart := `document.querySelector("figure.chart.is-live:has(.chart-data a[href])")`
	want := look.Ask[string](t, b.Tab, chart+`.querySelector(".chart-data tbody tr:nth-child(3) a[href]").href`)
	look.Ask[bool](t, b.Tab, `(`+chart+`.querySelector(".chart-live").focus(), true)`)
	b.Run(t, chromedp.KeyEvent(kb.Home), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible(chromedp.CSS("main h1")))
	if got := look.Ask[string](t, b.Tab, `location.href`); got != want {
		t.Errorf("Enter on the third bar leads to %s, want %s", got, want)
	}
}

func (b *tab) walkChart(t *testing.T, page, live string) {
	t.Helper()
	told := map[string]bool{}
	b.Run(t, chromedp.KeyEvent(kb.Home))
	for range 500 {
		at := look.Ask[struct {
			Told, Tip string
			Inside    bool
		}](t, b.Tab, `(live => {
			const tip = live.querySelector(".chart-tip"), box = live.getBoundingClientRect(), r = tip?.getBoundingClientRect();
			return { Told: live.querySelector(".chart-told").textContent, Tip: tip && getComputedStyle(tip).visibility !== "hidden" ? tip.textContent : "",
				Inside: !!r && r.left >= box.left - 1 && r.right <= box.right + 1 };
		})(`+live+`)`)
		if at.Told == "" || at.Tip == "" || !at.Inside {
			t.Fatalf("%s: %s: the row %d is told as %+v", page, live, len(told)+1, at)
		}
		bare := strings.NewReplacer(" ", "", ";", "")
		if bare.Replace(at.Told) != bare.Replace(at.Tip) {
			t.Fatalf("%s: %s: %q is read aloud, %q is shown", page, live, at.Told, at.Tip)
		}
		if told[at.Told] {
			break
		}
		told[at.Told] = true
		b.Run(t, chromedp.KeyEvent(kb.ArrowRight))
	}
	rows := look.Ask[int](t, b.Tab, live+`.closest("figure").querySelectorAll(".chart-data tbody tr").length`)
	if len(told) < rows {
		t.Errorf("%s: %s: %d rows are told, the table has %d", page, live, len(told), rows)
	}
	b.Run(t, chromedp.KeyEvent(kb.Escape))
	if left := look.Ask[string](t, b.Tab, live+`.querySelector(".chart-told").textContent`); left != "" {
		t.Errorf("%s: Escape leaves %q", page, left)
	}
}

// walkMarks goes over a map and a heat map with the arrows: each is one stop
// of the Tab key, and a mark that is left out by a filter is passed over.
func (b *tab) walkMarks(t *testing.T, under string) {
	b.look(t, under+"dia-phuong.html", 1440, "light")
	for _, kind := range []string{".is-map", ".has-marks:not(.is-map)"} {
		picture := `document.querySelector("` + kind + `")`
		if stops := look.Ask[int](t, b.Tab, picture+`.querySelectorAll("[tabindex='0']").length`); stops != 1 {
			t.Errorf("%s: %d stops of the Tab key", kind, stops)
		}
		look.Ask[bool](t, b.Tab, `(`+picture+`.querySelector("[tabindex='0']").focus(), true)`)
		reached := map[string]bool{}
		for _, key := range []string{kb.End, kb.Home, kb.ArrowDown, kb.ArrowRight, kb.ArrowDown, kb.ArrowLeft, kb.ArrowUp} {
			before := look.Ask[[]float64](t, b.Tab, spot)
			b.Run(t, chromedp.KeyEvent(key))
			after := look.Ask[[]float64](t, b.Tab, spot)
			moved := []float64{after[0] - before[0], after[1] - before[1]}
			ahead := map[string]float64{kb.ArrowDown: moved[1], kb.ArrowUp: -moved[1], kb.ArrowRight: moved[0], kb.ArrowLeft: -moved[0]}
			if way, ok := ahead[key]; ok && way <= 0 {
				t.Errorf("%s: an arrow moves by %v", kind, moved)
			}
			reached[fmt.Sprint(after)] = true
			if tip := look.Ask[string](t, b.Tab, `document.querySelector(".mark-tip").hidden ? "" : document.querySelector(".mark-tip").textContent`); tip == "" {
				t.Errorf("%s: a mark that the keys reach tells nothing", kind)
			}
		}
		if len(reached) < 4 {
			t.Errorf("%s: the arrows reach %d marks", kind, len(reached))
		}
	}
	want := look.Ask[string](t, b.Tab, `document.querySelector(".has-marks:not(.is-map) a[data-row='" + document.activeElement.dataset.row + "']").href.baseVal`)
	b.Run(t, chromedp.KeyEvent(kb.Enter), chromedp.WaitNotPresent(chromedp.CSS(".is-map")), chromedp.WaitVisible(chromedp.CSS("main h1")))
	if got := look.Ask[string](t, b.Tab, `location.href`); !strings.HasSuffix(got, want) {
		t.Errorf("Enter leads to %s, want %s", got, want)
	}
}

// spot is where on the page the mark lies that has the focus.
const spot = `(r => [r.left + r.width / 2 + scrollX, r.top + r.height / 2 + scrollY])(document.activeElement.getBoundingClientRect())`
