package author

import (
	"strings"
	"testing"
	"testing/fstest"

	"tongket/internal/report"
)

// TestFiguresTellTheirChange: rise, fall and standstill in words, shares in
// points, nothing where nothing is known.
func TestFiguresTellTheirChange(t *testing.T) {
	c := context(t)
	metres := report.Column{Name: "metres", Title: "Mét", Format: report.Number, Decimals: 1, Unit: "mét"}
	share := report.Column{Name: "share", Title: "Tỷ lệ", Format: report.Percent, Decimals: 1}
	table := report.Table{Name: "now", Columns: []report.Column{metres, share,
		{Name: "rise", Format: report.Number, Decimals: 1}, {Name: "fall", Format: report.Number}, {Name: "tiny", Format: report.Number}, {Name: "unknown", Format: report.Number},
		{Name: "told", Format: report.Number}},
		Rows: [][]any{{1000.0, 0.85, 12.5, -0.013, 0.0001, nil, 1000.04}}}
	c.Query = func(string, map[string]string) (*report.Table, error) { return &table, nil }
	reports, err := Parse(fstest.MapFS{"a.md": {Data: []byte(`---
title: A
---
` + "```figures" + `
query: now
items:
  - {column: metres, change: rise, since: "so với {{ period "2021-Q3" }}", before: told, status: behind}
  - {column: share, change: fall}
  - {column: share, change: tiny, before: unknown}
  - {column: metres, decimals: 2, before: told}
` + "```" + `
`)}}, "reports")
	if err != nil {
		t.Fatal(err)
	}
	docs, broken := All(reports, c)
	if len(broken) > 0 {
		t.Fatal(broken)
	}
	want := [][]report.Change{
		{{Way: "up", Text: "tăng 12,5\u00a0mét so với quý III/2021"}, {Way: "same", Text: "không đổi so với lần công bố trước"}},
		{{Way: "down", Text: "giảm 1,3 điểm phần trăm so với kỳ trước"}},
		{{Way: "same", Text: "không đổi so với kỳ trước"}},
		{{Way: "down", Text: "giảm 0,04\u00a0mét so với lần công bố trước"}},
	}
	items := docs[0].Blocks[0].(report.Figures).Items
	for i, f := range items {
		if len(f.Change) != len(want[i]) {
			t.Errorf("%d: %v, want %v", i, f.Change, want[i])
			continue
		}
		for j := range f.Change {
			if f.Change[j] != want[i][j] {
				t.Errorf("%d: %q, want %q", i, f.Change[j], want[i][j])
			}
		}
	}
	if items[0].Status != "behind" {
		t.Errorf("the state that a figure counts is %q", items[0].Status)
	}

	table.Rows[0][2] = "viele"
	if _, broken := All(reports, c); len(broken) != 1 || !strings.Contains(Faults(broken).Error(), `reports/a.md:7: figures: change: column "rise" holds "viele", not a number`) {
		t.Errorf("a text as change: %v", broken)
	}
}
