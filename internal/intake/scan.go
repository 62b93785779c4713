package intake

import (
	"bufio"
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"

	"tongket/internal/report"
)

// Fault is one row that cannot be taken apart, or one value that is wrong.
type Fault struct {
	Sheet   string
	Line    int64
	Rows    int64 // rows that are lost with it; 0 counts as 1
	Column  string
	Value   string
	Rule    string
	Message string
}

// record is one row of a file.
type record struct {
	line  int64 // where it begins
	next  int64 // line of the one after it
	cells []string
	open  bool // a quote that the end of the file cut off
	cut   bool // the file ends without a line end behind it
	stray bool // text behind a closing quote
	long  bool // more than longest bytes, the rest of which was passed over
}

// longest is the most that a row may hold, in bytes. It keeps a quote that is
// never closed from taking the rest of a large file into memory.
const longest = 1 << 20

func (r *record) blank() bool {
	for _, c := range r.cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// text is what people see of a record.
func (r *record) text() string {
	var texts []string
	for _, c := range r.cells {
		if c = strings.TrimSpace(bare(c)); c != "" {
			texts = append(texts, c)
		}
	}
	return strings.Join(texts, " | ")
}

// fault says why the record cannot be a row of so many columns. Empty cells
// beyond the last column are habit, not data: spreadsheets leave them.
func (r *record) fault(columns int, l *report.Locale) *Fault {
	at := Fault{Line: r.line}
	switch {
	case slices.ContainsFunc(r.cells, func(c string) bool { return strings.Contains(c, "\uFFFD") }):
		at.Rule, at.Message = "encoding", l.Say("intake.encoding")
	case r.long && !r.open:
		at.Rule, at.Message = "length", l.Say("intake.long")
	case r.open:
		at.Rule, at.Message = "quote", l.Say("intake.quote")
	case r.stray:
		at.Rule, at.Message = "quote", l.Say("intake.stray")
	case len(r.cells) < columns || !(&record{cells: r.cells[columns:]}).blank():
		at.Rule = "columns"
		at.Message = l.Say("intake.columns", "found", strconv.Itoa(len(r.cells)), "wanted", strconv.Itoa(columns))
	default:
		return nil
	}
	at.Value = short(r.text())
	return &at
}

// dialect is how a text file parts its cells.
type dialect struct {
	delimiter, quote byte
	escape           byte // before a quote inside quotes; the quote itself when it is doubled
}

// scanner takes CSV apart and never fails on its content: quotes doubled
// inside quotes, line ends of every kind, quotes in the middle of a bare cell
// taken as they stand.
type scanner struct {
	in *bufio.Reader
	dialect
	line int64 // of the next byte
}

func newScanner(in io.Reader, d dialect) *scanner {
	b := bufio.NewReaderSize(in, 64<<10)
	if bom, _ := b.Peek(3); string(bom) == "\uFEFF" {
		b.Discard(3)
	}
	return &scanner{in: b, dialect: d, line: 1}
}

// mostCells is the most cells of a row that are kept, as many as a spreadsheet
// has columns.
const mostCells = 16384

// passBlankLines counts lines without anything on them.
func (s *scanner) passBlankLines() {
	for {
		next, _ := s.in.Peek(2)
		switch {
		case len(next) > 0 && next[0] == '\n', len(next) == 2 && next[0] == '\r' && next[1] != '\n':
			s.in.Discard(1)
		case string(next) == "\r\n":
			s.in.Discard(2)
		default:
			return
		}
		s.line++
	}
}

// next returns the next record, or io.EOF.
func (s *scanner) next() (*record, error) {
	s.passBlankLines()
	r := &record{line: s.line}
	var cell []byte
	quoted, closed, begun, size := false, false, false, 0
	for {
		c, err := s.in.ReadByte()
		if err == io.EOF {
			if !begun {
				return nil, io.EOF
			}
			r.open, r.cut = quoted, !quoted || !bytes.HasSuffix(cell, []byte{'\n'})
			if r.cut {
				s.line++
			}
			r.cells, r.next = append(r.cells, string(cell)), s.line
			return r, nil
		}
		if err != nil {
			return nil, err
		}
		begun = true
		if size++; size > longest {
			r.long, cell = true, cell[:0]
		}
		end := c == '\n' || c == '\r'
		if c == '\r' {
			if next, _ := s.in.Peek(1); len(next) == 1 && next[0] == '\n' {
				s.in.Discard(1)
			}
			c = '\n'
		}
		if end {
			s.line++
		}
		switch {
		case quoted && c == s.escape && s.escape != s.quote:
			next, _ := s.in.Peek(1)
			if len(next) == 1 && (next[0] == s.quote || next[0] == s.escape) {
				s.in.Discard(1)
				c = next[0]
			}
			cell = append(cell, c)
		case quoted && c == s.quote:
			switch next, _ := s.in.Peek(8); {
			case len(next) > 0 && next[0] == s.quote:
				s.in.Discard(1)
				cell = append(cell, s.quote)
			case s.apostrophe(next):
				cell = append(cell, c)
			default:
				quoted, closed = false, true
			}
		case quoted:
			cell = append(cell, c)
		case c == s.quote && !closed && len(bytes.TrimSpace(cell)) == 0:
			quoted, cell = true, cell[:0]
		case c == s.delimiter && len(r.cells) >= mostCells:
			r.long, cell, closed = true, cell[:0], false
		case c == s.delimiter:
			r.cells, cell, closed = append(r.cells, string(cell)), cell[:0], false
		case end:
			r.cells, r.next = append(r.cells, string(cell)), s.line
			return r, nil
		default:
			r.stray = r.stray || closed && c != ' ' && c != '\t'
			cell = append(cell, c)
		}
	}
}

// apostrophe reports whether a quote before these bytes is the one of “it’s”:
// where cells stand in single quotes, nothing else may follow the end of one
// but blanks and a separator or the end of the line.
func (s *scanner) apostrophe(next []byte) bool {
	next = bytes.TrimLeft(next, " ")
	return s.quote == '\'' && len(next) > 0 && next[0] != s.delimiter && next[0] != '\n' && next[0] != '\r'
}

// dialects lists the ways a text may be taken apart, the likeliest first.
func dialects(start []byte, hint, usual string) []dialect {
	delimiters := ";,\t|"
	if usual != "" {
		delimiters = usual + delimiters
	}
	if hint != "" {
		delimiters = hint
	}
	double, single := bytes.Count(start, []byte{'"'}), 0
	for _, c := range []byte(delimiters) {
		// “it's” is no quote: it stands inside a cell.
		single = max(single, min(bytes.Count(start, []byte{c, '\''}), bytes.Count(start, []byte{'\'', c})))
	}
	var out []dialect
	for i, c := range []byte(delimiters) {
		if strings.Contains(delimiters[:i], string(c)) {
			continue
		}
		d := dialect{delimiter: c, quote: '"', escape: '"'}
		other := dialect{delimiter: c, quote: '\'', escape: '\''}
		if single > 0 && (double == 0 || 2*damaged(start, other) < damaged(start, d)) {
			d = other
		}
		if same := (dialect{delimiter: c, quote: '\'', escape: '"'}); d == other && bytes.Contains(start, []byte(`""`)) && damaged(start, same) <= damaged(start, d) {
			d = same
		}
		escaped := dialect{delimiter: c, quote: d.quote, escape: '\\'}
		if bytes.Contains(start, []byte{'\\', d.quote}) && damaged(start, escaped) < damaged(start, d) {
			d = escaped
		}
		out = append(out, d)
	}
	return out
}

// damaged counts the first records that a dialect does not take apart, or not
// into as many cells as the others.
func damaged(start []byte, d dialect) int {
	s := newScanner(bytes.NewReader(start), d)
	n, most, widths := 0, 0, map[int]int{}
	for range 400 {
		r, err := s.next()
		if err != nil {
			break
		}
		n++
		if !r.open && !r.stray {
			widths[len(r.cells)]++
			most = max(most, widths[len(r.cells)])
		}
	}
	return n - most
}
