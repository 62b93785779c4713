package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"tongket/internal/report"
)

func locale(t testing.TB, lang string) *report.Locale {
	t.Helper()
	text, err := os.ReadFile("../../templates/lang/" + lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	l, err := report.NewLocale(text)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func written(t testing.TB, doc *report.Document) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, doc, locale(t, "vi")); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// parts are the files in the file; every one in XML is well formed.
func parts(t testing.TB, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(text)
		if strings.HasSuffix(f.Name, ".xml") || strings.HasSuffix(f.Name, ".rels") {
			for d := xml.NewDecoder(bytes.NewReader(text)); ; {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%s: %v", f.Name, err)
				}
			}
		}
	}
	return out
}

// opened is the text of the document as LibreOffice shows it, page by page.
func opened(t testing.TB, file []byte) []string {
	t.Helper()
	return openedAll(t, file)[0]
}

// openedAll opens several documents at once: LibreOffice takes its time to
// start.
func openedAll(t testing.TB, files ...[]byte) [][]string {
	t.Helper()
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + dir + "/home", "--headless", "--convert-to", "pdf"}
	for i, file := range files {
		name := fmt.Sprintf("%d.docx", i)
		if err := os.WriteFile(filepath.Join(dir, name), file, 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	tool(t, dir, "soffice", args...)
	var out [][]string
	for i := range files {
		pages := strings.Split(tool(t, dir, "pdftotext", "-layout", fmt.Sprintf("%d.pdf", i), "-"), "\f")
		out = append(out, pages[:len(pages)-1])
	}
	return out
}

// tool runs a reader of documents. Where it is not installed the test is
// skipped, except in continuous integration.
func tool(t testing.TB, dir, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("%s is not installed", name)
	}
	c := exec.Command(name, args...)
	c.Dir = dir
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out)
}

func units(n int) report.Table {
	t := report.Table{Name: "units", Columns: []report.Column{
		{Name: "unit", Title: "Đơn vị", Format: report.Text},
		{Name: "m", Title: "Đã chỉnh lý", Format: report.Number, Decimals: 1, Unit: "mét", Total: true},
		{Name: "s", Title: "Tỷ lệ", Format: report.Percent, Decimals: 1},
	}, Source: report.Source{Query: "queries/units.sql", Files: 3, Rows: n}}
	for i := range n {
		t.Rows = append(t.Rows, []any{fmt.Sprintf("Đơn vị số %d", i+1), float64(i) + 0.5, 0.25})
	}
	return t
}

func summary() *report.Document {
	return &report.Document{
		Path: "bao-cao", Title: "Báo cáo tổng kết",
		Paper: &report.Paper{Superior: []string{"UBND TỈNH ĐỒNG NAI"}, Agency: []string{"SỞ NỘI VỤ"}, Code: "BC-SNV", Number: "7", Place: "Đồng Nai", Date: "2022-01-05", Kind: "BÁO CÁO", Subject: "Tổng kết giai đoạn 1",
			To: []string{"UBND tỉnh Đồng Nai"}, Authority: []string{"GIÁM ĐỐC"}, Signer: "Nguyễn Văn A", Recipients: []string{"Như trên", "Lưu: VT"}},
		Blocks: []report.Block{
			report.Heading{Level: 1, ID: "ket-qua", Text: []report.Run{{Text: "I. KẾT QUẢ"}}},
			report.Paragraph{Text: []report.Run{{Text: "Toàn tỉnh đạt "}, {Text: "81,6%", Bold: true}, {Text: ", xem "}, {Text: "phụ lục", Href: "#phu-luc"}, {Text: "."}}},
			report.List{Items: [][]report.Block{{report.Paragraph{Text: []report.Run{{Text: "Ý thứ nhất;"}}}}}},
			&report.Chart{ID: "c", Caption: "Tiến độ", Sentence: "Tăng đều.", Table: units(2), Drawing: &report.Drawing{Paper: report.SVG{Width: 100, Height: 50, Markup: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="60" height="20" fill="#123456"/></svg>`)}}},
			report.TableBlock{Table: units(80), Caption: "Kết quả", ID: "t", Numbered: true},
			report.Signature{},
			report.Annex{Number: "I", ID: "phu-luc", Title: "Kết quả của các sở", Landscape: true},
			report.TableBlock{Table: units(3), Caption: "Các sở", ID: "u"},
		},
	}
}

// TestOfficialPaper opens the paper in LibreOffice and reads it back.
func TestOfficialPaper(t *testing.T) {
	file := written(t, summary())
	if !bytes.Equal(file, written(t, summary())) {
		t.Error("the same document has other bytes")
	}
	p := parts(t, file)
	body := p["word/document.xml"]
	for what, want := range map[string]string{
		"A4 with the decree's margins":        `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701"`,
		"a turned annex with its own pages":   `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>`,
		"pages of an annex begin at 1":        `<w:pgNumType w:start="1"/>`,
		"no number on page 1":                 `<w:titlePg/>`,
		"the head of a table repeats":         `<w:tblHeader/>`,
		"rows are not split":                  `<w:cantSplit/>`,
		"a picture has words":                 `descr="Tiến độ. Tăng đều."`,
		"old programs get dots, new ones the": `asvg:svgBlip`,
		"a heading is one":                    `<w:pStyle w:val="Heading1"/>`,
		"a link inside":                       `<w:hyperlink w:anchor="_phu_luc">`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("%s: no %s", what, want)
		}
	}
	for _, m := range regexp.MustCompile(`<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"`).FindAllStringSubmatch(body, -1) {
		if !strings.Contains(p["word/styles.xml"], `w:styleId="`+m[1]+`"`) {
			t.Errorf("the style %s is not there", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`r:(?:embed|id)="([^"]+)"`).FindAllStringSubmatch(body, -1) {
		if !strings.Contains(p["word/_rels/document.xml.rels"], `Id="`+m[1]+`"`) {
			t.Errorf("the relation %s leads nowhere", m[1])
		}
	}
	pages := opened(t, file)
	all := strings.Join(pages, "\f")
	for _, want := range []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 07/BC-SNV", "ngày 05 tháng 01 năm 2022", "BÁO CÁO", "Kính gửi: UBND tỉnh Đồng Nai", "I. KẾT QUẢ", "Toàn tỉnh đạt 81,6%, xem phụ lục.", "Ý thứ nhất;",
		"Hình 1. Tiến độ", "Bảng 1. Kết quả", "Đơn vị số 80", "3.200,0", "Tổng cộng", "Nơi nhận:", "Nguyễn Văn A", "Phụ lục I", "KẾT QUẢ CỦA CÁC SỞ", "(Kèm theo Báo cáo số 07/BC-SNV ngày 05 tháng 01 năm 2022)"} {
		if !strings.Contains(strings.Join(strings.Fields(all), " "), want) {
			t.Errorf("no %q", want)
		}
	}
	heads := 0
	for i, page := range pages {
		if strings.Contains(page, "Đơn vị số") && strings.Contains(page, "STT") {
			heads++
		}
		first := strings.TrimSpace(strings.SplitN(strings.TrimLeft(page, "\n "), "\n", 2)[0])
		annex := strings.Contains(page, "Phụ lục I")
		if numbered := first == fmt.Sprint(i+1); numbered == (i == 0 || annex) {
			t.Errorf("page %d begins with %q", i+1, first)
		}
	}
	if heads < 2 {
		t.Errorf("the head of the long table stands on %d pages", heads)
	}
}

// TestHostile: what is odd stays text, and the file opens.
func TestHostile(t *testing.T) {
	odd := []string{strings.Repeat("Tên rất dài ", 30), strings.Repeat("x", 400), "<w:p>&\"'</w:t>", "\u0000\u0007\u001b", "שלום مرحبا", "🗄️ hồ sơ", "=1+1", "]]>"}
	wide := report.Table{Name: "w"}
	row := []any{}
	for i := range 60 {
		wide.Columns = append(wide.Columns, report.Column{Name: fmt.Sprint("c", i), Title: fmt.Sprint("Cột ", i), Format: report.Text})
		row = append(row, odd[i%len(odd)])
	}
	wide.Rows = [][]any{row}
	missing := units(2)
	missing.Rows = [][]any{{nil, nil, nil}, {nil, nil, nil}}
	doc := &report.Document{Path: "x", Title: odd[2], Description: odd[4]}
	for _, s := range odd {
		doc.Blocks = append(doc.Blocks, report.Heading{Level: 2, ID: s, Text: []report.Run{{Text: s}}}, report.Paragraph{Text: []report.Run{{Text: s, Href: "https://example.vn/?a=" + `"><x>`}}}, report.Notice{Severity: "warn", Text: []report.Run{{Text: s}}})
	}
	doc.Blocks = append(doc.Blocks, report.TableBlock{Table: wide, Caption: odd[2], ID: "w"}, report.TableBlock{Table: units(0), Caption: "Trống", ID: "e"}, report.TableBlock{Table: missing, Caption: "Thiếu", ID: "m", Group: "unit"}, report.Code{Text: "a\n\tb", Caption: "SQL", ID: "q"},
		report.Figures{Items: []report.Figure{{Label: odd[0], Value: "1.234", Unit: "mét", Status: "bad"}}})
	file := written(t, doc)
	parts(t, file)
	all := strings.Join(opened(t, file), "")
	for _, want := range []string{"<w:p>&\"'</w:t>", "]]>", "Chưa có số liệu", "(phần 1/", "59", "1.234"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q", want)
		}
	}
}

// TestLetter: a công văn has no title; what it is about stands under the
// number.
func TestLetter(t *testing.T) {
	doc := summary()
	doc.Paper.Kind, doc.Paper.Code, doc.Paper.Subject, doc.Blocks = "CÔNG VĂN", "SNV-CCVTLT", "đôn đốc chỉnh lý tài liệu", doc.Blocks[1:2]
	all := strings.Join(strings.Fields(strings.Join(opened(t, written(t, doc)), " ")), " ")
	if strings.Contains(all, "CÔNG VĂN") || !strings.Contains(all, "V/v đôn đốc") || strings.Index(all, "V/v") > strings.Index(all, "Kính gửi") {
		t.Errorf("the letter reads %s", all)
	}
}

func TestADrawingThatIsNotUnderstoodIsNamed(t *testing.T) {
	doc := &report.Document{Path: "x", Blocks: []report.Block{&report.Chart{ID: "c1", Drawing: &report.Drawing{Paper: report.SVG{Width: 1, Height: 1, Markup: []byte(`<svg><image/></svg>`)}}}}}
	if err := Write(io.Discard, doc, locale(t, "vi")); err == nil || !strings.Contains(err.Error(), "chart c1") || !strings.Contains(err.Error(), "image") {
		t.Errorf("said: %v", err)
	}
}

// The list of contents tells the page of each part once a program has opened
// the file; headings whose names begin alike are told apart.
func TestContents(t *testing.T) {
	doc := &report.Document{Path: "x", Title: "Báo cáo", Paper: &report.Paper{Kind: "BÁO CÁO"}, Blocks: []report.Block{report.Contents{}}}
	same := strings.Repeat("kết quả thực hiện ", 4)
	for i := range 4 {
		doc.Blocks = append(doc.Blocks, report.Heading{Level: 1 + i%2, ID: strings.ReplaceAll(same, " ", "-") + strconv.Itoa(i), Text: []report.Run{{Text: fmt.Sprintf("Phầnthứ%d", i)}}}, report.PageBreak{})
	}
	doc.Blocks = append(doc.Blocks, report.Annex{ID: "a", Title: "Danh sách"})
	var out bytes.Buffer
	if err := Write(&out, doc, locale(t, "vi")); err != nil {
		t.Fatal(err)
	}
	pages := opened(t, out.Bytes())
	for i := range 4 {
		name := fmt.Sprintf("Phầnthứ%d", i)
		_, line, _ := strings.Cut(pages[0], name)
		line, _, _ = strings.Cut(line, "\n")
		if want := strconv.Itoa(1 + i); !strings.HasSuffix(strings.TrimSpace(line), "."+want) || !strings.Contains(pages[i], name) {
			t.Errorf("%s: %q, want page %s", name, line, want)
		}
	}
}
