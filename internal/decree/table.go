package decree

import (
	"regexp"
	"strconv"

	"tongket/internal/report"
)

// Grid is a table as a paper says it: every cell written in the locale.
type Grid struct {
	Columns []Column
	Rows    []Row
	shapes  []columnShape // by column, once measured
}

// Column is one printed column.
type Column struct {
	Head  string // title and unit
	Align Align
	Index int // in the report's table; -1 for the running number
	Total bool
	Spark bool    // cells carry a line beside their text
	Tail  float64 // widest part from the decimal mark on, 0 when all have the same; mm at 1 pt, once measured

	least   float64 // mm at 1 pt without padding, below which words break or numbers wrap
	natural float64 // all on one line
}

// Align is the side on which the cells of a column stand.
type Align int

// Text stands left, figures right, dates and periods in the middle.
const (
	Left Align = iota
	Right
	Center
)

// Row is a row of cells, or one text across the table.
type Row struct {
	Kind  Kind
	Cells []string        // as many as columns; nil for a group and for nothing
	Lines []report.Series // by column; nil where there is none
	Text  string          // of a group, before the sums of a total or a subtotal, or in place of rows
}

// Kind tells what a row is.
type Kind int

// The kinds of rows.
const (
	Data Kind = iota
	Group
	Subtotal
	Total
	Empty
)

// Sums reports whether a row adds up others.
func (k Kind) Sums() bool { return k == Subtotal || k == Total }

// Table writes the cells of a table. A column that groups rows becomes rows of
// its own, a numbered table begins with the running number.
func Table(l *report.Locale, doc *report.Document, t *report.TableBlock) Grid {
	var g Grid
	group := -1
	if t.Group != "" {
		group = t.Table.Index(t.Group)
	}
	if t.Numbered {
		g.Columns = append(g.Columns, Column{Head: l.Say("paper.row_number"), Align: Center, Index: -1})
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
		g.Columns = append(g.Columns, Column{Head: head, Align: AlignOf(&t.Table, i), Index: i, Total: c.Total, Spark: c.Format == report.Sparkline})
	}
	nothing := Row{Kind: Empty, Text: l.Say("paper.empty")}
	if len(g.Columns) == 0 || len(g.Columns) == 1 && t.Numbered {
		return Grid{Columns: []Column{{Index: -1}}, Rows: []Row{nothing}}
	}
	if len(t.Table.Rows) == 0 {
		g.Rows = append(g.Rows, nothing)
		return g
	}
	g.fill(l, t, group)
	if doc.Paper != nil {
		g.clearRemarks()
	}
	if t.Table.HasTotal() {
		row := g.total(l, &t.Table)
		row.Text = l.Say("paper.total")
		if t.Table.Cut > 0 {
			row.Text = l.Say("paper.total_shown")
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

func (g *Grid) fill(l *report.Locale, t *report.TableBlock, group int) {
	name := func(n int) string { return l.Cell(t.Table.Columns[group], t.Table.Rows[n][group]) }
	opened, groups := 0, 0 // the first row of the group, and how many there are
	for n, row := range t.Table.Rows {
		if group >= 0 && (n == 0 || name(n) != name(n-1)) {
			g.Rows = append(g.Rows, Row{Kind: Group, Text: name(n)})
			opened, groups = n, groups+1
		}
		cells := make([]string, len(g.Columns))
		for i, c := range g.Columns {
			if c.Index < 0 {
				cells[i] = strconv.Itoa(n + 1)
				continue
			}
			cells[i] = l.Cell(t.Table.Columns[c.Index], row[c.Index])
		}
		g.Rows = append(g.Rows, Row{Cells: cells, Lines: g.series(row)})
		last := n == len(t.Table.Rows)-1
		if group < 0 || !t.Table.HasTotal() || last && groups == 1 || !last && name(n+1) == name(n) {
			continue
		}
		part := t.Table
		part.Rows = t.Table.Rows[opened : n+1]
		sums := g.total(l, &part)
		sums.Kind, sums.Text = Subtotal, l.Say("paper.subtotal", "group", numeral.ReplaceAllString(name(n), ""))
		g.Rows = append(g.Rows, sums)
	}
}

// series are the lines in the cells of a row; nil where no column has any.
func (g *Grid) series(row []any) []report.Series {
	var out []report.Series
	for i, c := range g.Columns {
		if !c.Spark {
			continue
		}
		if s, ok := row[c.Index].(report.Series); ok {
			if _, known := s.Last(); known {
				if out == nil {
					out = make([]report.Series, len(g.Columns))
				}
				out[i] = s
			}
		}
	}
	return out
}

// numeral is what stands before the name of a group, "II. ".
var numeral = regexp.MustCompile(`^([IVXLC]+|[A-ZĐ]|\d+)[.)]\s+`)

// clearRemarks leaves the empty cells of a text column blank where half of
// them or more are empty, as offices do: among dashes the few remarks would
// not be seen.
func (g *Grid) clearRemarks() {
	for i, c := range g.Columns {
		cells, missing := 0, 0
		for _, r := range g.Rows {
			if r.Kind == Data {
				cells++
				if r.Cells[i] == report.Missing {
					missing++
				}
			}
		}
		if c.Align != Left || missing == cells || 2*missing < cells {
			continue
		}
		for _, r := range g.Rows {
			if r.Kind == Data && r.Cells[i] == report.Missing {
				r.Cells[i] = ""
			}
		}
	}
}

// total sums the printed rows; it does not claim rows that were left out.
func (g *Grid) total(l *report.Locale, t *report.Table) Row {
	r := Row{Kind: Total, Cells: make([]string, len(g.Columns))}
	for i, c := range g.Columns {
		if !c.Total {
			continue
		}
		r.Cells[i] = report.Missing
		if sum, ok := t.Sum(c.Index); ok {
			r.Cells[i] = l.Cell(t.Columns[c.Index], sum)
		}
	}
	return r
}

// AlignOf is the side on which the cells of a column stand.
func AlignOf(t *report.Table, i int) Align {
	switch t.Columns[i].Format {
	case report.Integer, report.Number, report.Percent:
		return Right
	case report.Date, report.Period, report.Year, report.Boolean:
		return Center
	}
	numbers := false
	for _, row := range t.Rows {
		if row[i] == nil {
			continue
		}
		if _, ok := report.Float(row[i]); !ok {
			return Left
		}
		numbers = true
	}
	if numbers {
		return Right
	}
	return Left
}
