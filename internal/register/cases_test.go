package register

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const cases = "../../../shared/cases"

// rows reads a file of the shared cases; each row is a map by header.
func rows(t testing.TB, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(cases, name))
	if os.IsNotExist(err) {
		t.Skip("the shared cases are not here:", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range all[1:] {
		m := map[string]string{}
		for i, cell := range row {
			m[all[0][i]] = cell
		}
		out = append(out, m)
	}
	return out
}

// units makes the names of a register file, valid for a time.
func units(t testing.TB, name, from, to string) []Name {
	t.Helper()
	full := map[string]string{}
	all := rows(t, name)
	for _, row := range all {
		full[row["code"]] = row["full_name"]
	}
	var out []Name
	for _, row := range all {
		n := Name{Key: row["code"], Title: row["full_name"], Parent: full[row["parent_code"]], From: from, To: to}
		n.Text, n.Code = row["code"], true
		out = append(out, n)
		n.Text, n.Code = row["full_name"], false
		out = append(out, n)
	}
	return out
}

// dongnai is the province's register from before 01/11/2024 until after 30/04/2026.
func dongnai(t testing.TB) *Register {
	t.Helper()
	var names []Name
	names = append(names, units(t, "units/dongnai_units_before_20241101.csv", "", "2024-10-31")...)
	names = append(names, units(t, "units/dongnai_units_2024.csv", "2024-11-01", "2025-06-30")...)
	names = append(names, units(t, "units/dongnai_units_2025.csv", "2025-07-01", "2026-04-29")...)
	names = append(names, units(t, "units/dongnai_units_2026.csv", "2026-04-30", "")...)
	return New(names)
}

// departments makes the register of the province's departments; with their
// abbreviations as aliases or without.
func departments(t testing.TB, aliases func(row map[string]string) []string) *Register {
	t.Helper()
	ended := map[string]string{"Sở Giao thông vận tải": "2025-02-28", "Sở Kế hoạch và Đầu tư": "2025-02-28"}
	var names []Name
	for _, row := range rows(t, "units/dongnai_departments.csv") {
		name := row["name_before_2025"]
		for _, text := range append([]string{name}, aliases(row)...) {
			names = append(names, Name{Key: name, Text: text, Title: name, Parent: "UBND tỉnh Đồng Nai", To: ended[name]})
		}
	}
	return New(names)
}

func abbreviations(row map[string]string) []string {
	if row["abbreviations_to_match"] == "" {
		return nil
	}
	return strings.Split(row["abbreviations_to_match"], "|")
}

func noAliases(map[string]string) []string { return nil }
