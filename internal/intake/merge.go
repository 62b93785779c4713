package intake

import (
	"cmp"
	"slices"
	"strings"

	"tongket/internal/contract"
	"tongket/internal/workbook"
)

// merged fills cells of text that are merged over several rows: one name for
// four quarters. A figure that stands for several rows is nobody's alone and
// is left where it stands; and a row that nothing else names is none of its
// own, but a second line of the one above.
type merged struct {
	keys   []int            // columns of the primary key
	coming []workbook.Merge // by first row
	open   []mergedCell
}

type mergedCell struct {
	workbook.Merge
	text string
}

// tall returns the merges below the header that reach over several rows of a
// column of text, by first row.
func (t *Table) tall(merges []workbook.Merge) []workbook.Merge {
	var out []workbook.Merge
	for _, m := range merges {
		c := m.FirstCol - 1
		if m.LastRow > m.FirstRow && int64(m.FirstRow) >= t.First && c >= 0 && c < len(t.Fields) && t.Fields[c] != nil && !isFigures(t.Fields[c]) {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b workbook.Merge) int { return cmp.Compare(a.FirstRow, b.FirstRow) })
	return out
}

// keys returns the columns of a table's primary key.
func (t *Table) keys(r *contract.Resource) []int {
	var out []int
	for c, f := range t.Fields {
		if f != nil && slices.Contains(r.PrimaryKey, f.Name) {
			out = append(out, c)
		}
	}
	return out
}

// fill puts into a row what is merged into it. Rows come in order.
func (m *merged) fill(r *record) {
	m.open = slices.DeleteFunc(m.open, func(x mergedCell) bool { return int64(x.LastRow) < r.line })
	for len(m.coming) > 0 && int64(m.coming[0].FirstRow) <= r.line {
		x := mergedCell{Merge: m.coming[0]}
		if c := x.FirstCol - 1; int64(x.FirstRow) == r.line && c < len(r.cells) {
			x.text = r.cells[c]
		}
		if m.coming = m.coming[1:]; x.text != "" {
			m.open = append(m.open, x)
		}
	}
	if !slices.ContainsFunc(m.keys, func(c int) bool { return c < len(r.cells) && strings.TrimSpace(r.cells[c]) != "" }) {
		return
	}
	for _, x := range m.open {
		c := x.FirstCol - 1
		if len(r.cells) <= c {
			r.cells = append(r.cells, make([]string, c+1-len(r.cells))...)
		}
		if strings.TrimSpace(r.cells[c]) == "" {
			r.cells[c] = x.text
		}
	}
}
