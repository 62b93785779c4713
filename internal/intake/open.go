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
	"strconv"
	"strings"

	"tongket/internal/charset"
	"tongket/internal/contract"
	"tongket/internal/workbook"
)

// text finds the shape of a text file.
func (f *File) text(head, tail []byte) error {
	if f.Hints.Encoding != "" {
		f.Decoding = charset.As(f.Hints.Encoding, head, tail)
	} else {
		f.Decoding = charset.Detect(head, tail)
	}
	if f.Decoding.Lossy() {
		return f.refuse("intake.lossy", "n", f.Locale.Number(float64(f.Decoding.Lost), 0))
	}
	start, err := io.ReadAll(f.Decoding.Reader(bytes.NewReader(head)))
	if err != nil {
		return fmt.Errorf("file: %w", err)
	}
	if len(bytes.TrimSpace(start)) == 0 {
		return f.refuse("intake.empty")
	}
	if r := garbage(start); r > 0.1 {
		return f.refuse("intake.garbage")
	}
	hint, above := "", int64(0)
	if hint = sepLine(string(start)); hint != "" {
		above, f.sepLine = 1, true
	}
	if f.Hints.Delimiter != "" {
		hint = f.Hints.Delimiter
	}
	whole := len(tail) == 0
	best := (*Table)(nil)
	for _, d := range dialects(start, hint, f.Resource.Delimiter) {
		grid := sample(start, d, above, whole)
		if t := f.table(grid, nil); best == nil || t.shape.score > best.shape.score {
			best, f.dialect = t, d
		}
	}
	if err := f.check(best); err != nil {
		return err
	}
	f.Tables = []*Table{best}
	f.Plain = f.plain(best, start, tail)
	f.Reading = f.describe()
	return nil
}

// garbage is the share of the first letters that stand for nothing: of a file
// that is no text.
func garbage(start []byte) float64 {
	bad, all := 0, 0
	for _, r := range string(start[:min(len(start), 4096)]) {
		all++
		if r == '\uFFFD' || r < ' ' && r != '\n' && r != '\r' && r != '\t' {
			bad++
		}
	}
	return float64(bad) / float64(max(all, 1))
}

// plain reports whether the engine may read the file by itself: text as it
// should be, the header on one line at the top, and nothing but rows of
// figures in what was seen.
func (f *File) plain(t *Table, start, tail []byte) bool {
	s := &t.shape
	if !f.Decoding.Plain || f.dialect.quote != '"' || f.dialect.escape != '"' || s.height != 1 || s.top != 0 || s.numbers ||
		t.Period != "" || t.Unit != "" || f.Hints.Decimal != "" || len(t.Header) < 2 {
		return false
	}
	if slices.ContainsFunc(t.Fields, func(x *contract.Field) bool { return x != nil && x.Block }) {
		return false
	}
	for _, c := range s.columns {
		if c.power != 0 || c.percent {
			return false
		}
	}
	if _, rest, ok := bytes.Cut(tail, []byte("\n")); ok {
		start = append(append(start[:len(start):len(start)], '\n'), rest...)
	}
	in := newScanner(bytes.NewReader(start), f.dialect)
	c := newSorter(f, t)
	for {
		r, err := in.next()
		if err != nil {
			return true
		}
		if r.line >= t.First && !r.blank() && c.kind(r) != figures {
			return false
		}
	}
}

// sample takes the first records apart. Lines are counted from the file's
// beginning. The last record may be cut off.
func sample(start []byte, d dialect, above int64, whole bool) []*record {
	s := newScanner(bytes.NewReader(start), d)
	var out []*record
	for len(out) < 400 {
		r, err := s.next()
		if err != nil {
			break
		}
		if r.line > above && !r.blank() {
			out = append(out, r)
		}
	}
	if !whole && len(out) > 1 && len(out) < 400 {
		out = out[:len(out)-1]
	}
	return out
}

// book finds the shape of a workbook: every sheet that fits is a table.
func (f *File) book(ctx context.Context) error {
	b, err := workbook.Open(f.Path)
	if err != nil {
		return f.bookFault(err)
	}
	defer b.Close()
	f.Workbook = true
	f.dialect = dialect{',', '"', '"'}
	var first error
	for i, sheet := range b.Sheets() {
		if f.Hints.Sheet != "" && fold(sheet.Name) != fold(f.Hints.Sheet) {
			continue
		}
		if sheet.Hidden && f.Hints.Sheet == "" { // what nobody sees is no report; often it is last quarter's
			hidden := f.refuse("intake.sheet.hidden")
			f.Passed = append(f.Passed, Aside{Sheet: sheet.Name, Kind: "sheet", Text: hidden.Message})
			if first == nil {
				first = f.refuse("intake.sheet", "sheet", sheet.Name, "reason", hidden.Message)
			}
			continue
		}
		f.sheetName = sheet.Name
		t, spool, err := f.sheet(ctx, b, i)
		if spool != "" {
			f.spools = append(f.spools, spool)
		}
		var refusal *Refusal
		switch {
		case errors.As(err, &refusal):
			if first == nil {
				first = &Refusal{Line: refusal.Line, Message: f.Locale.Say("intake.sheet", "sheet", sheet.Name, "reason", refusal.Message)}
			}
			f.Passed = append(f.Passed, Aside{Sheet: sheet.Name, Kind: "sheet", Text: short(refusal.Message)})
			if spool != "" {
				f.spools = f.spools[:len(f.spools)-1]
				os.Remove(spool)
			}
			continue
		case err != nil:
			return f.bookFault(err)
		}
		t.Sheet, t.Hidden = sheet.Name, sheet.Hidden
		f.Tables = append(f.Tables, t)
	}
	switch {
	case len(f.Tables) > 0:
		return nil
	case first != nil:
		return first
	case f.Hints.Sheet != "":
		return f.refuse("intake.sheet.none", "sheet", f.Hints.Sheet, "sheets", names(b))
	}
	return f.refuse("intake.empty")
}

func names(b *workbook.Book) string {
	var out []string
	for _, s := range b.Sheets() {
		out = append(out, s.Name)
	}
	return short(strings.Join(out, ", "))
}

func (f *File) bookFault(err error) error {
	var fault *workbook.Fault
	if errors.As(err, &fault) {
		return f.refuse("intake.book." + string(fault.Reason))
	}
	return err
}

// sheet writes one sheet out as text, so that its rows can be gone over again
// without taking the workbook apart each time, and finds its shape.
func (f *File) sheet(ctx context.Context, b *workbook.Book, i int) (*Table, string, error) {
	spool, err := os.CreateTemp(f.Temp, "tongket-*.csv")
	if err != nil {
		return nil, "", fmt.Errorf("temporary file: %w", err)
	}
	defer spool.Close()
	out := bufio.NewWriterSize(spool, 1<<20)
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
		if r.blank() {
			return nil
		}
		if len(grid) < 400 {
			grid = append(grid, r)
		}
		out.WriteString(strconv.FormatInt(n, 10))
		for _, c := range r.cells {
			out.WriteByte(',')
			quoted(out, c)
		}
		return out.WriteByte('\n')
	})
	if err != nil {
		return nil, spool.Name(), err
	}
	if err := out.Flush(); err != nil {
		return nil, spool.Name(), fmt.Errorf("temporary file: %w", err)
	}
	if len(grid) == 0 {
		return nil, spool.Name(), f.refuse("intake.empty")
	}
	d := charset.DetectText(texts)
	if d.Lossy() {
		return nil, spool.Name(), f.refuse("intake.lossy", "n", f.Locale.Number(float64(d.Lost), 0))
	}
	if len(f.Tables) == 0 || d.Words > f.Decoding.Words {
		f.Decoding = d
	}
	for _, r := range grid {
		r.decode(d)
	}
	t := f.table(grid, merges)
	t.shape.decoding, t.shape.merges = d, t.tall(merges)
	return t, spool.Name(), f.check(t)
}

// Cells of a workbook that are no texts are marked: the number 1.234 is not
// the text “1.234”, which may mean 1234.
const (
	markNumber  = "\x01n"
	markPercent = "\x01p"
	markDate    = "\x01d"
	markError   = "\x01e"
	markBool    = "\x01b"
)

func marked(c workbook.Cell) string {
	switch c.Kind {
	case workbook.Number:
		return markNumber + c.Text
	case workbook.Percent:
		return markPercent + c.Text
	case workbook.Date:
		return markDate + c.Text
	case workbook.Error:
		return markError + c.Text
	case workbook.Bool:
		return markBool + c.Text
	}
	return strings.ReplaceAll(c.Text, "\x01", "")
}

// bare is the text of a cell without its mark, as people see it.
func bare(c string) string {
	if len(c) > 1 && c[0] == '\x01' {
		return c[2:]
	}
	return c
}

func quoted(out *bufio.Writer, text string) {
	out.WriteByte('"')
	for {
		i := strings.IndexByte(text, '"')
		if i < 0 {
			break
		}
		out.WriteString(text[:i+1])
		out.WriteByte('"')
		text = text[i+1:]
	}
	out.WriteString(text)
	out.WriteByte('"')
}

// records opens the rows of one table.
func (f *File) records(i int) (func() (*record, error), io.Closer, error) {
	path := f.Path
	if f.Workbook {
		path = f.spools[i]
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("file: %w", err)
	}
	if !f.Workbook {
		s := newScanner(f.Decoding.Reader(bufio.NewReaderSize(file, 1<<20)), f.dialect)
		return s.next, file, nil
	}
	s := newScanner(file, f.dialect)
	d, m := f.Tables[i].shape.decoding, merged{keys: f.Tables[i].keys(f.Resource), coming: f.Tables[i].shape.merges}
	return func() (*record, error) {
		r, err := s.next()
		if err != nil {
			return nil, err
		}
		line, err := strconv.ParseInt(r.cells[0], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("temporary file: %w", err)
		}
		r.line, r.next, r.cells = line, line+1, r.cells[1:]
		r.decode(d)
		m.fill(r)
		return r, nil
	}, file, nil
}

func (r *record) decode(d charset.Decoding) {
	for i, c := range r.cells {
		if c != "" && c[0] != '\x01' {
			r.cells[i] = d.Text(c)
		}
	}
}
