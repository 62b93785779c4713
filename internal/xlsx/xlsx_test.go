package xlsx

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"tongket/internal/report"
)

func locale(t testing.TB) *report.Locale {
	t.Helper()
	text, err := os.ReadFile("../../templates/lang/vi.json")
	if err != nil {
		t.Fatal(err)
	}
	l, err := report.NewLocale(text)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func table(rows ...[]any) report.TableBlock {
	return report.TableBlock{Caption: "Kết quả [quý IV/2021]: tất cả các đơn vị của tỉnh", ID: "t", Table: report.Table{Name: "t", Columns: []report.Column{
		{Name: "unit", Title: "Đơn vị", Format: report.Text},
		{Name: "m", Title: "Đã chỉnh lý", Format: report.Number, Decimals: 1, Unit: "mét", Total: true},
		{Name: "s", Title: "Tỷ lệ", Format: report.Percent, Decimals: 1},
		{Name: "d", Title: "Ngày", Format: report.Date},
		{Name: "p", Title: "Kỳ", Format: report.Period},
		{Name: "h", Title: "Ẩn", Format: report.Text, Hidden: true},
	}, Rows: rows, Source: report.Source{Query: "queries/t.sql", Files: 2, Rows: 9}}}
}

func document(blocks ...report.Block) *report.Document {
	return &report.Document{Path: "x", Title: "Báo cáo tổng kết", Blocks: blocks}
}

var site = &report.Site{Agency: "Sở Nội vụ", Edition: "Số liệu đến quý IV/2021", Notice: "Số liệu minh họa"}

func written(t testing.TB, doc *report.Document) (*excelize.File, []byte) {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, doc, site, locale(t)); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, out.Bytes()
}

// calculated is a sheet as LibreOffice sees it after it has calculated the
// formulas anew.
func calculated(t testing.TB, file []byte, sheet int) [][]string {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("soffice is not installed")
		}
		t.Skip("soffice is not installed")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.xlsx"), file, 0o644); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("soffice", "-env:UserInstallation=file://"+dir+"/home", "--headless", "--convert-to", fmt.Sprintf(`csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,%d`, sheet), "a.xlsx")
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil || len(names) != 1 {
		t.Fatalf("%v, %v", names, err)
	}
	text, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestValues: numbers, shares and dates are such, sums are formulas that give
// what we say, a formula in a value is text.
func TestValues(t *testing.T) {
	day := time.Date(2022, 10, 28, 0, 0, 0, 0, time.UTC)
	doc := document(table([]any{"Sở Nội vụ", 1234.5, 0.5, day, "2021-Q4", "x"}, []any{`=HYPERLINK("http://x","y")`, 0.25, nil, nil, nil, nil}, []any{"+1", int64(3), 1.0, day, "2021", nil}),
		&report.Chart{Caption: "Hình", Table: table([]any{"a", 1.0, 0.1, nil, nil, nil}).Table})
	f, file := written(t, doc)
	for range 10 {
		if _, again := written(t, doc); !bytes.Equal(file, again) {
			t.Fatal("the same document has other bytes")
		}
	}
	sheets := f.GetSheetList()
	if len(sheets) != 3 || sheets[0] != "Mục lục" || len([]rune(sheets[1])) > 31 {
		t.Fatalf("sheets: %q", sheets)
	}
	is := func(cell string, kind excelize.CellType, want string) {
		t.Helper()
		got, err1 := f.GetCellValue(sheets[1], cell, excelize.Options{RawCellValue: true})
		of, err2 := f.GetCellType(sheets[1], cell)
		if err1 != nil || err2 != nil || got != want || of != kind {
			t.Errorf("%s: %q of type %v, want %q of %v", cell, got, of, want, kind)
		}
	}
	number, text := excelize.CellTypeUnset, excelize.CellTypeInlineString
	is("A4", text, "Đơn vị")
	is("B4", text, "Đã chỉnh lý (mét)")
	is("B5", number, "1234.5")
	is("C5", number, "0.5")
	is("D5", number, "44862")
	is("E5", text, "quý IV/2021")
	is("A6", text, `=HYPERLINK("http://x","y")`)
	is("C6", number, "")
	is("A7", text, "+1")
	if formula, err := f.GetCellFormula(sheets[1], "A6"); err != nil || formula != "" {
		t.Errorf("a value became the formula %q", formula)
	}
	if formula, err := f.GetCellFormula(sheets[1], "B8"); err != nil || formula != "SUBTOTAL(109,B5:B7)" {
		t.Errorf("the sum is %q", formula)
	}
	is("B8", number, "1237.75")
	rows := calculated(t, file, 2)
	if got := rows[7][1]; strings.NewReplacer(",", "").Replace(got) != "1237.8" && got != "1237.75" {
		t.Errorf("calculated anew the sum is %q", got)
	}
	if got := rows[5][0]; got != `=HYPERLINK("http://x","y")` {
		t.Errorf("calculated anew the name is %q", got)
	}
	cover := calculated(t, file, 1)
	all := fmt.Sprint(cover)
	for _, want := range []string{"Sở Nội vụ", "Báo cáo tổng kết", "Số liệu đến quý IV/2021", "Số liệu minh họa", "queries/t.sql", "Kết quả [quý IV/2021]"} {
		if !strings.Contains(all, want) {
			t.Errorf("the cover does not tell %q", want)
		}
	}
}

// TestOdd: many tables of one name, none, no rows, texts beyond all bounds.
func TestOdd(t *testing.T) {
	f, _ := written(t, document(table(), table(), table([]any{strings.Repeat("ă", 40000), nil, nil, nil, nil, nil}), report.TableBlock{Caption: "'/\\?*", Table: table().Table}, report.TableBlock{Caption: "", Table: report.Table{Name: "none"}}))
	if list := f.GetSheetList(); len(list) != 5 {
		t.Errorf("sheets: %q", list)
	}
	if f, _ := written(t, document()); len(f.GetSheetList()) != 1 {
		t.Error("a document without tables has no cover")
	}
	big := table()
	for i := range 50000 {
		big.Table.Rows = append(big.Table.Rows, []any{fmt.Sprint("Đơn vị ", i), float64(i), 0.5, nil, "2021-Q4", nil})
	}
	f, _ = written(t, document(big))
	if got, err := f.GetCellValue(f.GetSheetList()[1], "A50004"); err != nil || got != "Đơn vị 49999" {
		t.Errorf("the last of 50,000 rows: %q, %v", got, err)
	}
}

// What Excel cannot hold as it is stands there as text, and is not added up.
func TestExact(t *testing.T) {
	block := table([]any{"A", 1e15, nil, time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)}, []any{"B", 2.0, nil, time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)})
	block.Table.Columns = append(block.Table.Columns[:4:4], report.Column{Name: "n", Title: "Số", Format: report.Integer, Total: true})
	block.Table.Rows[0] = append(block.Table.Rows[0], int64(9007199254740993))
	block.Table.Rows[1] = append(block.Table.Rows[1], int64(7))
	f, _ := written(t, document(block))
	sheet := f.GetSheetList()[1]
	for at, want := range map[string]string{"D5": "31/12/1899", "E5": "9.007.199.254.740.993", "E6": "7"} {
		got, err := f.GetCellValue(sheet, at)
		if err != nil || got != want {
			t.Errorf("%s: %q, want %q (%v)", at, got, want, err)
		}
	}
	for at, want := range map[string]bool{"B7": true, "E7": false} {
		formula, err := f.GetCellFormula(sheet, at)
		if err != nil || (formula != "") != want {
			t.Errorf("%s: %q (%v)", at, formula, err)
		}
	}
}

// Names of sheets are as short as Excel counts, and none is one that it keeps.
func TestSheetNames(t *testing.T) {
	var blocks []report.Block
	for _, caption := range []string{strings.Repeat("😀", 31), strings.Repeat("😀", 40), "History", "[]:*?/\\", "ẢO", "ảo", "a\x00\ufffeb", "'", strings.Repeat("Bảng số liệu ", 9), strings.Repeat("Bảng số liệu ", 9)} {
		b := table([]any{"A", 1.0, nil, nil, nil, nil})
		b.Caption = caption
		blocks = append(blocks, b)
	}
	f, _ := written(t, document(blocks...))
	seen := map[string]bool{}
	for _, name := range f.GetSheetList() {
		if key := strings.ToLower(name); len(utf16.Encode([]rune(name))) > 31 || key == "history" || seen[key] || strings.ContainsAny(name, "[]:*?/\\\x00") {
			t.Errorf("%q", name)
		} else {
			seen[key] = true
		}
	}
	if len(seen) != len(blocks)+1 {
		t.Errorf("%d sheets", len(seen))
	}
}

// TestATableInAListHasASheet: it stands on the page and on paper too.
func TestATableInAListHasASheet(t *testing.T) {
	inside := table([]any{"Sở Y tế", 1.5, 0.5, nil, nil, nil})
	inside.Caption = "Trong danh sách"
	f, _ := written(t, document(report.List{Items: [][]report.Block{{report.Paragraph{}, report.List{Items: [][]report.Block{{inside}}}}}}))
	if v, err := f.GetCellValue("Trong danh sách", "A5"); err != nil || v != "Sở Y tế" {
		t.Errorf("A5 is %q: %v, the sheets are %v", v, err, f.GetSheetList())
	}
}
