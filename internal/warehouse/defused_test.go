package warehouse

import (
	"bytes"
	"context"
	"runtime"
	"strings"
	"testing"

	"tongket/internal/report"
)

// TestDefused: no text of an answer begins a formula or commands a terminal,
// and the engine writes a CSV as Go does.
func TestDefused(t *testing.T) {
	r := asker(t, nil)
	ctx := context.Background()
	for text, want := range map[string]string{
		"=1": "'=1", "-1": "'-1", "@a": "'@a", "\uff1d1": "'\uff1d1", "\u00a0=1": "'\u00a0=1", "\n=1": "\"'\n=1\"",
		"\x01=1": "' =1", "\x1b[31m": " [31m", "\u009b31m": " 31m", "\u009b=1": "' =1", "\x7f+1": "' +1", "\t1": "'\t1",
		"a=1": "a=1", "Sở": "Sở", "~": "~", "1": "1", "đ\u0085=": "đ =",
	} {
		a, err := r.Ask(ctx, Question{SQL: "SELECT " + lit(text) + " AS \"\x1b[31m\u009b\""})
		if err != nil {
			t.Fatal(err)
		}
		var engine bytes.Buffer
		if err := a.Write(ctx, &engine, CSV); err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSuffix(engine.String(), "\n"); got != "\ufeff\" [31m \"\n"+want {
			t.Errorf("%q became %q, not %q", text, got, want)
		}
		var ours bytes.Buffer
		table := report.Table{Columns: []report.Column{{Name: "a"}}, Rows: [][]any{{text}}}
		if err := table.WriteCSV(&ours, table.All()); err != nil {
			t.Fatal(err)
		}
		if quoted := strings.Contains(ours.String(), "\n'") || strings.Contains(ours.String(), "\n\"'"); quoted != strings.Contains(want, "'") {
			t.Errorf("%q is %q in Go", text, ours.String())
		}
	}
}

// TestLongCell: of a text that is cut the program holds what is shown.
func TestLongCell(t *testing.T) {
	r := asker(t, nil)
	ctx := context.Background()
	a, err := r.Ask(ctx, Question{SQL: "SELECT repeat('ă', 5000000), [repeat('x', 5000000)]", Limits: Limits{Cell: 5}})
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	table, err := a.Table(ctx)
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if taken := (after.TotalAlloc - before.TotalAlloc) >> 20; taken > 1 {
		t.Errorf("%d MB for a few letters", taken)
	}
	if table.Rows[0][0] != "ăăăă…" || table.Rows[0][1] != "[xxx…" || a.Cut.Cells != 2 {
		t.Errorf("%v, %d", table.Rows, a.Cut.Cells)
	}
}
