package answer

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"tongket/internal/report"
)

// Text writes the answer as a table whose columns stand under each other, and
// the notes below. What is wider than the terminal is written from top to
// bottom, a row after the other, or, of many rows, in parts that begin with the
// first column.
func (s Sheet) Text(to io.Writer, l *report.Locale) error {
	const few, many = 5, 8 // rows, columns
	w := bufio.NewWriter(to)
	if s.Table.Title != "" {
		fmt.Fprintln(w, plain(s.Table.Title))
	}
	g := s.grid(l)
	wide := s.Wide > 0 && g.width(g.all()) > s.Wide
	switch {
	case len(g.rows) == 0:
		fmt.Fprintln(w, l.Say("ask.none"))
	case len(g.rows) == 1 && len(g.widths) > many, wide && len(g.rows) <= few:
		for n := range g.rows {
			if n > 0 {
				fmt.Fprintln(w)
			}
			s.record(w, g.rows[n])
		}
	case wide:
		for n, part := range g.parts(s.Wide) {
			if n > 0 {
				fmt.Fprintln(w)
			}
			g.write(w, part)
		}
	default:
		g.write(w, g.all())
	}
	for _, note := range s.Notes {
		fmt.Fprintln(w, plain(note))
	}
	return w.Flush()
}

// record writes one row from top to bottom.
func (s Sheet) record(w io.Writer, cells []string) {
	heads := s.heads()
	longest := 0
	for _, head := range heads {
		longest = max(longest, report.Width(head))
	}
	for i, head := range heads {
		fmt.Fprintln(w, head+strings.Repeat(" ", longest-report.Width(head))+"  "+cells[i])
	}
}

// grid is a table measured for a terminal.
type grid struct {
	heads  [][]string // lines of each title
	rows   [][]string
	widths []int
	right  []bool
}

func (s Sheet) grid(l *report.Locale) *grid {
	g := &grid{right: s.right(), rows: make([][]string, len(s.Table.Rows))}
	g.widths, g.heads = make([]int, len(g.right)), make([][]string, len(g.right))
	for n, row := range s.Table.Rows {
		g.rows[n] = s.cells(row, l)
		for i, text := range g.rows[n] {
			g.widths[i] = max(g.widths[i], report.Width(text))
		}
	}
	for i, title := range s.heads() {
		g.heads[i] = wrapped(title, max(g.widths[i], 14))
		for _, line := range g.heads[i] {
			g.widths[i] = max(g.widths[i], report.Width(line))
		}
	}
	return g
}

func (g *grid) all() []int {
	out := make([]int, len(g.widths))
	for i := range out {
		out[i] = i
	}
	return out
}

// width is how many places some of the columns take beside each other.
func (g *grid) width(columns []int) int {
	sum := 2 * (len(columns) - 1)
	for _, i := range columns {
		sum += g.widths[i]
	}
	return sum
}

// parts are the columns in groups that fit beside the first one, at least one
// in each.
func (g *grid) parts(wide int) (out [][]int) {
	part := []int{0}
	for i := 1; i < len(g.widths); i++ {
		if len(part) > 1 && g.width(append(part, i)) > wide {
			out, part = append(out, part), []int{0}
		}
		part = append(part, i)
	}
	return append(out, part)
}

// write writes some of the columns; their titles stand on the rule, however
// many lines they take.
func (g *grid) write(w io.Writer, columns []int) {
	high := 0
	for _, i := range columns {
		high = max(high, len(g.heads[i]))
	}
	for n := range high {
		g.line(w, columns, func(i int) string {
			if at := n - (high - len(g.heads[i])); at >= 0 {
				return g.heads[i][at]
			}
			return ""
		})
	}
	g.line(w, columns, func(i int) string { return strings.Repeat("─", g.widths[i]) })
	for _, cells := range g.rows {
		g.line(w, columns, func(i int) string { return cells[i] })
	}
}

func (g *grid) line(w io.Writer, columns []int, text func(i int) string) {
	var b strings.Builder
	for n, i := range columns {
		words := text(i)
		pad := strings.Repeat(" ", max(g.widths[i]-report.Width(words), 0))
		if n > 0 {
			b.WriteString("  ")
		}
		if g.right[i] {
			b.WriteString(pad + words)
		} else {
			b.WriteString(words + pad)
		}
	}
	fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
}

// wrapped breaks a title between words.
func wrapped(text string, width int) []string {
	var out []string
	for _, word := range strings.Fields(text) {
		last := len(out) - 1
		if last >= 0 && report.Width(out[last]+" "+word) <= width {
			out[last] += " " + word
		} else {
			out = append(out, word)
		}
	}
	return out
}
