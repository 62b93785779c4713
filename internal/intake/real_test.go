package intake

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"tongket/internal/contract"
)

// shared is where real and hostile files stand that are not ours to keep.
const shared = "../../../shared/cases/torture"

// cases returns a folder of files that stands beside the repository, or skips.
func cases(t testing.TB, folder string) string {
	t.Helper()
	dir := filepath.Join(shared, folder)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("%s is not there: it stands beside the repository where it is developed", dir)
	}
	return dir
}

// resource reads one resource of a contract.
func resource(t testing.TB, text string) *contract.Resource {
	t.Helper()
	c, err := contract.Read(fstest.MapFS{contract.File: {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	return c.Resources[0]
}

const syntheticContract = `name: x
resources:
  - name: report
    path: "*.csv"
    schema:
      primaryKey: unit
      missingValues: ["", "-"]
      fields:
        - {name: section, title: Khối, block: true}
        - {name: unit, title: Đơn vị, aliases: ["Cơ quan, đơn vị"]}
        - {name: backlog_total, title: Tài liệu tồn đọng, type: number, decimalChar: ",", unit: mét}
        - {name: backlog_permanent, title: Tồn đọng vĩnh viễn, type: number, decimalChar: ",", unit: mét, aliases: ["Trong đó: vĩnh viễn"]}
        - {name: prev, title: Đã chỉnh lý kỳ trước, type: number, decimalChar: ",", unit: mét}
        - {name: in_period, title: Đã chỉnh lý trong kỳ, type: number, decimalChar: ",", unit: mét}
        - {name: cumulative, title: Đã chỉnh lý, type: number, decimalChar: ",", unit: mét, cumulative: true}
        - {name: digitised_pct, title: Đã số hóa, type: number, decimalChar: ",", aliases: [Đã số hóa tỷ lệ]}
        - {name: note, title: Ghi chú}
`

// TestSynthetic: one report in many letters and forms is one table, or is
// refused for what cannot be restored.
func TestSynthetic(t *testing.T) {
	dir := cases(t, "vn_synthetic")
	_, l := setUp(t)
	r := resource(t, syntheticContract)
	text, err := os.ReadFile(filepath.Join(dir, "expected.csv"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	refused := map[string]string{"bao_cao.questionmarks-cp1252.csv": "không khôi phục được", "bao_cao.truncated-quote.csv": "cắt ngang"}
	files, err := filepath.Glob(filepath.Join(dir, "bao_cao.*"))
	if err != nil || len(files) < 11 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, path := range files {
		name := filepath.Base(path)
		f, err := inspect(path, name, r, l)
		if message := refused[name]; message != "" {
			if err == nil {
				_, err = f.Tidy(t.Context(), Outputs{Rows: &strings.Builder{}, Faults: &strings.Builder{}})
			}
			if refusal := AsRefusal(err); refusal == nil || !strings.Contains(refusal.Message, message) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		out, faults, found := tidy(t, f)
		if faults != "" {
			t.Errorf("%s: faults:\n%s", name, faults)
		}
		rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != len(want)-1 {
			t.Errorf("%s: %d rows\n%s", name, len(rows), out)
			continue
		}
		for i, row := range rows {
			truth := append(append([]string{}, want[i+1][:1]...), want[i+1][2:]...) // without the running number
			for c, cell := range row[1 : len(row)-1] {
				expected := strings.TrimSuffix(truth[c], ".0")
				if name == "bao_cao.tcvn3.csv" { // capitals with marks are small ones in this set of letters
					cell, expected = strings.ToLower(cell), strings.ToLower(expected)
				}
				if cell != expected {
					t.Errorf("%s: row %d: %q, want %q", name, i, cell, expected)
				}
			}
		}
		kinds := map[string]int{}
		for _, p := range found.Passed {
			kinds[p.Kind]++
		}
		if kinds["heading"] != 2 || kinds["total"] != 1 || kinds["numbers"] != 0 || kinds["note"] != 2 {
			t.Errorf("%s: put aside: %v\n%v", name, kinds, found.Passed)
		}
	}
}
