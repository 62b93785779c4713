package intake

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"tongket/internal/report"
)

// Digest is what only a pass over the whole file tells.
type Digest struct {
	SHA256  string
	Lines   int64 // a last line without an end counts; -1 when some lines end in a CR alone
	Grouped bool  // somewhere the mark stands before three digits, as thousands marks do
}

// Sum reads the whole file once. The mark is the decimal mark of its numbers.
func Sum(path string, mark byte) (Digest, error) {
	file, err := os.Open(path)
	if err != nil {
		return Digest{}, fmt.Errorf("file: %w", err)
	}
	defer file.Close()
	hash, buf := sha256.New(), make([]byte, 1<<20)
	var d Digest
	last := byte('\n')
	lone := 0 // CRs without LF
	var tail []byte
	for {
		n, err := file.Read(buf)
		if n > 0 {
			hash.Write(buf[:n])
			d.Lines += int64(bytes.Count(buf[:n], []byte{'\n'}))
			d.Grouped = d.Grouped || grouped(append(tail, buf[:min(n, 3)]...), mark) || grouped(buf[:n], mark)
			tail = append(tail[:0], buf[max(0, n-3):n]...)
			lone += bytes.Count(buf[:n], []byte{'\r'}) - bytes.Count(buf[:n], []byte("\r\n"))
			if last == '\r' && buf[0] == '\n' {
				lone--
			}
			last = buf[n-1]
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return d, fmt.Errorf("file: %w", err)
		}
	}
	if last != '\n' {
		d.Lines++
	}
	if lone > 0 {
		d.Lines = -1
	}
	d.SHA256 = hex.EncodeToString(hash.Sum(nil))
	return d, nil
}

// grouped looks for the mark before three digits.
func grouped(text []byte, mark byte) bool {
	for {
		i := bytes.IndexByte(text, mark)
		if i < 0 || len(text)-i < 4 {
			return false
		}
		text = text[i+1:]
		if digit(text[0]) && digit(text[1]) && digit(text[2]) {
			return true
		}
	}
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// Fault is one row that cannot be taken apart, or one value that is wrong.
type Fault struct {
	Line    int64
	Rows    int64 // rows that are lost with it; 0 counts as 1
	Column  string
	Value   string
	Rule    string
	Message string
}

// Normalized is what Normalize found.
type Normalized struct {
	Rows   int64   // rows written
	Blank  int64   // rows of nothing but separators, passed over
	Faults []Fault // rows that cannot be taken apart
}

// Normalize rewrites the rows of a file as plain CSV, each with its line in
// front. It is the slow way for files that DuckDB's reader does not count line
// by line: rows with line ends inside quotes, blank lines, rows of the wrong
// length, old line ends.
func Normalize(w io.Writer, f *File, l *report.Locale) (n Normalized, err error) {
	file, err := os.Open(f.Path)
	if err != nil {
		return n, fmt.Errorf("file: %w", err)
	}
	defer file.Close()
	s := newScanner(bufio.NewReaderSize(file, 1<<20), f.Delimiter)
	out := bufio.NewWriterSize(w, 1<<20)
	for {
		record, err := s.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return n, fmt.Errorf("file: %w", err)
		}
		if record.line < f.First {
			continue
		}
		if record.blank() {
			if len(record.cells) > 1 {
				n.Blank++
			}
			continue
		}
		if f.ShortRows && len(record.cells) < len(f.Header) {
			record.cells = append(record.cells, make([]string, len(f.Header)-len(record.cells))...)
		}
		if fault := record.fault(len(f.Header), l); fault != nil {
			fault.Rows = s.line - record.line
			n.Faults = append(n.Faults, *fault)
			continue
		}
		n.Rows++
		out.WriteString(strconv.FormatInt(record.line, 10))
		for _, cell := range record.cells[:len(f.Header)] {
			out.WriteString(`,"`)
			out.WriteString(strings.ReplaceAll(cell, `"`, `""`))
			out.WriteByte('"')
		}
		out.WriteByte('\n')
	}
	return n, out.Flush()
}

// record is one row of a file.
type record struct {
	line  int64 // where it begins
	cells []string
	open  bool // a quote that the end of the file cut off
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

// fault says why the record cannot be a row of so many columns. Empty cells
// beyond the last column are habit, not data: spreadsheets leave them.
func (r *record) fault(columns int, l *report.Locale) *Fault {
	text := strings.Join(r.cells, " | ")
	at := Fault{Line: r.line, Value: short(strings.ToValidUTF8(text, "�"))}
	switch {
	case !utf8.ValidString(text):
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
	return &at
}

// scanner takes CSV apart and never fails on its content: quotes doubled
// inside quotes, line ends of every kind, quotes in the middle of a bare cell
// taken as they stand.
type scanner struct {
	in        *bufio.Reader
	delimiter byte
	line      int64 // of the next byte
}

func newScanner(in io.Reader, delimiter byte) *scanner {
	b := bufio.NewReader(in)
	if bom, _ := b.Peek(3); string(bom) == "\uFEFF" {
		b.Discard(3)
	}
	return &scanner{in: b, delimiter: delimiter, line: 1}
}

// next returns the next record, or io.EOF.
func (s *scanner) next() (*record, error) {
	r := &record{line: s.line}
	var cell []byte
	quoted, closed, begun, size := false, false, false, 0
	for {
		c, err := s.in.ReadByte()
		if err == io.EOF {
			if !begun {
				return nil, io.EOF
			}
			r.open = quoted
			s.line++
			r.cells = append(r.cells, string(cell))
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
		case quoted && c == '"':
			if next, _ := s.in.Peek(1); len(next) == 1 && next[0] == '"' {
				s.in.Discard(1)
				cell = append(cell, '"')
			} else {
				quoted, closed = false, true
			}
		case quoted:
			cell = append(cell, c)
		case c == '"' && !closed && len(bytes.TrimSpace(cell)) == 0:
			quoted, cell = true, cell[:0]
		case c == s.delimiter:
			r.cells, cell, closed = append(r.cells, string(cell)), cell[:0], false
		case end:
			r.cells = append(r.cells, string(cell))
			return r, nil
		default:
			r.stray = r.stray || closed && c != ' ' && c != '\t'
			cell = append(cell, c)
		}
	}
}
