package pdf

import (
	"strings"

	"tongket/internal/decree"
	"tongket/internal/report"
)

// grid is a table as text: what is measured and printed.
type grid struct {
	cols   []column
	rows   []gridRow
	shapes []columnShape // by column
}

// column is one column of a grid. Widths are at 1 pt, in mm, without padding.
type column struct {
	head    string
	align   align
	index   int     // in the report's table; -1 for STT
	least   float64 // below this words break or numbers wrap
	natural float64 // all on one line
	tail    float64 // widest part from the decimal mark on, 0 when all have the same
	total   bool
	spark   bool // cells carry a line beside their text
}

// gridRow is a row of cells, or one text across the table.
type gridRow struct {
	kind  decree.Kind
	cells []string
	lines []report.Series // by column; nil where there is none
	text  string
}

const (
	dataRow  = decree.Data
	groupRow = decree.Group
	totalRow = decree.Total
	emptyRow = decree.Empty
)

const (
	air     = 0.5  // em: what figures are given beyond their own width, if there is room
	comfort = 8.5  // em: a text column is not made narrower when its text is longer
	longest = 12.0 // em: a longer word may be broken
	widest  = 30.0 // em: a longer text asks for no more
)

// newGrid takes the cells of a table and measures the columns.
func (b *builder) newGrid(t *report.TableBlock) *grid {
	g, told := &grid{}, decree.Table(b.l, b.doc, t)
	for _, c := range told.Columns {
		side := map[decree.Align]align{decree.Left: left, decree.Right: right, decree.Center: center}[c.Align]
		spark := c.Index >= 0 && t.Table.Columns[c.Index].Format == report.Sparkline
		g.cols = append(g.cols, column{head: c.Head, align: side, index: c.Index, total: c.Total, spark: spark})
	}
	n := 0
	for _, r := range told.Rows {
		f := &b.faces[regular]
		if r.Kind.Sums() {
			f = &b.faces[bold]
		}
		for i, s := range r.Cells {
			r.Cells[i] = f.Clean(s)
		}
		row := gridRow{kind: r.Kind, cells: r.Cells, text: r.Text}
		if r.Kind == decree.Data {
			row.lines = g.series(t.Table.Rows[n])
			n++
		}
		g.rows = append(g.rows, row)
	}
	b.measure(g)
	return g
}

// series are the lines in the cells of a row; nil where no column has any.
func (g *grid) series(row []any) []report.Series {
	var out []report.Series
	for i, c := range g.cols {
		if !c.spark {
			continue
		}
		if s, ok := row[c.index].(report.Series); ok {
			if _, known := s.Last(); known {
				if out == nil {
					out = make([]report.Series, len(g.cols))
				}
				out[i] = s
			}
		}
	}
	return out
}

// measure finds what each column needs.
func (b *builder) measure(g *grid) {
	const em = mm // at 1 pt
	mark := b.l.Say("number.decimal")
	for i := range g.cols {
		c := &g.cols[i]
		c.head = b.faces[bold].Clean(c.head)
		for _, w := range strings.Fields(c.head) {
			c.least = max(c.least, b.width(w, bold, 1))
		}
		head := b.width(c.head, bold, 1)
		c.least = min(max(c.least, b.linesWidth(c.head, bold, 3)), longest*em)
		words, text, fraction := 0.0, 0.0, 0.0
		var tails []float64
		for _, r := range g.rows {
			if r.cells == nil {
				continue
			}
			st := regular
			if r.kind.Sums() {
				st = bold
			}
			s := r.cells[i]
			whole := b.width(s, st, 1)
			text = max(text, whole)
			if s == report.Missing {
				continue
			}
			if c.align == right {
				if at := strings.LastIndex(s, mark); at >= 0 {
					tails = append(tails, b.width(s[at:], st, 1))
					fraction = max(fraction, tails[len(tails)-1])
				} else {
					tails = append(tails, 0)
				}
				continue
			}
			if whole > words {
				for _, w := range strings.Fields(s) {
					words = max(words, b.width(w, st, 1))
				}
			}
		}
		c.natural = max(min(text, widest*em), min(head, comfort*em), c.least)
		if c.align == right {
			if uneven(tails) {
				// Digits before the mark and digits behind it may come
				// from different rows.
				c.tail = fraction
				text = b.wholePart(g, i, mark) + fraction
				c.natural = max(c.natural, text)
			}
			c.least = max(c.least, text)
			c.natural = max(c.natural, c.least)
			continue
		}
		c.least = max(c.least, min(words, longest*em), min(text, comfort*em))
		if c.spark {
			c.least = max(c.least, text+c.sparkRoom(1))
			c.natural = max(c.natural, c.least)
		}
	}
	b.makeRoomForTotal(g)
	g.shapes = b.shapes(g)
}

// makeRoomForTotal keeps "Tổng cộng" on one line: it stands across the columns
// before the first sum, of which the last is widened.
func (b *builder) makeRoomForTotal(g *grid) {
	if len(g.rows) == 0 || g.rows[len(g.rows)-1].kind != totalRow {
		return
	}
	last, room := -1, 0.0
	for i := 0; i < len(g.cols) && !g.cols[i].total; i++ {
		last, room = i, room+g.cols[i].least
	}
	if last < 0 {
		return
	}
	c := &g.cols[last]
	if lack := b.width(g.rows[len(g.rows)-1].text, bold, 1) - room; lack > 0 && lack < longest*mm {
		c.least += lack
		c.natural = max(c.natural, c.least)
	}
}

// linesWidth is the least width, at 1 pt, at which a text takes so many lines.
func (b *builder) linesWidth(text string, st style, most int) float64 {
	set := setting{1, st, center}
	words := b.plain(text, set)
	high := b.width(text, st, 1)
	low := high / float64(most)
	for range 8 {
		middle := (low + high) / 2
		if len(b.lines(words, middle, middle, set)) <= most {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}

func uneven(tails []float64) bool {
	for _, t := range tails {
		if t != tails[0] {
			return true
		}
	}
	return false
}

func (b *builder) wholePart(g *grid, i int, mark string) (w float64) {
	for _, r := range g.rows {
		if r.cells != nil {
			s, _, _ := strings.Cut(r.cells[i], mark)
			w = max(w, b.width(s, bold, 1))
		}
	}
	return w
}
