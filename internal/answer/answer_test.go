package answer

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"tongket/internal/report"
)

func locale(t *testing.T, lang string) *report.Locale {
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

// sheet has titles longer than their values, a name in decomposed letters and
// one in wide ones, and values that some program would obey.
func sheet() Sheet {
	return Sheet{Table: report.Table{Title: "Kết quả", Columns: []report.Column{
		{Name: "unit", Title: "Đơn vị", Format: report.Text},
		{Name: "m", Title: "Khối lượng đã chỉnh lý", Format: report.Number, Decimals: 1, Unit: "mét"},
		{Name: "d", Title: "Ngày", Format: report.Date},
	}, Rows: [][]any{
		{"So\u031b\u0309 Nội vụ", 1234.5, time.Date(2021, 12, 31, 0, 0, 0, 0, time.UTC)},
		{"<b>|*x*\x1b[31m\u202e", -2.0, nil},
		{"資料\nx", report.Exact("12345678901234567.25"), nil},
	}}, Notes: []string{"Chỉ đưa ra 3 dòng đầu trong 9 dòng"}}
}

func TestText(t *testing.T) {
	var b bytes.Buffer
	if err := sheet().Text(&b, locale(t, "vi")); err != nil {
		t.Fatal(err)
	}
	want := "Kết quả\n" +
		"                  Khối lượng đã chỉnh lý\n" +
		"Đơn vị                             (mét)  Ngày\n" +
		"─────────────  ─────────────────────────  ──────────\n" +
		"So\u031b\u0309 Nội vụ                        1.234,5  31/12/2021\n" +
		"<b>|*x* [31m                        -2,0  –\n" +
		"資料 x         12.345.678.901.234.567,25  –\n" +
		"Chỉ đưa ra 3 dòng đầu trong 9 dòng\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestMarkdown(t *testing.T) {
	var b bytes.Buffer
	if err := sheet().Markdown(&b, locale(t, "vi")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| Đơn vị | Khối lượng đã chỉnh lý (mét) | Ngày |\n| --- | --: | --- |\n", `&lt;b\>\|\*x\* \[31m`, "| 資料 x | 12.345.678.901.234.567,25 | – |", "\nChỉ đưa ra 3 dòng"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

func TestHTML(t *testing.T) {
	var b bytes.Buffer
	p := Page{Sheet: sheet(), SQL: "SELECT '</pre><script>'", Sentence: "<i>"}
	p.Table.Title = "</title><script>alert(1)</script>"
	if err := p.HTML(&b, locale(t, "en")); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	if strings.Contains(text, "<script") || strings.Contains(text, "<b>") || strings.Contains(text, "http://") || strings.Contains(text, "https://") {
		t.Errorf("not escaped:\n%s", text)
	}
	for _, want := range []string{`<html lang="en">`, `<td class="n">1,234.5</td>`, "&lt;b&gt;|*x*", "Chỉ đưa ra 3 dòng", `<th scope="col" class="n">`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestBars(t *testing.T) {
	var b bytes.Buffer
	s := Sheet{Table: report.Table{Columns: []report.Column{{Name: "unit", Title: "Đơn vị", Format: report.Text}, {Name: "m", Title: "Mét", Format: report.Number}},
		Rows: [][]any{{"A", 100.0}, {"Bê", 50.0}, {"C", nil}, {"D", -25.0}, {"E", 0.001}}}}
	if err := s.Bars(&b, report.ChartSpec{X: "unit", Y: []string{"m"}}, locale(t, "vi"), 29); err != nil {
		t.Fatal(err)
	}
	want := "Mét\n" +
		"A   ████████████████████  100\n" +
		"Bê  ██████████             50\n" +
		"C                           –\n" +
		"D   ░░░░░                 -25\n" +
		"E   ▏                       0\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	if err := s.Bars(&b, report.ChartSpec{X: "x", Y: []string{"m"}}, locale(t, "vi"), 29); err == nil {
		t.Error("a column that is not there is drawn")
	}
}

// TestTextOnANarrowTerminal: few rows stand from top to bottom, many in parts
// that begin with the first column; no line is longer than the terminal.
func TestTextOnANarrowTerminal(t *testing.T) {
	l := locale(t, "vi")
	few := sheet()
	few.Wide = 40
	var b bytes.Buffer
	if err := few.Text(&b, l); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "Khối lượng đã chỉnh lý (mét)  1.234,5\nNgày                          31/12/2021\n\nĐơn vị") {
		t.Errorf("few rows:\n%s", b.String())
	}
	many := sheet()
	many.Wide = 40
	many.Table.Rows = slices.Concat(many.Table.Rows, many.Table.Rows)
	b.Reset()
	if err := many.Text(&b, l); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "資料 x"); n != 4 {
		t.Errorf("a row's first cell stands %d times, want twice for each of two rows:\n%s", n, b.String())
	}
	for line := range strings.Lines(b.String()) {
		if report.Width(strings.TrimRight(line, "\n")) > many.Wide {
			t.Errorf("longer than the terminal: %q", line)
		}
	}
}
