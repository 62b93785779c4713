package workbook

import (
	"bytes"
	"errors"
	"unicode/utf8"
)

// A sheetReader reads one worksheet, row by row.
type sheetReader struct {
	in      *part
	texts   *texts
	formats []format
	epoch   epoch
	emit    func(n int64, cells []Cell) error

	n      int64     // of the row
	col    int       // of the last cell, from 1
	count  int       // of the row's cells
	own    []byte    // the row's texts that are no shared strings
	found  []content // the row's cells with content
	cells  []Cell    // maxCols at most, empty between two rows
	value  []byte    // of a cell, as stored
	merges []Merge
}

// content is a cell whose text is a piece of the row's own, or a shared one.
type content struct {
	col, from, to int
	kind          Kind
	shared        string
}

// refused is an error of emit, which is none of the workbook.
type refused struct{ error }

func (r *sheetReader) sheet() error {
	root := true
	for {
		t, err := r.in.next()
		if err != nil || t == eof {
			return err
		}
		if t != startTag {
			continue
		}
		switch {
		case root && !r.in.is("worksheet"):
			return fault(Damaged, "the part is no worksheet but <%.40q>", r.in.scanner.name)
		case root:
			root = false
		case r.in.is("sheetData"):
			err = r.children("row", r.row)
		case r.in.is("mergeCells"):
			err = r.children("mergeCell", r.merge)
		default:
			err = r.in.skip()
		}
		if err != nil {
			return err
		}
	}
}

// children calls read at each element of the name in the one just begun, and
// passes over others. It reads that element to its end.
func (r *sheetReader) children(name string, read func() error) error {
	for {
		t, err := r.in.next()
		if err != nil {
			return err
		}
		switch {
		case t == startTag && r.in.is(name):
			err = read()
		case t == startTag:
			err = r.in.skip()
		case t != chars:
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (r *sheetReader) row() error {
	n := r.n + 1
	if at := r.in.attr("r"); at != nil {
		stated, rest := leadingInt(at)
		if len(rest) > 0 || stated < n {
			return fault(Damaged, "row %.40q after row %d", at, r.n)
		}
		n = stated
	}
	if n > maxRows {
		return fault(TooLarge, "row %d: a sheet has %d", n, maxRows)
	}
	r.n, r.col, r.count = n, 0, 0
	r.own, r.found = r.own[:0], r.found[:0]
	err := r.children("c", r.cell)
	var f *Fault
	switch {
	case err == nil:
		return r.send()
	case errors.As(err, &f):
		return fault(f.Reason, "row %d: %s", n, f.Detail)
	}
	return err
}

// send hands the row on, if it has content. The texts of its own are one
// string, of which the cells are pieces: one allocation a row.
func (r *sheetReader) send() error {
	if len(r.found) == 0 {
		return nil
	}
	own, clean, last := string(r.own), utf8.Valid(r.own), 0
	for _, c := range r.found {
		last = max(last, c.col)
	}
	if last > len(r.cells) {
		r.cells = append(r.cells, make([]Cell, last-len(r.cells))...)
	}
	for _, c := range r.found {
		text := c.shared
		if text == "" {
			text = own[c.from:c.to]
		}
		if !clean {
			text = valid([]byte(text))
		}
		r.cells[c.col-1] = Cell{Kind: c.kind, Text: text}
	}
	err := r.emit(r.n, r.cells[:last:last])
	for _, c := range r.found {
		r.cells[c.col-1] = Cell{}
	}
	if err != nil {
		return refused{err}
	}
	return nil
}

// uncomputed stands for the value of a formula that was saved without one.
const uncomputed = "#FORMULA"

func (r *sheetReader) cell() error {
	if r.count++; r.count > maxCols {
		return fault(TooLarge, "more than %d cells in a row", maxCols)
	}
	r.col++
	if at := r.in.attr("r"); at != nil {
		col, rest := column(at)
		if n, rest := leadingInt(rest); col == 0 || n == 0 || len(rest) > 0 {
			return fault(Damaged, "a cell at %.40q", at)
		}
		r.col = col
	}
	if r.col > maxCols {
		return fault(TooLarge, "a cell in column %d: a sheet has %d", r.col, maxCols)
	}
	kind := kindOf(r.in.attr("t"))
	style, _ := leadingInt(r.in.attr("s"))
	from := len(r.own)
	r.value = r.value[:0]
	inner, formula := r.in.depth, false
	for r.in.depth >= inner {
		t, err := r.in.next()
		if err != nil {
			return err
		}
		if t != startTag {
			continue
		}
		switch {
		case r.in.is("v"):
			r.value, err = r.in.content(r.value[:0])
		case r.in.is("is"):
			r.own, err = r.in.rich(r.own[:from])
		default:
			formula = formula || r.in.is("f")
			err = r.in.skip()
		}
		if err != nil {
			return err
		}
	}
	if len(r.own) > from {
		return r.keep(Text, from)
	}
	if formula && len(r.value) == 0 && kind != typeText { // never computed: nobody knows what it shows
		r.own = append(r.own, uncomputed...)
		return r.keep(Error, from)
	}
	return r.stored(kind, int(style), from)
}

// cellType is the type that a cell states.
type cellType uint8

const (
	typeNumber cellType = iota
	typeShared
	typeText
	typeBool
	typeError
	typeDate
)

func kindOf(t []byte) cellType {
	switch string(t) {
	case "", "n":
		return typeNumber
	case "s":
		return typeShared
	case "b":
		return typeBool
	case "e":
		return typeError
	case "d":
		return typeDate
	}
	return typeText
}

// stored makes a cell of the value read. What does not fit its type is kept as
// text, for people to see.
func (r *sheetReader) stored(t cellType, style, from int) error {
	value := r.value
	if t != typeText {
		value = trimmed(value)
	}
	if len(value) == 0 {
		return nil
	}
	kind, ok := Text, true
	switch t {
	case typeShared:
		return r.share(value)
	case typeBool:
		kind = Bool
		if on(value) {
			r.own = append(r.own, "TRUE"...)
		} else {
			r.own = append(r.own, "FALSE"...)
		}
	case typeError:
		kind = Error
		r.own = append(r.own, value...)
	case typeDate:
		kind = Date
		r.own, ok = appendISO(r.own, value)
	case typeNumber:
		kind, ok = r.number(value, style)
	case typeText:
		r.own = unescapeX(append(r.own, value...), from)
	}
	if !ok {
		kind, r.own = Text, append(r.own[:from], value...)
	}
	return r.keep(kind, from)
}

func (r *sheetReader) number(value []byte, style int) (kind Kind, ok bool) {
	f := asNumber
	if style < len(r.formats) {
		f = r.formats[style]
	}
	from := len(r.own)
	if r.own, ok = appendNumber(r.own, value); !ok {
		return Text, false
	}
	switch f {
	case asPercent:
		return Percent, true
	case asDate:
		if day, ok := appendDay(r.own[:from], value, r.epoch); ok {
			r.own = day
			return Date, true
		}
	}
	return Number, true
}

// share is a cell that holds the number of a shared string.
func (r *sheetReader) share(value []byte) error {
	i, rest := leadingInt(value)
	text, ok := r.texts.at(int(i))
	if !ok || len(rest) > 0 {
		return fault(Damaged, "no shared string %.40q", value)
	}
	if text != "" {
		r.found = append(r.found, content{col: r.col, kind: Text, shared: text})
	}
	return nil
}

// keep notes the cell whose text is the row's own from a place on.
func (r *sheetReader) keep(kind Kind, from int) error {
	if len(r.own) > maxRowText {
		return fault(TooLarge, "more than %d bytes of text", maxRowText)
	}
	if len(r.own) > from {
		r.found = append(r.found, content{col: r.col, kind: kind, from: from, to: len(r.own)})
	}
	return nil
}

func (r *sheetReader) merge() error {
	ref := r.in.attr("ref")
	first, last, _ := bytes.Cut(ref, []byte(":"))
	m := Merge{}
	var ok1, ok2 bool
	m.FirstRow, m.FirstCol, ok1 = place(first)
	m.LastRow, m.LastCol, ok2 = place(last)
	if len(last) == 0 {
		m.LastRow, m.LastCol, ok2 = m.FirstRow, m.FirstCol, true
	}
	if !ok1 || !ok2 || m.LastRow < m.FirstRow || m.LastCol < m.FirstCol {
		return fault(Damaged, "a merged range %.40q", ref)
	}
	if len(r.merges) == maxMerges {
		return fault(TooLarge, "more than %d merged ranges", maxMerges)
	}
	if m.FirstRow != m.LastRow || m.FirstCol != m.LastCol {
		r.merges = append(r.merges, m)
	}
	return r.in.skip()
}

// place reads "B12", also "$B$12".
func place(ref []byte) (row, col int, ok bool) {
	col, rest := column(bytes.TrimPrefix(ref, []byte("$")))
	n, rest := leadingInt(bytes.TrimPrefix(rest, []byte("$")))
	ok = len(rest) == 0 && 0 < n && n <= maxRows && 0 < col && col <= maxCols
	return int(n), col, ok
}

// column reads the letters that ref begins with: 28 for "AB12". More letters
// than a column has give one beyond the last.
func column(ref []byte) (col int, rest []byte) {
	for len(ref) > 0 {
		c := ref[0] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		col = min(col*26+int(c-'A')+1, maxCols+1)
		ref = ref[1:]
	}
	return col, ref
}

// leadingInt reads the digits that b begins with; 0 without any. It stops
// counting far above every limit.
func leadingInt(b []byte) (n int64, rest []byte) {
	for len(b) > 0 && '0' <= b[0] && b[0] <= '9' {
		n = min(n*10+int64(b[0]-'0'), 1<<40)
		b = b[1:]
	}
	return n, b
}
