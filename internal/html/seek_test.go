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

// unitPages are pages of units below the menu entry "Địa phương".
func unitPages(names ...string) []*report.Document {
	var docs []*report.Document
	for i, name := range names {
		docs = append(docs, &report.Document{
			Path: fmt.Sprintf("don-vi/%d", 731+i), Title: name, Parent: "index", Outputs: []string{"html"}, File: "reports/don-vi.md",
			Blocks: []report.Block{report.Paragraph{Text: text("Số liệu của " + name + ".")}},
		})
	}
	return docs
}

const seekResults = `[...document.querySelectorAll(".seek-results li")].map(li => (li.getAttribute("aria-selected") === "true" ? ">" : "") + li.querySelector("span").textContent).join("|")`

func TestSeek(t *testing.T) {
	units := unitPages("Huyện Định Quán", "Thành phố Biên Hòa", "Huyện Trảng Bom", `<b>"Quán" & hàng</b>`)
	units[2].Also = "H. TB&M 734"
	dir := edition(t, demoSite(), append(units, demoDocument())...)
	for scheme, width := range map[string]int64{"light": 1440, "dark": 390} {
		t.Run(scheme, func(t *testing.T) {
			b := look.Open(t)
			b.Visit(t, fileURL(dir, "don-vi/732.html"), width, scheme)
			if look.Ask[bool](t, b, `"tongketIndex" in window`) {
				t.Error("the index is loaded before anybody asks")
			}
			do(t, b, `document.getElementById("seek").focus()`)
			look.Ask[bool](t, b, `new Promise(done => { const look = () => window.tongketIndex ? done(true) : setTimeout(look, 5); look(); })`)
			for _, c := range []struct{ typed, want string }{
				{"dinh quan", ">Huyện Định Quán"},
				{"ĐỊNH", ">Huyện Định Quán"},
				{"quan", `>Huyện Định Quán|<b>"Quán" & hàng</b>`},
				{"bien hoa", ">Thành phố Biên Hòa"},
				{"hoa bien", ">Thành phố Biên Hòa"},
				{"734", ">Huyện Trảng Bom"},
				{"h. tb&m", ">Huyện Trảng Bom"},
				{"không có đâu", ""},
			} {
				do(t, b, `document.querySelector("#seek").value = ""`)
				b.Run(t, chromedp.SendKeys(chromedp.CSS("#seek"), c.typed))
				if got := look.Ask[string](t, b, seekResults); got != c.want {
					t.Errorf("%q finds %s, want %s", c.typed, got, c.want)
				}
			}
			if told := look.Ask[string](t, b, `document.querySelector(".seek-told").textContent`); told != "Không tìm thấy đơn vị hoặc trang phù hợp." {
				t.Errorf("nothing found is told as %q", told)
			}
			do(t, b, `document.querySelector("#seek").value = ""`)
			b.Run(t, chromedp.SendKeys(chromedp.CSS("#seek"), "quan"), chromedp.KeyEvent(kb.ArrowDown))
			if got := look.Ask[string](t, b, seekResults); got != `Huyện Định Quán|><b>"Quán" & hàng</b>` {
				t.Errorf("an arrow key leads to %s", got)
			}
			b.Run(t, chromedp.KeyEvent(kb.Escape))
			if look.Ask[bool](t, b, `document.querySelector(".seek-panel").checkVisibility()`) {
				t.Error("Escape leaves the list open")
			}
			b.Run(t, chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.Enter),
				chromedp.WaitNotPresent(chromedp.CSS(`.seek-results li`)))
			if at := look.Ask[string](t, b, `location.href`); at != fileURL(dir, "don-vi/731.html") {
				t.Errorf("Enter leads to %s", at)
			}
			b.Quiet(t, "", fileURL(dir, ""))
		})
	}
}

// TestIndexIsCut: a programme of very many units keeps a small index, and the
// box says what it leaves out.
func TestIndexIsCut(t *testing.T) {
	var names []string
	for i := range indexed + 40 {
		names = append(names, fmt.Sprintf("Xã số %d", i))
	}
	site, home := demoSite(), demoDocument()
	var out strings.Builder
	if err := writer(t, "vi").Index(&out, site, append(unitPages(names...), home)); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), `window.tongketIndex={"pages":[["`+home.Title) || !strings.HasSuffix(out.String(), "\"left\":41};\n") {
		t.Errorf("the index is %.120s … %s", out.String(), out.String()[out.Len()-60:])
	}
	if out.Len() > 512<<10 {
		t.Errorf("the index has %d bytes", out.Len())
	}
	dir := edition(t, site, home)
	put(t, dir+"/"+IndexFile, []byte(out.String()))
	b := look.Open(t)
	b.Visit(t, fileURL(dir, "index.html"), 390, "light")
	b.Run(t, chromedp.SendKeys(chromedp.CSS("#seek"), "xa so"), chromedp.WaitVisible(chromedp.CSS(".seek-told")))
	if told := look.Ask[string](t, b, `document.querySelector(".seek-told").textContent`); told != "Hiển thị 12/4999 kết quả; gõ thêm chữ để thu hẹp. Ô tìm kiếm chưa gồm 41 trang ở cuối danh sách." {
		t.Errorf("the box says %q", told)
	}
}
