package intake

import (
	"slices"
	"strings"

	"tongket/internal/workbook"
)

// texts are the first records of a table as a grid, in which merged cells
// stand in every place they cover.
type texts struct {
	rows   []*record
	width  int
	cells  [][]gridCell
	merges bool
}

type gridCell struct {
	text, unit string
	lines      []line // of the text, from the top
	folded     string // of all of it
	origin     int    // column of the cell that a merged one repeats
	down       bool   // repeats the one above
}

func newGrid(rows []*record, merges []workbook.Merge) *texts {
	g := &texts{rows: rows, merges: len(merges) > 0}
	at := map[int64]int{}
	for i, r := range rows {
		g.width = max(g.width, len(r.cells))
		at[r.line] = i
	}
	for _, r := range rows {
		line := make([]gridCell, g.width)
		for i := range line {
			line[i].origin = i
			if i < len(r.cells) {
				line[i] = newCell(r.cells[i], i)
			}
		}
		g.cells = append(g.cells, line)
	}
	for _, m := range merges {
		top, ok := at[int64(m.FirstRow)]
		if !ok || m.FirstCol < 1 || m.FirstCol > g.width {
			continue
		}
		from := g.cells[top][m.FirstCol-1]
		for line := m.FirstRow; line <= m.LastRow && line < m.FirstRow+highest; line++ {
			i, ok := at[int64(line)]
			if !ok {
				continue
			}
			for c := m.FirstCol - 1; c < min(m.LastCol, g.width); c++ {
				g.cells[i][c] = from
				g.cells[i][c].down = line > m.FirstRow
			}
		}
	}
	return g
}

// line is one line of a header's text, folded, with and without the unit in
// parentheses.
type line struct{ folded, bare string }

func newCell(text string, column int) gridCell {
	text = strings.TrimSpace(bare(text))
	x := gridCell{text: strings.Join(strings.Fields(text), " "), folded: fold(text), origin: column}
	if _, x.unit = withoutUnit(text); opening(text) == 0 { // a line of its own for "(mét)"
		x.unit = text[1 : len(text)-1]
	}
	parts := strings.Split(text, "\n")
	if len(parts) > 5 {
		parts = []string{text}
	}
	for _, part := range parts {
		name, _ := withoutUnit(part)
		if l := (line{fold(part), fold(name)}); l.folded != "" {
			x.lines = append(x.lines, l)
		}
	}
	return x
}

// headings reads the header that begins in record top and spreads over so many
// records.
func (g *texts) headings(top, height int) []heading {
	rows := g.spread(top, top+height)
	out := make([]heading, g.width)
	for c := range out {
		h := &out[c]
		var seen string
		var parts []string
		for _, row := range rows {
			x := row[c]
			if x.text == "" || x.down && seen == x.folded {
				continue
			}
			shared := x.origin != c || c+1 < g.width && row[c+1].origin == c
			seen = x.folded
			for _, l := range x.lines {
				h.folded, h.bare, h.shared = append(h.folded, l.folded), append(h.bare, l.bare), append(h.shared, shared)
			}
			if x.unit != "" {
				h.unit = x.unit
			} else if _, ok := measured(x.text); ok && len(parts) > 0 && !shared {
				h.unit = x.text // "mét" below "Tồn đọng"
			}
			parts = append(parts, x.text)
		}
		h.text = strings.Join(parts, " / ")
	}
	// A header ends where its last texts are.
	for len(out) > 0 && len(out[len(out)-1].folded) == 0 {
		out = out[:len(out)-1]
	}
	return out
}

// spread returns the records of a header with the texts of merged cells in
// every place they cover. In a text file nothing says which cells were merged:
// a text stands for the empty cells to its right as long as there are texts
// below, which may stand for others themselves.
func (g *texts) spread(top, end int) [][]gridCell {
	rows := slices.Clone(g.cells[top:end])
	if g.merges {
		return rows
	}
	for i := len(rows) - 2; i >= 0; i-- {
		row, below, from := slices.Clone(rows[i]), rows[i+1], -1
		for c := range row {
			switch {
			case below[c].text == "":
				from = -1
			case row[c].text != "":
				from = c
			case from >= 0:
				row[c] = row[from]
			}
		}
		rows[i] = row
	}
	return rows
}
