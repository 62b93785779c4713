package intake

import (
	"bufio"
	"context"
	"io"
	"strconv"
	"strings"

	"tongket/internal/cell"
	"tongket/internal/contract"
)

// SheetSpan parts the lines of a workbook's tables: the row 12 of the second
// table is line 1*SheetSpan+12.
const SheetSpan = 1 << 32

// Tidied is what Tidy found.
type Tidied struct {
	Rows    int64 // rows of figures written
	Torn    int64 // rows that could not be taken apart; each has a fault
	Blank   int64 // rows of nothing but separators
	Passed  []Aside
	Aside   int64    // all rows that are no figures; Passed holds the first thousand
	Reading []string // how the file was read and what shows it
}

// Outputs are what Tidy writes, as CSV with every value in quotes and nothing
// for no value. Rows: line, the file's Columns, and the names of the fields
// that were not read, each between bars. Faults: line, rows, severe, column,
// value, rule, message.
type Outputs struct{ Rows, Faults io.Writer }

// Tidy reads the rows of a file: the slow way, which every file can go. Its
// error is a *Refusal when the file is at fault.
func (f *File) Tidy(ctx context.Context, out Outputs) (*Tidied, error) {
	t := &tidying{File: f, rows: bufio.NewWriterSize(out.Rows, 1<<20), faults: bufio.NewWriterSize(out.Faults, 64<<10), columns: f.Columns()}
	t.found.Reading = f.describe()
	for i := range f.Tables {
		if err := t.table(ctx, i); err != nil {
			return nil, err
		}
	}
	if err := t.rows.Flush(); err != nil {
		return nil, err
	}
	return &t.found, t.faults.Flush()
}

// tidying is one file on its way.
type tidying struct {
	*File
	rows, faults *bufio.Writer
	columns      []*contract.Field
	found        Tidied

	here     *Table
	base     int64 // of the table's lines
	reading  *reading
	sorter   *sorter
	sums     *sums
	held     *row   // a heading, or a row that has none below it
	notes    []*row // texts that may be remarks, or the heading of a block
	headings [lower + 1]string
	place    []int // of each column of the file in this table, or -1
	other    int64 // line of the header of another table that the present row belongs to, or 0
	moved    int64 // line in the middle of the table that gives its figures another unit, or 0
	headed   bool  // the row before the present one is a header
}

func (t *tidying) table(ctx context.Context, i int) error {
	seen, err := t.survey(ctx, i)
	if err != nil {
		return err
	}
	table := t.Tables[i]
	t.here, t.base = table, int64(i)*SheetSpan
	t.reading, t.sorter = t.settle(table, seen), newSorter(t.File, table)
	t.sums = newSums(t.reading)
	t.held, t.notes, t.headings, t.other = nil, nil, [lower + 1]string{}, 0
	t.headed = false
	t.place = t.place[:0]
	for _, f := range t.columns {
		at := -1
		for c, x := range table.Fields {
			if x == f {
				at = c
			}
		}
		t.place = append(t.place, at)
	}
	t.openColumns(seen)
	t.found.Reading = append(t.found.Reading, t.reading.describeNumbers(seen)...)
	t.above(table.shape.titles)
	err = t.each(ctx, i, func(r *record) error {
		if r.line >= table.First {
			t.take(r)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if t.moved > 0 {
		return &Refusal{Line: t.moved, Message: t.Locale.Say("intake.rescaled")}
	}
	t.settleHeld(nil)
	for _, n := range t.notes {
		t.aside(n.record, string(note))
	}
	t.sums.finish(t)
	for c, r := range t.reading.rounded {
		if f := table.Fields[c]; r.n > 0 && r.line > 0 {
			t.fault(Fault{Line: r.line, Column: f.Title, Rule: "rounded", Message: t.Locale.Say("load.doubt.rounded",
				"n", t.Locale.Number(float64(r.n), 0), "digits", strconv.Itoa(f.Scale))}, false)
		}
	}
	return nil
}

func (t *tidying) each(ctx context.Context, i int, do func(*record) error) error {
	next, file, err := t.records(i)
	if err != nil {
		return err
	}
	defer file.Close()
	for n := 0; ; n++ {
		r, err := next()
		if err == io.EOF {
			return nil
		}
		if err == nil && n%4096 == 0 {
			err = ctx.Err()
		}
		if err == nil {
			err = do(r)
		}
		if err != nil {
			return err
		}
	}
}

// survey goes over a table once to see how its numbers and days are written,
// and whether the file was cut off.
func (t *tidying) survey(ctx context.Context, i int) ([]evidence, error) {
	table := t.Tables[i]
	seen := make([]evidence, len(table.Fields))
	damaged, cut := int64(0), false
	err := t.each(ctx, i, func(r *record) error {
		if damaged == 0 && (r.stray || r.open) {
			damaged = r.line
		}
		cut = r.cut
		if r.line < table.First {
			return nil
		}
		for c, text := range r.cells {
			if c >= len(seen) || text == "" || text[0] == '\x01' {
				continue
			}
			switch f := table.Fields[c]; {
			case f == nil:
			case isFigures(f):
				before := seen[c].numbers.Open
				if seen[c].numbers.Add(text); seen[c].open == 0 && seen[c].numbers.Open > before {
					seen[c].open = r.line
				}
			case f.Type == contract.Date:
				seen[c].days.Add(text)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if damaged > 0 && cut && !t.Workbook {
		return nil, &Refusal{Line: damaged, Message: t.Locale.Say("intake.cut")}
	}
	return seen, nil
}

// openColumns tells, once a column, that its numbers can be read two ways and
// which was taken.
func (t *tidying) openColumns(seen []evidence) {
	for c, open := range t.reading.open {
		f := t.here.Fields[c]
		if !open || f.Type == contract.Integer && t.here.shape.columns[c].power <= 0 || seen[c].open == 0 {
			continue // a whole number has no decimals
		}
		key := "load.doubt.open.group"
		if t.reading.marks[c] == cell.Point {
			key = "load.doubt.open.point"
		}
		t.fault(Fault{Line: seen[c].open, Column: f.Title, Rule: "open",
			Message: t.Locale.Say(key, "n", t.Locale.Number(float64(seen[c].numbers.Open), 0))}, false)
	}
}

// take sorts a record and does what its kind wants.
func (t *tidying) take(r *record) {
	if r.blank() {
		if len(r.cells) > 1 {
			t.found.Blank++
		}
		return
	}
	if r.open || r.stray || r.long {
		t.settleHeld(nil)
		t.torn(r)
		return
	}
	x := t.sorter.look(r)
	k := t.sorter.kindOf(&x)
	if k == note && t.rescaled(r) {
		t.moved = r.line
	}
	if k == figures && x.count == 0 && !x.known && t.signed() {
		k = note
	}
	t.enter(&x, k)
	if t.other > 0 {
		t.elsewhere(&x, k)
		return
	}
	switch k {
	case section:
		t.settleHeld(&x)
		t.flush(false)
		t.held = &x
	case figures:
		t.settleHeld(&x)
		t.flush(true)
		t.figures(&x)
	case total:
		t.settleHeld(nil)
		t.flush(false)
		t.aside(r, string(k))
		t.sums.total(t, &x)
	case note:
		if t.held != nil { // "Sở, ban, ngành" over two rows, or in a second language
			t.aside(r, string(note))
			return
		}
		t.notes = append(t.notes, &x)
		if len(t.notes) > 100 {
			t.flush(false)
		}
	default:
		t.aside(r, string(k))
	}
}

// rescaled reports whether a line in the middle of a table gives its figures
// another unit.
func (t *tidying) rescaled(r *record) bool {
	for _, c := range r.cells {
		found, told := unitLine(bare(c))
		if told && (len(found) > 0 || unclear(bare(c))) {
			return t.found.Rows > 0
		}
	}
	return false
}

// settleHeld decides about the heading before the next row: it is one when
// something deeper follows; otherwise a row with figures is a row.
func (t *tidying) settleHeld(next *row) {
	h := t.held
	t.held = nil
	if h == nil {
		return
	}
	deeper := next != nil && (next.level > h.level || next.level == none && !h.known) // a unit with figures is a row, unless its parts are numbered below it
	if !deeper && (h.count > 0 || h.known) {
		t.figures(h)
		return
	}
	t.aside(h.record, string(section))
	t.headings[h.level] = h.label
	for l := h.level + 1; l <= lower; l++ {
		t.headings[l] = ""
	}
	t.sums.section(t, h)
}

// flush puts aside the texts that were held back. The last one above a row of
// figures is the heading of what follows.
func (t *tidying) flush(above bool) {
	for i, n := range t.notes {
		k := note
		if above && i == len(t.notes)-1 {
			k = section
			t.headings = [lower + 1]string{none: n.label}
			t.sums.section(t, n)
		}
		t.aside(n.record, string(k))
	}
	t.notes = nil
}

// heading is the innermost heading above the present row.
func (t *tidying) heading() string {
	for l := lower; l >= none; l-- {
		if t.headings[l] != "" {
			return t.headings[l]
		}
	}
	return ""
}

func (t *tidying) torn(r *record) {
	f := r.fault(len(t.here.Header), t.Locale)
	f.Rows = max(r.next-r.line, 1)
	t.found.Torn += f.Rows
	t.fault(*f, true)
}

// figures writes a row of figures.
func (t *tidying) figures(x *row) {
	width := len(t.here.Fields)
	if len(x.cells) < width && (t.Resource.ShortRows || t.Workbook) {
		x.cells = append(x.cells, make([]string, width-len(x.cells))...)
	}
	if x.fault(width, t.Locale) != nil {
		t.torn(x.record)
		return
	}
	t.found.Rows++
	t.rows.WriteString(strconv.FormatInt(t.base+x.line, 10))
	lost := ""
	for i, f := range t.columns {
		t.rows.WriteByte(',')
		v, given := value{}, ""
		switch c := t.place[i]; {
		case c >= 0:
			given = x.cells[c]
			v = t.reading.read(c, given)
			if r := &t.reading.rounded[c]; r.n > 0 && r.line == 0 {
				r.line = x.line
			}
			t.sums.add(c, f, v.text)
		case f.Block:
			v.text = t.heading()
		case t.here.Sources[f.Name] != "" && f.Period:
			v.text = t.here.Period
		case t.here.Sources[f.Name] != "":
			v.text = t.here.Unit
		}
		if v.fault != "" {
			lost += "|" + f.Name
			t.fault(Fault{Line: x.line, Column: f.Title, Value: short(bare(given)), Rule: v.rule, Message: v.fault}, true)
			continue
		}
		if v.doubt != "" {
			t.fault(Fault{Line: x.line, Column: f.Title, Value: short(bare(given)), Rule: v.rule, Message: v.doubt}, false)
		}
		if v.text != "" {
			quoted(t.rows, v.text)
		}
	}
	t.rows.WriteByte(',')
	if lost != "" {
		quoted(t.rows, lost+"|")
	}
	t.rows.WriteByte('\n')
	if k := t.here.shape.key; k < 0 || strings.TrimSpace(x.cells[k]) != "" { // what names nothing is in no printed sum
		t.sums.row(t, x)
	}
}

// aside keeps account of a row that holds no figures of its own.
func (t *tidying) aside(r *record, kind string) {
	t.found.Aside++
	if len(t.found.Passed) >= 1000 {
		return
	}
	t.found.Passed = append(t.found.Passed, Aside{Sheet: t.here.Sheet, Line: t.base + r.line, Kind: kind, Text: short(r.text())})
}

func (t *tidying) fault(f Fault, severe bool) {
	w := t.faults
	w.WriteString(strconv.FormatInt(t.base+f.Line, 10))
	w.WriteByte(',')
	w.WriteString(strconv.FormatInt(max(f.Rows, 1), 10))
	w.WriteByte(',')
	w.WriteString(strconv.FormatBool(severe))
	for _, text := range []string{f.Column, f.Value, f.Rule, f.Message} {
		w.WriteByte(',')
		if text != "" {
			quoted(w, text)
		}
	}
	w.WriteByte('\n')
}
