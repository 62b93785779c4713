package workbook

import (
	"context"
	"math"
	"strconv"
	"strings"
	"testing"
)

func compare(t *testing.T, name string, b *Book, want [][]string) {
	t.Helper()
	got := make(map[int64][]Cell)
	_, err := b.Rows(context.Background(), 0, func(n int64, cells []Cell) error {
		got[n] = append([]Cell(nil), cells...)
		return nil
	})
	must(t, err)
	cells, wrong := 0, 0
	for i, line := range want {
		for j, shown := range line {
			c := Cell{}
			if row := got[int64(i+1)]; j < len(row) {
				c = row[j]
			}
			if shown = strings.ReplaceAll(shown, "\r\n", "\n"); shown != "" || c.Text != "" {
				cells++
			}
			if !looksLike(shown, c) {
				if wrong++; wrong < 10 {
					t.Errorf("%s: row %d, column %d: %q is shown, read as %d %q", name, i+1, j+1, shown, c.Kind, c.Text)
				}
			}
		}
	}
	t.Logf("%s: %d cells, %d wrong", name, cells, wrong)
}

// looksLike reports whether the cell may be shown so.
func looksLike(shown string, c Cell) bool {
	switch c.Kind {
	case Text, Bool, Error:
		return strings.TrimSpace(shown) == strings.TrimSpace(c.Text)
	case Date:
		return shown != ""
	}
	plain := strings.NewReplacer(",", "", "%", "", " ", "", "(", "-", ")", "", "\u00a0", "").Replace(shown)
	want, err := strconv.ParseFloat(c.Text, 64)
	if c.Kind == Percent {
		want *= 100
	}
	if plain == "" || plain == "-" {
		return err == nil && math.Abs(want) < 1 // how a format may show zero
	}
	n, wrong := strconv.ParseFloat(plain, 64)
	decimals := 0
	if _, after, ok := strings.Cut(plain, "."); ok {
		decimals = len(after)
	}
	return err == nil && wrong == nil && math.Abs(n-want) <= 0.5000001*math.Pow10(-decimals)
}
