package decree

import (
	"slices"
	"strings"

	"tongket/internal/ink"
)

// sampled is how many rows of a long table decide how its width is divided.
const sampled = 48

// columnShape is what the width of a column does to the height of rows, at 1 pt and
// in mm: the words of its head and of its texts, and the widths worth trying.
type columnShape struct {
	words [][]float64 // by row, the head first; nil where one line is certain
	space float64
	tries []float64 // ascending
}

// shaped prepares the columns of a grid for Spread.
func (g *Grid) shaped(r Ruler) []columnShape {
	var rows []Row
	for _, row := range g.Rows {
		if row.Kind == Data {
			rows = append(rows, row)
		}
	}
	if n := len(rows); n > sampled {
		some := make([]Row, sampled)
		for i := range some {
			some[i] = rows[i*n/sampled]
		}
		rows = some
	}
	all := make([]columnShape, len(g.Columns))
	for i, c := range g.Columns {
		s := columnShape{words: make([][]float64, 1+len(rows)), space: r.Width(" ", ink.Regular, 1)}
		s.words[0] = r.words(strings.Fields(r.clean(c.Head, ink.Bold)), ink.Bold)
		s.try(s.words[0])
		for j, row := range rows {
			if c.Align != Right {
				s.words[1+j] = r.words(strings.Fields(r.clean(row.Cells[i], ink.Regular)), ink.Regular)
				s.try(s.words[1+j])
			}
		}
		slices.Sort(s.tries)
		s.tries = slices.Compact(s.tries)
		all[i] = s
	}
	return all
}

// try notes the widths at which a text takes one line, two, three.
func (s *columnShape) try(words []float64) {
	whole := float64(len(words)-1) * s.space
	for _, w := range words {
		whole += w
	}
	if len(words) < 2 || whole > widest*MM {
		return
	}
	s.tries = append(s.tries, whole)
	for most := 2; most <= 3 && most < len(words); most++ {
		low, high := whole/float64(most), whole
		for range 7 {
			middle := (low + high) / 2
			if countLines(words, s.space, middle) <= most {
				high = middle
			} else {
				low = middle
			}
		}
		s.tries = append(s.tries, high)
	}
}

// countLines is the number of lines that words take in a width.
func countLines(words []float64, space, width float64) int {
	n, used := 1, 0.0
	for i, w := range words {
		switch {
		case i == 0:
			used = w
		case used+space+w <= width+1e-9:
			used += space + w
		default:
			n, used = n+1, w
		}
	}
	return n
}

// Spread divides a width, in mm, among columns at a size: every column gets
// what it cannot do without and figures some air; then those columns grow whose
// growth makes rows lower; then those whose texts would like to stand on one
// line, then all alike.
func (g *Grid) Spread(columns []int, size, width float64) []float64 {
	widths := make([]float64, len(columns))
	slack := width
	for i, c := range columns {
		widths[i] = g.Columns[c].least*size + 2*Pad
		slack -= widths[i]
	}
	slack = grow(widths, slack, func(i int) float64 {
		if g.Columns[columns[i]].Align != Right {
			return 0
		}
		return air * size * MM
	})
	slack = g.lowerRows(columns, size, widths, slack)
	slack = grow(widths, slack, func(i int) float64 {
		return max(0, g.Columns[columns[i]].natural*size+2*Pad-widths[i])
	})
	base := 0.0
	for i, c := range columns {
		if g.Columns[c].Index >= 0 {
			base += widths[i]
		}
	}
	for i, c := range columns {
		switch {
		case slack <= 0:
		case base == 0:
			widths[i] += slack / float64(len(columns))
		case g.Columns[c].Index >= 0:
			widths[i] += slack * widths[i] / base
		}
	}
	return widths
}

// grow gives every column its wish, or of all wishes the same part, and
// returns what is left.
func grow(widths []float64, slack float64, wish func(i int) float64) float64 {
	sum := 0.0
	for i := range widths {
		sum += wish(i)
	}
	if sum <= 0 || slack <= 0 {
		return slack
	}
	part := min(slack/sum, 1)
	for i := range widths {
		widths[i] += wish(i) * part
	}
	return slack - sum*part
}

// lowerRows widens, one step after another, the column that saves the most
// lines for its width, and returns what is left to give.
func (g *Grid) lowerRows(columns []int, size float64, widths []float64, slack float64) float64 {
	if len(g.shapes) == 0 {
		return slack
	}
	lines := make([][]int, len(columns)) // by column and row
	for i, c := range columns {
		lines[i] = g.shapes[c].lines((widths[i] - 2*Pad) / size)
	}
	for {
		column, to, best := -1, 0.0, 0.0
		for i, c := range columns {
			for _, w := range g.shapes[c].tries {
				// A hair more, so that no rounding breaks a line after all.
				cost := w*size*1.002 + 2*Pad - widths[i]
				if cost <= 1e-6 || cost > slack {
					continue
				}
				if gain := saved(lines, i, g.shapes[c].lines(w)) / cost; gain > best {
					column, to, best = i, widths[i]+cost, gain
				}
			}
		}
		if column < 0 {
			return slack
		}
		slack -= to - widths[column]
		widths[column] = to
		lines[column] = g.shapes[columns[column]].lines((to - 2*Pad) / size)
	}
}

func (s *columnShape) lines(width float64) []int {
	n := make([]int, len(s.words))
	for i, words := range s.words {
		n[i] = max(1, countLines(words, s.space, width))
	}
	return n
}

// saved counts by how many lines the rows get lower when a column's cells
// take so many; the head counts twice, since it may be repeated. A cell that is
// not the only tallest of its row counts a little, for the others may follow,
// but not in a head of two lines, which is low enough.
func saved(lines [][]int, column int, now []int) float64 {
	sum := 0.0
	for r, n := range now {
		before := lines[column][r]
		if n == before {
			continue
		}
		others := 1
		for i := range lines {
			if i != column {
				others = max(others, lines[i][r])
			}
		}
		gain := float64(max(others, before) - max(others, n))
		switch {
		case r == 0 && before > 2:
			gain = 2*gain + 0.1
		case r == 0:
			gain = 2 * gain
		default:
			gain += 0.1 * float64(before-n)
		}
		sum += gain
	}
	return sum
}
