package warehouse

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestSpectrum: the small cases of csv-spectrum give what stands beside them
// in JSON.
func TestSpectrum(t *testing.T) {
	paths, _ := filepath.Glob(filepath.Join(torture, "csv-spectrum", "csvs", "*.csv"))
	if len(paths) == 0 {
		t.Skipf("%s is not there: it stands beside the repository where it is developed", torture)
	}
	if len(paths) != 12 {
		t.Fatalf("%d files", len(paths))
	}
	for _, path := range paths {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			p := pollution{name: name, path: path}
			truth := objects(t, strings.NewReplacer("csvs", "json", ".csv", ".json").Replace(path))
			p.header = slices.Sorted(maps.Keys(truth[0]))
			for _, object := range truth {
				row := []string{}
				for _, key := range p.header {
					row = append(row, stripped(object[key]))
				}
				p.rows = append(p.rows, row)
			}
			f := withContract(t, asContract([]pollution{p}))
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			r := f.load("t0", "t0.csv", string(text))
			if name == "location_coordinates.csv" { // the sign of degrees was lost before the file was made
				if r.Accepted != 0 || r.Rejected != 1 || r.Faults[0].Rule != "encoding" {
					t.Errorf("%+v", r)
				}
				return
			}
			var got [][]string
			for _, row := range query(t, f, "SELECT line, COLUMNS('c[0-9]') FROM t0 ORDER BY line") {
				got = append(got, row.cells)
			}
			if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", p.rows) {
				t.Errorf("got  %q\nwant %q", got, p.rows)
			}
		})
	}
}

// objects reads a list of objects, or one alone.
func objects(t *testing.T, path string) []map[string]string {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(strings.TrimSpace(string(text)), "[") {
		text = []byte("[" + string(text) + "]")
	}
	var out []map[string]string
	if err := json.Unmarshal(text, &out); err != nil || len(out) == 0 {
		t.Fatal(path, err)
	}
	return out
}
