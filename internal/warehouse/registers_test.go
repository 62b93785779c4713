package warehouse

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tongket/internal/contract"
)

// realRegister makes of the registers of four times, and of what is known between
// them, the three files of a programme. Keeper is the unit that took over the
// records of Xuân Tâm, if one did. Every commune reported 10.01 metres in the
// last quarter of 2024's first ten months and in the first of 2025.
func realRegister(t *testing.T, keeper string) *fixture {
	t.Helper()
	folder := filepath.Join("..", "..", "..", "shared", "cases", "units")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the real registers are not here: ", folder)
	}
	var units, changes, progress strings.Builder
	for _, time := range []struct{ file, from, to, period string }{
		{"dongnai_units_before_20241101.csv", "2022-01-01", "2024-10-31", "2024-Q3"},
		{"dongnai_units_2024.csv", "2024-11-01", "2025-06-30", "2025-Q1"},
		{"dongnai_units_2025.csv", "2025-07-01", "2026-04-29", ""},
		{"dongnai_units_2026.csv", "2026-04-30", "", ""},
	} {
		for _, row := range records(t, filepath.Join(folder, time.file)) {
			fmt.Fprintf(&units, "%s,%s,%s,%s,Lãnh đạo %s,%s,%s\n", row["code"], row["full_name"], row["kind"], row["parent_code"], row["code"], time.from, time.to)
			if row["level"] == "commune" && time.period != "" {
				fmt.Fprintf(&progress, "%s,%s,,10.01,7,1.5,50\n", row["code"], time.period)
			}
			if row["level"] == "district" && time.period == "2025-Q1" {
				fmt.Fprintf(&changes, "2025-07-01,%s,,,,kết thúc hoạt động\n", row["code"])
			}
		}
	}
	for _, row := range records(t, filepath.Join(folder, "dongnai_changes_20241101.csv")) {
		if row["change"] == "renamed" {
			fmt.Fprintf(&changes, "2024-11-01,%s,%[1]s,1,,đổi tên\n", row["code"])
		} else {
			fmt.Fprintf(&changes, "2024-11-01,%s,,,,thôi dùng mã\n", row["code"])
		}
	}
	for _, row := range records(t, filepath.Join(folder, "dongnai_succession_2025.csv")) {
		share, records := "1", ""
		if row["coverage"] == "partial" {
			share = ""
		}
		if row["coverage"] == "partial" && row["new_code"] == keeper {
			records = "true"
		}
		fmt.Fprintf(&changes, "2025-07-01,%s,%s,%s,%s,%s\n", row["old_code"], row["new_code"], share, records, row["resolution"])
	}
	return follow(t, units.String(), changes.String(), progress.String())
}

func records(t *testing.T, path string) []map[string]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		record := map[string]string{}
		for i, name := range rows[0] {
			record[strings.TrimPrefix(name, "\uFEFF")] = row[i]
		}
		out = append(out, record)
	}
	return out
}

func TestRealRegisters(t *testing.T) {
	f := realRegister(t, "")
	for _, c := range []struct{ what, sql, want string }{
		{"the communes of the two days", "SELECT (SELECT count(*) FROM units_on('2025-06-30') WHERE kind IN ('Xã', 'Phường', 'Thị trấn')) AS a, (SELECT count(*) FROM units_on('2025-07-01') WHERE kind IN ('Xã', 'Phường', 'Thị trấn')) AS b", "[[270 95]]"},
		{"270 communes in 95", "SELECT count(DISTINCT unit_as_reported) AS a, count(DISTINCT unit) FILTER (placed) AS b, count(DISTINCT unit) FILTER (NOT placed) AS c FROM progress_in('2025-07-01') WHERE period = '2025-Q1'", "[[270 95 1]]"},
		{"one code, three names", "SELECT DISTINCT name AS a FROM units WHERE code = '26041' ORDER BY name", "[[Phường Quyết Thắng] [Phường Trung Dũng] [Phường Trấn Biên]]"},
		{"the same code on three days", "SELECT (SELECT name FROM units_on('2024-10-31') WHERE code = '26041') AS a, (SELECT name FROM units_on('2024-11-01') WHERE code = '26041') AS b, (SELECT name FROM units_on('2025-07-01') WHERE code = '26041') AS c", "[[Phường Quyết Thắng Phường Trung Dũng Phường Trấn Biên]]"},
		{"Tân Mai moves between codes", "SELECT (SELECT code FROM units_on('2024-10-31') WHERE name = 'Phường Tân Mai') AS a, (SELECT code FROM units_on('2024-11-01') WHERE name = 'Phường Tân Mai') AS b", "[[26026 26014]]"},
		{"the old Tân Mai is not the new one", "SELECT code AS a, placed AS b FROM successors('26026', '2024-09-30', '2024-12-31')", "[[26026 false]]"},
		{"Xuân Tâm", "SELECT code AS a, share::INT AS b, placed AS c FROM successors('26449', '2025-03-31', '2025-07-01')", "[[26449 1 false]]"},
		{"kinds change", "SELECT count(*) AS a, count(*) FILTER (x.kind <> y.kind) AS b FROM units_on('2026-04-29') x JOIN units_on('2026-04-30') y ON x.code = y.code", "[[96 11]]"},
		{"codes stay", "SELECT count(*) AS a FROM (FROM progress_in('2026-04-29') EXCEPT ALL FROM progress_in('2026-04-30'))", "[[0]]"},
		{"wards", "SELECT count(*) FILTER (kind = 'Phường') AS a, count(*) FILTER (kind = 'Xã') AS b FROM units_on('2026-04-30')", "[[33 62]]"},
		{"totals", "SELECT sum(metres) = (SELECT sum(metres) FROM progress) AS a, sum(files) = (SELECT sum(files) FROM progress) AS b, count(*) = (SELECT count(*) FROM progress) AS c FROM progress_in('2026-04-30')", "[[true true true]]"},
		{"what cannot be placed", "SELECT period AS a, count(*) AS b, sum(metres) AS c FROM progress_in('2025-07-01') WHERE NOT placed GROUP BY period ORDER BY period", "[[2024-Q3 12 120.12] [2025-Q1 1 10.01]]"},
		{"lineage", "SELECT depth AS a, strftime(date, '%d/%m/%Y') AS b, from_code AS c FROM lineage('26041', '2026-04-30') ORDER BY ALL", "[[1 01/07/2025 26011] [1 01/07/2025 26023] [1 01/07/2025 26029] [1 01/07/2025 26041] [1 01/07/2025 26050] [1 01/07/2025 26065] [2 01/11/2024 26041]]"},
		{"lineage before", "SELECT depth AS a, from_code AS b, basis AS c FROM lineage('26041', '2025-06-30')", "[[1 26041 đổi tên]]"},
	} {
		if got := fmt.Sprint(f.ask(c.sql)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.what, got, c.want)
		}
	}
}

// TestRealRegistersAreSound: the tests that every programme has find nothing
// in the real changes.
func TestRealRegistersAreSound(t *testing.T) {
	f := realRegister(t, "")
	r := f.reader()
	tests, err := Derived(f.c, contract.Gate{Orphans: "stop", Rules: "stop", Falls: "stop", Seconds: 60}, time.Time{}, f.l)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if err := r.Define(ctx, nil, tests); err != nil {
		t.Fatal(err)
	}
	for _, q := range tests {
		if table, err := r.Query(ctx, q.Name, nil); err != nil || len(table.Rows) > 0 {
			t.Errorf("%s: %v, %v", q.Name, table, err)
		}
	}
}

func TestRealSplitWithRecords(t *testing.T) {
	f := realRegister(t, "26446")
	got := fmt.Sprint(f.ask("SELECT unit AS a, metres AS b, placed AS c, carried AS d FROM progress_in('2025-07-01') WHERE unit_as_reported = '26449' AND period = '2025-Q1'"))
	if got != "[[26446 10.01 true records]]" {
		t.Errorf("Xuân Tâm: %s", got)
	}
}
