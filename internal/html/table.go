package html

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"tongket/internal/cell"
	"tongket/internal/report"
)

type tableView struct {
	ID, Caption string
	Headed      bool // the caption stands above it as a heading
	Search      bool
	Tall        bool // long enough to scroll in a frame of its own
	Wide        bool // has so many columns that they stand closer
	Head        []headCell
	Groups      []groupView
	Foot        []footCell
	Columns     int
	Choose      bool   // so many columns that one may want fewer
	Data        string // the whole result of the query as a file; empty for none
	Notes       []string
	Cut         string
	Source      *sourceView
}

type headCell struct {
	Title, Unit string
	Number      bool   // aligned as a number
	Short       bool   // needs no more room than its words
	Sort        string // "number", "text"; empty: no order to sort by (STT)
}

// groupView is a run of rows under one label; Label is empty in a table
// without groups.
type groupView struct {
	Label string
	Rows  []rowView
	Sums  []footCell // of a group with totals

	from [][]any // the rows as values
}

type rowView struct {
	Keys  string // by which the page's filter chooses it; empty: it does not
	Later bool   // shown when asked for
	Cells []cellView
}

type cellView struct {
	Text   string
	Href   string
	Value  string // for sorting, not for reading; empty: sort by the text
	Number bool
	Short  bool // four or five signs: a year, a line
	Count  bool // the cell of the STT column
	Head   bool // names the row
	Absent bool // no value
	Status string
	Bar    *barView
	Spark  *sparkView
}

// sparkView is a small line of 96 by 24 units; Text says what it shows.
type sparkView struct{ Path, EndX, EndY, Text string }

type footCell struct {
	Text   string
	Span   int
	Number bool
	Head   bool
	Sum    string // decimals of a sum, "%" behind those of a share; empty: no sum
}

// firstRows is how many rows of a long table are shown at first: a browser that
// lays out thousands at a time stumbles. Without scripts all are.
const firstRows = 200

// tall is the number of rows from which a table scrolls in its own frame.
const tall = 18

// many is the number of columns from which one may choose among them.
const many = 5

// wide is the number of columns from which they stand closer.
const wide = 8

func (w *Writer) table(at place, b report.TableBlock) *tableView {
	t := &b.Table
	group := t.Index(b.Group)
	shown := shownWithout(t, group)
	v := &tableView{
		ID: b.ID, Caption: b.Caption, Search: b.Search && len(t.Rows) > 0, Tall: len(t.Rows) >= tall,
		Head: w.tableHead(t, shown, b.Numbered), Notes: t.Notes,
		Cut: w.cut(t), Source: w.source(at, t.Source),
	}
	v.Columns = len(v.Head)
	v.Wide, v.Choose = v.Columns >= wide, v.Columns >= many
	if slices.Contains(at.data, t.Name) {
		v.Data = at.file("data/" + t.Name + ".csv")
	}
	namer, scales := naming(t, shown), barScales(t)
	for n, row := range t.Rows {
		var cells []cellView
		if b.Numbered {
			cells = append(cells, cellView{Text: strconv.Itoa(n + 1), Count: true, Number: true})
		}
		for _, i := range shown {
			c := w.cell(at, t, i, row, scales[i])
			c.Head = i == namer
			cells = append(cells, c)
		}
		label := ""
		if group >= 0 {
			label = w.locale.Cell(t.Columns[group], row[group])
		}
		if g := len(v.Groups); g == 0 || v.Groups[g-1].Label != label {
			v.Groups = append(v.Groups, groupView{Label: label})
		}
		last := &v.Groups[len(v.Groups)-1]
		last.Rows = append(last.Rows, rowView{filterKeys(at, t, row), n >= firstRows && len(t.Rows) > firstRows+firstRows/2, cells})
		last.from = append(last.from, row)
	}
	if !t.HasTotal() || len(t.Rows) == 0 {
		return v
	}
	foot := footing{t, shown, b.Numbered}
	v.Foot = w.tableFoot(foot, w.locale.Say("ui.table.total"))
	for i, g := range v.Groups {
		if len(v.Groups) > 1 && g.Label != "" {
			part := *t
			part.Rows = g.from
			foot.Table = &part
			v.Groups[i].Sums = w.tableFoot(foot, w.locale.Say("ui.table.subtotal", "group", g.Label))
		}
	}
	return v
}

// shownWithout leaves out the column that has become group rows.
func shownWithout(t *report.Table, group int) []int {
	var shown []int
	for _, i := range t.Shown() {
		if i != group {
			shown = append(shown, i)
		}
	}
	return shown
}

// naming is the column that names its row to a screen reader: the first one
// of text, or the first one when it is a period, date or year; else none.
func naming(t *report.Table, shown []int) int {
	for _, i := range shown {
		if t.Columns[i].Format == report.Text {
			return i
		}
	}
	if len(shown) > 0 {
		switch t.Columns[shown[0]].Format {
		case report.Period, report.Date, report.Year:
			return shown[0]
		}
	}
	return -1
}

// barScales is, for each column with bars, the value that fills one. Shares
// fill it at 100%, so that a bar of 60% looks like 60%.
func barScales(t *report.Table) []float64 {
	scales := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		if !c.Bar {
			continue
		}
		if c.Format == report.Percent {
			scales[i] = 1
		}
		for _, row := range t.Rows {
			if v, ok := report.Float(row[i]); ok && !math.IsInf(v, 0) {
				scales[i] = max(scales[i], math.Abs(v))
			}
		}
	}
	return scales
}

func (w *Writer) tableHead(t *report.Table, shown []int, numbered bool) []headCell {
	var head []headCell
	if numbered {
		head = append(head, headCell{Title: w.locale.Say("ui.table.number"), Number: true})
	}
	for _, i := range shown {
		c := t.Columns[i]
		cell := headCell{Title: c.Title, Unit: c.Unit, Number: c.Format.Numeric(), Short: c.Format == report.Year, Sort: "text"}
		if cell.Number || c.Format == report.Year || c.Format == report.Status || c.Format == report.Boolean || c.Format == report.Sparkline {
			cell.Sort = "number"
		}
		head = append(head, cell)
	}
	return head
}

func (w *Writer) cell(at place, t *report.Table, i int, row []any, scale float64) cellView {
	c, value := t.Columns[i], row[i]
	v := cellView{Text: w.locale.Cell(c, value), Value: sortValue(c, value), Number: c.Format.Numeric(), Short: c.Format == report.Year}
	v.Absent = v.Text == report.Missing
	if link := t.Index(c.Link); c.Link != "" && link >= 0 && !v.Absent {
		if to, ok := row[link].(string); ok {
			v.Href = at.link(to)
		}
	}
	if c.Format == report.Status && !v.Absent {
		v.Status = statusOf(value)
	}
	if s, ok := value.(report.Series); ok && !v.Absent {
		v.Spark = w.spark(c, s)
	}
	if f, ok := report.Float(value); ok && scale > 0 && !v.Absent {
		v.Bar = &barView{Width: width(math.Abs(f) / scale)}
	}
	return v
}

// spark draws a series with a margin of 3 units for its last point.
func (w *Writer) spark(c report.Column, s report.Series) *sparkView {
	const width, height, margin = 96, 24, 3
	place := func(p [2]float64) (string, string) {
		write := func(v float64) string { return strconv.FormatFloat(math.Round((v+margin)*10)/10, 'f', -1, 64) }
		return write(p[0]), write(p[1])
	}
	v := &sparkView{Text: w.locale.Course(c, s)}
	var d strings.Builder
	for _, line := range s.Lines(width-2*margin, height-2*margin) {
		for i, p := range line {
			v.EndX, v.EndY = place(p)
			letter := "L"
			if i == 0 {
				letter = "M"
			}
			d.WriteString(letter + v.EndX + " " + v.EndY)
		}
		if len(line) == 1 {
			d.WriteString("h.01") // a round cap makes it a dot
		}
	}
	v.Path = d.String()
	return v
}

// statusOf is the name of a status in style sheets and icons.
func statusOf(value any) string {
	s, _ := value.(string)
	for _, known := range report.Statuses {
		if s == known {
			return strings.ReplaceAll(s, "_", "-")
		}
	}
	return "other"
}

// sortValue is what a cell is sorted by: a number, or text that sorts as the
// values do. Statuses sort from best to worst.
func sortValue(c report.Column, value any) string {
	switch x := value.(type) {
	case bool:
		if x {
			return "1"
		}
		return "0"
	case time.Time:
		return x.Format("2006-01-02")
	case report.Series:
		if last, ok := x.Last(); ok {
			return strconv.FormatFloat(last, 'g', -1, 64)
		}
		return ""
	case string:
		if c.Format == report.Period { // as text, June stands before the first quarter
			return cmp.Or(cell.PeriodEnd(x), x)
		}
		if c.Format == report.Status {
			for rank, known := range report.Statuses {
				if x == known {
					return strconv.Itoa(rank)
				}
			}
			return strconv.Itoa(len(report.Statuses))
		}
		return ""
	}
	if v, ok := report.Float(value); ok && !math.IsNaN(v) && !math.IsInf(v, 0) {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return ""
}

// footing is what a row of sums is made from.
type footing struct {
	*report.Table
	shown    []int
	numbered bool
}

// decimals tells scripts how to write a sum of a column.
func decimals(c report.Column) string {
	switch c.Format {
	case report.Integer:
		return "0"
	case report.Percent:
		return strconv.Itoa(c.Decimals) + "%"
	}
	return strconv.Itoa(c.Decimals)
}

// tableFoot is the total row: its label takes the columns before the first sum.
func (w *Writer) tableFoot(f footing, label string) []footCell {
	var foot []footCell
	t, lead := f.Table, 0
	if f.numbered {
		lead = 1
	}
	for _, i := range f.shown {
		c := t.Columns[i]
		if !c.Total && len(foot) == 0 {
			lead++
			continue
		}
		if len(foot) == 0 && lead > 0 {
			foot = append(foot, footCell{Text: label, Span: lead, Head: true})
		}
		cell := footCell{Span: 1, Number: c.Format.Numeric()}
		if sum, ok := t.Sum(i); c.Total && ok {
			cell.Text, cell.Sum = w.locale.Cell(c, sum), decimals(c)
		}
		foot = append(foot, cell)
	}
	return foot
}

// cut says how many rows the table leaves out; a total that covers only the
// rows shown must not pass for the whole.
func (w *Writer) cut(t *report.Table) string {
	if t.Cut == 0 {
		return ""
	}
	key := "ui.table.cut"
	if t.HasTotal() {
		key = "ui.table.cut.total"
	}
	return w.locale.Say(key, "count", w.locale.Number(float64(t.Cut), 0))
}
