package xlsx

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"tongket/internal/decree"
	"tongket/internal/report"
)

// headRow is where the titles of a table stand: below its caption and its
// source.
const headRow = 4

// sheet writes one table.
func (b *book) sheet(name string, t report.TableBlock) error {
	shown := t.Table.Shown()
	title, err1 := b.style("title", excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	small, err2 := b.style("small", excelize.Style{Font: &excelize.Font{Italic: true, Size: 10}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	head, err3 := b.style("head", excelize.Style{Font: &excelize.Font{Bold: true}, Border: lines(), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E2ECEF"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}})
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	widths := make([]float64, len(shown))
	total := 0.0
	for i, at := range shown {
		widths[i] = b.columnWidth(t.Table.Columns[at], t.Table.Rows, at)
		total += widths[i]
	}
	last := headRow + len(t.Table.Rows)
	if err := b.paper(name, total); err != nil { // all that is no row comes before the rows
		return err
	}
	if err := b.filter(name, len(shown), last); err != nil {
		return err
	}
	w, err := b.f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i := range shown {
		if err := w.SetColWidth(i+1, i+1, widths[i]); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: headRow, TopLeftCell: "B" + strconv.Itoa(headRow+1), ActivePane: "bottomRight"}); err != nil {
		return err
	}
	about := b.about(t.Table)
	errs := []error{
		w.SetRow("A1", []any{excelize.Cell{StyleID: title, Value: t.Caption}}, tall(b.lines(t.Caption, total*0.85), 19)),
		w.SetRow("A2", []any{excelize.Cell{StyleID: small, Value: about}}, tall(b.lines(about, total*1.2), 13)),
	}
	if len(shown) > 1 {
		end, err := excelize.ColumnNumberToName(len(shown))
		errs = append(errs, err, w.MergeCell("A1", end+"1"), w.MergeCell("A2", end+"2"))
	}
	var titles []any
	high := 1
	for i, at := range shown {
		c := t.Table.Columns[at]
		text := c.Title
		if c.Unit != "" {
			text += " (" + c.Unit + ")"
		}
		titles = append(titles, excelize.Cell{StyleID: head, Value: text})
		high = max(high, b.lines(text, widths[i]*0.9))
	}
	errs = append(errs, w.SetRow("A"+strconv.Itoa(headRow), titles, tall(high, line)))
	cells, err := b.looks(t.Table, shown, false)
	errs = append(errs, err)
	for n, row := range t.Table.Rows {
		var values []any
		high := 1
		for i, at := range shown {
			v := b.value(t.Table.Columns[at], row[at])
			if text, is := v.(string); is {
				high = max(high, b.lines(text, widths[i]))
			}
			values = append(values, excelize.Cell{StyleID: cells[i], Value: v})
		}
		errs = append(errs, w.SetRow("A"+strconv.Itoa(headRow+1+n), values, tall(high, line)))
	}
	if t.Table.HasTotal() && len(t.Table.Rows) > 0 {
		errs = append(errs, b.total(w, t.Table, shown, last))
	}
	return errors.Join(append(errs, w.Flush())...)
}

// filter lets people choose rows by the titles of the columns.
func (b *book) filter(name string, columns, last int) error {
	if last == headRow {
		return nil
	}
	end, err := excelize.CoordinatesToCellName(columns, last)
	if err != nil {
		return err
	}
	return b.f.AutoFilter(name, "A"+strconv.Itoa(headRow)+":"+end, nil)
}

const (
	line    = 16.0  // height of a line of 12 points, in points
	highest = 409.0 // of a row
)

// tall is a row of so many lines.
func tall(lines int, each float64) excelize.RowOpts {
	return excelize.RowOpts{Height: min(float64(max(lines, 1))*each+1, highest)}
}

// lines is how many lines a text takes in a width in characters.
func (b *book) lines(text string, width float64) int {
	n := 0
	for part := range strings.SplitSeq(text, "\n") {
		used, rows := 0.0, 1
		for _, word := range strings.Fields(part) {
			wide := b.chars(word)
			if used > 0 && used+1+wide > width-1.5 {
				rows, used = rows+1, 0
			}
			used += wide + 0.5
			for ; used > width-1.5 && width > 3; used -= width - 1.5 {
				rows++
			}
		}
		n += rows
	}
	return n
}

// total adds the sums as formulas, with the values that they have.
func (b *book) total(w *excelize.StreamWriter, t report.Table, shown []int, last int) error {
	looks, err := b.looks(t, shown, true)
	if err != nil {
		return err
	}
	sums := make([]any, len(shown))
	for i, at := range shown {
		c := excelize.Cell{StyleID: looks[i]}
		if sum, ok := t.Sum(at); t.Columns[at].Total && ok {
			column, err := excelize.ColumnNumberToName(i + 1)
			if err != nil {
				return err
			}
			c.Formula, c.Value = fmt.Sprintf("SUBTOTAL(109,%s%d:%[1]s%[3]d)", column, headRow+1, last), sum
			if b.wordy(t, at) {
				c.Formula, c.Value = "", b.l.Cell(t.Columns[at], sum) // what stands there as text is not added up
			}
		}
		sums[i] = c
	}
	if first := t.Columns[shown[0]]; !first.Total {
		key := "paper.total"
		if t.Cut > 0 {
			key = "paper.total_shown"
		}
		sums[0] = excelize.Cell{StyleID: looks[0], Value: b.l.Say(key)}
	}
	return w.SetRow("A"+strconv.Itoa(last+1), sums, tall(1, line))
}

// wordy reports whether numbers of a column stand in the workbook as text.
func (b *book) wordy(t report.Table, at int) bool {
	for _, row := range t.Rows {
		if _, number := report.Float(row[at]); number {
			if _, text := b.value(t.Columns[at], row[at]).(string); text {
				return true
			}
		}
	}
	return false
}

var sides = map[decree.Align]string{decree.Left: "left", decree.Right: "right", decree.Center: "center"}

// looks are the styles of the columns' cells.
func (b *book) looks(t report.Table, shown []int, strong bool) ([]int, error) {
	var out []int
	var errs []error
	for _, at := range shown {
		c := t.Columns[at]
		side := sides[decree.AlignOf(&t, at)]
		s := excelize.Style{Font: &excelize.Font{Bold: strong}, Border: lines(), Alignment: &excelize.Alignment{Horizontal: side, Vertical: "top", WrapText: side == "left"}}
		code := format(c)
		if code != "" {
			s.CustomNumFmt = &code
		}
		n, err := b.style(fmt.Sprint("cell ", code, side, strong), s)
		out, errs = append(out, n), append(errs, err)
	}
	return out, errors.Join(errs...)
}

// columnWidth is what a column needs, in characters, the unit of workbooks.
func (b *book) columnWidth(c report.Column, rows [][]any, at int) float64 {
	need := min(b.chars(c.Title+" "+c.Unit)/1.8, 18)
	for _, word := range strings.Fields(c.Title) {
		need = max(need, b.chars(word)*1.1)
	}
	for n, row := range rows {
		if n > 2000 {
			break
		}
		if v := row[at]; v != nil {
			need = max(need, b.chars(b.l.Cell(c, v)))
		}
	}
	return min(max(need+3, 8), 60)
}

// chars is the width of a text in characters: digits of the body's size.
func (b *book) chars(text string) float64 {
	const digit = 0.5 // em, in Times New Roman
	return b.face.Measure(b.face.Clean(text)) / digit
}

// about says where the numbers come from and what is doubtful in them.
func (b *book) about(t report.Table) string {
	notes, source := decree.Under(b.l, b.doc, t)
	return strings.TrimSpace(source + " " + strings.Join(notes, " "))
}

// paper sets how a sheet is printed: all columns on a page, the head on each.
func (b *book) paper(name string, width float64) error {
	const upright, lying = 58, 88 // characters that a page holds side by side
	turned, room, a4 := "portrait", float64(upright), 9
	if width > upright {
		turned, room = "landscape", lying
	}
	scale := uint(min(max(100*room/width, 10), 100))
	return errors.Join(
		b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &turned, AdjustTo: &scale}),
		b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted(name), headRow, headRow), Scope: name}),
	)
}

// quoted is a sheet's name as formulas write it.
func quoted(name string) string {
	out := "'"
	for _, r := range name {
		if r == '\'' {
			out += "'"
		}
		out += string(r)
	}
	return out + "'"
}

// cover tells what the workbook holds, and of which edition it is.
func (b *book) cover(name string, doc *report.Document, site *report.Site, entries []entry) error {
	title, err1 := b.style("cover", excelize.Style{Font: &excelize.Font{Bold: true, Size: 18}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	plain, err2 := b.style("plain", excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	head, err3 := b.style("contents", excelize.Style{Font: &excelize.Font{Bold: true}, Border: lines(), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E2ECEF"}}})
	cell, err4 := b.style("entry", excelize.Style{Border: lines(), Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	link, err5 := b.style("link", excelize.Style{Font: &excelize.Font{Color: "0B5563", Underline: "single"}, Border: lines(), Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	number, err6 := b.style("count", excelize.Style{Border: lines(), NumFmt: 3, Alignment: &excelize.Alignment{Vertical: "top"}})
	errs := []error{err1, err2, err3, err4, err5, err6, b.f.SetColWidth(name, "A", "A", 50), b.f.SetColWidth(name, "B", "B", 10), b.f.SetColWidth(name, "C", "C", 60)}
	const wide = 120.0 // characters of the three together
	put := func(at string, style int, v any) {
		errs = append(errs, b.f.SetCellValue(name, at, v), b.f.SetCellStyle(name, at, at, style))
	}
	high := func(row, lines int, each float64) {
		errs = append(errs, b.f.SetRowHeight(name, row, tall(lines, each).Height))
	}
	row := 0
	for i, text := range []string{site.Agency, doc.Title, doc.Description, site.Edition, doc.Alert, site.Notice} {
		if text == "" {
			continue
		}
		row++
		at := strconv.Itoa(row)
		look, size, room := plain, line, wide
		if i == 1 {
			look, size, room = title, 24, wide*12/18
		}
		put("A"+at, look, text)
		errs = append(errs, b.f.MergeCell(name, "A"+at, "C"+at))
		high(row, b.lines(text, room), size)
	}
	row += 2
	for i, key := range []string{"xlsx.table", "xlsx.rows", "xlsx.source"} {
		put(string(rune('A'+i))+strconv.Itoa(row), head, b.l.Say(key))
	}
	for _, e := range entries {
		row++
		at := strconv.Itoa(row)
		put("A"+at, link, e.caption)
		errs = append(errs, b.f.SetCellHyperLink(name, "A"+at, quoted(e.sheet)+"!A1", "Location"))
		put("B"+at, number, len(e.table.Rows))
		put("C"+at, cell, b.about(e.table))
		high(row, max(b.lines(e.caption, 50), b.lines(b.about(e.table), 60)), line)
	}
	turned, a4, width, height, fit := "landscape", 9, 1, 0, true
	return errors.Join(append(errs, b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &turned, FitToWidth: &width, FitToHeight: &height}),
		b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))...)
}
