package warehouse

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tongket/internal/contract"
	"tongket/internal/intake"
)

// TestPeriodEnd: SQL and Go agree on the last day of whatever may stand in a
// column of periods.
func TestPeriodEnd(t *testing.T) {
	f := setUp(t)
	var texts []string
	for _, year := range []string{"0001", "1900", "2000", "2023", "2024", "2025", "9999", "202", "20255", "2O25", " 2025", "+202", "２０２５", ""} {
		texts = append(texts, year)
		for _, part := range []string{"Q0", "Q1", "Q2", "Q3", "Q4", "Q5", "H0", "H1", "H2", "H3", "00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "1", "001",
			"0M", "1M", "2M", "3M", "4M", "5M", "6M", "7M", "8M", "9M", "M9", "10M", "q1", "Q", "", "Q1 ", "Q1\n", "12-31", "'", "é1"} {
			texts = append(texts, year+"-"+part)
		}
	}
	for from := range slicesOf(texts, 40) {
		var list []string
		for _, text := range from {
			list = append(list, "("+lit(text)+")")
		}
		rows := f.ask("SELECT t AS a, period_end(t)::VARCHAR AS b FROM (VALUES " + strings.Join(list, ", ") + ") v(t)")
		if len(rows) != len(from) {
			t.Fatalf("%d rows of %d texts", len(rows), len(from))
		}
		for _, row := range rows {
			text, want := row[0].(string), any(nil)
			if day := intake.PeriodEnd(text); day != "" {
				want = day
			}
			if row[1] != want {
				t.Errorf("period_end(%q) is %v, want %v", text, row[1], want)
			}
		}
	}
	if rows := f.ask("SELECT period_end(NULL) AS a, period_end(2024) AS b"); rows[0][0] != nil || fmt.Sprint(rows[0][1]) != "2024-12-31 00:00:00 +0000 UTC" {
		t.Errorf("of nothing and of a number: %v", rows)
	}
}

// TestPeriodMonths: how often who sends such a period reports.
func TestPeriodMonths(t *testing.T) {
	f := setUp(t)
	for text, want := range map[string]any{"2024": 12, "2024-H1": 6, "2024-H2": 6, "2024-Q1": 3, "2024-Q4": 3, "2024-3M": 3, "2024-9M": 3, "2024-6M": 3,
		"2024-8M": 1, "2024-01": 1, "2024-12": 1, "2024-Q5": nil, "quý I": nil, "": nil} {
		if rows := f.ask("SELECT period_months(" + lit(text) + ") AS a"); fmt.Sprint(rows[0][0]) != fmt.Sprint(want) {
			t.Errorf("period_months(%q) is %v, want %v", text, rows[0][0], want)
		}
	}
	if rows := f.ask("SELECT period_months(NULL) AS a, period_months(2024) AS b"); rows[0][0] != nil || fmt.Sprint(rows[0][1]) != "12" {
		t.Errorf("of nothing and of a number: %v", rows)
	}
}

// slicesOf cuts a list into parts of n.
func slicesOf(all []string, n int) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		for ; len(all) > 0; all = all[min(n, len(all)):] {
			if !yield(all[:min(n, len(all))]) {
				return
			}
		}
	}
}

// TestPeriodEndInRules: a rule of the contract may go by the end of a period,
// when files are loaded and when what holds is tested; no query and no table
// takes the name.
func TestPeriodEndInRules(t *testing.T) {
	text := strings.Replace(contractText, "    rules:\n", "    rules:\n      - {name: early, condition: day > period_end(period) OR period_months(period) < 3, message: Báo cáo trước khi hết kỳ, severity: error}\n", 1)
	c, err := contract.Read(fstest.MapFS{contract.File: {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{t: t, dir: t.TempDir(), c: c, l: locale(t)}
	f.open()
	f.load("units", "units.csv", unitsText)
	r := f.load("progress", "progress/a.csv", header+"SNV;2021-H1;30/06/2021;100;1;;\n731;2021-H1;01/07/2021;100;1;;\n")
	if r.Accepted != 1 || r.Rejected != 1 {
		t.Errorf("accepted %d, rejected %d, want one and one", r.Accepted, r.Rejected)
	}
	if found := f.derived(contract.Gate{}, "rules_progress", nil); len(found) != 0 {
		t.Errorf("rules_progress: %v", found)
	}
	for _, name := range []string{PeriodEnd, PeriodMonths} {
		reader, err := define(t, map[string]string{"queries/" + name + ".sql": "-- title: x\nSELECT 1 AS unit"})
		if err == nil || !strings.Contains(err.Error(), "queries/"+name+".sql: the name is taken") {
			t.Errorf("a query of this name: %v, %v", reader, err)
		}
		if _, err := contract.Read(fstest.MapFS{contract.File: {Data: []byte(strings.Replace(contractText, "name: progress", "name: "+name, 1))}}); err == nil || !strings.Contains(err.Error(), `resource "`+name+`": the name is taken`) {
			t.Errorf("a table of this name: %v", err)
		}
	}
}

// TestIncomplete: who has not reported for the latest period that is due. A
// month's report makes nobody late for a quarter, and that of a half is one for
// its second quarter.
func TestIncomplete(t *testing.T) {
	f := setUp(t)
	f.load("progress", "progress/a.csv", header+"SNV;2021-Q1;;100;1;;\n731;2021-Q1;;100;1;;\nTP1;2021-Q1;;100;1;;\n")
	find := func(due string) string {
		gate := contract.Gate{Complete: &contract.Complete{Table: "progress", Due: due, Key: "unit", Share: 1, Severity: "warn"}}
		return fmt.Sprint(f.derived(gate, "reports_incomplete", fstest.MapFS{
			"queries/everyone.sql": {Data: []byte("-- title: x\n-- columns: {unit: {title: u}}\nSELECT DISTINCT unit FROM (VALUES ('SNV'), ('731'), ('TP1')) AS v(unit)")},
			"queries/plan.sql":     {Data: []byte("-- title: x\n-- columns: {unit: {title: u}, period: {title: p}}\nSELECT unit, period FROM (VALUES ('SNV', '2021-Q1'), ('731', '2021-Q1'), ('SNV', '2021-Q2'), ('TP1', '2021-Q2'), ('SNV', '2021')) AS v(unit, period)")},
		}))
	}
	for i, step := range []struct{ rows, everyone, plan string }{
		{"", "[]", "[]"},
		{"SNV;2021-05;;100;2;;\n", "[]", "[]"}, // nobody is asked for May
		{"731;2021-H1;;100;2;;\n", "[[SNV 2021-H1] [TP1 2021-H1]]", "[[SNV 2021-Q2] [TP1 2021-Q2]]"},
		{"SNV;2021-Q2;;100;2;;\n", "[[TP1 2021-Q2]]", "[[TP1 2021-Q2]]"},
		{"TP1;2021-07;;100;2;;\n", "[]", "[]"}, // later than what was asked for
		{"TP1;2021-12;;100;3;;\n", "[]", "[[SNV 2021]]"},
	} {
		if step.rows != "" {
			f.load("progress", fmt.Sprintf("progress/%d.csv", i), header+step.rows)
		}
		if got := find("everyone"); got != step.everyone {
			t.Errorf("step %d: everyone: %s, want %s", i, got, step.everyone)
		}
		if got := find("plan"); got != step.plan {
			t.Errorf("step %d: by the plan: %s, want %s", i, got, step.plan)
		}
	}
}

// TestShortPeriods: a month among quarters is doubted, a mixture is not.
func TestShortPeriods(t *testing.T) {
	f := setUp(t)
	var rows strings.Builder
	for year := 2016; year < 2021; year++ {
		for q := 1; q <= 4; q++ {
			fmt.Fprintf(&rows, "SNV;%d-Q%d;;100;%d;;\n", year, q, 4*year+q-8000)
		}
	}
	f.load("progress", "progress/a.csv", header+rows.String()+"SNV;1/2021;;100;90;;\n")
	found := fmt.Sprint(f.derived(contract.Gate{}, "short_periods_progress", nil))
	if !strings.HasPrefix(found, "[[SNV 2021-01 ") {
		t.Errorf("a month among quarters: %s", found)
	}
	f.load("progress", "progress/b.csv", header+"731;2/2021;;100;1;;\n731;3/2021;;100;1;;\n731;4/2021;;100;1;;\n")
	if found := f.derived(contract.Gate{}, "short_periods_progress", nil); len(found) > 0 {
		t.Errorf("months of somebody who reports by months: %v", found)
	}
}

// derived closes the writer and returns the rows that a test which follows from
// the contract finds.
func (f *fixture) derived(gate contract.Gate, name string, folder fstest.MapFS) [][]any {
	f.t.Helper()
	if err := f.w.Close(); err != nil {
		f.t.Fatal(err)
	}
	defer f.open()
	queries, _, err := ReadQueries(folder)
	if err != nil {
		f.t.Fatal(err)
	}
	gate.Orphans, gate.Rules, gate.Falls = "stop", "stop", "stop"
	tests, err := Derived(f.c, gate, time.Time{}, f.l)
	if err != nil {
		f.t.Fatal(err)
	}
	ctx := context.Background()
	r, err := OpenReader(ctx, Asked{Path: f.path(), Contract: f.c, Locale: f.l})
	if err != nil {
		f.t.Fatal(err)
	}
	defer r.Close()
	if err := r.Define(ctx, queries, tests); err != nil {
		f.t.Fatal(err)
	}
	found, err := r.Query(ctx, name, nil)
	if err != nil {
		f.t.Fatal(err)
	}
	return found.Rows
}
