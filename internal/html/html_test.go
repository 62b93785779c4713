package html

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tongket/internal/report"
	"tongket/templates"
)

// made is the bundle as make leaves it, small enough to check by eye.
func made(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{
		"dist/.keep":      {},
		"dist/site.js":    {Data: []byte("site()")},
		"dist/echarts.js": {Data: []byte("charts()")},
		"dist/ask.js":     {Data: []byte("ask()")}, "dist/engine.js": {Data: []byte("engine()")}, "dist/engine.wasm.gz": {Data: []byte("wasm")},
		"dist/ssr.js":   {Data: []byte("not for pages")},
		"dist/a.woff2":  {Data: []byte("font")},
		"dist/site.css": {Data: []byte(`@font-face{src:url("./a.woff2")}b{background:url(data:x)}`)},
	}
	for _, name := range []string{"page.gohtml", "blocks.gohtml", "table.gohtml", "icons.gohtml"} {
		data, err := templates.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	return files
}

func render(t *testing.T, lang string, doc *report.Document) string {
	t.Helper()
	w, err := New(made(t), locale(t, lang))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := w.Page(&b, demoSite(), doc); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestHeadedTable: a caption that stands above the table as its heading is not
// shown twice, and names the table all the same.
func TestHeadedTable(t *testing.T) {
	heading := report.Heading{Level: 1, ID: "ket-qua", Text: []report.Run{{Text: "Kết quả"}}}
	table := func(caption string) report.Block {
		return report.TableBlock{ID: caption, Caption: caption, Table: report.Table{Columns: []report.Column{{Name: "a", Title: "A", Format: report.Text}}}}
	}
	page := render(t, "vi", &report.Document{Path: "p", Blocks: []report.Block{heading, table("Kết quả"), table("Khác"), heading, table("Nữa")}})
	if got := strings.Count(page, `class="is-headed"`); got != 1 || !strings.Contains(page, `<caption id="Kết quả-caption" class="is-headed"><span class="caption">Kết quả</span>`) {
		t.Errorf("%d captions are told by their heading", got)
	}
}

func TestLinks(t *testing.T) {
	for _, c := range []struct{ page, href, want string }{
		{"index", "don-vi/731", "don-vi/731.html"},
		{"don-vi/731", "index", "../index.html"},
		{"don-vi/731", "don-vi/732#tien-do", "../don-vi/732.html#tien-do"},
		{"a/b/c", "so nganh/tổng", "../../so%20nganh/t%E1%BB%95ng.html"},
		{"index", "#muc-1", "#muc-1"},
		{"index", "https://dongnai.gov.vn/a?b=1", "https://dongnai.gov.vn/a?b=1"},
		{"index", "HTTP://dongnai.gov.vn/", "http://dongnai.gov.vn/"},
		{"index", "mailto:snv@dongnai.gov.vn", "mailto:snv@dongnai.gov.vn"},
		{"index", "javascript:alert(1)", ""}, {"index", "JavaScript:alert(1)", ""}, {"index", " javascript:alert(1)", ""},
		{"index", "java\nscript:alert(1)", ""}, {"index", "data:text/html,x", ""}, {"index", "file:///etc/passwd", ""},
		{"index", "//evil.example/x", ""}, {"index", `\\evil\x`, ""}, {"index", "/etc/passwd", ""}, {"index", "../../x", ""},
		{"index", "a/../b", ""}, {"index", "", ""}, {"index", ".", ""}, {"index", "https:///x", ""}, {"index", "x?y", ""},
	} {
		if got := placeOf(c.page).link(c.href); got != c.want {
			t.Errorf("from %s, %q is %q, want %q", c.page, c.href, got, c.want)
		}
	}
}

func TestMissingBundleSaysMake(t *testing.T) {
	files := made(t)
	delete(files, "dist/site.css")
	delete(files, "dist/echarts.js")
	_, err := New(files, locale(t, "vi"))
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"dist/site.css", "dist/echarts.js", "run make"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not name %s", err, want)
		}
	}
}

func TestAssets(t *testing.T) {
	files := made(t)
	w, err := New(files, locale(t, "vi"))
	if err != nil {
		t.Fatal(err)
	}
	assets, err := w.Assets()
	if err != nil {
		t.Fatal(err)
	}
	byKind := map[string]Asset{}
	hashed := regexp.MustCompile(`^assets/(\w+)\.[0-9a-f]{12}\.(css|js|woff2)$`)
	for _, a := range assets {
		m := hashed.FindStringSubmatch(a.Path)
		if m == nil {
			t.Fatalf("%s is not a hashed name", a.Path)
		}
		byKind[m[1]+"."+m[2]] = a
	}
	if got := slices.Sorted(maps.Keys(byKind)); !slices.Equal(got, []string{"a.woff2", "echarts.js", "site.css", "site.js"}) {
		t.Errorf("assets are %v", got)
	}
	font := strings.TrimPrefix(byKind["a.woff2"].Path, "assets/")
	if css := string(byKind["site.css"].Data); css != "@font-face{src:url("+font+")}b{background:url(data:x)}" {
		t.Errorf("the style sheet is %s", css)
	}
	before := byKind["site.css"].Path
	files["dist/a.woff2"].Data = []byte("another font")
	if w, err = New(files, locale(t, "vi")); err != nil {
		t.Fatal(err)
	}
	if w.names["site.css"] == before {
		t.Error("another font does not give the style sheet another name")
	}
	nested := render(t, "vi", demoPaper())
	asking, err := w.Assets(&report.Document{Blocks: []report.Block{report.Ask{}}})
	if err != nil || len(asking) != len(assets)+3 {
		t.Errorf("a page of questions has %d assets, others have %d; %v", len(asking), len(assets), err)
	}
	for _, name := range []string{"site.js", "echarts.js", "site.css"} {
		if want := `"../` + byKind[name].Path + `"`; !strings.Contains(nested, want) {
			t.Errorf("a nested page does not refer to %s", want)
		}
	}
}

func TestSameInputSameBytes(t *testing.T) {
	first := render(t, "vi", demoDocument())
	for range 5 {
		if render(t, "vi", demoDocument()) != first {
			t.Fatal("the page differs")
		}
	}
}

func TestChartScriptOnlyWhereNeeded(t *testing.T) {
	plain := &report.Document{Path: "p", Title: "P"}
	if strings.Contains(render(t, "vi", plain), "echarts.") {
		t.Error("a page without charts loads them")
	}
	plain.Blocks = []report.Block{report.List{Items: [][]report.Block{{demoChart()}}}}
	if !strings.Contains(render(t, "vi", plain), "echarts.") {
		t.Error("a page with a chart in a list does not load them")
	}
}

func TestTable(t *testing.T) {
	page := render(t, "vi", demoDocument())
	for _, want := range []string{
		`<th scope="col" class="number" data-sort="number">Khối lượng tồn đọng <span class="unit">(mét)</span></th>`,
		`<tr class="group"><th scope="rowgroup" colspan="8">Thành phố</th></tr>`,
		`<td class="number count">1</td><th scope="row"><a href="don-vi/731.html">Biên Hòa</a></th><td class="number" data-v="1845.5">1.845,5</td>`,
		`<td class="number barred" data-v="0.6499`,
		`<rect class="fill" width="65" height="4"/>`,
		`<td data-v="2021-12-28">28/12/2021</td>`,
		`<td class="number absent">–</td>`,
		`<td data-v="2"><span class="chip chip-behind">`,
		`<th scope="row" colspan="2">Tổng cộng</th><td class="number" data-sum="1">8.534,5</td><td class="number" data-sum="1">7.018,2</td><td class="number"></td><td class="number" data-sum="0">35.093</td><td></td><td></td>`,
		`Nguồn: truy vấn progress_by_locality; 128 tệp, 1.536 dòng đã tiếp nhận`,
		`Bảng không hiển thị 9 dòng; dòng tổng cộng chỉ tính các dòng được hiển thị.`,
		`<li>Huyện Cẩm Mỹ chưa gửi báo cáo quý IV/2021; số liệu lấy theo quý III/2021.</li>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if got := strings.Count(page, "don-vi/731"); got != 3 { // the text, the chart's table, the table
		t.Errorf("%d links to don-vi/731: a hidden column may show", got)
	}
}

func TestEmptyTable(t *testing.T) {
	table := demoTable()
	table.Rows = nil
	page := render(t, "vi", &report.Document{Path: "p", Title: "P", Blocks: []report.Block{report.TableBlock{Table: table, ID: "e", Caption: "E", Search: true, Numbered: true}}})
	if !strings.Contains(page, `<td colspan="9">Không có số liệu.</td>`) || strings.Contains(page, "tfoot") || strings.Contains(page, `id="e-search"`) {
		t.Error("a table without rows does not say so")
	}
}

func TestLanguageSwitchesEverything(t *testing.T) {
	page := render(t, "en", demoDocument())
	for _, want := range []string{`<html lang="en">`, ">8,534.5<", ">Total<", ">Behind schedule<", "files: 128, rows accepted: 1,536", "Download PDF"} {
		if !strings.Contains(page, want) {
			t.Errorf("the English page lacks %s", want)
		}
	}
}

func TestEveryPhraseIsInTheCatalogs(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		for _, doc := range []*report.Document{demoDocument(), demoPaper()} {
			if missing := regexp.MustCompile(`⟦[^⟧]*⟧`).FindAllString(render(t, lang, doc), -1); missing != nil {
				t.Errorf("%s lacks %v", lang, missing)
			}
		}
	}
	vi, en := locale(t, "vi").Phrases("ui."), locale(t, "en").Phrases("ui.")
	if a, b := slices.Sorted(maps.Keys(vi)), slices.Sorted(maps.Keys(en)); !slices.Equal(a, b) {
		t.Errorf("the catalogs differ: %v and %v", a, b)
	}
}

func TestScriptPhrases(t *testing.T) {
	page := render(t, "vi", demoDocument())
	m := regexp.MustCompile(`(?s)<script type="application/json" id="tongket-locale">(.*?)</script>`).FindStringSubmatch(page)
	if m == nil {
		t.Fatal("no phrases")
	}
	var p phrases
	if err := json.Unmarshal([]byte(m[1]), &p); err != nil {
		t.Fatal(err)
	}
	if p.Lang != "vi" || p.Decimal != "," || p.Group != "." || p.UI["theme.dark"] == "" || p.Period["quarter"] == "" || p.Status["done"] == "" {
		t.Errorf("phrases are %+v", p)
	}
}

func TestPaperHead(t *testing.T) {
	page := render(t, "vi", demoPaper())
	for _, want := range []string{"Số: 123/BC-SNV", "Đồng Nai, ngày 28 tháng 10 năm 2022", `<span class="kind">BÁO CÁO</span> Tổng kết thực hiện`,
		"Kính gửi: Ủy ban nhân dân tỉnh", `href="tong-ket.pdf"`, `<a href="../kinh-phi.html" aria-current="true">`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	w := &Writer{locale: locale(t, "vi")}
	for date, want := range map[string]string{"2022-02-05": "ngày 05 tháng 02 năm 2022", "2022-03": "tháng 3 năm 2022", "2022": "", "": "", "2022-xx-01": ""} {
		if got := w.dated(date); got != want {
			t.Errorf("%q is dated %q, want %q", date, got, want)
		}
	}
}

func TestFaultsOfADocumentComeAtOnce(t *testing.T) {
	bad, worse := demoChart(), demoChart()
	bad.ID, bad.Drawing = "first", nil
	worse.ID, worse.Drawing.Option, worse.Drawing.Screen.Markup = "second", []byte("{"), []byte("<svg onload='x'/>")
	w, err := New(made(t), locale(t, "vi"))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err = w.Page(&out, demoSite(), &report.Document{Path: "p", File: "reports/p.md", Blocks: []report.Block{bad, worse}})
	if err == nil || out.Len() > 0 {
		t.Fatalf("error %v with %d bytes written", err, out.Len())
	}
	for _, want := range []string{"reports/p.md", "first", "not drawn", "second", "onload", "JSON"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not name %s", err, want)
		}
	}
}

func TestNoInlineStyleOrScript(t *testing.T) {
	page := render(t, "vi", demoDocument())
	for _, bad := range []string{"style=", "<style", "onclick", "onload", "javascript:"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %s", bad)
		}
	}
	for _, tag := range regexp.MustCompile(`<script[^>]*>`).FindAllString(page, -1) {
		if !strings.Contains(tag, "src=") && !strings.Contains(tag, `type="application/json"`) {
			t.Errorf("inline script %s", tag)
		}
	}
}
