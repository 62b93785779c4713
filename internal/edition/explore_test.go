package edition_test

import (
	"strings"
	"testing"

	"tongket/internal/look"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// putTogether is what the page of one's own charts shows.
const putTogether = `(() => {
	const cells = row => [...row.cells].slice(0, 3).map(c => c.textContent).join(";");
	const table = document.querySelector(".explore-table table");
	return [
		table.caption.textContent, table.tBodies[0].rows.length, cells(table.tHead.rows[0]), cells(table.tBodies[0].rows[0]),
		document.querySelector(".explore-chart canvas") !== null, document.querySelector(".explore-told").textContent, decodeURIComponent(location.hash),
	].join("|");
})()`

func (b *tab) explore(t *testing.T, under string) {
	for scheme, width := range map[string]int64{"light": 1440, "dark": 360} {
		b.look(t, under+"kham-pha.html", width, scheme)
		first := look.Ask[string](t, b.Tab, putTogether)
		if want := "Khối lượng đã chỉnh lý theo đơn vị, quý IV/2021|31|Đơn vị;Khối lượng đã chỉnh lý (mét)|Văn phòng UBND tỉnh;412,0|true||"; first != want {
			t.Errorf("%d px: at first %s, want %s", width, first, want)
		}
		// By keyboard: rows become blocks, columns states.
		for _, name := range []string{"r", "c"} {
			b.Run(t, chromedp.Evaluate[chromedp.Void](`document.querySelector(".explore select[name=`+name+`]").focus()`))
			word := map[string]string{"r": "Khối", "c": "Tình"}[name]
			b.Run(t, chromedp.KeyEvent(word))
			b.Run(t, chromedp.KeyEvent(kb.Tab))
		}
		got := look.Ask[string](t, b.Tab, putTogether)
		if !strings.Contains(got, "Khối lượng đã chỉnh lý theo") || !strings.Contains(got, "#?q=progress_course&m=arranged_m&r=block&c=status&p=2021-Q4&t=bar") || !strings.Contains(got, "Mỗi số là tổng của các dòng tương ứng.") {
			t.Errorf("%d px: by block and state: %s", width, got)
		}
		address := look.Ask[string](t, b.Tab, `location.href`)
		b.look(t, under+"index.html", width, scheme)
		b.look(t, address, width, scheme)
		if again := look.Ask[string](t, b.Tab, putTogether); again != got {
			t.Errorf("%d px: the link shows %s, not %s", width, again, got)
		}
		b.look(t, under+"index.html", width, scheme)
		b.look(t, under+"kham-pha.html#?q=progress_course&m=done_share&r=period&c=block&t=line", width, scheme)
		if got := look.Ask[string](t, b.Tab, putTogether); !strings.Contains(got, "Tỷ lệ hoàn thành theo") || !strings.Contains(got, "trung bình cộng giản đơn") {
			t.Errorf("%d px: shares over time: %s", width, got)
		}
		if over := look.Ask[float64](t, b.Tab, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
			t.Errorf("%d px: the page is %v px wider than the window", width, over)
		}
		b.Run(t, chromedp.Evaluate[chromedp.Void](`URL.createObjectURL = blob => { window.saved = blob; return "#" }; HTMLAnchorElement.prototype.click = function () {}; document.querySelector(".explore-csv").click()`))
		if text := look.Ask[string](t, b.Tab, `window.saved.text()`); !strings.HasPrefix(strings.TrimPrefix(text, "\ufeff"), "Kỳ báo cáo;") {
			t.Errorf("%d px: the file is %.200s", width, text)
		}
		b.Quiet(t, "kham-pha.html", under)
	}
}
