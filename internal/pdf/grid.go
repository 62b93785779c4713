package pdf

import (
	"strconv"
	"strings"

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
}

// gridRow is a row of cells, or one text across the table.
type gridRow struct {
	kind  rowKind
	cells []string
	text  string
}

type rowKind int

const (
	dataRow rowKind = iota
	groupRow
	totalRow
	emptyRow
)

const (
	air     = 0.5  // em: what figures are given beyond their own width, if there is room
	comfort = 8.5  // em: a text column is not made narrower when its text is longer
	longest = 12.0 // em: a longer word may be broken
	widest  = 30.0 // em: a longer text asks for no more
)

// newGrid writes every cell in the locale and measures the columns.
func (b *builder) newGrid(t *report.TableBlock) *grid {
	g := &grid{}
	group := -1
	if t.Group != "" {
		group = t.Table.Index(t.Group)
	}
	if t.Numbered {
		g.cols = append(g.cols, column{head: b.l.Say("paper.row_number"), align: center, index: -1})
	}
	for _, i := range t.Table.Shown() {
		if i == group {
			continue
		}
		c := t.Table.Columns[i]
		head := c.Title
		if c.Unit != "" {
			head += " (" + c.Unit + ")"
		}
		g.cols = append(g.cols, column{head: head, align: alignOf(&t.Table, i), index: i, total: c.Total})
	}
	if len(g.cols) == 0 || len(g.cols) == 1 && t.Numbered {
		g.cols = []column{{index: -1}}
		g.rows = []gridRow{{kind: emptyRow, text: b.l.Say("paper.empty")}}
		b.measure(g)
		return g
	}
	b.fillRows(g, t, group)
	b.measure(g)
	return g
}

func (b *builder) fillRows(g *grid, t *report.TableBlock, group int) {
	above := ""
	for n, row := range t.Table.Rows {
		if group >= 0 {
			if name := b.l.Cell(t.Table.Columns[group], row[group]); n == 0 || name != above {
				g.rows = append(g.rows, gridRow{kind: groupRow, text: name})
				above = name
			}
		}
		cells := make([]string, len(g.cols))
		for i, c := range g.cols {
			if c.index < 0 {
				cells[i] = strconv.Itoa(n + 1)
				continue
			}
			cells[i] = b.faces[regular].Clean(b.l.Cell(t.Table.Columns[c.index], row[c.index]))
		}
		g.rows = append(g.rows, gridRow{cells: cells})
	}
	if len(t.Table.Rows) == 0 {
		g.rows = append(g.rows, gridRow{kind: emptyRow, text: b.l.Say("paper.empty")})
		return
	}
	if b.doc.Paper != nil {
		g.clearRemarks()
	}
	if t.Table.HasTotal() {
		g.rows = append(g.rows, b.total(g, &t.Table))
	}
}

// clearRemarks leaves the empty cells of a text column blank where half of
// them or more are empty, as offices do: among dashes the few remarks would
// not be seen.
func (g *grid) clearRemarks() {
	for i, c := range g.cols {
		cells, missing := 0, 0
		for _, r := range g.rows {
			if r.cells != nil {
				cells++
				if r.cells[i] == report.Missing {
					missing++
				}
			}
		}
		if c.align != left || missing == cells || 2*missing < cells {
			continue
		}
		for _, r := range g.rows {
			if r.cells != nil && r.cells[i] == report.Missing {
				r.cells[i] = ""
			}
		}
	}
}

// total sums the printed rows; it does not claim rows that were left out.
func (b *builder) total(g *grid, t *report.Table) gridRow {
	r := gridRow{kind: totalRow, text: b.l.Say("paper.total"), cells: make([]string, len(g.cols))}
	if t.Cut > 0 {
		r.text = b.l.Say("paper.total_shown")
	}
	for i, c := range g.cols {
		if !c.total {
			continue
		}
		r.cells[i] = report.Missing
		if sum, ok := t.Sum(c.index); ok {
			r.cells[i] = b.faces[bold].Clean(b.l.Cell(t.Columns[c.index], sum))
		}
	}
	return r
}

func alignOf(t *report.Table, i int) align {
	switch t.Columns[i].Format {
	case report.Integer, report.Number, report.Percent:
		return right
	case report.Date, report.Period, report.Year, report.Boolean:
		return center
	}
	numbers := false
	for _, row := range t.Rows {
		if row[i] == nil {
			continue
		}
		if _, ok := report.Float(row[i]); !ok {
			return left
		}
		numbers = true
	}
	if numbers {
		return right
	}
	return left
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
			if r.kind == totalRow {
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
