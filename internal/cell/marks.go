package cell

import "strings"

// Marks is how a column writes its numbers.
type Marks int

const (
	Undecided Marks = iota
	Comma           // 1.234,5
	Point           // 1,234.5
	Mixed           // both are seen: what has two readings is not read
)

// Evidence counts what the cells of a column prove about its marks.
type Evidence struct {
	Comma, Point int
	Open         int // cells with two readings: "1.234"
}

// Add counts one cell.
func (e *Evidence) Add(text string) {
	if !hasMark(text) || len(text) > 4*longest {
		return
	}
	s, ok := clean(text)
	if !ok {
		return
	}
	f, kind := scan(s)
	if kind != Value {
		return
	}
	comma, point := f.as(',', '.'), f.as('.', ',')
	switch {
	case !strings.ContainsAny(f.body, ".,"):
	case comma && point:
		e.Open++
	case comma:
		e.Comma++
	case point:
		e.Point++
	}
}

// hasMark reports whether a text has a digit and a mark, of any width.
func hasMark(text string) bool {
	digit, mark := false, false
	for i := range len(text) {
		switch c := text[i]; {
		case isDigit(c):
			digit = true
		case c == '.' || c == ',':
			mark = true
		case c == 0xEF: // the first byte of full-width forms
			return true
		}
	}
	return digit && mark
}

// Join adds what other cells prove.
func (e *Evidence) Join(other Evidence) {
	e.Comma += other.Comma
	e.Point += other.Point
	e.Open += other.Open
}

// Marks decides: the side that has all proofs, or at least nine of ten.
func (e Evidence) Marks() Marks {
	all := e.Comma + e.Point
	switch {
	case all == 0:
		return Undecided
	case 10*e.Comma >= 9*all:
		return Comma
	case 10*e.Point >= 9*all:
		return Point
	}
	return Mixed
}
