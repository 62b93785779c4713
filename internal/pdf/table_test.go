package pdf

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"tongket/internal/report"
)

func tableDoc(blocks ...report.Block) *report.Document {
	return &report.Document{Path: "bang", Title: "Bảng", Paper: paper(), Blocks: blocks}
}

func TestHeadIsRepeatedAndRowsAreWhole(t *testing.T) {
	table := units()
	for range 4 {
		table.Rows = append(table.Rows, table.Rows...)
	}
	pages := sheets(t, written(t, tableDoc(report.TableBlock{Table: table, Caption: "Dài", Numbered: true}), "vi"))
	if len(pages) < 10 {
		t.Fatalf("%d pages", len(pages))
	}
	rows := 0
	for i, s := range pages {
		if _, ok := s.look("Thanh tra tỉnh"); !ok {
			continue
		}
		s.find(t, "Tên cơ quan, đơn")
		// The longest name takes several lines: all of them on one page.
		if at, ok := s.look("Ban Quản lý Khu công"); ok {
			rows++
			found := false
			for _, w := range s.Words {
				found = found || w.Text == "sinh" && w.Y1 > at.Y1-1
			}
			if !found {
				t.Errorf("page %d: a row is split", i+1)
			}
		}
	}
	if rows == 0 {
		t.Error("no long row was seen")
	}
	all := copied(t, written(t, tableDoc(report.TableBlock{Table: table, Caption: "Dài", Numbered: true}), "vi"))
	if n := strings.Count(all, "Thanh tra tỉnh"); n != 16 {
		t.Errorf("%d of 16 rows printed", n)
	}
}

func TestGroupRowStaysWithItsFirstRow(t *testing.T) {
	table := units()
	table.Columns = append([]report.Column(nil), table.Columns...)
	for i := range table.Rows {
		table.Rows[i] = append([]any(nil), table.Rows[i]...)
		table.Rows[i][0] = fmt.Sprintf("Khối%d", i/3)
		table.Rows[i][1] = fmt.Sprintf("Đơnvị%d", i)
	}
	for _, s := range sheets(t, written(t, tableDoc(report.TableBlock{Table: table, Caption: "Nhóm", Group: "block"}), "vi")) {
		for i, w := range s.Words {
			var k int
			if _, err := fmt.Sscanf(w.Text, "Khối%d", &k); err != nil {
				continue
			}
			first := k * 3
			if i > 0 && s.Words[i-1].Text == "Cộng:" {
				first = min(first+2, len(table.Rows)-1) // the sum with the last row of the group
			}
			s.find(t, fmt.Sprintf("Đơnvị%d", first))
		}
	}
}

func TestNumbersStandUnderEachOther(t *testing.T) {
	table := report.Table{Name: "n", Columns: []report.Column{{Name: "a", Title: "Tên", Format: report.Text}, {Name: "b", Title: "Số mét", Format: report.Number, Decimals: 2, Total: true}, {Name: "c", Title: "Tự do"}},
		Rows: [][]any{{"x", 1234.5, 12.25}, {"y", 7.25, int64(3)}, {"z", nil, 1000.5}}}
	s := sheets(t, written(t, tableDoc(report.TableBlock{Table: table, Caption: "Số"}), "vi"))[0]
	near(t, "right edges", s.find(t, "7,25").X2, s.find(t, "1.234,50").X2, 0.1)
	near(t, "total", s.find(t, "1.241,75").X2, s.find(t, "1.234,50").X2, 0.1)
	// Without a fixed number of decimals the marks stand in line.
	width := s.find(t, "12,25").X2 - s.find(t, "3").X2
	if width < 3 {
		t.Errorf("3 ends %.1f mm before 12,25", width)
	}
}

func TestWideTables(t *testing.T) {
	wide := func(columns int) report.TableBlock {
		table := report.Table{Name: "wide", Columns: []report.Column{{Name: "u", Title: "Đơn vị", Format: report.Text}}}
		row := []any{"Sở Nội vụ"}
		for i := range columns {
			table.Columns = append(table.Columns, report.Column{Name: fmt.Sprint("c", i), Title: fmt.Sprintf("Cột%d", i), Format: report.Number, Decimals: 1, Total: true})
			row = append(row, 100000.5+float64(i))
		}
		table.Rows = [][]any{row, row}
		return report.TableBlock{Table: table, Caption: "Rộng", Numbered: true}
	}
	for _, c := range []struct {
		columns int
		turned  bool
		parts   bool
	}{{3, false, false}, {11, true, false}, {60, true, true}} {
		file := written(t, tableDoc(para("Trước."), wide(c.columns), para("Sau.")), "vi")
		pages := sheets(t, file)
		if turned := len(pages) > 1 && pages[1].Width > pages[1].Height; turned != c.turned {
			t.Errorf("%d columns: turned %v", c.columns, turned)
		}
		if last := pages[len(pages)-1]; last.Width > last.Height {
			t.Errorf("%d columns: the text after the table stays turned", c.columns)
		}
		all := copied(t, file)
		for i := range c.columns {
			if !strings.Contains(all, fmt.Sprintf("Cột%d", i)) || strings.Count(all, fmt.Sprintf("100.%03d,5", i)) != 2 {
				t.Errorf("%d columns: column %d is not whole", c.columns, i)
			}
		}
		if got := strings.Contains(all, "(phần 1/"); got != c.parts {
			t.Errorf("%d columns: parts %v", c.columns, got)
		}
		inside(t, pages)
	}
}

// inside checks that no word crosses the edges of the text block.
func inside(t *testing.T, pages []sheet) {
	t.Helper()
	for i, s := range pages {
		for _, w := range s.Words {
			if w.X1 < 29.8 || w.X2 > s.Width-14.5 || w.Y2 > s.Height-8 || w.Y1 < 8 {
				t.Errorf("page %d: %.30q at %.1f–%.1f, %.1f–%.1f leaves the text block", i+1, w.Text, w.X1, w.X2, w.Y1, w.Y2)
			}
		}
	}
}

func TestEmptyAndMissing(t *testing.T) {
	empty, missing := units(), units()
	empty.Rows = nil
	missing.Rows = [][]any{make([]any, len(missing.Columns)), make([]any, len(missing.Columns))}
	bare := report.Table{Name: "bare", Columns: []report.Column{{Name: "h", Title: "Ẩn", Hidden: true}}, Rows: [][]any{{"x"}}}
	cut := units()
	cut.Rows, cut.Cut = cut.Rows[:2], 1033
	all := copied(t, written(t, tableDoc(
		report.TableBlock{Table: empty, Caption: "Trống", Numbered: true},
		report.TableBlock{Table: missing, Caption: "Thiếu", Group: "block"},
		report.TableBlock{Table: bare, Caption: "Không cột"},
		report.TableBlock{Table: cut, Caption: "Một phần"},
	), "vi"))
	for _, want := range []string{"Bảng 1. Trống", "Chưa có số liệu", "Bảng 2. Thiếu", report.Missing, "Bảng 3. Không cột", "Còn 1.033 dòng không in ở đây.", "Cộng các dòng trên"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q", want)
		}
	}
}

func TestHostileValues(t *testing.T) {
	long, many := strings.Repeat("Mộtchữkhôngcódấucách", 20), strings.Repeat("Tên rất dài của đơn vị ", 20)
	table := units()
	table.Rows = table.Rows[:3]
	table.Rows[0][1], table.Rows[1][1], table.Rows[2][1] = long, many, "<b>&amp;\x00\x07\x1b[31m😀漢字\u202eabc\ufffe\xff=1+1"
	table.Columns[2].Title = long
	table.Rows[0][2] = 1e300
	tall := report.Table{Name: "../../etc/passwd", Columns: []report.Column{{Name: "=cmd", Title: "Văn bản"}}, Rows: [][]any{{strings.Repeat("chữ ", 9000)}}}
	p := paper()
	p.Agency, p.Subject, p.Place, p.Signer = []string{many}, long, many, long
	p.Recipients = append(p.Recipients, long)
	doc := &report.Document{Path: "x", Title: long, Paper: p, Blocks: []report.Block{
		head(9, long), head(0, "\x00"), para(long), para(""), report.PageBreak{}, report.PageBreak{},
		report.Figures{}, report.Figures{Items: []report.Figure{{Label: long, Value: long, Unit: many, Meter: true, Share: 7}}},
		report.Notice{Severity: "stop", Text: text(many)}, report.List{}, report.List{Items: [][]report.Block{{}, {report.TableBlock{}}}},
		report.TableBlock{Table: table, Caption: long, Numbered: true}, report.TableBlock{Table: tall, Caption: "Ô cao hơn trang"},
		report.Signature{}, report.Annex{Title: long, Landscape: true}, report.Annex{}, report.PageBreak{},
	}}
	file := written(t, doc, "vi")
	tool(t, "qpdf", "--check", file)
	inside(t, sheets(t, file))
	all := copied(t, file)
	if n := strings.Count(all, "chữ "); n < 9000 {
		t.Errorf("%d of 9000 words of the tall cell", n)
	}
	if !strings.Contains(all, "<b>&amp; [31m□□□abc□□=1+1") {
		t.Errorf("hostile text came out otherwise")
	}
	if list := tool(t, "pdfdetach", "-list", file); strings.Contains(list, "..") {
		t.Errorf("attachment names: %s", list)
	}
}

func TestEmptyDocument(t *testing.T) {
	for _, doc := range []*report.Document{{}, {Paper: &report.Paper{}}, {Blocks: []report.Block{report.PageBreak{}, report.Signature{}}}} {
		if n := len(sheets(t, written(t, doc, "vi"))); n != 1 {
			t.Errorf("%d pages", n)
		}
	}
}

func TestThousandsOfRows(t *testing.T) {
	table := units()
	first := table.Rows
	for len(table.Rows) < 5000 {
		table.Rows = append(table.Rows, first...)
	}
	table.Rows = table.Rows[:5000]
	pages := sheets(t, written(t, tableDoc(report.TableBlock{Table: table, Caption: "Năm nghìn dòng", Numbered: true}), "vi"))
	pages[len(pages)-1].find(t, "5000")
}

func BenchmarkOnePage(b *testing.B) {
	doc := &report.Document{Title: "Một trang", Paper: paper(), Blocks: []report.Block{para("Một đoạn văn."), report.Signature{}}}
	l := locale(b, "vi")
	for b.Loop() {
		var buf bytes.Buffer
		if err := Write(&buf, doc, l); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFiveThousandRows(b *testing.B) {
	table := units()
	first := table.Rows
	for len(table.Rows) < 5000 {
		table.Rows = append(table.Rows, first...)
	}
	doc, l := tableDoc(report.TableBlock{Table: table, Caption: "Dài", Numbered: true}), locale(b, "vi")
	for b.Loop() {
		var buf bytes.Buffer
		if err := Write(&buf, doc, l); err != nil {
			b.Fatal(err)
		}
	}
}

func TestManyAttachedTables(t *testing.T) {
	doc := tableDoc()
	for i := range 12 {
		table := units()
		table.Name, table.Rows = fmt.Sprintf("bang_%d", i), table.Rows[:1+i]
		doc.Blocks = append(doc.Blocks, head(1, fmt.Sprintf("Mục %d", i)), report.TableBlock{Table: table, Caption: "Bảng"})
	}
	doc.Blocks = append(doc.Blocks, doc.Blocks[1]) // the same data once more
	file := written(t, doc, "vi")
	tool(t, "qpdf", "--check", file)
	if list := tool(t, "pdfdetach", "-list", file); strings.Count(list, ".csv") != 12 {
		t.Errorf("attached: %s", list)
	}
	out := t.TempDir() + "/a.csv"
	tool(t, "pdfdetach", "-save", "2", "-o", out, file)
	got, err := os.ReadFile(out)
	if want := "\ufeffblock,unit_name,backlog_m,arranged_m,done_share,files,budget,status\n\"I. Sở, ban, ngành\",Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh,40,40,1,1240,324000000,done\n"; err != nil || !strings.HasPrefix(string(got), want) {
		t.Errorf("%v: %q", err, got)
	}
}

// Totals are bold and wider than the rows they add up.
func TestFiguresKeepClearOfTheRules(t *testing.T) {
	for columns := 3; columns < 12; columns++ {
		table := report.Table{Name: "n", Columns: []report.Column{{Name: "u", Title: "Đơn vị", Format: report.Text}}}
		row := []any{"Ban Quản lý Khu công nghệ cao công nghệ sinh học Đồng Nai"}
		for i := range columns {
			table.Columns = append(table.Columns, report.Column{Name: fmt.Sprint("c", i), Title: fmt.Sprint("C", i), Format: report.Number, Decimals: 1, Total: true})
			row = append(row, 444444.4)
		}
		table.Rows = [][]any{row, row}
		s := sheets(t, written(t, tableDoc(report.PageBreak{}, report.TableBlock{Table: table, Caption: "Tổng"}), "vi"))[1]
		var totals []seen
		for _, w := range s.Words {
			if w.Text == "888.888,8" {
				totals = append(totals, w)
			}
		}
		if len(totals) != columns {
			t.Fatalf("%d totals of %d", len(totals), columns)
		}
		for i, w := range totals[1:] {
			if gap := w.X1 - totals[i].X2; gap < 2*pad-0.05 {
				t.Errorf("%d columns: totals %d and %d stand %.2f mm apart", columns, i+1, i+2, gap)
			}
		}
		near(t, "last total before the edge", s.Width-marginRight-totals[columns-1].X2, pad, 0.2)
		label := s.find(t, "Tổng cộng")
		if label.Y2-label.Y1 > 6 {
			t.Errorf("%d columns: the label of the total is broken", columns)
		}
	}
}

// A table that does not fit on what is left of a page begins there all the
// same, with two rows at least; one of three rows moves as a whole.
func TestTablesBeginAtTheFootOfAPage(t *testing.T) {
	rowsOn := func(rows, before int) (first, second int, caption bool) {
		table := units()
		table.Rows = append([][]any(nil), table.Rows[:rows]...)
		for i := range table.Rows {
			table.Rows[i] = append([]any(nil), table.Rows[i]...)
			table.Rows[i][1] = fmt.Sprintf("Đơnvị%d", i)
		}
		doc := tableDoc()
		for range before {
			doc.Blocks = append(doc.Blocks, para("Đoạn văn."))
		}
		doc.Blocks = append(doc.Blocks, report.TableBlock{Table: table, Caption: "Cuối trang"})
		pages := sheets(t, written(t, doc, "vi"))
		_, caption = pages[0].look("Cuối trang")
		for i, s := range pages {
			for _, w := range s.Words {
				if strings.HasPrefix(w.Text, "Đơnvị") {
					if i == 0 {
						first++
					} else {
						second++
					}
				}
			}
		}
		return first, second, caption
	}
	split := 0
	for before := 8; before < 24; before++ {
		for _, rows := range []int{3, 4, 7} {
			first, second, caption := rowsOn(rows, before)
			if first+second != rows || caption != (first > 0) {
				t.Errorf("%d rows after %d paragraphs: %d and %d, caption on the first page: %v", rows, before, first, second, caption)
			}
			if first == 0 || second == 0 {
				continue
			}
			split++
			if rows == 3 || first < 2 || second < 2 {
				t.Errorf("%d rows after %d paragraphs are parted %d and %d", rows, before, first, second)
			}
		}
	}
	if split == 0 {
		t.Error("no table was parted")
	}
}

func TestEmptyRemarksAreBlank(t *testing.T) {
	table := report.Table{Name: "n", Columns: []report.Column{{Name: "u", Title: "Đơn vị", Format: report.Text}, {Name: "m", Title: "Mét", Format: report.Number}, {Name: "n", Title: "Ghi chú", Format: report.Text}},
		Rows: [][]any{{"Một", nil, nil}, {"Hai", 2.0, nil}, {"Ba", 3.0, "Chậm"}}}
	all := copied(t, written(t, tableDoc(report.TableBlock{Table: table, Caption: "Chú"}), "vi"))
	if n := strings.Count(all, report.Missing); n != 1 {
		t.Errorf("%d dashes, want the one of the missing figure:\n%s", n, all)
	}
}

func TestOnlyTableOfAnAnnexNeedsNoCaption(t *testing.T) {
	few := units()
	few.Rows = few.Rows[:2]
	other := units()
	other.Rows = other.Rows[2:4]
	all := copied(t, written(t, tableDoc(
		report.Annex{Number: "I", Title: "Kết quả của các đơn vị đến hết quý IV/2021"},
		report.TableBlock{Table: few, Caption: "Kết quả của các đơn vị"},
		report.Annex{Number: "II", Title: "Đơn vị chậm, đơn vị chưa làm"},
		report.TableBlock{Table: few, Caption: "Đơn vị chậm"},
		report.TableBlock{Table: other, Caption: "Đơn vị chưa làm"},
	), "vi"))
	if strings.Contains(all, "Bảng 1. Kết quả") || !strings.Contains(all, "Bảng 1. Đơn vị chậm") || !strings.Contains(all, "Bảng 2. Đơn vị chưa làm") {
		t.Error(all)
	}
}

// TestNoEmptyPageBetweenTurnedPages: a page break after a turned table opens no
// page of its own.
func TestNoEmptyPageBetweenTurnedPages(t *testing.T) {
	wide := report.TableBlock{Table: units(), Caption: "Rộng", ID: "w", Landscape: true}
	doc := &report.Document{Paper: paper(), Blocks: []report.Block{para("Lời đầu."), wide, report.PageBreak{}, report.Annex{Number: "I", ID: "a", Title: "Số liệu"}, para("Lời của phụ lục.")}}
	for i, s := range sheets(t, written(t, doc, "vi")) {
		if len(s.Words) < 3 {
			t.Errorf("page %d is empty: %s", i+1, s.text())
		}
	}
}
