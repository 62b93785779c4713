package author

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"tongket/internal/report"
)

var update = flag.Bool("update", false, "write the expected results anew")

// hostile is what a unit may be called at worst.
const hostile = "# [x](javascript:alert(1)) <b>*a* `c` | {{ .x }} \"q\": 'y'\n- \x00&lt;\u202e{}[]"

// tables are the queries of the tests.
func tables() map[string]*report.Table {
	number := report.Column{Name: "arranged_m", Title: "Đã chỉnh lý", Format: report.Number, Decimals: 1, Unit: "mét", Total: true}
	return map[string]*report.Table{
		"total": {Name: "total", Title: "Toàn tỉnh", Columns: []report.Column{
			{Name: "period", Title: "Kỳ", Format: report.Period}, number,
			{Name: "done_share", Title: "Tỷ lệ", Format: report.Percent, Decimals: 2},
			{Name: "units", Title: "Số đơn vị", Format: report.Integer, Unit: "đơn vị"},
			{Name: "year", Title: "Năm", Format: report.Year},
			{Name: "day", Title: "Ngày", Format: report.Date},
			{Name: "status", Title: "Tình trạng", Format: report.Status},
			{Name: "lost_m", Title: "Không rõ", Format: report.Number, Decimals: 1, Unit: "mét"},
		}, Rows: [][]any{{"2021-Q4", 12345.67, 0.8519, int64(1204), int64(2021), time.Date(2021, 12, 31, 0, 0, 0, 0, time.UTC), "behind", nil}},
			Source: report.Source{Query: "queries/total.sql", Files: 3, Rows: 40}, Notes: []string{"Một tệp bị loại."}},
		"trail": {Name: "trail", Title: "Truy vấn", Columns: []report.Column{
			{Name: "query", Title: "Truy vấn", Format: report.Text}, {Name: "sql", Title: "Câu lệnh", Format: report.Text},
		}, Rows: [][]any{{"units", "SELECT\r\n\t'```' -- \u202e</script>${`x`}\n  {{ .y }}\x00"}, {"total", "SELECT 1"}}},
		"units": {Name: "units", Title: "Theo đơn vị", Columns: []report.Column{
			{Name: "page", Title: "Trang", Format: report.Text, Hidden: true},
			{Name: "unit", Title: "Mã", Format: report.Text},
			{Name: "unit_name", Title: "Đơn vị", Format: report.Text, Link: "page"}, number,
			{Name: "plan_m", Title: "Kế hoạch", Format: report.Number, Decimals: 1, Unit: "mét", Total: true},
			{Name: "status", Title: "Tình trạng", Format: report.Status},
		}, Rows: [][]any{
			{"don-vi/731", "731", "Sở Nội vụ", 12.5, 20.0, "behind"},
			{"don-vi/732", "732", hostile, nil, 1.0, "no_report"},
			{"don-vi/733", "733", "Sở Y tế", 7.0, 7.0, "done"},
		}},
		"places": {Name: "places", Title: "Trên bản đồ", Columns: []report.Column{
			{Name: "name", Title: "Nơi", Format: report.Text}, number,
			{Name: "status", Title: "Tình trạng", Format: report.Status},
			{Name: "grid_x", Title: "Cột", Format: report.Integer}, {Name: "grid_y", Title: "Hàng", Format: report.Integer},
			{Name: "code", Title: "Mã", Format: report.Text}, {Name: "page", Title: "Trang", Format: report.Text},
			{Name: "course", Title: "Diễn biến", Format: report.Sparkline, Decimals: 1},
		}, Rows: [][]any{{"Biên Hòa", 7.5, "behind", int64(1), int64(2), "731", "don-vi/731", report.Series{1, 2.5}}, {hostile, nil, "done", int64(2), int64(2), "732", nil, nil}}},
		"empty": {Name: "empty", Title: "", Columns: []report.Column{number}},
		"twins": {Name: "twins", Columns: []report.Column{{Name: "unit", Title: "Mã"}}, Rows: [][]any{{"a"}, {"b"}, {"A"}, {"../x"}, {nil}}},
	}
}

func context(t testing.TB) Context {
	t.Helper()
	catalog, err := os.ReadFile("../../templates/lang/vi.json")
	if err != nil {
		t.Fatal(err)
	}
	l, err := report.NewLocale(catalog)
	if err != nil {
		t.Fatal(err)
	}
	all := tables()
	return Context{
		Locale: l,
		Query: func(name string, params map[string]string) (*report.Table, error) {
			found := all[name]
			if name == "unit" { // takes a param
				found = byUnit(all["units"], params["unit"])
			} else if params != nil {
				return nil, fmt.Errorf("takes no params")
			}
			if found == nil {
				return nil, fmt.Errorf("there is no such query")
			}
			return found, nil
		},
		Paper: report.Paper{Agency: []string{"SỞ NỘI VỤ"}, Place: "Đồng Nai", Kind: "TỜ TRÌNH", Recipients: []string{"Như trên"}},
		Vars:  map[string]any{"phase": "giai đoạn 1", "year": uint64(2021), "scheme": map[string]any{"name": "Đề án"}},
		Shapes: func(file, property string) (*report.Shapes, error) {
			if file != "data/xa.geojson" {
				return nil, errors.Join(fmt.Errorf("%s: there is no such file in the programme", file), fmt.Errorf("%s: nor is another", file))
			}
			return &report.Shapes{File: file + " by " + property}, nil
		},
		CheckChart: func(spec report.ChartSpec, table report.Table) error {
			if spec.Type == "scatter" && !table.Columns[0].Format.Numeric() {
				return fmt.Errorf("x: a scatter chart needs numbers")
			}
			return nil
		},
	}
}

func byUnit(units *report.Table, code string) *report.Table {
	one := *units
	one.Name, one.Rows = "unit", nil
	for _, row := range units.Rows {
		if row[1] == code {
			one.Rows = append(one.Rows, row)
		}
	}
	return &one
}

// TestReports runs each archive of testdata: reports in, documents or faults
// out, as text.
func TestReports(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no archives", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			folder := fstest.MapFS{}
			var want string
			kept := archive.Files[:0]
			for _, f := range archive.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				folder[f.Name] = &fstest.MapFile{Data: f.Data}
				kept = append(kept, f)
			}
			got := outcome(t, folder)
			if *update {
				archive.Files = append(kept, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func outcome(t *testing.T, folder fs.FS) string {
	reports, err := Parse(folder, "reports")
	if err != nil {
		t.Fatal(err)
	}
	if err := Unread(reports); err != nil {
		return "not parsed\n" + err.Error() + "\n"
	}
	docs, broken := All(reports, context(t))
	if len(broken) > 0 {
		return "not made\n" + Faults(broken).Error() + "\n"
	}
	var b strings.Builder
	for _, d := range docs {
		fmt.Fprintf(&b, "== %s: %s %v\n", d.Path, d.Title, d.Outputs)
		if d.Menu != "" || d.Parent != "" || d.Description != "" {
			fmt.Fprintf(&b, "menu=%q order=%d parent=%q description=%q\n", d.Menu, d.Order, d.Parent, d.Description)
		}
		if d.Paper != nil {
			fmt.Fprintf(&b, "paper=%+v\n", *d.Paper)
		}
		dump(&b, "", d.Blocks)
	}
	return b.String()
}

func dump(b *strings.Builder, indent string, blocks []report.Block) {
	for _, block := range blocks {
		b.WriteString(indent)
		switch x := block.(type) {
		case report.Heading:
			fmt.Fprintf(b, "H%d #%s %s\n", x.Level, x.ID, show(x.Text))
		case report.Paragraph:
			fmt.Fprintf(b, "P %s\n", show(x.Text))
		case report.Notice:
			fmt.Fprintf(b, "Notice %s %s\n", x.Severity, show(x.Text))
		case report.List:
			fmt.Fprintf(b, "List ordered=%v start=%d\n", x.Ordered, x.Start)
			for _, item := range x.Items {
				fmt.Fprintf(b, "%s-\n", indent)
				dump(b, indent+"  ", item)
			}
		case report.Figures:
			fmt.Fprintf(b, "Figures notes=%q source=%s\n", x.Notes, x.Source.Query)
			for _, f := range x.Items {
				fmt.Fprintf(b, "%s  %q\n", indent, fmt.Sprintf("%s|%s|%s|%s|%s|%v %v", f.Label, f.Value, f.Unit, f.Note, f.Status, f.Meter, f.Share))
			}
		case *report.Chart:
			spec := x.Spec
			if spec.Shapes = nil; x.Spec.Shapes != nil {
				fmt.Fprintf(b, "%sshapes of %s\n", indent, x.Spec.Shapes.File)
			}
			fmt.Fprintf(b, "Chart #%s %q %+v\n", x.ID, x.Caption, spec)
			showTable(b, indent+"  ", x.Table)
		case report.Code:
			fmt.Fprintf(b, "Code #%s %q %q\n", x.ID, x.Caption, x.Text)
		case report.TableBlock:
			fmt.Fprintf(b, "Table #%s %q group=%q numbered=%v landscape=%v search=%v\n", x.ID, x.Caption, x.Group, x.Numbered, x.Landscape, x.Search)
			if x.Table.Source.Page != "" {
				fmt.Fprintf(b, "%s  trail %s\n", indent, x.Table.Source.Page)
			}
			showTable(b, indent+"  ", x.Table)
		default:
			fmt.Fprintf(b, "%T%+v\n", x, x)
		}
	}
}

func showTable(b *strings.Builder, indent string, t report.Table) {
	b.WriteString(indent)
	for _, c := range t.Columns {
		fmt.Fprintf(b, "%s", c.Title)
		if c.Hidden {
			b.WriteString("(hidden)")
		}
		if c.Total {
			b.WriteString("(total)")
		}
		b.WriteString(" ; ")
	}
	fmt.Fprintf(b, "cut=%d\n", t.Cut)
	for _, row := range t.Rows {
		b.WriteString(indent)
		for _, cell := range row {
			if text, ok := cell.(string); ok {
				cell = fmt.Sprintf("%q", text)
			}
			fmt.Fprintf(b, "%v ; ", cell)
		}
		b.WriteString("\n")
	}
}

func show(runs []report.Run) string {
	var b strings.Builder
	for _, r := range runs {
		text := fmt.Sprintf("%q", r.Text)
		switch {
		case r.Break:
			text = "BREAK"
		case r.Href != "":
			text += "->" + r.Href
		}
		if r.Bold {
			text = "b" + text
		}
		if r.Italic {
			text = "i" + text
		}
		if r.Code {
			text = "c" + text
		}
		b.WriteString(text)
	}
	return b.String()
}

func TestExpand(t *testing.T) {
	c := context(t)
	for _, x := range []struct{ text, want string }{
		{"no expression", "no expression"},
		{`Số liệu đến {{ with one "total" }}{{ period .period }}{{ end }}`, "Số liệu đến quý IV/2021"},
		{`{{ (one "total").period }}|{{ period_short (one "total").period }}`, "quý IV/2021|IV/2021"},
		{`{{ with one "total" }}{{ .arranged_m }} {{ number .arranged_m }} {{ number .arranged_m 3 }} {{ .arranged_m | number 0 }} {{ integer .arranged_m }}{{ end }}`, "12.345,7 12.345,7 12.345,670 12.346 12.346"},
		{`{{ with one "total" }}{{ .done_share }} {{ percent .done_share }} {{ percent .done_share 0 }} {{ percent 0.5 }}{{ end }}`, "85,19% 85,19% 85% 50,0%"},
		{`{{ with one "total" }}{{ .year }} {{ .day }} {{ date "2022-10-28" }} {{ .status }} {{ .units }}{{ end }}`, "2021 31/12/2021 28/10/2022 Chậm tiến độ 1.204"},
		{`{{ with one "total" }}{{ .lost_m }} {{ number .lost_m }} {{ percent .lost_m }} {{ with_unit .lost_m "mét" }} {{ add .lost_m 1 }} {{ missing .lost_m }} {{ if .lost_m }}x{{ end }}{{ end }}`, "– – – – – Có "},
		{`{{ with one "total" }}{{ with_unit .arranged_m "mét" }}|{{ with_unit .arranged_m "mét" 0 }}{{ end }}`, "12.345,7\u00a0mét|12.346\u00a0mét"},
		{`{{ add 1 2 3.5 }} {{ sub 5 7 }} {{ mul 2 2.5 }} {{ div 1 4 }} {{ div 1 0 }} {{ 10 | div 4 }}`, "6,50 -2 5 0,25 – 2,50"},
		{`{{ with one "total" }}{{ gt .arranged_m 12345 }} {{ lt .units 1205.5 }} {{ eq .units 1204 }} {{ eq .status "done" "behind" }} {{ ne .year 2020 }} {{ gt .lost_m 0 }} {{ eq .lost_m nil }} {{ gt .day "2021-01-01" }}{{ end }}`, "Có Có Có Có Có Không Có Có"},
		{`{{ if and (ge 2 2) (le 2 2.0) }}có{{ end }}`, "có"},
		{`{{ .vars.phase }} {{ capital .vars.phase }} {{ upper "đồng nai" }} {{ lower "ĐỒNG" }} {{ .vars.year }} {{ number .vars.year }} {{ .vars.scheme.name }}`, "giai đoạn 1 Giai đoạn 1 ĐỒNG NAI đồng 2021 2.021 Đề án"},
		{`{{ choose 0 "không có đơn vị" "một" "{n} đơn vị" }}, {{ choose 1 "" "một" "" }}, {{ choose 1200 "" "" "{n} đơn vị" }}`, "không có đơn vị, một, 1.200 đơn vị"},
		{`{{ say "status.done" }} {{ say "period.year" "year" .vars.year }}`, "Hoàn thành năm 2021"},
		{`{{ range $i, $u := rows "units" }}{{ if $i }}, {{ end }}{{ $u.unit }}{{ end }} {{ len (rows "units") }} {{ (index (rows "units") 2).unit_name }}`, "731, 732, 733 3 Sở Y tế"},
		{`{{ with one "unit" "unit" "733" }}{{ .unit_name }} {{ $.vars.phase }} {{ .vars.phase }}{{ end }}`, "Sở Y tế giai đoạn 1 giai đoạn 1"},
		{`{{ define "x" }}<{{ .arranged_m }}>{{ end }}{{ template "x" one "total" }}`, "<12.345,7>"},
		{`{{ .vars.phase | upper | printf "%s!" }}`, "GIAI ĐOẠN 1!"},
		{`{{ (one "unit" "unit" "732").unit_name }}`, "# [x](javascript:alert(1)) <b>*a* `c` | {{ .x }} \"q\": 'y' - &lt;{}[]"},
		{`{{ "{{" }} {{ true }} {{ 1234567.5 }}`, "{{ Có 1.234.567,50"},
	} {
		got, err := Expand(c, "tongket.yaml", x.text)
		if err != nil || got != x.want {
			t.Errorf("%s\n got %q, %v\nwant %q", x.text, got, err, x.want)
		}
	}
}

func TestExpandFaults(t *testing.T) {
	c := context(t)
	for _, x := range []struct{ text, want string }{
		{"a\n{{ .vars.phse }}", `t.yaml:2: expression: .phse: there is no "phse"; did you mean "phase"?`},
		{`{{ .unit }}`, `t.yaml:1: expression: .unit: there is nothing but .vars here; columns are inside {{ with one … }} or {{ range rows … }}`},
		{`{{ (one "total").perod }}`, `t.yaml:1: expression: total has no column "perod"; did you mean "period"?`},
		{`{{ one "units" }}`, `t.yaml:1: expression: one: query "units" gives 3 rows, not one`},
		{`{{ one "unit" "unit" "x" }}`, `t.yaml:1: expression: one: query "unit" gives 0 rows, not one (unit = "x")`},
		{`{{ one "unit" "unit" }}`, `t.yaml:1: expression: query "unit": params come in pairs of name and value`},
		{`{{ one "unit" "unit" (one "total").lost_m }}`, `t.yaml:1: expression: query "unit": the param "unit" has no value`},
		{`{{ one "nosuch" }}`, `t.yaml:1: query "nosuch": there is no such query`},
		{`{{ with one "total" }}{{ number .status }}{{ end }}`, `t.yaml:1: expression: number: "behind" is not a number`},
		{`{{ add 1 "a" }}`, `t.yaml:1: expression: add: "a" is not a number`},
		{`{{ number 1 99 }}`, `t.yaml:1: expression: number: decimals must be one whole number from 0 to 9`},
		{`{{ gt 1 "a" }}`, `t.yaml:1: expression: gt: 1 and "a" cannot be compared`},
		{`{{ date "28/10" }}`, `t.yaml:1: expression: date: "28/10" is not a day such as 2022-10-28`},
		{`{{ say "status.dne" }}`, `t.yaml:1: expression: say: the catalog has no phrase "status.dne"; did you mean "status.done"?`},
		{`{{ rows "units" }}`, `t.yaml:1: expression: a list cannot be printed; use range`},
		{`{{ one "total" }}`, `t.yaml:1: expression: a row cannot be printed; name a column of it, as in .unit_name`},
		{`{{ .vars.phase.x }}`, `t.yaml:1: expression: .x: asked of "giai đoạn 1", which is no row`},
		{"\n\n{{ nmber 1 }}", `t.yaml:3: expression: there is no function "nmber"; did you mean "number"?`},
		{"\n{{ if }}x{{ end }}", `t.yaml:2: expression: missing value for if`},
		{"\n{{ number }}", `t.yaml:2: expression: wrong number of args for number: want at least 1 got 0`},
		{`{{ .vars.phase 1 }}`, `t.yaml:1: expression: .vars.phase is a value, not a function`},
		{`{{ hold 1 }}`, `t.yaml:1: expression: there is no function "hold"`},
		{"{{ .vars.a }}\n{{ .vars.b }}{{ number \"x\" }}", "t.yaml:1: expression: .a: there is no \"a\"; there is \"phase\", \"scheme\", \"year\"\n" +
			"t.yaml:2: expression: .b: there is no \"b\"; there is \"phase\", \"scheme\", \"year\"\nt.yaml:2: expression: number: \"x\" is not a number"},
	} {
		got, err := Expand(c, "t.yaml", x.text)
		if err == nil || err.Error() != x.want {
			t.Errorf("%s\n got %q, %v\nwant %s", x.text, got, err, x.want)
		}
	}
}

// The same reports and tables give the same documents, and nothing writes
// into the tables that all share.
func TestSameTwice(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/blocks.txtar")
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	for _, f := range archive.Files {
		folder[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	reports, err := Parse(folder, "reports")
	if err != nil {
		t.Fatal(err)
	}
	c := context(t)
	all := tables()
	c.Query = func(name string, _ map[string]string) (*report.Table, error) { return all[name], nil }
	one, broken := All(reports, c)
	if err := Faults(broken); err != nil {
		t.Fatal(err)
	}
	two, broken := All(reports, c)
	if err := Faults(broken); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(one, two) {
		t.Error("two runs differ")
	}
	if !reflect.DeepEqual(all, tables()) {
		t.Error("a table was changed")
	}
}

func TestRemember(t *testing.T) {
	var asked atomic.Int32
	query := remember(func(name string, params map[string]string) (*report.Table, error) {
		asked.Add(1)
		return &report.Table{Name: name + params["a"] + params["b"]}, nil
	})
	done := make(chan bool)
	for range 4 {
		go func() {
			for range 100 {
				query("x", map[string]string{"a": "1", "b": "2"})
				query("x", map[string]string{"a": "1 b=2"})
				query("x", nil)
			}
			done <- true
		}()
	}
	for range 4 {
		<-done
	}
	if asked.Load() != 3 {
		t.Errorf("asked %d times, want 3", asked.Load())
	}
	for n := range 3 * mostParts { // of rows of single units no more than so many are kept
		query("x", map[string]string{"a": strconv.Itoa(n)})
	}
	query("x", nil)
	if asked.Load() != 3+3*mostParts {
		t.Errorf("asked %d times", asked.Load())
	}
}

func TestSlug(t *testing.T) {
	for text, want := range map[string]string{
		"I. KẾT QUẢ ĐẠT ĐƯỢC":            "i-ket-qua-dat-duoc",
		"Ước tính – 85,2% (quý IV/2021)": "uoc-tinh-85-2-quy-iv-2021",
		"!!!":                            "section",
		"Ke\u0302\u0301t qua\u0309":      "ket-qua",
		strings.Repeat("x", 500):         strings.Repeat("x", 60),
		"đ Đ":                            "d-d",
	} {
		if got := slug(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// A report of many pages is made in one go; run with -bench.
func BenchmarkForEach(b *testing.B) {
	const pages = 4000
	units := *tables()["units"]
	units.Rows = nil
	for i := range pages {
		units.Rows = append(units.Rows, []any{"p", fmt.Sprint(i), hostile, float64(i), 2.0, "done"})
	}
	reports, err := Parse(fstest.MapFS{"unit.md": {Data: []byte("---\ntitle: \"{{ .unit_name }}\"\nfor_each: units\npath: don-vi/{{ .unit }}\n---\n# {{ .unit_name }}\n\nĐã chỉnh lý **{{ .arranged_m }}** mét.\n\n" +
		"{{ with one \"unit\" \"unit\" .unit }}\nTrong đó {{ .plan_m }}.\n{{ end }}\n\n```figures\nquery: unit\nparams: {unit: {{ .unit }}}\nitems:\n  - {column: arranged_m, note: \"{{ percent 0.5 }}\"}\n```\n\n" +
		"```chart\nquery: unit\nparams: {unit: {{ .unit }}}\ntype: bar\nx: unit_name\ny: [arranged_m, plan_m]\n```\n\n- a\n- b\n")}}, "reports")
	if err != nil {
		b.Fatal(err)
	}
	c := context(b)
	c.Query = func(name string, params map[string]string) (*report.Table, error) {
		if name == "unit" {
			one := units
			var i int
			fmt.Sscan(params["unit"], &i)
			one.Rows = units.Rows[i : i+1]
			return &one, nil
		}
		return &units, nil
	}
	for b.Loop() {
		docs, broken := All(reports, c)
		if len(broken) > 0 || len(docs) != pages {
			b.Fatal(len(docs), Faults(broken))
		}
	}
}
