package warehouse

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// define loads nothing and defines the queries of a folder.
func define(t *testing.T, files map[string]string) (*Reader, error) {
	t.Helper()
	f := setUp(t)
	f.load("progress", "progress/a.csv", header+"SNV;2021-Q1;;100;50;10;\n731;2021-Q1;;200;;;\n")
	f.w.Close()
	t.Cleanup(f.open)
	r, err := OpenReader(context.Background(), Asked{Path: f.path(), Contract: f.c, Vars: map[string]any{"share": 0.1}, Locale: f.l})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	queries, tests, err := ReadQueries(folder)
	if err != nil {
		return r, err
	}
	return r, r.Define(context.Background(), queries, tests)
}

func TestQueriesBuildOnEachOther(t *testing.T) {
	r, err := define(t, map[string]string{
		"queries/a_last.sql":        "-- title: Cuối\n-- columns:\n--   twice: {title: Gấp đôi, format: number, decimals: 2, unit: mét, total: true}\nWITH m AS (SELECT * FROM middle)\nSELECT unit, half * 4 AS twice, half FROM m ORDER BY unit;\n",
		"queries/middle.sql":        "-- title: Giữa\n-- columns: {half: {title: Một nửa, format: number}}\nSELECT unit, backlog_m / 2 AS half FROM progress",
		"queries/of_unit.sql":       "-- title: Một đơn vị\n-- params: {wanted: {title: Đơn vị}}\n-- columns: {half: {title: Nửa}}\nSELECT unit, half FROM middle WHERE unit = wanted",
		"queries/tests/missing.sql": "-- title: Thiếu\n-- severity: warn\nSELECT unit, line, submission FROM progress WHERE arranged_m IS NULL",
		"queries/setting.sql":       "-- title: Đặt\n-- columns: {value: {title: Trị, format: number}}\nSELECT CAST(value AS DOUBLE) AS value FROM settings WHERE name = 'share'",
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	last, err := r.Query(ctx, "a_last", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(last.Rows); got != "[[731 400 100] [SNV 200 50]]" {
		t.Errorf("rows: %s", got)
	}
	if c := last.Columns[0]; c.Title != "Đơn vị" {
		t.Errorf("the contract's title is not taken: %+v", c)
	}
	if c := last.Columns[1]; c.Title != "Gấp đôi" || c.Decimals != 2 || !c.Total || c.Unit != "mét" {
		t.Errorf("the header's word is not taken: %+v", c)
	}
	if c := last.Columns[2]; c.Title != "Một nửa" {
		t.Errorf("the title of the query below is not taken: %+v", c)
	}
	if s := last.Source; s.Query != "queries/a_last.sql" || fmt.Sprint(s.Tables) != "[progress]" || s.Files != 1 || s.Rows != 2 {
		t.Errorf("source: %+v", s)
	}
	one, err := r.Query(ctx, "of_unit", map[string]string{"wanted": "SNV' OR 1=1 --"})
	if err != nil || len(one.Rows) != 0 {
		t.Errorf("a hostile parameter: %v, %v", one, err)
	}
	if one, err = r.Query(ctx, "of_unit", map[string]string{"wanted": "SNV"}); err != nil || len(one.Rows) != 1 {
		t.Errorf("parameter: %v, %v", one, err)
	}
	if found, err := r.Query(ctx, "missing", nil); err != nil || fmt.Sprint(found.Rows) != "[[731 3 2]]" {
		t.Errorf("test: %v, %v", found, err)
	}
}

// TestTrailWhateverTheSpelling: the tables behind a query are found however it
// writes them.
func TestTrailWhateverTheSpelling(t *testing.T) {
	r, err := define(t, map[string]string{
		"queries/z.sql": "-- title: x\nSELECT unit FROM Progress",
		"queries/b.sql": "-- title: x\nWITH progress AS (SELECT * FROM progress) SELECT unit FROM progress",
		"queries/c.sql": "-- title: x\nSELECT unit FROM main.progress",
		"queries/a.sql": "-- title: x\nSELECT unit FROM Z",
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "b", "c", "z"} {
		table, err := r.Query(context.Background(), name, nil)
		if err != nil || fmt.Sprint(table.Source.Tables) != "[progress]" || table.Source.Rows != 2 {
			t.Errorf("%s: %+v, %v", name, table.Source, err)
		}
	}
}

// TestFaultsOfQueries: each is told at the right line of the right file, and
// all at once.
func TestFaultsOfQueries(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"headers": {map[string]string{
			"queries/a.sql":       "-- titel: x\nSELECT 1 AS unit",
			"queries/b.sql":       "SELECT 1",
			"queries/c.sql":       "-- title: x\n-- columns:\n--   a: {format: percentage}\nSELECT 1 AS a",
			"queries/tests/d.sql": "-- title: x\nSELECT 1 AS unit",
		}, []string{"queries/a.sql:1: unknown key \"titel\"; did you mean \"title\"?", "queries/b.sql:1: no header", "queries/c.sql:3: \"percentage\" is none of", "queries/tests/d.sql:1: no \"severity\""}},
		"syntax": {map[string]string{
			"queries/a.sql": "-- title: x\n\nSELECT 1\nFROM WHERE\n",
			"queries/b.sql": "-- title: x\nDROP TABLE progress",
			"queries/c.sql": "-- title: x\nSELECT 1 AS unit; SELECT 2",
		}, []string{"queries/a.sql:4:6: Sai cú pháp ở gần “WHERE”", "queries/b.sql:2: a query is one SELECT", "queries/c.sql:2: a query is one SELECT, here are 2"}},
		"names": {map[string]string{
			"queries/a.sql": "-- title: x\nSELECT unit,\n  nope\nFROM progress",
			"queries/b.sql": "-- title: x\nSELECT 1 AS unit\nFROM progres",
			"queries/c.sql": "-- title: x\n-- columns:\n--   gone: {title: y}\nSELECT unit, backlog_m * 2 AS new FROM progress",
			"queries/d.sql": "-- title: x\nSELECT unit FROM a",
		}, []string{"queries/a.sql:3:3: Không có cột “nope”", "queries/b.sql:3:6: Không có bảng hay truy vấn “progres”. Tên gần giống: progress", "queries/c.sql:3: the header describes a column \"gone\"", "queries/c.sql:1: column \"new\" has no title"}},
		"circle": {map[string]string{
			"queries/a.sql": "-- title: x\nSELECT unit\nFROM b",
			"queries/b.sql": "-- title: x\nSELECT unit FROM c",
			"queries/c.sql": "-- title: x\nSELECT unit FROM a",
		}, []string{"in a circle: a → b → c → a"}},
		"unsteady": {map[string]string{
			"queries/a.sql": "-- title: x\nSELECT unit FROM progress\nWHERE day < current_date",
			"queries/b.sql": "-- title: x\nSELECT unit,\n random() AS n FROM progress",
			"queries/c.sql": "-- title: x\nSELECT unit FROM warehouse.progress",
			"queries/d.sql": "-- title: x\nSELECT unit FROM query_table('progress')",
		}, []string{"queries/a.sql:3: current_date gives another answer", "queries/b.sql:3: random gives", "queries/c.sql:2: warehouse.progress: name the table alone", "queries/d.sql:2: query_table() hides"}},
		"outside": {map[string]string{
			"queries/a.sql": "-- title: x\nSELECT content AS unit FROM read_text('/etc/passwd')",
			"queries/b.sql": "-- title: x\nSELECT 1 AS unit FROM read_csv('/etc/passwd')",
		}, []string{"queries/a.sql:2:29: ", "queries/b.sql:2:23: "}},
	} {
		_, err := define(t, c.files)
		for _, want := range c.want {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: no %q in:\n%v", name, want, err)
			}
		}
		if err != nil && strings.Count(err.Error(), "queries/d.sql") > 0 && name == "names" {
			t.Errorf("a query that reads a broken one is told too:\n%v", err)
		}
	}
}
