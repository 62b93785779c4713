package edition

import (
	"testing"
	"time"

	"tongket/internal/report"
)

// TestDigest: what differs has another name, also where it is written alike.
func TestDigest(t *testing.T) {
	day := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)
	values := []any{
		report.Table{}, report.Table{Rows: [][]any{}}, report.Table{Rows: [][]any{nil}}, report.Table{Rows: [][]any{{}}}, report.Table{Rows: [][]any{{nil}}},
		report.Table{Rows: [][]any{{int64(1)}}}, report.Table{Rows: [][]any{{float64(1)}}}, report.Table{Rows: [][]any{{"1"}}}, report.Table{Rows: [][]any{{true}}},
		report.Table{Rows: [][]any{{"ab", "c"}}}, report.Table{Rows: [][]any{{"a", "bc"}}}, report.Table{Rows: [][]any{{"a"}, {"bc"}}},
		report.Table{Rows: [][]any{{day}}}, report.Table{Rows: [][]any{{day.Add(time.Second)}}}, report.Table{Name: "1"}, report.Table{Title: "1"}, report.Table{Cut: 1},
		report.Document{Blocks: []report.Block{report.PageBreak{}}}, report.Document{Blocks: []report.Block{report.Signature{}}},
		map[string]any{"a": "b", "c": "d"}, map[string]any{"a": "d", "c": "b"},
	}
	seen := map[string]int{}
	for i, v := range values {
		name := digest(v)
		if other, twice := seen[name]; twice {
			t.Errorf("%#v and %#v have one name", values[other], v)
		}
		if seen[name] = i; digest(v) != name {
			t.Errorf("%#v has two names", v)
		}
	}
}
