package report

import (
	"reflect"
	"testing"
)

func TestNotesOnce(t *testing.T) {
	table := func(notes ...string) TableBlock { return TableBlock{Table: Table{Notes: notes}} }
	chart := &Chart{Table: Table{Notes: []string{"a"}}}
	given := []Block{Heading{Level: 1}, Figures{Notes: []string{"a"}}, chart, table("a", "b"), Heading{Level: 2}, table("b"), List{Items: [][]Block{{table("b", "c")}}}, Heading{Level: 1}, table("a")}
	notes := func(blocks []Block) (out [][]string) {
		for _, b := range blocks {
			switch b := b.(type) {
			case Figures:
				out = append(out, b.Notes)
			case *Chart:
				out = append(out, b.Table.Notes)
			case TableBlock:
				out = append(out, b.Table.Notes)
			case List:
				out = append(out, b.Items[0][0].(TableBlock).Table.Notes)
			}
		}
		return out
	}
	page := NotesOnce(given, func(Block) bool { return false })
	if got, want := notes(page), [][]string{{"a"}, {}, {"b"}, {}, {"c"}, {}}; !reflect.DeepEqual(got, want) {
		t.Errorf("on a page: %v, want %v", got, want)
	}
	paper := NotesOnce(given, func(b Block) bool { h, ok := b.(Heading); return ok && h.Level == 1 })
	if got, want := notes(paper), [][]string{{"a"}, {}, {"b"}, {}, {"c"}, {"a"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("on paper: %v, want %v", got, want)
	}
	if len(chart.Table.Notes) != 1 || len(given[8].(TableBlock).Table.Notes) != 1 {
		t.Error("what was given is changed")
	}
}
