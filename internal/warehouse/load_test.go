package warehouse

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tongket/internal/contract"
	"tongket/internal/report"
)

const contractText = `name: x
resources:
  - name: units
    title: Danh mục đơn vị
    path: units.csv
    names: [name, aliases]
    schema:
      primaryKey: code
      fields:
        - {name: code, title: Mã}
        - {name: name, title: Tên}
        - {name: aliases, title: Tên khác}
  - name: progress
    title: Tiến độ
    path: progress/*.csv
    dialect: {delimiter: ";"}
    schema:
      primaryKey: [unit, period]
      missingValues: ["", "-"]
      foreignKeys: [{fields: unit, reference: {resource: units, fields: code}}]
      fields:
        - {name: unit, title: Đơn vị}
        - {name: period, title: Kỳ, period: true}
        - {name: day, title: Ngày, type: date, format: "%d/%m/%Y"}
        - {name: backlog_m, title: Tồn đọng, type: number, decimalChar: ",", groupChar: ".", scale: 2, constraints: {required: true, minimum: 0}}
        - {name: arranged_m, title: Đã chỉnh lý, type: number, decimalChar: ",", groupChar: ".", scale: 2}
        - {name: files, title: Hồ sơ, type: integer, groupChar: "."}
        - {name: note, title: Ghi chú, constraints: {maxLength: 20}}
    rules:
      - {name: part, condition: arranged_m <= backlog_m, message: Chỉnh lý nhiều hơn tồn đọng, severity: error}
      - {name: many, condition: files < 1000, message: Nhiều hồ sơ, severity: warning}
`

const unitsText = "code,name,aliases\nSNV,Sở Nội vụ,SNV|Sở NV\n731,Thành phố Biên Hòa,TP. Biên Hòa|BIÊN HÒA\nTP1,Huyện Tân Phú,Tân Phú\nTP2,Phường Tân Phú,Tân Phú\n"

var header = "Đơn vị;Kỳ;Ngày;Tồn đọng;Đã chỉnh lý;Hồ sơ;Ghi chú\n"

type fixture struct {
	t    testing.TB
	dir  string
	c    *contract.Contract
	l    *report.Locale
	w    *Warehouse
	time time.Time
	asOf time.Time // of questions
	then *Previous
}

func locale(t testing.TB) *report.Locale {
	t.Helper()
	catalog, err := os.ReadFile("../../templates/lang/vi.json")
	if err != nil {
		t.Fatal(err)
	}
	l, err := report.NewLocale(catalog)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func setUp(t testing.TB) *fixture {
	t.Helper()
	c, err := contract.Read(fstest.MapFS{contract.File: {Data: []byte(contractText)}})
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{t: t, dir: t.TempDir(), c: c, l: locale(t), time: time.Date(2022, 1, 10, 8, 0, 0, 0, time.UTC)}
	f.open()
	t.Cleanup(func() { f.w.Close() })
	if r := f.load("units", "units.csv", unitsText); r.Accepted != 4 {
		t.Fatalf("units: %+v", r)
	}
	return f
}

func (f *fixture) path() string { return filepath.Join(f.dir, "w.duckdb") }

func (f *fixture) open() {
	f.t.Helper()
	w, err := Open(context.Background(), f.path(), f.c, f.l)
	if err != nil {
		f.t.Fatal(err)
	}
	f.w = w
}

func (f *fixture) load(resource, name, text string) *Receipt {
	f.t.Helper()
	path := filepath.Join(f.dir, filepath.Base(name))
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		f.t.Fatal(err)
	}
	r, err := f.w.Load(context.Background(), Delivery{Path: path, Name: name, Resource: f.c.Resource(resource), Received: f.time})
	if err != nil {
		f.t.Fatal(err)
	}
	if r.Status != Known && r.Accepted+r.Rejected != r.Read {
		f.t.Errorf("%s: %d read, %d accepted and %d rejected", name, r.Read, r.Accepted, r.Rejected)
	}
	return r
}

// ask closes the writer and runs a query over what it left.
func (f *fixture) ask(sql string) [][]any {
	f.t.Helper()
	if err := f.w.Close(); err != nil {
		f.t.Fatal(err)
	}
	defer f.open()
	ctx := context.Background()
	r, err := OpenReader(ctx, Asked{Path: f.path(), Contract: f.c, Locale: f.l, AsOf: f.asOf, Previous: f.then})
	if err != nil {
		f.t.Fatal(err)
	}
	defer r.Close()
	var columns []string
	for _, c := range "abcdefgh" {
		columns = append(columns, fmt.Sprintf("--  %c: {title: x}", c))
	}
	used := columns[:strings.Count(sql, " AS ")]
	q, err := parseQuery("queries/ask.sql", "-- title: x\n-- columns:\n"+strings.Join(used, "\n")+"\n"+sql, false)
	if err != nil {
		f.t.Fatal(err)
	}
	if err := r.Define(ctx, []*Query{q}, nil); err != nil {
		f.t.Fatal(err)
	}
	t, err := r.Query(ctx, "ask", nil)
	if err != nil {
		f.t.Fatal(err)
	}
	return t.Rows
}

func TestTypedAndResolved(t *testing.T) {
	f := setUp(t)
	// The first row can be typed by the reader alone; the second, with its
	// thousands marks and blanks, sends the whole file the other way.
	for i, rows := range []string{"SNV;2021-Q1;05/01/2021;1234,5;1000,25;999;\n", "  sở nội  vụ ;2021-Q2; 5/1/2021 ;1.234,50 ;1.000,25;999;\u00a0\n", "TP.Biên Hoà;2021-Q3;-;1234,5;-;;chữ\n"} {
		r := f.load("progress", fmt.Sprintf("progress/%d.csv", i), header+rows)
		if r.Status != Accepted || r.Warned != 0 {
			t.Fatalf("file %d: %+v", i, r)
		}
	}
	got := fmt.Sprint(f.ask("SELECT unit AS a, period AS b, day AS c, backlog_m AS d, arranged_m AS e, files AS f, note AS g, line AS h FROM progress ORDER BY period"))
	want := "[[SNV 2021-Q1 2021-01-05 00:00:00 +0000 UTC 1234.5 1000.25 999 <nil> 2] [SNV 2021-Q2 2021-01-05 00:00:00 +0000 UTC 1234.5 1000.25 999 <nil> 2] [731 2021-Q3 <nil> 1234.5 <nil> <nil> chữ 2]]"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestEveryRowIsAccountedFor: each fault is told with its line, column, value
// and reason, and nothing else is lost.
func TestEveryRowIsAccountedFor(t *testing.T) {
	f := setUp(t)
	r := f.load("progress", "progress/a.csv", header+
		"SNV;2021-Q1;05/01/2021;100;50;10;\n"+ // 2: right
		"SNV;2021-Q2;31/02/2021;12,5/2;50;1,5;\n"+ // 3: three wrong cells
		"Sở Nội vị;2021-Q1;;100;50;10;\n"+ // 4: unknown unit
		"Tân Phú;2021-Q1;;100;50;10;\n"+ // 5: a name of two units
		"731;2021-Q1;;100;101;10;\n"+ // 6: rule
		"731;quý 5;;;50;10;một ghi chú quá dài cho cột này\n"+ // 7: period, required, length
		";2021-Q4;;-1;;10;\n"+ // 8: no unit, below the minimum
		"731;2021-Q3;;1,234;1;10;\n"+ // 9: more decimals than are kept
		"731;2021-Q2;;100;1;5000;\n"+ // 10: warning
		"TP1;2021-Q2;;100;1;1;\n"+ // 11, 12: the same key twice
		"Huyện Tân Phú;2021-Q2;;100;2;1;\n")
	if r.Read != 11 || r.Accepted != 2 || r.Warned != 1 || r.Status != Partial {
		t.Errorf("receipt: %+v", r)
	}
	var got []string
	for _, x := range append(r.Faults, r.Doubts...) {
		got = append(got, fmt.Sprintf("%d %s %q %s", x.Line, x.Column, x.Value, x.Rule))
	}
	want := []string{
		`3 Hồ sơ "1,5" type`, `3 Ngày "31/02/2021" type`, `3 Tồn đọng "12,5/2" type`,
		`4 Đơn vị "Sở Nội vị" reference`, `5 Đơn vị "Tân Phú" reference`, `6  "" part`,
		`7 Ghi chú "một ghi chú quá dài cho cột này" maxLength`, `7 Kỳ "quý 5" period`, `7 Tồn đọng "" required`,
		`8 Tồn đọng "-1,00" minimum`, `8 Đơn vị "" required`, `9 Tồn đọng "1,234" type`,
		`11 Đơn vị + Kỳ "TP1 / 2021-Q2" unique`, `12 Đơn vị + Kỳ "Huyện Tân Phú / 2021-Q2" unique`,
		`10  "" many`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, c := range []struct{ line, want string }{{"4", "gần nhất là: Sở Nội vụ"}, {"5", "TP1"}, {"9", "quá 2 chữ số thập phân"}} {
		found := false
		for _, x := range r.Faults {
			found = found || fmt.Sprint(x.Line) == c.line && strings.Contains(x.Message, c.want)
		}
		if !found {
			t.Errorf("line %s does not say %q", c.line, c.want)
		}
	}
	if n := f.ask("SELECT count(*) AS a FROM rejects")[0][0]; n != int64(14) {
		t.Errorf("%v rejects are kept", n)
	}
}

// TestWrongTypeFarDown: the reader's own way gives up on one cell; the file is
// read the other way and only that row is lost.
func TestWrongTypeFarDown(t *testing.T) {
	f := setUp(t)
	var b strings.Builder
	b.WriteString("code,name,aliases\n")
	for i := range 100_000 {
		fmt.Fprintf(&b, "U%d,Đơn vị %d,\n", i, i)
	}
	f.load("units", "units.csv", b.String())
	b.Reset()
	b.WriteString(header)
	for i := range 100_000 {
		files := fmt.Sprint(i % 1000)
		if i == 69_998 {
			files = "nhiều"
		}
		fmt.Fprintf(&b, "U%d;2021-Q1;05/01/2021;%d,5;1;%s;\n", i, i+1, files)
	}
	r := f.load("progress", "progress/a.csv", b.String())
	if r.Accepted != 99_999 || r.Rejected != 1 || len(r.Faults) != 1 || r.Faults[0].Line != 70_000 || r.Faults[0].Value != "nhiều" {
		t.Errorf("receipt: %+v", r)
	}
	if line := f.ask("SELECT line AS a FROM progress WHERE unit = 'U99999'")[0][0]; line != int64(100_001) {
		t.Errorf("the last row is said to be on line %v", line)
	}
}

// TestTornRows: the lines of rows stay right behind line ends in quotes, blank
// lines and rows of the wrong length.
func TestTornRows(t *testing.T) {
	f := setUp(t)
	r := f.load("progress", "progress/a.csv", "\uFEFF"+strings.ReplaceAll(header, "\n", "\r\n")+
		"SNV;2021-Q1;;100;1;1;\"hai\r\ndòng\"\r\n\r\nSNV;2021-Q2;;100\r\nSNV;2021-Q3;;100;1;1;;;\r\n")
	if r.Read != 3 || r.Accepted != 2 || r.Faults[0].Line != 5 || r.Faults[0].Rule != "columns" {
		t.Errorf("receipt: %+v", r)
	}
	if got := fmt.Sprint(f.ask("SELECT line AS a, note AS b FROM progress ORDER BY line")); got != "[[2 hai\ndòng] [6 <nil>]]" {
		t.Errorf("rows: %q", got)
	}
}

func TestSameBytesChangeNothing(t *testing.T) {
	f := setUp(t)
	text := header + "SNV;2021-Q1;;100;1;1;\n"
	f.load("progress", "progress/a.csv", text)
	for _, name := range []string{"progress/a.csv", "progress/renamed.csv"} {
		if r := f.load("progress", name, text); r.Status != Known {
			t.Errorf("%s: %s", name, r.Status)
		}
	}
	if rows := f.ask("SELECT count(*) AS a, max(submission) AS b FROM progress"); rows[0][0] != int64(1) {
		t.Errorf("rows: %v", rows)
	}
}

// TestCorrection: a later file replaces the unit and period it carries, and
// only these; a register is replaced by the next version of its file.
func TestCorrection(t *testing.T) {
	f := setUp(t)
	f.load("progress", "progress/a.csv", header+"SNV;2021-Q1;;100;1;1;\n731;2021-Q1;;100;1;1;\n")
	if r := f.load("progress", "progress/b.csv", header+"SNV;2021-Q1;;100;2;1;\n"); r.Replaced != 1 {
		t.Errorf("replaced: %d", r.Replaced)
	}
	if got := fmt.Sprint(f.ask("SELECT unit AS a, arranged_m AS b FROM progress ORDER BY unit")); got != "[[731 1] [SNV 2]]" {
		t.Errorf("after the correction: %s", got)
	}
	if r := f.load("progress", "progress/a.csv", header+"SNV;2021-Q1;;100;1;1;\n731;2021-Q1;;100;1;1;\n"); r.Status != Known {
		t.Errorf("the first file, met again: %s", r.Status)
	}
	f.load("units", "units.csv", strings.Replace(unitsText, "TP1,Huyện Tân Phú,Tân Phú\n", "", 1))
	if got := fmt.Sprint(f.ask("SELECT count(*) AS a FROM units")); got != "[[3]]" {
		t.Errorf("units after one was taken out of the file: %s", got)
	}
}

func TestRefusalIsRecordedAndLosesNothing(t *testing.T) {
	f := setUp(t)
	f.load("progress", "progress/a.csv", header+"SNV;2021-Q1;;100;1;1;\n")
	for _, text := range []string{"", header, "a;b\n1;2\n", "PK\x03\x04"} {
		if r := f.load("progress", "progress/a.csv", text); r.Status != Refused || r.Message == "" {
			t.Errorf("%q: %+v", text, r)
		}
	}
	if got := fmt.Sprint(f.ask("SELECT count(*) AS a, (SELECT count(*) FROM submissions WHERE status = 'refused') AS b FROM progress")); got != "[[1 1]]" {
		t.Errorf("rows and refusals: %s", got)
	}
}

func TestHostileNamesAndValues(t *testing.T) {
	f := setUp(t)
	evil := `'); DROP TABLE progress; --`
	r := f.load("progress", "progress/a' [x]*?.csv", header+"\""+evil+"\";2021-Q1;;100;1;1;\nSNV;2021-Q1;;100;1;1;"+`=HYPERLINK("x")`+"\n")
	if r.Accepted != 1 || r.Faults[0].Value != evil {
		t.Errorf("receipt: %+v", r)
	}
	if got := fmt.Sprint(f.ask("SELECT note AS a FROM progress")); got != `[[=HYPERLINK("x")]]` {
		t.Errorf("note: %s", got)
	}
}

func TestTwoWriters(t *testing.T) {
	f := setUp(t)
	f.w.Close()
	defer f.open()
	if err := os.WriteFile(f.path(), []byte("no database"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Open(context.Background(), f.path(), f.c, f.l)
	if err == nil || !strings.Contains(err.Error(), "không phải là kho số liệu") {
		t.Errorf("a foreign file: %v", err)
	}
	os.Remove(f.path())
}

// TestThreeWaysReadAlike: a file that the engine's reader types alone, one with
// a cell that it cannot type, and one that goes row by row: the other rows are
// read, or rejected, the same.
func TestThreeWaysReadAlike(t *testing.T) {
	f := setUp(t)
	var cells []string
	for _, number := range []string{"0", "12", "12,5", "12,50", "12,500", "12,505", "1,000", "0.005", "1.000", "1.234", "1.234,5", "1.23", "1,234.5", "-0", "+5", " 12 ", "\u00a012\u00a0",
		"1e3", "1E+03", "1_000", "0x1F", "inf", "nan", "1e400", ",5", "5,", "1,239999", "1,23999999999999", "12345678901234,56", "12345678901234567890",
		"123.456.789,01", "--5", "5e", "١٢", "２５", "−5", "1 234", "12,0", "x", "-", "'5"} {
		cells = append(cells, "SNV;2021-Q1;;100000000000000;"+number+";;", "SNV;2021-Q1;;1;;"+number+";")
	}
	for _, day := range []string{"05/01/2021", "5/1/2021", " 5/1/2021 ", "31/02/2021", "1/2/21", "2021-01-05", "00/00/0000", "05/01/20211", "05/01/2021 00:00"} {
		cells = append(cells, "SNV;2021-Q1;"+day+";1;;;")
	}
	for _, note := range []string{"chữ", " chữ ", `"một ""hai"""`, "a\u00a0", "-", " - ", "=1+1", "e\u0302", "\u200b", `a "b" c`} {
		cells = append(cells, "SNV;2021-Q1;;1;;;"+note)
	}
	ways := []string{"", "SNV;2020-Q1;;xấu;;;\n", "731;2020-Q2;;1;;;\"hai\ndòng\"\n"}
	results := make([]map[string]string, len(ways))
	n := 0
	for i, extra := range ways {
		results[i] = map[string]string{}
		for _, row := range cells {
			n++
			period := fmt.Sprintf("%d-Q%d", 3000+n/4, 1+n%4)
			r := f.load("progress", fmt.Sprintf("progress/%d.csv", n), header+strings.Replace(row, "2021-Q1", period, 1)+"\n"+extra)
			results[i][row] = period
			for _, x := range r.Faults {
				if x.Line == 2 {
					results[i][row] = x.Rule + " " + x.Column + " " + x.Value
				}
			}
		}
	}
	stored := map[any]string{}
	for _, row := range f.ask("SELECT period AS a, day AS b, arranged_m AS c, files AS d, note AS e, line AS f FROM progress") {
		stored[row[0]] = fmt.Sprint(row[1:])
	}
	for _, row := range cells {
		var got []string
		for i := range ways {
			result := results[i][row]
			if values, ok := stored[result]; ok {
				result = values
			}
			got = append(got, result)
		}
		if got[0] != got[1] || got[0] != got[2] {
			t.Errorf("%q is read\n as %s\n or %s\n or %s", row, got[0], got[1], got[2])
		}
	}
}

// TestThousandsAreNotTakenForOnes: a mark before three digits is no decimal
// mark, however the file comes in.
func TestThousandsAreNotTakenForOnes(t *testing.T) {
	f := setUp(t)
	for i, row := range []string{"SNV;2021-Q1;;1,000;1;1;", "SNV;2021-Q1;;1;12,340;1;", "SNV;2021-Q1;;1;1;1,000;", "SNV;2021-Q1;;1;0.005;1;"} {
		r := f.load("progress", fmt.Sprintf("progress/%d.csv", i), header+row+"\n")
		if r.Accepted != 0 || len(r.Faults) != 1 || r.Faults[0].Rule != "type" {
			t.Errorf("%s: %+v", row, r)
		}
	}
}
