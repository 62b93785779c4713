package intake

import (
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
		f, err := inspect(path, "a.csv", r, l)
		if err != nil {
			t.Fatal(err)
		}
		out, faults, _ := tidy(t, f)
		want, rules := "2,\"A\",\"1\",\"x\",\n4,\"C\",\"3\",,\n", "columns quote"
		if short {
			want, rules = strings.Replace(want, "4,", "3,\"B\",\"2\",,\n4,", 1), "quote"
		}
		var got []string
		for _, rule := range []string{"columns", "quote"} {
			if strings.Contains(faults, `"`+rule+`"`) {
				got = append(got, rule)
			}
		}
		if out != want || strings.Join(got, " ") != rules {
			t.Errorf("shortRows %t:\n%s%v\nwant\n%s%s", short, out, got, want, rules)
		}
	}
}
