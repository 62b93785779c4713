package docx

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tongket/internal/report"
)

// broad is a table that only a turned page takes.
func broad(id string) report.TableBlock {
	t := report.Table{Name: id}
	var row []any
	for i := range 12 {
		t.Columns = append(t.Columns, report.Column{Name: fmt.Sprint("c", i), Title: fmt.Sprintf("Khối lượng %d", i), Format: report.Number, Decimals: 1})
		row = append(row, 12345678.5)
	}
	t.Rows = [][]any{row, row}
	return report.TableBlock{Table: t, Caption: "Bảng rộng " + id, ID: id}
}

func heading(text string) report.Heading {
	return report.Heading{Level: 1, ID: text, Text: []report.Run{{Text: text}}}
}

func para1(text string) report.Paragraph { return report.Paragraph{Text: []report.Run{{Text: text}}} }

// TestTurnedPagesFollowEachOther: pages turn only for what comes, and what
// waits for it comes along.
func TestTurnedPagesFollowEachOther(t *testing.T) {
	head := summary().Blocks[:2]
	annex := func(n string) report.Annex {
		return report.Annex{Number: n, ID: "phu-luc-" + n, Title: "Số liệu " + n}
	}
	doc := summary()
	doc.Blocks = append(slices.Clone(head), heading("II. ĐẦU MỤC"), broad("a"), broad("b"), annex("I"), broad("c"), annex("II"), broad("d"))
	back := summary()
	back.Blocks = append(slices.Clone(head), broad("a"), para1("Trở lại trang đứng."), report.PageBreak{}, heading("III. SAU CÙNG"), broad("b"), report.PageBreak{}, annex("I"), para1("Lời của phụ lục."))
	got := openedAll(t, written(t, doc), written(t, back))
	for i, want := range [][][]string{
		{{"I. KẾT QUẢ"}, {"II. ĐẦU MỤC", "Bảng rộng a", "Bảng rộng b"}, {"Phụ lục I", "Bảng rộng c"}, {"Phụ lục II", "Bảng rộng d"}},
		{{"I. KẾT QUẢ"}, {"Bảng rộng a"}, {"Trở lại trang đứng."}, {"III. SAU CÙNG", "Bảng rộng b"}, {"Phụ lục I", "Lời của phụ lục."}},
	} {
		if len(got[i]) != len(want) {
			t.Errorf("paper %d has %d pages, want %d:\n%s", i, len(got[i]), len(want), strings.Join(got[i], "\n-----\n"))
			continue
		}
		for n, page := range want {
			for _, text := range page {
				if !strings.Contains(got[i][n], text) {
					t.Errorf("paper %d, page %d has no %q:\n%s", i, n+1, text, got[i][n])
				}
			}
		}
	}
}

// TestSignatureStandsWithTheLastLines: whatever length the text before it has,
// the signature is never alone, and nothing empty follows it.
func TestSignatureStandsWithTheLastLines(t *testing.T) {
	var files [][]byte
	for n := range 12 {
		doc := summary()
		doc.Blocks = nil
		for range 14 + n {
			doc.Blocks = append(doc.Blocks, para1("Đoạn văn ngắn."))
		}
		doc.Blocks = append(doc.Blocks, para1("Trên đây là báo cáo."), report.Signature{})
		files = append(files, written(t, doc))
	}
	for n, pages := range openedAll(t, files...) {
		last := pages[len(pages)-1]
		if !strings.Contains(last, "Nguyễn Văn A") || !strings.Contains(last, "Nơi nhận:") || !strings.Contains(last, "Trên đây là báo cáo.") {
			t.Errorf("paper %d ends with the page\n%s", n, last)
		}
	}
}

// TestTheLastRowStaysWithTheSignature: Word keeps a row by its paragraphs.
func TestTheLastRowStaysWithTheSignature(t *testing.T) {
	doc := summary()
	doc.Blocks = []report.Block{report.TableBlock{Table: units(6), Caption: "Kết quả", ID: "t"}, report.Signature{}}
	body := parts(t, written(t, doc))["word/document.xml"]
	last := body[strings.LastIndex(body[:strings.Index(body, "Nguồn:")], "<w:tr>"):strings.Index(body, "Nguồn:")]
	if paragraphs := strings.Count(last, "<w:pPr>"); !strings.Contains(last, "Tổng cộng") || strings.Count(last, "<w:keepNext/>") != paragraphs {
		t.Errorf("not every paragraph stays: %s", last)
	}
}

// TestLinksLeadSomewhere: each place that a link leads to is there once.
func TestLinksLeadSomewhere(t *testing.T) {
	long := strings.Repeat("rat-dai-", 8)
	ids := []string{"bang", "Bang", "bang-chia", long + "1", long + "2", "hinh", "ma"}
	doc := summary()
	var links report.Paragraph
	for _, id := range append(ids, "khong-co") {
		links.Text = append(links.Text, report.Run{Text: id, Href: "#" + id})
	}
	plain := units(2)
	parted := broad("bang-chia")
	for range 3 {
		parted.Table.Columns = append(parted.Table.Columns, parted.Table.Columns...)
	}
	row := make([]any, len(parted.Table.Columns))
	parted.Table.Rows = [][]any{row}
	doc.Blocks = []report.Block{links,
		report.Annex{Number: "I", ID: long + "1", Title: "Kết quả"}, report.TableBlock{Table: plain, Caption: "Kết quả", ID: "bang"},
		report.Annex{Number: "II", ID: long + "2", Title: "Khác"}, parted, report.TableBlock{Table: plain, Caption: "Nữa", ID: "Bang"},
		&report.Chart{ID: "hinh", Caption: "Hình", Table: plain}, report.List{Items: [][]report.Block{{report.Code{ID: "ma", Caption: "SQL", Text: "SELECT 1"}}}},
	}
	body := parts(t, written(t, doc))["word/document.xml"]
	places, seen := map[string]int{}, map[string]bool{}
	for _, m := range regexp.MustCompile(`<w:bookmarkStart w:id="(\d+)" w:name="([^"]*)"/>`).FindAllStringSubmatch(body, -1) {
		places[strings.ToLower(m[2])]++
		if seen[m[1]] || len(m[2]) > 40 {
			t.Errorf("the bookmark %s is not as Word wants it", m[0])
		}
		seen[m[1]] = true
	}
	to := map[string]bool{}
	for _, m := range regexp.MustCompile(`w:anchor="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		to[m[1]] = true
		if n := places[strings.ToLower(m[1])]; n != 1 {
			t.Errorf("%s is there %d times", m[1], n)
		}
	}
	if len(to) != len(ids) {
		t.Errorf("%d links to different places, want %d: %v", len(to), len(ids), to)
	}
	if !strings.Contains(body, "(phần 2/") || strings.Contains(body, "Bảng 1. Kết quả") {
		t.Error("the paper has not the tables this test is about")
	}
}

// TestRowsThatBelongTogetherStaySo: the first rows of a long table and its last
// are not left alone, a small table is not parted.
func TestRowsThatBelongTogetherStaySo(t *testing.T) {
	kept := func(n int) (out string) {
		body := parts(t, written(t, &report.Document{Path: "x", Blocks: []report.Block{report.TableBlock{Table: units(n), Caption: "Kết quả", ID: "t"}}}))["word/document.xml"]
		for _, row := range strings.Split(body, "<w:tr>")[1:] {
			row, _, _ = strings.Cut(row, "</w:tr>")
			switch strings.Count(row, "<w:keepNext/>") {
			case 0:
				out += "."
			case strings.Count(row, "<w:p>"):
				out += "k"
			default:
				out += "?"
			}
		}
		return out
	}
	for rows, want := range map[int]string{4: "kkkkkk", 9: "kk......kkk", 20: "kk" + strings.Repeat(".", 15) + "kkkkk"} {
		if got := kept(rows); got != want {
			t.Errorf("%d rows: %s, want %s", rows, got, want)
		}
	}
}
