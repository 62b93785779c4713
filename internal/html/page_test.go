package html

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"tongket/internal/look"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

func TestPageFromDiskAndSubPath(t *testing.T) {
	dir := edition(t, demoSite(), demoDocument(), demoPaper())
	server := httptest.NewServer(http.StripPrefix("/noi-vu/tong-ket/", http.FileServer(http.Dir(dir))))
	defer server.Close()
	for name, under := range map[string]string{
		"disk":     fileURL(dir, ""),
		"sub-path": server.URL + "/noi-vu/tong-ket/",
	} {
		t.Run(name, func(t *testing.T) {
			b := look.Open(t)
			for _, path := range []string{"index.html", "bao-cao/tong-ket.html"} {
				b.Visit(t, under+path, 1280, "light")
				if !look.Ask[bool](t, b, `document.documentElement.classList.contains("js") && !document.getElementById("theme").hidden`) {
					t.Errorf("%s: the script did not run", path)
				}
				if family := look.Ask[string](t, b, `getComputedStyle(document.body).fontFamily`); !strings.Contains(family, "Be Vietnam Pro") {
					t.Errorf("%s: no style: font-family is %s", path, family)
				}
				if !look.Ask[bool](t, b, `[...document.fonts].some(f => f.family.includes("Be Vietnam Pro") && f.status === "loaded")`) {
					t.Errorf("%s: the font did not load", path)
				}
			}
			if home := look.Ask[string](t, b, `document.querySelector(".programme a").href`); home != under+"index.html" {
				t.Errorf("home is %s", home)
			}
			b.Quiet(t, "", under)
		})
	}
}

func TestSort(t *testing.T) {
	dir := edition(t, demoSite(), demoDocument())
	b := look.Open(t)
	b.Visit(t, fileURL(dir, "index.html"), 1440, "light")
	order := func(header string, presses int) string {
		for range presses {
			do(t, b, `[...document.querySelectorAll("#progress-by-locality .sort")].find(s => s.textContent.startsWith("`+header+`")).click()`)
		}
		return look.Ask[string](t, b, `[...document.querySelectorAll("#progress-by-locality tbody:last-of-type tr:not(.group, .subtotal, .empty)")].map(r => r.cells[0].textContent + " " + r.cells[1].textContent).join(", ")`)
	}
	given := order("Đơn vị", 0)
	for _, c := range []struct {
		header  string
		presses int
		want    string
	}{
		// Largest first, Cẩm Mỹ without a value last.
		{"Đã chỉnh lý", 1, "3 Long Thành, 4 Trảng Bom, 5 Định Quán, 6 Vĩnh Cửu, 7 Nhơn Trạch, 8 Xuân Lộc, 9 Tân Phú, 10 Thống Nhất, 11 Cẩm Mỹ"},
		{"Đã chỉnh lý", 1, "3 Thống Nhất, 4 Tân Phú, 5 Xuân Lộc, 6 Nhơn Trạch, 7 Vĩnh Cửu, 8 Định Quán, 9 Trảng Bom, 10 Long Thành, 11 Cẩm Mỹ"},
		{"Đã chỉnh lý", 1, given},
		// In Vietnamese Đ stands after all of D and before E, and Tr after Th.
		{"Đơn vị", 1, "3 Cẩm Mỹ, 4 Định Quán, 5 Long Thành, 6 Nhơn Trạch, 7 Tân Phú, 8 Thống Nhất, 9 Trảng Bom, 10 Vĩnh Cửu, 11 Xuân Lộc"},
		{"Tiến độ", 1, "3 Cẩm Mỹ, 4 Thống Nhất, 5 Tân Phú, 6 Xuân Lộc, 7 Vĩnh Cửu, 8 Trảng Bom, 9 Long Thành, 10 Định Quán, 11 Nhơn Trạch"},
		{"Báo cáo gần nhất", 1, "3 Thống Nhất, 4 Định Quán, 5 Nhơn Trạch, 6 Xuân Lộc, 7 Vĩnh Cửu, 8 Trảng Bom, 9 Tân Phú, 10 Long Thành, 11 Cẩm Mỹ"},
	} {
		if got := order(c.header, c.presses); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.header, got, c.want)
		}
	}
	if marked := look.Ask[string](t, b, `[...document.querySelectorAll("#progress-by-locality [aria-sort]")].map(h => h.textContent + ":" + h.getAttribute("aria-sort")).join()`); marked != "Báo cáo gần nhất:ascending" {
		t.Errorf("marked as sorted: %s", marked)
	}
	if foot := look.Ask[string](t, b, `document.querySelector("#progress-by-locality tfoot").textContent.trim()`); !strings.HasPrefix(foot, "Tổng cộng8.534,5") {
		t.Errorf("total row is %s", foot)
	}
}

func TestSearch(t *testing.T) {
	dir := edition(t, demoSite(), demoDocument())
	b := look.Open(t)
	b.Visit(t, fileURL(dir, "index.html"), 1440, "light")
	for _, c := range []struct{ typed, rows, told, total string }{
		{"dinh quan", "Định Quán", "Hiển thị 1/11 dòng", "Cộng 1 dòng hiển thị: 655,0"},
		{"LONG", "Long Khánh,Long Thành", "Hiển thị 2/11 dòng", "Cộng 2 dòng hiển thị: 1.862,9"},
		{"chưa", "Thống Nhất,Cẩm Mỹ", "Hiển thị 2/11 dòng", "Cộng 2 dòng hiển thị: 825,9"},
		{"Đà Lạt", "", "Không có dòng nào phù hợp", ""},
		{"", "Biên Hòa,Long Khánh,Tân Phú,Vĩnh Cửu,Định Quán,Trảng Bom,Thống Nhất,Cẩm Mỹ,Long Thành,Xuân Lộc,Nhơn Trạch", "", "Tổng cộng: 8.534,5"},
	} {
		const box = "#progress-by-locality-search"
		do(t, b, `document.querySelector("`+box+`").value = ""`)
		b.Run(t, chromedp.SendKeys(chromedp.CSS(box), c.typed+" "))
		rows := look.Ask[string](t, b, `[...document.querySelectorAll("#progress-by-locality tbody tr:not(.group, .subtotal, .empty)")].filter(r => r.checkVisibility()).map(r => r.cells[1].textContent).join()`)
		told := look.Ask[string](t, b, `document.querySelector("#progress-by-locality .table-count").textContent`)
		if rows != c.rows || told != c.told {
			t.Errorf("%q shows %s and says %q; want %s and %q", c.typed, rows, told, c.rows, c.told)
		}
		total := look.Ask[string](t, b, `(f => f.checkVisibility() ? f.rows[0].cells[0].textContent + ": " + f.rows[0].cells[1].textContent : "")(document.querySelector("#progress-by-locality tfoot"))`)
		if total != c.total {
			t.Errorf("%q: the total row says %q, want %q", c.typed, total, c.total)
		}
	}
}

func TestThemeIsKept(t *testing.T) {
	dir := edition(t, demoSite(), demoDocument())
	b := look.Open(t)
	address := fileURL(dir, "index.html")
	b.Visit(t, address, 1280, "dark")
	background := func() string { return look.Ask[string](t, b, `getComputedStyle(document.body).backgroundColor`) }
	dark := background()
	b.Run(t, chromedp.Click[chromedp.CSS]("#theme"))
	light := background()
	if light == dark {
		t.Errorf("light and dark are both %s", dark)
	}
	b.Visit(t, address, 1280, "dark")
	if got := background(); got != light {
		t.Errorf("after loading again the background is %s, not %s", got, light)
	}
	if name := look.Ask[string](t, b, `document.querySelector("#theme").innerText.trim()`); name != "Giao diện: sáng" {
		t.Errorf("the button says %q", name)
	}
}

func TestThemeWithoutStorage(t *testing.T) {
	dir := edition(t, demoSite(), demoDocument())
	b := look.Open(t)
	look.Call(t, b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("blocked", "SecurityError") } })`,
	})
	b.Visit(t, fileURL(dir, "index.html"), 1280, "light")
	b.Run(t, chromedp.Click[chromedp.CSS]("#theme"), chromedp.Click[chromedp.CSS]("#theme"))
	if theme := look.Ask[string](t, b, `document.documentElement.dataset.theme`); theme != "dark" {
		t.Errorf("the theme is %q", theme)
	}
	b.Quiet(t, "", fileURL(dir, ""))
}

func TestMenuOnPhones(t *testing.T) {
	dir := edition(t, demoSite(), demoDocument())
	b := look.Open(t)
	b.Visit(t, fileURL(dir, "index.html"), 390, "light")
	shown := func() bool { return look.Ask[bool](t, b, `document.querySelector("#menu").checkVisibility()`) }
	if shown() {
		t.Error("the menu is open at first")
	}
	b.Run(t, chromedp.Click[chromedp.CSS]("#menu-button"))
	if !shown() || look.Ask[string](t, b, `document.querySelector("#menu-button").getAttribute("aria-expanded")`) != "true" {
		t.Error("the button does not open the menu")
	}
}

func TestWithoutScripts(t *testing.T) {
	dir := edition(t, demoSite(), demoDocument())
	b := look.Open(t)
	look.Call(t, b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.Run(t, chromedp.EmulateViewport(390, 900), chromedp.Navigate(fileURL(dir, "index.html")))
	for _, selector := range []chromedp.CSS{".chart-still svg", "#menu", "table.data"} {
		b.Run(t, chromedp.WaitVisible(selector))
	}
	for _, selector := range []chromedp.CSS{".sort", "html.js"} {
		b.Run(t, chromedp.WaitNotPresent(selector))
	}
	for _, selector := range []chromedp.CSS{"#theme", "#menu-button", ".table-search"} {
		b.Run(t, chromedp.WaitNotVisible(selector))
	}
}

func TestNoSidewaysScroll(t *testing.T) {
	dir := edition(t, demoSite(), demoDocument(), demoPaper(), hostileDocument())
	b := look.Open(t)
	for _, path := range []string{"index.html", "bao-cao/tong-ket.html", "hostile.html"} {
		for _, width := range []int64{360, 720, 1280} {
			b.Visit(t, fileURL(dir, path), width, "light")
			if over := look.Ask[int](t, b, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
				t.Errorf("%s at %d px is %d px too wide: %s", path, width, over,
					look.Ask[string](t, b, `[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".table-frame, .chart-box")).map(e => e.tagName + "." + e.getAttribute("class")).slice(0, 5).join()`))
			}
		}
	}
}

func TestAxe(t *testing.T) {
	dir := edition(t, demoSite(), demoDocument(), demoPaper())
	b := look.Open(t)
	for _, path := range []string{"index.html", "bao-cao/tong-ket.html"} {
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int64{390, 1440} {
				b.Visit(t, fileURL(dir, path), width, scheme)
				do(t, b, `document.querySelectorAll("details").forEach(d => d.open = true)`)
				for _, f := range b.Axe(t) {
					t.Errorf("%s, %s, %d px: %s", path, scheme, width, f)
				}
			}
		}
	}
}

// TestShots is for eyes: go test -run TestShots -shots /some/folder
func TestShots(t *testing.T) {
	if *shots == "" {
		t.Skip("no -shots folder")
	}
	dir := edition(t, demoSite(), demoDocument(), demoPaper())
	b := look.Open(t)
	for _, path := range []string{"index", "bao-cao/tong-ket"} {
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int64{1440, 390} {
				b.Visit(t, fileURL(dir, path+".html"), width, scheme)
				png, err := chromedp.Run(b, chromedp.FullScreenshot(100))
				if err != nil {
					t.Fatal(err)
				}
				name := strings.ReplaceAll(path, "/", "-") + "-" + scheme + "-" + map[int64]string{1440: "wide", 390: "phone"}[width] + ".png"
				put(t, filepath.Join(*shots, name), png)
			}
		}
		b.Visit(t, fileURL(dir, path+".html"), 1440, "dark")
		size := true
		pdf, err := chromedp.Run(b, chromedp.PrintToPDF(func(p *page.PrintToPDFParams) { p.PreferCSSPageSize = &size }))
		if err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(*shots, strings.ReplaceAll(path, "/", "-")+".pdf"), pdf)
	}
}
