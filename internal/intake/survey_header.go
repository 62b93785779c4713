package intake

import (
	"slices"
	"strings"

	"tongket/internal/cell"
	"tongket/internal/workbook"
)

// found is a header that no contract told of.
type found struct {
	score    int
	headings []heading
	titles   []*record
	line     int64    // on which it begins
	last     int64    // its last line
	folded   []string // of its last record, to know it when it comes again
}

// findHeader finds the header without knowing what it should say: the records
// of words that stand right above the first row of figures, or, in a table of
// words, the first record with texts in most columns.
func findHeader(grid []*record, merges []workbook.Merge) found {
	widths := map[int]int{}
	width := 0 // of most records
	for _, r := range grid {
		n := filled(r)
		if widths[n]++; n > 1 && (widths[n] > widths[width] || widths[n] == widths[width] && n > width) {
			width = n
		}
	}
	if width < 2 {
		return found{}
	}
	top, end := aboveFigures(grid)
	for i := 0; end == 0 && i < min(len(grid), deepest); i++ {
		if n := filled(grid[i]); n < 2 || 2*n < width || valued(grid[i]) || numberRow(grid[i]) {
			continue
		}
		top, end = i, i+1
		for end < len(grid) && end-top < highest && belongs(grid[end-1], grid[end]) {
			end++
		}
	}
	if end == 0 {
		return found{}
	}
	g := newGrid(grid[:end], merges)
	x := found{headings: g.headings(top, end-top), titles: grid[:top], line: grid[top].line, last: grid[end-1].next - 1}
	for _, c := range grid[end-1].cells {
		x.folded = append(x.folded, fold(bare(c)))
	}
	named := 0
	for _, c := range x.headings {
		if c.text != "" {
			named++
		}
	}
	if named < 2 {
		return found{}
	}
	x.score = 1 // a header, and nothing below it
	for _, r := range grid[end:] {
		if n := filled(r); 2*n >= named && n <= named+1 {
			x.score += min(named, 50)
		}
	}
	return x
}

// aboveFigures returns the records of words right above the first row of
// figures: such as have words where figures stand further down.
func aboveFigures(grid []*record) (top, end int) {
	first := slices.IndexFunc(grid, func(r *record) bool { return figureRow(r) && !numberRow(r) })
	if first < 1 {
		return 0, 0
	}
	figures := figureColumns(grid[first:])
	for i := first - 1; i >= 0 && i >= first-highest-2; i-- {
		r := grid[i]
		words, told := 0, false
		for c, text := range r.cells {
			text = strings.TrimSpace(text)
			if _, unit := unitLine(bare(text)); unit && filled(r) < 3 {
				told = true // "Đơn vị tính: mét"
			}
			if c < len(figures) && figures[c] && text != "" && text[0] != '\x01' && cell.ParseNumber(text, cell.Undecided).Kind == cell.Invalid {
				words++
			}
		}
		is := words > 0 && filled(r) > 1 && !told && !figureRow(r) && !numberRow(r)
		switch {
		case is && end == 0:
			top, end = i, i+1
		case is && end-i <= highest:
			top = i
		case end > 0:
			return top, end
		}
	}
	return top, end
}

// figureColumns tells in which columns half of what stands there is figures.
func figureColumns(rows []*record) []bool {
	var figures, all []int
	for _, r := range rows {
		for c, text := range r.cells {
			if len(all) <= c {
				figures, all = append(figures, 0), append(all, 0)
			}
			if strings.TrimSpace(text) == "" {
				continue
			}
			all[c]++
			if text[0] == '\x01' || cell.ParseNumber(text, cell.Undecided).Kind != cell.Invalid {
				figures[c]++
			}
		}
	}
	out := make([]bool, len(all))
	for c := range all {
		out[c] = all[c] > 0 && 2*figures[c] >= all[c]
	}
	return out
}

// filled counts the cells of a record that hold something.
func filled(r *record) (n int) {
	for _, c := range r.cells {
		if strings.TrimSpace(bare(c)) != "" {
			n++
		}
	}
	return n
}

// valued reports whether a record holds a figure or a day.
func valued(r *record) bool {
	return slices.ContainsFunc(r.cells, func(c string) bool {
		if strings.TrimSpace(c) == "" {
			return false
		}
		if c[0] == '\x01' {
			return true
		}
		_, day := cell.ParseDate(c, cell.DayFirst)
		return day == cell.Value || cell.ParseNumber(c, cell.Undecided).Kind == cell.Value
	})
}

// belongs reports whether a record goes on with the header above it: its words
// begin to the right, below cells that stand for several columns.
func belongs(above, r *record) bool {
	if valued(r) || numberRow(r) || len(r.cells) == 0 || strings.TrimSpace(r.cells[0]) != "" {
		return false
	}
	for i, c := range above.cells { // a place that the header above leaves open
		if strings.TrimSpace(c) == "" && i < len(r.cells) && strings.TrimSpace(r.cells[i]) != "" {
			return true
		}
	}
	return false
}
