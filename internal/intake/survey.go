package intake

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"tongket/internal/charset"
	"tongket/internal/contract"
	"tongket/internal/workbook"
)

// Survey is what a file shows of itself where no contract says what to look
// for.
type Survey struct {
	Encoding  string
	Delimiter string   // of a text file
	Sheet     string   // of a workbook: the first one that holds a table
	Others    []string // the sheets beside it that people see
	Line      int64    // on which the header begins
	Columns   []Seen
	Rows      int    // rows of figures that were looked at
	Whole     bool   // that is all of them
	Short     int    // rows of a text file that end before the last column
	Over      int    // rows that go on beyond the last column
	Period    string // that all rows are of, where the title, the sheet's or the file's name tells: Source
	Source    string
}

// Seen is one column of a file.
type Seen struct {
	Header  string // as it stands
	Title   string // without the unit of measure
	Unit    string // of measure; empty: the header tells none
	Ordinal bool   // running numbers
	Cells   []Cell // those that are not blank
	Blank   int
}

// Cell is one value of a column.
type Cell struct {
	Line   int64
	Text   string
	Number bool // a workbook says so: the text has a decimal point and no other mark
	Day    bool // a workbook says so: "2025-09-30"
}

// surveyed is how many rows are looked at.
const surveyed = 100_000

// Look finds the table in a file without a contract: its header, and what
// stands below. Its error is a *Refusal when the file is at fault.
func Look(ctx context.Context, o Order) (*Survey, error) {
	o.Resource = &contract.Resource{}
	f := &File{Order: o}
	head, tail, err := f.ends()
	switch {
	case err != nil:
		return nil, err
	case len(bytes.Trim(head, " \t\r\n\x00\xEF\xBB\xBF")) == 0 && len(tail) == 0:
		return nil, f.refuse("intake.empty")
	case bytes.HasPrefix(head, []byte("PK")):
		return f.lookBook(ctx)
	}
	if refusal := f.foreign(); refusal != nil {
		return nil, refusal
	}
	return f.lookText(ctx, head, tail)
}

func (f *File) lookText(ctx context.Context, head, tail []byte) (*Survey, error) {
	f.Decoding = charset.Detect(head, tail)
	if f.Decoding.Lossy() {
		return nil, f.refuse("intake.lossy", "n", f.Locale.Number(float64(f.Decoding.Lost), 0))
	}
	start, err := io.ReadAll(f.Decoding.Reader(bytes.NewReader(head)))
	if err != nil {
		return nil, fmt.Errorf("file: %w", err)
	}
	if garbage(start) > 0.1 {
		return nil, f.refuse("intake.garbage")
	}
	hint, above := sepLine(string(start)), int64(0)
	if hint != "" {
		above = 1
	}
	best := found{}
	for _, d := range dialects(start, hint, "") {
		grid := sample(start, d, above, len(tail) == 0)
		if x := findHeader(grid, nil); x.score > best.score {
			best, f.dialect = x, d
		}
	}
	if best.score == 0 {
		return nil, f.refuse("init.fault.header")
	}
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, fmt.Errorf("file: %w", err)
	}
	defer file.Close()
	s := f.begin(best)
	s.Encoding, s.Delimiter = f.Encoding(), f.Delimiter()
	in := newScanner(f.Decoding.Reader(bufio.NewReaderSize(file, 1<<20)), f.dialect)
	for s.Rows < surveyed && ctx.Err() == nil {
		r, err := in.next()
		if errors.Is(err, io.EOF) {
			s.Whole = true
			break
		}
		if err != nil {
			return nil, fmt.Errorf("file: %w", err)
		}
		s.add(r, best)
	}
	return s.done(f)
}

func (f *File) lookBook(ctx context.Context) (*Survey, error) {
	b, err := workbook.Open(f.Path)
	if err != nil {
		return nil, f.bookFault(err)
	}
	defer b.Close()
	f.Workbook = true
	var out *Survey
	for i, sheet := range b.Sheets() {
		switch {
		case sheet.Hidden:
			continue
		case out != nil:
			out.Others = append(out.Others, sheet.Name)
			continue
		}
		f.sheetName = sheet.Name
		s, err := f.lookSheet(ctx, b, i)
		switch {
		case err != nil && AsRefusal(err) != nil:
			continue // a cover, a picture: the table may stand on the next one
		case err != nil:
			return nil, f.bookFault(err)
		}
		s.Sheet, out = sheet.Name, s
	}
	if out == nil {
		return nil, f.refuse("init.fault.header")
	}
	return out, nil
}

func (f *File) lookSheet(ctx context.Context, b *workbook.Book, i int) (*Survey, error) {
	var grid []*record
	var texts []string
	merges, err := b.Rows(ctx, i, func(n int64, cells []workbook.Cell) error {
		r := &record{line: n, next: n + 1}
		for _, c := range cells {
			r.cells = append(r.cells, marked(c))
			if c.Kind == workbook.Text && len(texts) < 20_000 {
				texts = append(texts, c.Text)
			}
		}
		if !r.blank() && len(grid) < surveyed {
			grid = append(grid, r)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	f.Decoding = charset.DetectText(texts)
	for _, r := range grid {
		r.decode(f.Decoding)
	}
	x := findHeader(grid[:min(len(grid), 400)], merges)
	if x.score == 0 {
		return nil, f.refuse("init.fault.header")
	}
	s := f.begin(x)
	s.Encoding, s.Whole = f.Encoding(), len(grid) < surveyed
	for _, r := range grid {
		s.add(r, x)
	}
	return s.done(f)
}

func (f *File) begin(x found) *Survey {
	s := &Survey{Line: x.line}
	var lines []string
	for _, r := range x.titles {
		for _, c := range r.cells {
			if c = strings.TrimSpace(bare(c)); c != "" {
				lines = append(lines, c)
			}
		}
	}
	s.Period, s.Source = f.findPeriod(&Table{}, lines)
	for i := range x.headings {
		h := &x.headings[i]
		c := Seen{Header: h.text, Title: h.text}
		if name, unit := withoutUnit(h.text); unit != "" {
			c.Title, c.Unit = name, unit
		}
		c.Ordinal = slices.Contains([]string{"stt", "tt", "so tt", "so thu tu", "s t t", "no", "s tt"}, firstWords(h))
		s.Columns = append(s.Columns, c)
	}
	return s
}

// add takes in one record, unless it is a title, a heading, a total or a
// signature.
func (s *Survey) add(r *record, x found) {
	n := filled(r)
	if r.line <= x.last || n < 2 || 3*n < len(s.Columns) || numberRow(r) {
		return
	}
	same := 0
	for i, c := range r.cells {
		folded := fold(bare(c))
		if isTotal(folded) {
			return
		}
		if folded != "" && i < len(x.folded) && folded == x.folded[i] {
			same++
		}
	}
	if 2*same > n {
		return // the header once more
	}
	s.Rows++
	if s.Delimiter != "" && len(r.cells) < len(s.Columns) {
		s.Short++
	}
	if len(r.cells) > len(s.Columns) && !(&record{cells: r.cells[len(s.Columns):]}).blank() {
		s.Over++
	}
	for i := range s.Columns {
		c := &s.Columns[i]
		if i >= len(r.cells) || strings.TrimSpace(bare(r.cells[i])) == "" {
			c.Blank++
			continue
		}
		text := r.cells[i]
		c.Cells = append(c.Cells, Cell{
			Line: r.line, Text: strings.TrimSpace(bare(text)),
			Number: strings.HasPrefix(text, markNumber) || strings.HasPrefix(text, markPercent), Day: strings.HasPrefix(text, markDate),
		})
	}
}

func (s *Survey) done(f *File) (*Survey, error) {
	if s.Rows == 0 {
		return nil, &Refusal{Line: s.Line, Message: f.Locale.Say("intake.no_rows")}
	}
	return s, nil
}
