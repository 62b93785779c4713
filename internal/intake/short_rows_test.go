package intake

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A row that ends early is torn unless the contract says that rows may; then
// what it lacks is empty.
func TestShortRows(t *testing.T) {
	r, l := setUp(t)
	path := filepath.Join(t.TempDir(), "a.csv")
	text := "unit;backlog_m;note\nA;1;x\nB;2\n\"C\n\";3;\nD;4;\"open\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, short := range []bool{false, true} {
		r.ShortRows = short
		f, err := Inspect(path, "a.csv", r, l)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		n, err := Normalize(&out, f, l)
		if err != nil {
			t.Fatal(err)
		}
		want, rules := "2,\"A\",\"1\",\"x\"\n4,\"C\n\",\"3\",\"\"\n", "columns quote"
		if short {
			want, rules = strings.Replace(want, "4,", "3,\"B\",\"2\",\"\"\n4,", 1), "quote"
		}
		var got []string
		for _, f := range n.Faults {
			got = append(got, f.Rule)
		}
		if out.String() != want || strings.Join(got, " ") != rules {
			t.Errorf("shortRows %t:\n%s%v\nwant\n%s%s", short, out.String(), got, want, rules)
		}
	}
}
