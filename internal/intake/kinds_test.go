package intake

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"tongket/internal/contract"
	"tongket/internal/register"
)

// The table of most kinds: a row is a unit.
const kindsContract = `name: x
resources:
  - name: report
    path: "*.csv"
    schema:
      primaryKey: unit
      missingValues: ["", "-"]
      foreignKeys: [{fields: unit, reference: {resource: units, fields: name}}]
      fields:
        - {name: block, title: Khối, block: true}
        - {name: unit, title: Đơn vị, aliases: [Tên đơn vị, "Cơ quan, đơn vị"]}
        - {name: backlog, title: Tồn đọng, type: number, decimalChar: ",", unit: mét, aliases: [Tài liệu tồn đọng], constraints: {required: true}}
        - {name: arranged, title: Đã chỉnh lý, type: number, decimalChar: ",", unit: mét, cumulative: true}
        - {name: rest, title: Còn lại, type: number, decimalChar: ",", unit: mét}
        - {name: cost, title: Kinh phí, type: number, decimalChar: ",", unit: đồng}
        - {name: share, title: Tỷ lệ, type: number, decimalChar: ","}
        - {name: files, title: Hồ sơ, type: integer}
        - {name: note, title: Ghi chú}
  - name: units
    path: units.csv
    schema: {primaryKey: name, fields: [{name: name}]}
`

// A row is a unit and a period.
const periodContract = `name: x
resources:
  - name: report
    path: "*.csv"
    schema:
      primaryKey: [unit, period]
      missingValues: ["", "-"]
      foreignKeys: [{fields: unit, reference: {resource: units, fields: name}}]
      fields:
        - {name: unit, title: Đơn vị}
        - {name: period, title: Kỳ, period: true, aliases: [Tháng, Kỳ báo cáo]}
        - {name: backlog, title: Tồn đọng, type: number, decimalChar: ",", unit: mét}
        - {name: arranged, title: Đã chỉnh lý, type: number, decimalChar: ",", unit: mét}
  - name: units
    path: units.csv
    schema: {primaryKey: name, fields: [{name: name}]}
`

func kindsUnits() *register.Register {
	var names []register.Name
	for _, name := range []string{"Sở Nội vụ", "Sở Tài chính", "Sở Y tế", "Ban Dân tộc", "Thành phố Biên Hòa", "Huyện Long Thành", "Xã Phú Lý", "Tổng công ty Tín Nghĩa"} {
		names = append(names, register.Name{Key: name, Text: name, Title: name})
	}
	return register.New(names)
}

// A kindCase is a file as somebody makes it, and what is to become of it.
type kindCase struct {
	name   string
	text   string
	rows   string // line and the values of the columns that the file has, a row a line
	aside  string // what is put aside, counted by kind
	faults string // line, rule, and ! when the row is lost; a fault a line
	refuse string // a part of the refusal
}

// TestKinds: files as officers make them.
func TestKinds(t *testing.T) {
	runKinds(t, kindsContract, append(unitKinds, trapKinds...))
}

// TestPeriodKinds: the period, or the unit, stands above the table alone.
func TestPeriodKinds(t *testing.T) { runKinds(t, periodContract, periodKinds) }

func runKinds(t *testing.T, text string, kinds []kindCase) {
	r, units := resource(t, text), kindsUnits()
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) { k.run(t, r, units) })
	}
}

func (k kindCase) run(t *testing.T, r *contract.Resource, units *register.Register) {
	_, l := setUp(t)
	f, err := Inspect(t.Context(), Order{Path: file(t, k.text), Name: "bao-cao.csv", Resource: r, Locale: l, Units: units})
	if k.refuse != "" {
		if refusal := AsRefusal(err); refusal == nil || !strings.Contains(refusal.Message, k.refuse) {
			t.Errorf("%v, want a refusal with %q", err, k.refuse)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	out, faults, found := tidy(t, f)
	var rows, told []string
	for _, x := range records(t, out) {
		rows = append(rows, strings.Join(x[:len(x)-1], "|"))
	}
	for _, x := range records(t, faults) {
		severe := ""
		if x[2] == "true" {
			severe = "!"
		}
		told = append(told, x[0]+" "+x[5]+severe)
	}
	kinds := map[string]int{}
	for _, p := range found.Passed {
		kinds[p.Kind]++
	}
	var aside []string
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		aside = append(aside, fmt.Sprint(kind, " ", kinds[kind]))
	}
	for _, x := range []struct{ what, got, want string }{
		{"rows", strings.Join(rows, "\n"), lines(k.rows)},
		{"put aside", strings.Join(aside, ", "), k.aside},
		{"faults", strings.Join(told, "\n"), lines(k.faults)},
	} {
		if x.got != x.want {
			t.Errorf("%s:\n%s\nwant:\n%s", x.what, x.got, x.want)
		}
	}
}

// lines takes off what a text is set in by.
func lines(text string) string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

func utf16BE(text string) string {
	out, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		panic(err)
	}
	return out
}
