package warehouse

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tongket/internal/contract"
)

const framesContract = `name: x
resources:
  - name: units
    title: Danh mục đơn vị
    path: units.csv
    names: [name]
    validity: {from: valid_from, to: valid_to}
    schema:
      primaryKey: [code, valid_from]
      fields:
        - {name: code, title: Mã}
        - {name: name, title: Tên}
        - {name: kind, title: Loại}
        - {name: parent, title: Cấp trên}
        - {name: leader, title: Lãnh đạo}
        - {name: valid_from, title: Từ ngày, type: date}
        - {name: valid_to, title: Đến ngày, type: date}
  - name: changes
    title: Thay đổi
    path: changes.csv
    succession: {of: units, date: date, from: from_code, to: to_code, share: share, records: records}
    schema:
      foreignKeys:
        - {fields: from_code, reference: {resource: units, fields: code}}
        - {fields: to_code, reference: {resource: units, fields: code}}
      fields:
        - {name: date, title: Ngày, type: date}
        - {name: from_code, title: Mã cũ}
        - {name: to_code, title: Mã mới}
        - {name: share, title: Tỷ trọng, type: number}
        - {name: records, title: Nhận hồ sơ, type: boolean}
        - {name: basis, title: Căn cứ}
  - name: progress
    title: Tiến độ
    path: progress/*.csv
    schema:
      primaryKey: [unit, period]
      foreignKeys: [{fields: unit, reference: {resource: units, fields: code}}]
      fields:
        - {name: unit, title: Đơn vị}
        - {name: period, title: Kỳ, period: true}
        - {name: day, title: Ngày, type: date}
        - {name: metres, title: Mét, type: number, scale: 2}
        - {name: files, title: Hồ sơ, type: integer}
        - {name: cost, title: Chi phí, type: number}
        - {name: rate, title: Tỷ lệ, type: number, unit: "%", scale: 1}
`

const (
	framesUnits    = "code,name,kind,parent,leader,valid_from,valid_to\n"
	framesChanges  = "date,from_code,to_code,share,records,basis\n"
	framesProgress = "unit,period,day,metres,files,cost,rate\n"
)

// follow loads a register, its changes and reports on its units.
func follow(t testing.TB, units, changes, progress string) *fixture {
	t.Helper()
	c, err := contract.Read(fstest.MapFS{contract.File: {Data: []byte(framesContract)}})
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{t: t, dir: t.TempDir(), c: c, l: locale(t), time: time.Date(2026, 6, 1, 8, 0, 0, 0, time.UTC)}
	f.open()
	t.Cleanup(func() { f.w.Close() })
	units = strings.ReplaceAll(units, ",,,,,", ",,,,2000-01-01,")
	for _, file := range [][3]string{{"units", "units.csv", framesUnits + units}, {"changes", "changes.csv", framesChanges + changes}, {"progress", "progress/a.csv", framesProgress + progress}} {
		if strings.Count(file[2], "\n") < 2 {
			continue
		}
		if r := f.load(file[0], file[1], file[2]); r.Rejected > 0 || r.Status != Accepted {
			t.Fatalf("%s: %s, %d rejected: %+v", file[1], r.Status, r.Rejected, r.Faults[:min(3, len(r.Faults))])
		}
	}
	return f
}

// some units that only end and begin, all there when the story begins.
const someUnits = "A,Một,,,,,\nB,Hai,,,,,\nC,Ba,,,,,\nD,Bốn,,,,,\n"

func TestSuccessors(t *testing.T) {
	ended := "A,Một,,,,,2020-12-31\nB,Hai,,,,,\nC,Ba,,,,,\nD,Bốn,,,,,\n"
	for name, c := range map[string]struct {
		units, changes, want string
	}{
		"no change":                      {someUnits, "2021-01-01,D,C,1,,\n", "[[A 1 true same ]]"},
		"rename":                         {"A,Một,,,,,2020-12-31\nA,Một mới,,,,2021-01-01,\n", "2021-01-01,A,A,1,,\n", "[[A 1 true whole A]]"},
		"merge":                          {ended, "2021-01-01,A,B,1,,\n", "[[B 1 true whole B]]"},
		"merge without a share":          {ended, "2021-01-01,A,B,,,\n", "[[B 1 true whole B]]"},
		"one body that took no records":  {ended, "2021-01-01,A,B,,false,\n", "[[A 1 false open ]]"},
		"split with shares":              {ended, "2021-01-01,A,B,0.4,,\n2021-01-01,A,C,0.6,,\n", "[[B 0.4 true share B] [C 0.6 true share C]]"},
		"split without shares":           {ended, "2021-01-01,A,B,,,\n2021-01-01,A,C,,,\n", "[[A 1 false open ]]"},
		"split, one took the records":    {ended, "2021-01-01,A,B,,,\n2021-01-01,A,C,,true,\n", "[[C 1 true records C]]"},
		"split, two took the records":    {ended, "2021-01-01,A,B,,true,\n2021-01-01,A,C,,true,\n", "[[A 1 false open ]]"},
		"shares that leave a rest":       {ended, "2021-01-01,A,B,0.5,,\n2021-01-01,A,C,0.3,,\n", "[[A 0.2 false open ] [B 0.5 true share B] [C 0.3 true share C]]"},
		"shares above one":               {ended, "2021-01-01,A,B,0.8,,\n2021-01-01,A,C,0.8,,\n", "[[A 1 false open ]]"},
		"a part stays":                   {someUnits, "2021-01-01,A,A,0.7,,\n2021-01-01,A,C,0.3,,\n", "[[A 0.7 true share A] [C 0.3 true share C]]"},
		"ended":                          {ended, "2021-01-01,A,,,,\n", "[[A 1 false open ]]"},
		"ended, and nothing is known":    {ended, "2021-01-01,D,C,1,,\n", "[[A 1 false open ]]"},
		"chain of two":                   {ended, "2021-01-01,A,B,1,,\n2022-01-01,B,C,1,,\n", "[[C 1 true whole B,C]]"},
		"parts that meet again":          {ended, "2021-01-01,A,B,0.4,,\n2021-01-01,A,C,0.6,,\n2022-01-01,B,C,1,,\n", "[[C 1 true share B,C]]"},
		"changes of one day do not join": {someUnits, "2021-01-01,A,B,1,,\n2021-01-01,B,C,1,,\n", "[[B 1 true whole B]]"},
		"before and after":               {someUnits, "2019-01-01,A,B,1,,\n2024-01-01,A,C,1,,\n", "[[A 1 true same ]]"},
		"circle":                         {someUnits, "2021-01-01,A,B,1,,\n2022-01-01,B,A,1,,\n2022-06-01,A,B,1,,\n", "[[B 1 true whole B,A,B]]"},
		"circle of one day":              {someUnits, "2021-01-01,A,B,1,,\n2021-01-01,B,A,1,,\n", "[[B 1 true whole B]]"},
	} {
		t.Run(name, func(t *testing.T) {
			f := follow(t, c.units, c.changes, "A,2020-Q4,,1,1,1,1\n")
			got := fmt.Sprint(f.ask("SELECT code AS a, share::DOUBLE AS b, placed AS c, carried AS d, array_to_string(via, ',') AS e FROM successors('A', DATE '2020-06-30', DATE '2023-01-01') ORDER BY ALL"))
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestToldInTheUnitsOfADay: parts sum to the rows they come from, to the last
// digit, and what cannot be placed is shown under its old code.
func TestToldInTheUnitsOfADay(t *testing.T) {
	units := "A,Một,,,,,2020-12-31\nB,Hai,,,,,\nC,Ba,,,,,\nD,Bốn,,,,,\nE,Năm,,,,,2020-12-31\n"
	changes := "2021-01-01,A,B,0.333,,\n2021-01-01,A,C,0.333,,\n2021-01-01,A,D,0.334,,\n2021-01-01,E,B,,,\n2021-01-01,E,C,,,\n"
	progress := "A,2020-Q4,2020-12-30,100.01,100,10,55.5\nA,2020-Q3,,0.01,1,,\nB,2020-Q4,,5,5,5,5\nE,2020-Q4,,7.77,7,7,7\nB,2021-Q1,,1,1,1,1\n"
	f := follow(t, units, changes, progress)
	got := fmt.Sprint(f.ask("SELECT unit AS a, metres AS b, files AS c, rate AS d, unit_as_reported AS e, placed AS f FROM progress_in('2021-06-30') WHERE period = '2020-Q4' ORDER BY ALL"))
	want := "[[B 5 5 5 B true] [B 33.31 34 55.5 A true] [C 33.3 33 55.5 A true] [D 33.4 33 55.5 A true] [E 7.77 7 7 E false]]"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for _, day := range []string{"2020-01-01", "2020-12-31", "2021-01-01", "2030-01-01"} {
		same := f.ask(fmt.Sprintf("SELECT (SELECT (sum(metres), sum(files), count(cost) > 0) FROM progress_in('%s')) = (SELECT (sum(metres), sum(files), true) FROM progress) AS a", day))
		if fmt.Sprint(same) != "[[true]]" {
			t.Errorf("%s: totals differ", day)
		}
	}
	if got := fmt.Sprint(f.ask("SELECT unit AS a, placed AS b FROM progress_in('2020-06-30') WHERE period = '2021-Q1'")); got != "[[B false]]" {
		t.Errorf("told backwards: %s", got)
	}
	if got := fmt.Sprint(f.ask("SELECT code AS a FROM units_on('2021-01-01') ORDER BY code")); got != "[[B] [C] [D]]" {
		t.Errorf("units of a day: %s", got)
	}
}

// TestRetoldHasItsSourceAndNote: a page that shows figures in new units says
// where they come from and what could not be carried over.
func TestRetoldHasItsSourceAndNote(t *testing.T) {
	f := follow(t, "A,Một,,,,,2020-12-31\nB,Hai,,,,,\nC,Ba,,,,,\nD,Bốn,,,,,2020-12-31\n", "2021-01-01,A,B,,,\n2021-01-01,A,C,,,\n2021-01-01,D,B,,true,\n2021-01-01,D,C,,,\n", "A,2020-Q4,,1,1,1,1\nD,2020-Q4,,1,1,1,1\n")
	r := f.reader()
	q := func(name, body string) *Query {
		q, err := parseQuery("queries/"+name+".sql", "-- title: x\n"+body, false)
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	ctx := context.Background()
	err := r.Define(ctx, []*Query{
		q("below", "SELECT unit, metres, unit_as_reported, placed, carried FROM progress_in(DATE '2021-01-01')"),
		q("above", "SELECT sum(metres) AS metres FROM below"),
		q("before", "SELECT unit, placed FROM progress_in('2020-12-31')"),
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	table, err := r.Query(ctx, "above", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(table.Source.Tables); got != "[changes progress units]" {
		t.Errorf("source: %s", got)
	}
	if len(table.Notes) != 2 || !strings.HasPrefix(table.Notes[0], "1 đơn vị chưa") || !strings.HasPrefix(table.Notes[1], "1 đơn vị không có tỷ trọng") {
		t.Errorf("notes: %q", table.Notes)
	}
	if table, err = r.Query(ctx, "before", nil); err != nil || len(table.Notes) != 0 {
		t.Errorf("notes of a day before the changes: %q, %v", table.Notes, err)
	}
	if err := r.Define(ctx, []*Query{q("lineage", "SELECT unit FROM progress")}, nil); err == nil || !strings.Contains(err.Error(), "queries/lineage.sql: the name is taken") {
		t.Errorf("a query named like a macro: %v", err)
	}
}

// reader asks what was loaded so far.
func (f *fixture) reader() *Reader {
	f.t.Helper()
	if err := f.w.Close(); err != nil {
		f.t.Fatal(err)
	}
	r, err := OpenReader(context.Background(), Asked{Path: f.path(), Contract: f.c, Locale: f.l})
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { r.Close(); f.open() })
	return r
}

// TestFaultsOfChanges: what cannot have been is told by the tests that every
// programme has.
func TestFaultsOfChanges(t *testing.T) {
	for name, c := range map[string]struct {
		units, changes string
		want           map[string]string
	}{
		"sound":             {someUnits, "2021-01-01,A,B,1,,\n2022-01-01,B,C,1,,\n", nil},
		"circle":            {someUnits, "2021-01-01,A,B,1,,\n2022-01-01,B,C,1,,\n2023-01-01,C,A,1,,\n", map[string]string{"circle": "A → B → C → A"}},
		"circle of one day": {someUnits, "2021-01-01,A,B,1,,\n2021-01-01,B,A,1,,\n", map[string]string{"circle": "A → B → A B → A → B"}},
		"aside of a circle": {someUnits, "2021-01-01,D,A,1,,\n2021-01-01,A,B,1,,\n2021-01-01,B,A,1,,\n", map[string]string{"circle": "A → B → A B → A → B"}},
		"founded anew":      {"A,Một,,,,,2020-12-31\nA,Một,,,,2023-01-01,\nB,Hai,,,,,2022-12-31\n", "2021-01-01,A,B,1,,\n2023-01-01,B,A,1,,\n", nil},
		"exchange of parts": {someUnits, "2021-01-01,A,A,0.5,,\n2021-01-01,A,B,0.5,,\n2022-01-01,B,B,0.5,,\n2022-01-01,B,A,0.5,,\n", nil},
		"too early":         {"A,Một,,,,2021-06-01,\nB,Hai,,,,,\n", "2021-01-01,A,B,1,,\n", map[string]string{"early": "Ngày trước khi thay đổi, đơn vị cũ chưa có hoặc đã kết thúc"}},
		"too late":          {"A,Một,,,,,2020-01-01\nB,Hai,,,,,\n", "2021-01-01,A,B,1,,\n", map[string]string{"early": "Ngày trước khi thay đổi, đơn vị cũ chưa có hoặc đã kết thúc"}},
		"into what ended":   {"A,Một,,,,,2020-12-31\nB,Hai,,,,,2019-12-31\n", "2021-01-01,A,B,1,,\n", map[string]string{"early": "Ngày thay đổi, đơn vị mới chưa có hoặc đã kết thúc"}},
		"the day after":     {"A,Một,,,,,2020-12-31\nB,Hai,,,,2021-01-01,\n", "2021-01-01,A,B,1,,\n", nil},
		"shares above one":  {someUnits, "2021-01-01,A,B,0.8,,\n2021-01-01,A,C,0.8,,\n", map[string]string{"shares": strings.Repeat(" Tổng tỷ trọng chuyển của đơn vị cũ lớn hơn 1 hoặc có tỷ trọng âm", 2)[1:]}},
	} {
		t.Run(name, func(t *testing.T) {
			f := follow(t, c.units, c.changes, "")
			r := f.reader()
			tests, err := Derived(f.c, contract.Gate{Orphans: "stop", Rules: "stop", Falls: "stop", Seconds: 60}, time.Time{}, f.l)
			if err != nil {
				t.Fatal(err)
			}
			ctx := context.Background()
			if err := r.Define(ctx, nil, tests); err != nil {
				t.Fatal(err)
			}
			for _, test := range []string{"circle", "early", "shares"} {
				table, err := r.Query(ctx, test+"_changes", nil)
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, row := range table.Rows {
					got = append(got, fmt.Sprint(row[3]))
				}
				if text := strings.Join(got, " "); text != c.want[test] {
					t.Errorf("%s: got %q, want %q", test, text, c.want[test])
				}
			}
		})
	}
}

// BenchmarkRetold tells a million reports of ten thousand units in the units
// of a day on which those had become a third as many, one in a hundred by
// shares, beside a plain sum over the same reports. BULK_ROWS sets another
// number.
func BenchmarkRetold(b *testing.B) {
	const many = 10_000
	var units, changes, progress strings.Builder
	for u := range many {
		fmt.Fprintf(&units, "U%d,Xã số %[1]d,,,,2000-01-01,2025-06-30\n", u)
		if u%3 == 0 {
			fmt.Fprintf(&units, "V%d,Xã mới số %[1]d,,,,2025-07-01,\n", u/3)
		}
		if into := u / 3; u%100 == 0 && into > 0 {
			fmt.Fprintf(&changes, "2025-07-01,U%d,V%d,0.3,,\n2025-07-01,U%[1]d,V%d,0.7,,\n", u, into, into-1)
		} else {
			fmt.Fprintf(&changes, "2025-07-01,U%d,V%d,1,,\n", u, into)
		}
	}
	for row := range bulkRows(1_000_000) {
		month := row / many
		fmt.Fprintf(&progress, "U%d,%d-%02d,,%d.%02d,%d,1.5,50\n", row%many, 2016+month/12, month%12+1, row%977, row%100, row%31)
	}
	f := follow(b, units.String(), changes.String(), progress.String())
	if err := f.w.Close(); err != nil {
		b.Fatal(err)
	}
	defer f.open()
	r, err := OpenReader(context.Background(), Asked{Path: f.path(), Contract: f.c, Locale: f.l})
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	sum := func(from string) (total string, seconds float64) {
		start := time.Now()
		if err := r.db.QueryRow("SELECT (sum(metres), sum(files))::VARCHAR FROM " + from).Scan(&total); err != nil {
			b.Fatal(err)
		}
		return total, time.Since(start).Seconds()
	}
	var plain, told, ratios []float64
	for b.Loop() {
		for range 5 { // in turn, so that a slow minute meets both
			want, x := sum("progress")
			got, y := sum("progress_in('2025-07-01')")
			if got != want {
				b.Fatalf("totals: %s told again, %s as reported", got, want)
			}
			plain, told, ratios = append(plain, x), append(told, y), append(ratios, y/x)
		}
	}
	b.ReportMetric(median(plain), "plain-s")
	b.ReportMetric(median(told), "retold-s")
	b.ReportMetric(median(ratios), "retold/plain")
	b.ReportMetric(0, "ns/op")
}

// TestSmallFiguresDivided: of two files in four equal parts none is negative,
// and none is further from its half than one.
func TestSmallFiguresDivided(t *testing.T) {
	f := follow(t, "A,Một,,,,,2020-12-31\nB,Hai,,,,,\nC,Ba,,,,,\nD,Bốn,,,,,\nE,Năm,,,,,\n",
		"2021-01-01,A,B,0.25,,\n2021-01-01,A,C,0.25,,\n2021-01-01,A,D,0.25,,\n2021-01-01,A,E,0.25,,\n", "A,2020-Q4,,0.02,2,,\nA,2020-Q3,,0.06,6,,\nA,2020-Q2,,-0.02,-2,,\n")
	got := fmt.Sprint(f.ask("SELECT period AS a, list(files ORDER BY unit)::VARCHAR AS b, list(metres ORDER BY unit)::VARCHAR AS c FROM progress_in('2021-06-30') GROUP BY period ORDER BY period"))
	if want := "[[2020-Q2 [-1, 0, -1, 0] [-0.01, 0.00, -0.01, 0.00]] [2020-Q3 [2, 1, 2, 1] [0.02, 0.01, 0.02, 0.01]] [2020-Q4 [1, 0, 1, 0] [0.01, 0.00, 0.01, 0.00]]]"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
