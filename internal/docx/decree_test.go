package docx

import (
	"encoding/xml"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"tongket/internal/decree"
	"tongket/internal/ink"
	"tongket/internal/report"
)

// printed is a line as LibreOffice prints it.
type printed struct {
	text         string
	size         float64 // pt
	bold, italic bool
	x1, x2, y    float64 // mm
}

// lines are those of a document's pages.
func lines(t *testing.T, file []byte) (pages [][]printed) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.docx"), file, 0o644); err != nil {
		t.Fatal(err)
	}
	tool(t, dir, "soffice", "-env:UserInstallation=file://"+dir+"/home", "--headless", "--convert-to", "pdf", "a.docx")
	const zoom = 3 // to the point
	told := tool(t, dir, "pdftohtml", "-xml", "-i", "-zoom", strconv.Itoa(zoom), "-stdout", "a.pdf")
	var doc struct {
		Pages []struct {
			Fonts []struct {
				ID   string  `xml:"id,attr"`
				Size float64 `xml:"size,attr"`
			} `xml:"fontspec"`
			Texts []struct {
				Top   float64 `xml:"top,attr"`
				Left  float64 `xml:"left,attr"`
				Width float64 `xml:"width,attr"`
				Font  string  `xml:"font,attr"`
				Inner string  `xml:",innerxml"`
			} `xml:"text"`
		} `xml:"page"`
	}
	d := xml.NewDecoder(strings.NewReader(told))
	d.Strict = false
	if err := d.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	sizes := map[string]float64{}
	tags := regexp.MustCompile(`<[^>]*>`)
	for _, p := range doc.Pages {
		var page []printed
		for _, f := range p.Fonts {
			sizes[f.ID] = f.Size / zoom
		}
		for _, x := range p.Texts {
			page = append(page, printed{
				text: strings.Join(strings.Fields(tags.ReplaceAllString(x.Inner, "")), " "), size: sizes[x.Font],
				bold: strings.Contains(x.Inner, "<b>"), italic: strings.Contains(x.Inner, "<i>"),
				x1: x.Left / zoom * decree.MM, x2: (x.Left + x.Width) / zoom * decree.MM, y: x.Top / zoom * decree.MM,
			})
		}
		pages = append(pages, page)
	}
	return pages
}

// plain leaves of a text what every typeface has: where the one asked for lacks
// Vietnamese letters, another stands in for them, in pieces of their own.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r
		}
		return -1
	}, s)
}

// joined is a piece with those that stand on its line and touch it.
func joined(l printed, page []printed) printed {
	const touching = 1.5 // mm
	for grown := true; grown; {
		grown = false
		for _, x := range page {
			if math.Abs(x.y-l.y) > 0.5 || x.x1 > l.x2+touching || x.x2 < l.x1-touching || x.x1 >= l.x1 && x.x2 <= l.x2 {
				continue
			}
			l.x1, l.x2, grown = min(l.x1, x.x1), max(l.x2, x.x2), true
		}
	}
	return l
}

// TestEveryElementLooksAsTheDecreeAsks holds the printed document against
// Annex I of Nghị định 30/2020/NĐ-CP, part I, section II: weight, slant, size
// and place, and in the file the rules.
func TestEveryElementLooksAsTheDecreeAsks(t *testing.T) {
	doc := summary()
	doc.Paper.Subject = "Tổng kết giai đoạn 1 Đề án “Chỉnh lý tài liệu tồn đọng từ năm 2015 trở về trước”"
	level := func(n int, text string) report.Heading {
		return report.Heading{Level: n, ID: text, Text: []report.Run{{Text: text}}}
	}
	doc.Blocks = []report.Block{para1("Thực hiện nhiệm vụ được giao."), level(1, "I. KẾT QUẢ"), level(2, "1. Công tác chỉ đạo"), level(3, "a) Nguyên nhân"), report.Signature{},
		report.Annex{Number: "I", ID: "a", Title: "Kết quả", Landscape: true}, report.PageBreak{}, para1("Trang sau.")}
	file := written(t, doc)
	pages := lines(t, file)
	if len(pages) != 3 {
		t.Fatalf("%d pages", len(pages))
	}
	find := func(page int, beginning string) printed {
		for _, l := range pages[page] {
			if strings.HasPrefix(plain(l.text), plain(beginning)) {
				return joined(l, pages[page])
			}
		}
		t.Fatalf("page %d has no line %q: %v", page+1, beginning, pages[page])
		return printed{}
	}
	middle := func(l printed) float64 { return (l.x1 + l.x2) / 2 }
	right, left, sign := middle(find(0, "CỘNG HÒA")), middle(find(0, "UBND TỈNH")), middle(find(0, "GIÁM ĐỐC"))
	const text, wide, indent = 30 + 165.0/2, 30 + 252.0/2, 30 + 12.7
	for _, want := range []struct {
		what         string
		page         int
		text         string
		size         float64
		bold, italic bool
		middle, from float64 // mm; 0: not asked
		level        string
	}{
		{"quốc hiệu", 0, "CỘNG HÒA", 13, true, false, right, 0, "UBND TỈNH"},
		{"tiêu ngữ", 0, "Độc lập", 14, true, false, right, 0, ""},
		{"superior body", 0, "UBND TỈNH", 13, false, false, left, 0, ""},
		{"issuing body", 0, "SỞ NỘI VỤ", 13, true, false, left, 0, ""},
		{"number", 0, "Số:", 13, false, false, left, 0, ""},
		{"place and date", 0, "Đồng Nai, ngày", 14, false, true, right, 0, ""},
		{"kind", 0, "BÁO CÁO", 14, true, false, text, 0, ""},
		{"trích yếu", 0, "Tổng kết giai đoạn 1", 14, true, false, text, 0, ""},
		{"addressee", 0, "Kính gửi:", 14, false, false, text, 0, ""},
		{"body", 0, "Thực hiện", 14, false, false, 0, indent, ""},
		{"heading of a mục", 0, "I. KẾT QUẢ", 14, true, false, 0, indent, ""},
		{"heading of a khoản", 0, "1. Công tác", 14, true, false, 0, indent, ""},
		{"heading of a điểm", 0, "a) Nguyên nhân", 14, false, false, 0, indent, ""},
		{"recipients", 0, "Nơi nhận:", 12, true, true, 0, 30, ""},
		{"recipients' list", 0, "- Như trên;", 11, false, false, 0, 30, ""},
		{"authority", 0, "GIÁM ĐỐC", 14, true, false, sign, 0, ""},
		{"name of who signs", 0, "Nguyễn Văn A", 14, true, false, sign, 0, ""},
		{"annex", 1, "Phụ lục I", 14, true, false, wide, 0, ""},
		{"title of an annex", 1, "KẾT QUẢ", 14, true, false, wide, 0, ""},
		{"paper an annex belongs to", 1, "(Kèm theo", 14, false, true, wide, 0, ""},
		{"page number", 2, "2", 13, false, false, wide, 0, ""},
	} {
		got := find(want.page, want.text)
		near(t, want.what+", pt", got.size, want.size, 0.35)
		if got.bold != want.bold || got.italic != want.italic {
			t.Errorf("%s: bold %v, italic %v, want %v and %v", want.what, got.bold, got.italic, want.bold, want.italic)
		}
		if want.middle > 0 {
			near(t, want.what+", middle", middle(got), want.middle, 0.7)
		}
		if want.from > 0 {
			near(t, want.what+", left", got.x1, want.from, 0.4)
		}
		if want.level != "" {
			near(t, want.what+", level", got.y, find(want.page, want.level).y, 0.5)
		}
	}
	first, second := find(0, "Tổng kết giai đoạn 1"), find(0, "liệu tồn đọng")
	if long := first.x2 - first.x1; math.Abs(long-(second.x2-second.x1)) > long/4 {
		t.Errorf("the lines of the subject are %.0f and %.0f mm long", long, second.x2-second.x1)
	}

	// A rule is a paragraph with a border, set in from both edges of its column.
	body := parts(t, file)["word/document.xml"]
	rules := regexp.MustCompile(`w:lineRule="exact"/><w:ind w:left="(\d+)" w:right="(\d+)"/></w:pPr><w:r><w:rPr><w:sz w:val="4"/>`).FindAllStringSubmatch(body, -1)
	if len(rules) != 3 {
		t.Fatalf("%d rules, want 3", len(rules))
	}
	faces, err := ink.Faces()
	if err != nil {
		t.Fatal(err)
	}
	own := func(text string, size float64) float64 { return faces[ink.Bold].Measure(text) * size * decree.MM }
	state := faces[ink.Bold].Measure(decree.Nation)*13*decree.MM + 2
	for i, want := range []struct {
		under         string
		column        float64
		text          float64
		least, almost float64
	}{
		{"issuing body", 165 - state, own("SỞ NỘI VỤ", 13), 1.0 / 3, 0.5},
		{"tiêu ngữ", state, own(decree.Motto, 14), 0.97, 1.03},
		{"trích yếu", 165, own("liệu tồn đọng từ năm 2015 trở về trước”", 14), 1.0 / 3, 0.5},
	} {
		in, err := strconv.ParseFloat(rules[i][1], 64)
		if err != nil || rules[i][1] != rules[i][2] {
			t.Errorf("the rule under %s stands in by %v", want.under, rules[i][1:])
		}
		if share := (want.column - 2*in/twip) / want.text; share < want.least || share > want.almost {
			t.Errorf("the rule under %s is %.2f of its text, want %.2f to %.2f", want.under, share, want.least, want.almost)
		}
	}
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within {
		t.Errorf("%s is %.2f, want %.2f ± %.2f", what, got, want, within)
	}
}

// TestDecimalsStandInLine: where numbers have more and fewer decimals, their
// marks stand under each other.
func TestDecimalsStandInLine(t *testing.T) {
	table := report.Table{Name: "n", Columns: []report.Column{{Name: "a", Title: "Tên", Format: report.Text}, {Name: "c", Title: "Số"}}, Rows: [][]any{{"x", 12.25}, {"y", int64(3)}, {"z", 1000.5}}}
	page := lines(t, written(t, &report.Document{Path: "x", Blocks: []report.Block{report.TableBlock{Table: table, Caption: "Số", ID: "n"}}}))[0]
	faces, err := ink.Faces()
	if err != nil {
		t.Fatal(err)
	}
	var marks []float64
	for _, l := range page {
		switch whole, decimals, _ := strings.Cut(l.text, ","); {
		case l.text == "12,25", l.text == "1.000,50":
			marks = append(marks, l.x2-faces[ink.Regular].Measure(","+decimals)*l.size*decree.MM)
		case whole == "3":
			marks = append(marks, l.x2)
		}
	}
	if len(marks) != 3 {
		t.Fatalf("the cells are %v", page)
	}
	near(t, "mark of the second", marks[1], marks[0], 0.3)
	near(t, "mark of the third", marks[2], marks[0], 0.3)
}

// TestAMeterIsFilledToItsShare reads the two cells of its bar.
func TestAMeterIsFilledToItsShare(t *testing.T) {
	for share, want := range map[float64]float64{0.25: 0.25, 1.4: 1, -1: 0} {
		doc := &report.Document{Path: "x", Blocks: []report.Block{report.Figures{Items: []report.Figure{{Label: "Đã chỉnh lý", Value: "25,0%", Meter: true, Share: share}}}}}
		body := parts(t, written(t, doc))["word/document.xml"]
		width := map[string]float64{}
		for _, m := range regexp.MustCompile(`<w:tcW w:w="(\d+)" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="(\w+)"/>`).FindAllStringSubmatch(body, -1) {
			width[m[2]], _ = strconv.ParseFloat(m[1], 64)
		}
		near(t, "filled part", width["5A5A5A"]/(width["5A5A5A"]+width["E4E4E4"]), want, 0.01)
	}
}
