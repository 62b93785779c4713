package starter

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tongket"
	"tongket/internal/intake"
	"tongket/internal/report"
)

// TestSample: the edits of both kinds still find their places in the sample.
func TestSample(t *testing.T) {
	full, err := Sample(tongket.Sample)
	if err != nil {
		t.Fatal(err)
	}
	empty, err := Empty(tongket.Sample)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range full {
		if i := slices.IndexFunc(empty, func(x File) bool { return x.Path == f.Path }); strings.HasPrefix(f.Path, "queries/") && (i < 0 || string(empty[i].Data) != string(f.Data)) {
			t.Errorf("%s is not the same in both", f.Path)
		}
	}
	for _, f := range empty {
		if lines := strings.Count(string(f.Data), "\n"); strings.HasSuffix(f.Path, ".csv") && f.Path != "data/units.csv" && lines != 1 {
			t.Errorf("%s has %d lines, not its header alone", f.Path, lines)
		}
		if !strings.HasPrefix(f.Path, "reports/") && !strings.HasPrefix(f.Path, "queries/") && strings.Contains(string(f.Data), "Đồng Nai") {
			t.Errorf("%s speaks of the sample's province", f.Path)
		}
	}
}

// TestWrite: all or nothing, and nothing of what is there is touched.
func TestWrite(t *testing.T) {
	files := []File{{"a/b.txt", []byte("1")}, {"c.txt", []byte("2")}}
	impossible := []File{{"a/b.txt", []byte("1")}, {"a/b.txt/c", []byte("2")}}
	dir := t.TempDir()
	made := filepath.Join(dir, "new")
	if err := Write(made, impossible); err == nil {
		t.Fatal("a file below a file was written")
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("left behind: %v", entries)
	}
	if err := Write(made, files); err != nil {
		t.Fatal(err)
	}
	var o *Occupied
	if err := Write(made, files); !errors.As(err, &o) || !slices.Equal(o.Names, []string{"a", "c.txt"}) {
		t.Errorf("got %v", err)
	}
	there := t.TempDir()
	if err := Write(there, impossible); err == nil {
		t.Fatal("a file below a file was written")
	}
	if entries, _ := os.ReadDir(there); len(entries) != 0 {
		t.Errorf("left behind: %v", entries)
	}
	if err := os.MkdirAll(filepath.Join(there, ".tongket-123", "data"), 0o755); err != nil { // a job was killed
		t.Fatal(err)
	}
	if err := Write(there, files); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(filepath.Join(there, "a", "b.txt")); err != nil || string(data) != "1" {
		t.Errorf("%q, %v", data, err)
	}
}

// TestGuess: types and marks follow from the cells.
func TestGuess(t *testing.T) {
	catalog, err := os.ReadFile("../../templates/lang/en.json")
	if err != nil {
		t.Fatal(err)
	}
	l, err := report.NewLocale(catalog)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		header, cells                string
		kind, decimal, group, layout string
		period                       bool
	}{
		{"Khối lượng", "1.234,5|7", "number", ",", ".", "", false},
		{"Amount", "1,234.5|7", "number", ".", ",", "", false},
		{"Số hồ sơ", "12|7|-", "integer", ",", "", "", false},
		{"Giá trị", "1.234|5.678", "integer", ",", ".", "", false},
		{"Số phiếu", "001|002", "string", "", "", "", false},
		{"Mã đơn vị", "731|732", "string", "", "", "", false},
		{"Năm", "2021|2022", "year", "", "", "", false},
		{"Kỳ", "2021-Q1|quý II/2021", "string", "", "", "", true},
		{"Ngày", "13/04/2025|02/03/2025", "date", "", "", "%d/%m/%Y", false},
		{"Date", "04/13/2025|03/02/2025", "date", "", "", "%m/%d/%Y", false},
		{"Date", "2025-04-13", "date", "", "", "%Y-%m-%d", false},
		{"Ghi chú", "đang thống kê|1", "string", "", "", "", false},
		{"Trống", "", "string", "", "", "", false},
	} {
		seen := intake.Seen{Header: x.header, Title: x.header}
		for i, text := range strings.Split(x.cells, "|") {
			if text != "" {
				seen.Cells = append(seen.Cells, intake.Cell{Line: int64(i + 2), Text: text})
			}
		}
		c := guess(seen, l)
		if c.kind != x.kind || c.period != x.period || c.layout != x.layout || c.kind != "string" && (c.decimal != x.decimal || c.group != x.group) {
			t.Errorf("%s %q: %s, decimal %q, group %q, layout %q, period %v", x.header, x.cells, c.kind, c.decimal, c.group, c.layout, c.period)
		}
		if len(c.why) == 0 {
			t.Errorf("%s: nothing says why", x.header)
		}
	}
}

// TestIdentifier: names are SQL's to use, whatever a title says.
func TestIdentifier(t *testing.T) {
	for title, want := range map[string]string{
		"Khối lượng đã chỉnh lý (mét)": "khoi_luong_da_chinh_ly_met", "Tổ": "cot_to", "rowid": "cot_rowid", "2025": "cot_2025", "": "cot", "; DROP TABLE x --": "drop_table_x", "Tỷ lệ %": "ty_le_phan_tram",
	} {
		if got := identifier(title, 40); got != want {
			t.Errorf("%q: %q, not %q", title, got, want)
		}
	}
}
