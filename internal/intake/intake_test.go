package intake

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"tongket/internal/contract"
	"tongket/internal/report"
)

const contractText = `name: x
resources:
  - name: progress
    path: "*.csv"
    schema:
      primaryKey: unit
      fields:
        - {name: unit, title: Đơn vị, aliases: [Tên cơ quan], constraints: {required: true}}
        - {name: backlog_m, title: Khối lượng tồn đọng, unit: mét, type: number, constraints: {required: true}}
        - {name: note, title: Ghi chú}
`

func setUp(t testing.TB) (*contract.Resource, *report.Locale) {
	t.Helper()
	c, err := contract.Read(fstest.MapFS{contract.File: {Data: []byte(contractText)}})
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := os.ReadFile("../../templates/lang/vi.json")
	if err != nil {
		t.Fatal(err)
	}
	l, err := report.NewLocale(catalog)
	if err != nil {
		t.Fatal(err)
	}
	return c.Resources[0], l
}

func inspect(path, name string, r *contract.Resource, l *report.Locale) (*File, error) {
	return Inspect(context.Background(), Order{Path: path, Name: name, Resource: r, Locale: l})
}

func file(t testing.TB, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestShapes(t *testing.T) {
	r, l := setUp(t)
	for name, c := range map[string]struct {
		text      string
		delimiter byte
		first     int64
		fields    string
	}{
		"comma":            {"unit,backlog_m\nA,1\n", ',', 2, "unit backlog_m"},
		"semicolon, BOM":   {"\uFEFFĐơn vị;Khối lượng tồn đọng (mét);Ghi chú\nA;1;\n", ';', 2, "unit backlog_m note"},
		"tab, order":       {"Ghi chú\tTên cơ quan\tkhoi luong ton dong\n\tA\t1\n", '\t', 2, "note unit backlog_m"},
		"sep line":         {"sep=|\r\nunit|backlog_m\r\nA|1\r\n", '|', 3, "unit backlog_m"},
		"blank lines":      {"\n\nunit;backlog_m\nA;1\n", ';', 4, "unit backlog_m"},
		"header of 2 line": {"unit;\"Khối lượng\ntồn đọng\"\nA;1\n", ';', 3, "unit backlog_m"},
		"unknown column":   {"STT;unit;backlog_m\n1;A;1\n", ';', 2, "- unit backlog_m"},
	} {
		f, err := inspect(file(t, c.text), "a.csv", r, l)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		at := f.Tables[0]
		var fields []string
		for _, x := range at.Fields {
			if x == nil {
				fields = append(fields, "-")
				continue
			}
			fields = append(fields, x.Name)
		}
		if f.dialect.delimiter != c.delimiter || at.First != c.first || strings.Join(fields, " ") != c.fields || !f.Plain {
			t.Errorf("%s: delimiter %q, first row on line %d, columns %v, plain %t", name, f.Delimiter(), at.First, fields, f.Plain)
		}
	}
}

// TestRefusals: what cannot be read is refused in words that say what to do.
func TestRefusals(t *testing.T) {
	r, l := setUp(t)
	for name, c := range map[string]struct{ text, want string }{
		"empty":      {"", "Tệp rỗng"},
		"blank":      {"\uFEFF \r\n", "Tệp rỗng"},
		"xlsx":       {"PK\x03\x04…", "hỏng"},
		"lost":       {"unit;backlog_m\nS? N?i v?, t?nh ??ng Nai;1\n", "không khôi phục được"},
		"other file": {"a;b;c\n1;2;3\n", "không có cột nào khớp"},
		"missing":    {"unit;Khối lượng tài liệu tồn đọng\nA;1\n", "Thiếu cột bắt buộc “Khối lượng tồn đọng”. Có phải là cột “Khối lượng tài liệu tồn đọng”"},
		"twice":      {"unit;Tên cơ quan;backlog_m\nA;A;1\n", "xuất hiện hai lần"},
	} {
		_, err := inspect(file(t, c.text), "a.csv", r, l)
		if refusal := AsRefusal(err); refusal == nil || !strings.Contains(strings.Join(strings.Fields(refusal.Message), " "), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestDevices: what never ends is not begun.
func TestDevices(t *testing.T) {
	r, l := setUp(t)
	for _, path := range []string{"/dev/zero", t.TempDir()} {
		if _, err := inspect(path, "a.csv", r, l); AsRefusal(err) == nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// tidy reads a file through and returns what Tidy wrote.
func tidy(t testing.TB, f *File) (rows, faults string, found *Tidied) {
	t.Helper()
	var r, x bytes.Buffer
	found, err := f.Tidy(context.Background(), Outputs{Rows: &r, Faults: &x})
	if err != nil {
		t.Fatal(err)
	}
	return r.String(), x.String(), found
}

func TestTidyKeepsLinesAndReportsTornRows(t *testing.T) {
	r, l := setUp(t)
	f, err := inspect(file(t, "unit;backlog_m;note\r\nA;1;\"hai\r\ndòng; có \"\"nháy\"\"\"\r\n\r\nB;2\r\nC;3;x;;\r\nD;4;x;y\r\nE;5;\"mở\r\nF;6;\r\n"), "a.csv", r, l)
	if err != nil {
		t.Fatal(err)
	}
	rows, faults, found := tidy(t, f)
	want := "2,\"A\",\"1\",\"hai\ndòng; có \"\"nháy\"\"\",\n6,\"C\",\"3\",\"x\",\n"
	if rows != want {
		t.Errorf("got:\n%s\nwant:\n%s", rows, want)
	}
	var lines []string
	for line := range strings.Lines(faults) {
		lines = append(lines, line[:strings.Index(line, ",\"")])
	}
	if got := strings.Join(lines, " "); got != "5,1,true, 7,1,true, 8,2,true," || found.Torn != 4 {
		t.Errorf("faults: %s, %d torn\n%s", got, found.Torn, faults)
	}
}

func TestSumCountsLines(t *testing.T) {
	for text, lines := range map[string]int64{"": 0, "a": 1, "a\n": 1, "a\nb": 2, "a\n\n": 2} {
		if d, err := Sum(file(t, text), ','); err != nil || d.Lines != lines {
			t.Errorf("%q: %d lines, %v", text, d.Lines, err)
		}
	}
}

func TestSumSeesWhatTheReaderWouldMistake(t *testing.T) {
	far := strings.Repeat("x", 1<<20-2)
	for text, want := range map[string]bool{"1,000": true, "1,00;000": false, ",12": false, "a;1,23;4,567\n": true, far + "1,234": true, far + "x1,23": false,
		"1_000": true, "a_b": false, far + "\u200b": true, far + "a\u0301": true, "Ðắk": true, "\uFEFFĐắk": false, "a\u00a0b": true, far + far + "\x00": true} {
		if d, err := Sum(file(t, text), ','); err != nil || d.Odd != want {
			t.Errorf("%.20q: %t, %v", text, d.Odd, err)
		}
	}
}

// FuzzScan: whatever the bytes, the scanner ends, loses no line and never
// makes a row longer than its input.
func FuzzScan(f *testing.F) {
	f.Add("a;b\n\"c\n;d\r\n", byte(';'))
	f.Add("\"\"\"\"\r\r\n", byte(','))
	f.Fuzz(func(t *testing.T, text string, delimiter byte) {
		if delimiter == '"' || delimiter == '\n' || delimiter == '\r' {
			return
		}
		s := newScanner(strings.NewReader(text), dialect{delimiter, '"', '"'})
		at := int64(0)
		for {
			r, err := s.next()
			if err != nil {
				break
			}
			if r.line <= at {
				t.Fatalf("a record on line %d after one on line %d", r.line, at)
			}
			at = r.line
			if size := len(strings.Join(r.cells, "")); size > len(text) {
				t.Fatalf("%d bytes from %d", size, len(text))
			}
		}
	})
}

func FuzzHeader(f *testing.F) {
	r, l := setUp(f)
	f.Add("Đơn vị;Khối lượng tồn đọng\nA;1\n")
	f.Add("sep=;\n\n;;\n")
	f.Add("Tổng số,,\n\"a\nb\",(1),(2)\n")
	f.Fuzz(func(t *testing.T, text string) {
		x := &File{Order: Order{Resource: r, Locale: l, Name: "a.csv"}}
		if err := x.text([]byte(text), nil); err != nil {
			return
		}
		for _, at := range x.Tables {
			if len(at.Fields) != len(at.Header) || at.First < 2 {
				t.Fatalf("%d columns, %d headers, first row on line %d", len(at.Fields), len(at.Header), at.First)
			}
		}
	})
}
