package edition_test

import (
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"tongket/internal/edition"
	"tongket/internal/warehouse"
	"tongket/templates"
)

// The values of Nghị định 30/2020/NĐ-CP, Annex I, that the sample's paper is
// held against, in mm.
const (
	leftEdge  = 30.0
	rightEdge = 210 - 15.0
	middle    = (leftEdge + rightEdge) / 2
)

// TestSamplePaper reads the report of the sample back as it would be printed.
func TestSamplePaper(t *testing.T) {
	made := sampleEdition(t)
	pages := made.sheets(t, "bao-cao-tong-ket.pdf")
	body := 0 // pages of it, before the first annex
	for body < len(pages) && !pages[body].has("(Kèm theo Báo cáo số") {
		body++
	}
	if body < 4 || body == len(pages) {
		t.Fatalf("%d pages, %d of them before Phụ lục I", len(pages), body)
	}

	t.Run("letterhead", func(t *testing.T) { letterhead(t, pages[0]) })
	t.Run("margins and page numbers", func(t *testing.T) { pageNumbers(t, pages) })
	t.Run("signature", func(t *testing.T) {
		last := pages[body-1]
		closing, to, by := last.find(t, "chỉ đạo./."), last.find(t, "Nơi nhận:"), last.find(t, "KT. GIÁM ĐỐC")
		near(t, "receivers level with the signer's title", to.Y2, by.Y2, 1)
		if closing.Y2 >= to.Y1 {
			t.Errorf("the text ends at %.1f mm, the signature begins at %.1f", closing.Y2, to.Y1)
		}
		last.find(t, "- Lưu: VT, CCVTLT.")
		lines := map[int]bool{}
		for _, w := range last.Words {
			if w.Y2 < to.Y1 && w.Y1 > 19 {
				lines[int(w.Y2)] = true
			}
		}
		if len(lines) < 2 {
			t.Errorf("%d lines of text stand with the signature", len(lines))
		}
	})
	t.Run("annexes", func(t *testing.T) {
		fifth := body // the first page of an annex that goes on
		for fifth < len(pages)-2 && !pages[fifth].has("Phụ lục V") {
			fifth++
		}
		first, second := pages[fifth], pages[fifth+1]
		for _, head := range []string{"STT", "Đơn vị", "Số hộp"} {
			near(t, head+" on the next page", second.find(t, head).X1, first.find(t, head).X1, 0.2)
		}
		near(t, "Phụ lục I middle", pages[body].find(t, "Phụ lục I").middle(), (leftEdge+297-15)/2, 0.3)
		var text strings.Builder
		for _, p := range pages[:body] {
			text.WriteString(p.text() + " ")
		}
		for _, n := range []string{"I", "II", "III", "IV", "V", "VI"} {
			if !regexp.MustCompile(`Phụ lục ` + n + `\b`).MatchString(text.String()) {
				t.Errorf("the body does not refer to Phụ lục %s", n)
			}
		}
	})
	t.Run("text in order", func(t *testing.T) { inOrder(t, made) })
}

func letterhead(t *testing.T, p sheet) {
	near(t, "width", p.Width, 210, 0.1)
	near(t, "height", p.Height, 297, 0.1)
	nation, motto := p.find(t, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), p.find(t, "Độc lập - Tự do - Hạnh phúc")
	near(t, "quốc hiệu, pt", nation.points(), 13, 0.2)
	near(t, "tiêu ngữ, pt", motto.points(), 14, 0.2)
	near(t, "tiêu ngữ under quốc hiệu", motto.middle(), nation.middle(), 0.3)
	near(t, "quốc hiệu's right edge", nation.X2, rightEdge, 1)
	above, agency := p.find(t, "UBND TỈNH ĐỒNG NAI"), p.find(t, "SỞ NỘI VỤ")
	near(t, "agency under its superior", agency.middle(), above.middle(), 0.3)
	near(t, "superior beside quốc hiệu", above.Y1, nation.Y1, 0.3)
	// Number and day are left to be filled by hand.
	number := around(p.find(t, "Số:"), p.find(t, "/BC-SNV"))
	date := around(p.find(t, "Đồng Nai, ngày"), p.find(t, "tháng 10 năm 2022"))
	near(t, "number, pt", number.points(), 13, 0.2)
	near(t, "number under the agency", number.middle(), agency.middle(), 0.5)
	near(t, "number beside the date", (number.Y1+number.Y2)/2, (date.Y1+date.Y2)/2, 0.5)
	near(t, "date under tiêu ngữ", date.middle(), motto.middle(), 0.5)
	kind := p.find(t, "BÁO CÁO")
	near(t, "BÁO CÁO, pt", kind.points(), 14, 0.2)
	near(t, "BÁO CÁO middle", kind.middle(), middle, 0.3)
	one, two := p.find(t, "Tổng kết thực hiện Đề án “Chỉnh lý tài liệu tồn đọng"), p.find(t, "từ năm 2015 trở về trước” giai đoạn 2018 - 2021")
	near(t, "first line of the subject", one.middle(), middle, 0.3)
	near(t, "second line of the subject", two.middle(), middle, 0.3)
	near(t, "lines of the subject, lengths", one.X2-one.X1, two.X2-two.X1, 20)
	near(t, "Kính gửi middle", p.find(t, "Kính gửi: UBND tỉnh Đồng Nai").middle(), middle, 0.3)
	start := p.find(t, "Thực hiện Quyết định số 2085/QĐ-UBND")
	near(t, "body, pt", start.points(), 14, 0.2)
	near(t, "first line stands in", start.X1-leftEdge, 12.7, 0.3)
}

// pageNumbers holds every word against the margins. Only the number stands in
// the top one, and not on the first page of the body or of an annex.
func pageNumbers(t *testing.T, pages []sheet) {
	want := 0
	for i, p := range pages {
		if want++; p.has("(Kèm theo Báo cáo số") {
			want = 1
		}
		number := ""
		for _, w := range p.Words {
			if w.Y1 < 19.5 {
				number += w.Text
				near(t, "page number's middle", w.middle(), (leftEdge+p.Width-15)/2, 0.3)
				near(t, "page number, pt", w.points(), 13.5, 0.7)
				continue
			}
			if w.X1 < leftEdge-0.2 || w.X2 > p.Width-15+0.2 || w.Y2 > p.Height-19.5 {
				t.Errorf("page %d: %q at %.1f–%.1f, %.1f mm stands in a margin", i+1, w.Text, w.X1, w.X2, w.Y2)
			}
		}
		if expected := strconv.Itoa(want); want == 1 && number != "" || want > 1 && number != expected {
			t.Errorf("page %d carries the number %q, it is page %d of its part", i+1, number, want)
		}
	}
}

// inOrder looks for the figures of the edition's own data in the copied text.
func inOrder(t *testing.T, made *edited) {
	total := made.table(t, "progress_total")[0]
	metres := func(column string) string {
		v := number(t, total[column])
		tenths := strconv.FormatFloat(v, 'f', 1, 64)
		whole, tenth, _ := strings.Cut(tenths, ".")
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "." + whole[i:]
		}
		return whole + "," + tenth + " mét"
	}
	share := func(column string) string {
		return strings.Replace(strconv.FormatFloat(100*number(t, total[column]), 'f', 1, 64), ".", ",", 1) + "%"
	}
	text := made.paper(t, "bao-cao-tong-ket.pdf")
	at := 0
	for _, want := range []string{
		"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BÁO CÁO", "Kính gửi: UBND tỉnh Đồng Nai", "Số liệu minh họa.",
		"I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI", "tại " + total["units_total"] + " cơ quan, đơn vị, địa phương",
		"đã chỉnh lý " + metres("arranged_m") + " trong tổng số " + metres("backlog_m"), "đạt " + share("done_share"),
		"bằng " + share("plan_share") + " kế hoạch được giao (" + metres("target_m") + ")", "còn lại " + metres("remaining_m"),
		"Bảng 1.", "Tổng cộng", "Nguồn: tổng hợp từ số liệu báo cáo", "Hình 1.", grouped(number(t, total["files"]), ".") + " hồ sơ",
		"đạt " + share("disbursed_share"), "III. ĐÁNH GIÁ CHUNG", "V. KIẾN NGHỊ, ĐỀ XUẤT", "xem xét, chỉ đạo./.", "Phụ lục I KẾT QUẢ THỰC HIỆN", "Phụ lục V HỒ SƠ LẬP ĐƯỢC",
	} {
		i := strings.Index(text[at:], want)
		if i < 0 {
			t.Fatalf("%q is missing after %q", want, text[max(0, at-80):at])
		}
		at += i + len(want)
	}
}

// sampleEdition makes the edition of the repository's own programme.
func sampleEdition(t *testing.T) *edited {
	t.Helper()
	return sampleWith(t, nil)
}

// sampleWith is sampleEdition with further files, by their names below data/.
func sampleWith(t *testing.T, files map[string][]byte) *edited {
	t.Helper()
	dir := sampleFolder(t)
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, "data", filepath.FromSlash(name)), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	made := &edited{folder: filepath.Join(dir, "dist"), receipts: loaded(t, dir)}
	var err error
	if made.summary, err = edition.Build(t.Context(), orderOf(dir)); err != nil {
		t.Fatal(err)
	}
	return made
}

// sampleFolder is a copy of the repository's own programme.
func sampleFolder(t *testing.T) string {
	t.Helper()
	dir, root := t.TempDir(), filepath.Join("..", "..")
	for _, folder := range []string{"data", "queries", "reports"} {
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join(root, folder))); err != nil {
			t.Fatal(err)
		}
	}
	settings, err := os.ReadFile(filepath.Join(root, "tongket.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "tongket.yaml"), settings, 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// orderOf is the edition of a programme folder in its dist/.
func orderOf(dir string) edition.Order {
	return edition.Order{Programme: os.DirFS(dir), Templates: templates.Files, Warehouse: edition.Warehouse(dir), Out: filepath.Join(dir, "dist"), Workers: 2, Version: "test"}
}

// loaded takes in the files of a programme folder, as the command line does.
func loaded(t *testing.T, dir string) []*warehouse.Receipt {
	t.Helper()
	p, err := edition.Open(os.DirFS(dir), templates.Files)
	if err != nil {
		t.Fatal(err)
	}
	names, err := edition.Data(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	w, err := warehouse.Open(t.Context(), edition.Warehouse(dir), p.Contract, p.Locale)
	if err != nil {
		t.Fatal(err)
	}
	var receipts []*warehouse.Receipt
	for _, d := range warehouse.Files(p.Contract, names) {
		d.Path = filepath.Join(dir, "data", filepath.FromSlash(d.Name))
		d.Received = time.Date(2022, 1, 20, 20, 30, 0, 0, time.UTC)
		r, err := w.Load(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		receipts = append(receipts, r)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return receipts
}

// sheet is a printed page with its words, in mm from the top left corner.
type sheet struct {
	Width  float64 `xml:"width,attr"`
	Height float64 `xml:"height,attr"`
	Words  []word  `xml:"word"`
}

type word struct {
	X1   float64 `xml:"xMin,attr"`
	Y1   float64 `xml:"yMin,attr"`
	X2   float64 `xml:"xMax,attr"`
	Y2   float64 `xml:"yMax,attr"`
	Text string  `xml:",chardata"`
}

// sheets reads every word of a paper with its place.
func (e *edited) sheets(t *testing.T, name string) []sheet {
	t.Helper()
	e.paper(t, name) // skips where there is nothing to read it with
	html, err := exec.Command("pdftotext", "-bbox", filepath.Join(e.folder, name), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := string(html)
	var doc struct {
		Pages []sheet `xml:"page"`
	}
	if err := xml.Unmarshal([]byte(text[strings.Index(text, "<doc>"):strings.Index(text, "</doc>")+len("</doc>")]), &doc); err != nil {
		t.Fatal(err)
	}
	const mm = 25.4 / 72 // of a point
	for i := range doc.Pages {
		p := &doc.Pages[i]
		p.Width, p.Height = p.Width*mm, p.Height*mm
		for j := range p.Words {
			w := &p.Words[j]
			w.X1, w.X2, w.Y1, w.Y2 = w.X1*mm, w.X2*mm, w.Y1*mm, w.Y2*mm
		}
	}
	return doc.Pages
}

// points is the type size: the boxes are as high as the face's ascent and
// descent, 1.107 em.
func (w word) points() float64 { return (w.Y2 - w.Y1) * 72 / 25.4 / 1.107 }

func (w word) middle() float64 { return (w.X1 + w.X2) / 2 }

func (p sheet) text() string {
	words := make([]string, len(p.Words))
	for i, w := range p.Words {
		words[i] = w.Text
	}
	return strings.Join(words, " ")
}

func (p sheet) has(phrase string) bool { _, ok := p.look(phrase); return ok }

func (p sheet) find(t *testing.T, phrase string) word {
	t.Helper()
	box, ok := p.look(phrase)
	if !ok {
		t.Fatalf("%q is not on the page: %s", phrase, p.text())
	}
	return box
}

// look returns the box of the first run of these words.
func (p sheet) look(phrase string) (word, bool) {
	want := strings.Fields(phrase)
next:
	for i := range p.Words {
		for j, text := range want {
			if i+j >= len(p.Words) || p.Words[i+j].Text != text {
				continue next
			}
		}
		return around(p.Words[i : i+len(want)]...), true
	}
	return word{}, false
}

// around is the box of several words.
func around(words ...word) word {
	box := words[0]
	for _, w := range words {
		box.X1, box.X2, box.Y1, box.Y2 = min(box.X1, w.X1), max(box.X2, w.X2), min(box.Y1, w.Y1), max(box.Y2, w.Y2)
	}
	return box
}

// TestSheetsOfUnitsAreOnePage: whoever prints them expects one sheet a unit,
// and one a letter.
func TestSheetsOfUnitsAreOnePage(t *testing.T) {
	made := sampleEdition(t)
	seen := 0
	for _, folder := range []string{"phieu-don-vi", "don-doc"} {
		names, err := filepath.Glob(filepath.Join(made.folder, folder, "*.pdf"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			name = folder + "/" + filepath.Base(name)
			if pages := made.sheets(t, name); len(pages) != 1 {
				t.Errorf("%s has %d pages", name, len(pages))
			}
			seen++
		}
	}
	if seen != 31+sampleLetters {
		t.Errorf("%d sheets and letters, want %d", seen, 31+sampleLetters)
	}
}
