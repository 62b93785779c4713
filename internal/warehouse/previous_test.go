package warehouse

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRestated lists what was told otherwise since an edition: corrected,
// emptied, withdrawn; what is new is no restatement. The edition's own results
// are there under previous.
func TestRestated(t *testing.T) {
	f := setUp(t)
	f.load("progress", "progress/a.csv", header+"SNV;2021-Q1;;100;1;10;\n731;2021-Q1;;100;5;20;\n")
	last := f.load("progress", "progress/b.csv", header+"TP1;2021-Q1;;7;1;;\n")
	kept := filepath.Join(t.TempDir(), "kept.csv")
	if err := os.WriteFile(kept, []byte("\uFEFFunit,metres,remark\n731,1.5,'=1+1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	f.load("progress", "progress/c.csv", header+"SNV;2021-Q1;;100;2;;\nSNV;2021-Q2;;100;2;10;\n")
	f.withdraw("progress/b.csv")

	const list = "SELECT unit AS a, period AS b, measure AS c, before AS d, after AS e, submission AS f FROM restated ORDER BY ALL"
	if rows := f.ask(list); len(rows) != 0 {
		t.Errorf("without an earlier edition: %v", rows)
	}
	f.then = &Previous{Event: last.Submission, Tables: []Kept{{Name: "kept", Path: kept, Columns: []KeptColumn{{"unit", "VARCHAR"}, {"metres", "DECIMAL(18,2)"}, {"remark", "VARCHAR"}}}}}
	var got []string
	for _, row := range f.ask(list) {
		got = append(got, fmt.Sprint(row))
	}
	want := "[SNV 2021-Q1 Hồ sơ 10 <nil> 4]\n[SNV 2021-Q1 Đã chỉnh lý 1 2 4]\n[TP1 2021-Q1 Tồn đọng 7 <nil> <nil>]\n[TP1 2021-Q1 Đã chỉnh lý 1 <nil> <nil>]"
	if strings.Join(got, "\n") != want {
		t.Errorf("restated:\n%s\nwant:\n%s", strings.Join(got, "\n"), want)
	}
	if got := fmt.Sprint(f.ask("SELECT unit AS a, metres * 2 AS b, remark AS c FROM previous.kept")); got != "[[731 3 =1+1]]" {
		t.Errorf("previous.kept: %s", got)
	}
}

// TestPreviousOfANewQuery: a query that the earlier edition did not have, or
// that has no earlier edition, was empty; one that does not exist is a fault.
func TestPreviousOfANewQuery(t *testing.T) {
	const one = "-- title: x\n-- columns:\n--   n: {title: x}\nSELECT 1 AS n"
	if _, err := define(t, map[string]string{"queries/now.sql": one,
		"queries/change.sql": "-- title: x\n-- columns:\n--   n: {title: x}\nSELECT now.n - coalesce((SELECT n FROM previous.now), 0) AS n FROM now"}); err != nil {
		t.Error(err)
	}
	_, err := define(t, map[string]string{"queries/now.sql": one, "queries/change.sql": "-- title: x\n-- columns:\n--   n: {title: x}\nSELECT * FROM previous.nou"})
	if err == nil || !strings.Contains(err.Error(), `queries/change.sql:4: previous.nou: no query "nou"; did you mean "now"?`) {
		t.Errorf("a query that is not there: %v", err)
	}
}
