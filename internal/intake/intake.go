// Package intake looks at a file as it was sent and says how to read it: its
// letters, its separator, where its header stands, which column is which,
// which rows are figures and which are titles, headings, totals and
// signatures. What cannot be read is refused in one sentence, in the
// programme's language, that says what to do.
package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"tongket/internal/cell"
	"tongket/internal/charset"
	"tongket/internal/contract"
	"tongket/internal/register"
	"tongket/internal/report"
	"tongket/internal/workbook"
)

// Order is which file to look at, and as what.
type Order struct {
	Path     string // where it lies
	Name     string // below data/, with slashes
	Resource *contract.Resource
	Locale   *report.Locale
	Units    *register.Register // of the table that the rows' key points to; nil when there is none
	Hints    Hints
	Temp     string // folder for what must be kept aside while reading
}

// Hints overrule what a file shows; what is empty is found out.
type Hints struct {
	Encoding  charset.Encoding `json:"encoding,omitempty"`
	Delimiter string           `json:"delimiter,omitempty"`
	Decimal   string           `json:"decimal,omitempty"`    // "," or "."
	Sheet     string           `json:"sheet,omitempty"`      // the one sheet to read
	HeaderRow int              `json:"header_row,omitempty"` // line on which the header begins
}

// File is what is known of a file before its rows are read.
type File struct {
	Order
	Bytes    int64
	Decoding charset.Decoding
	Workbook bool
	Tables   []*Table // one of a text file; of a workbook, one for each sheet that fits the contract
	Plain    bool     // every row is a row of figures as far as was seen: the engine may read the file itself
	Passed   []Aside  // sheets that are not read
	Reading  []string // how a text file is read and what shows it, a decision a line
	modified time.Time
	dialect  dialect
	sepLine  bool
	spools   []string // sheets written out as text, by table

	sheetName string // of the sheet that is being looked at
}

// Table is one table of a file: where its rows stand and what its columns are.
type Table struct {
	Sheet   string // of a workbook
	Hidden  bool   // the sheet is
	First   int64  // line of the first row: the one after the header
	Header  []string
	Fields  []*contract.Field // one for each column; nil where none answers
	Unknown []string          // headers that no field answers to
	Period  string            // for a table without such a column: from the title or the file's name
	Unit    string
	Sources map[string]string // where Period and Unit come from, by field
	shape   shape
}

// Given returns the fields that a table fills, in the resource's order.
func (t *Table) Given(r *contract.Resource) []*contract.Field {
	var out []*contract.Field
	for _, f := range r.Fields {
		given := t.Sources[f.Name] != "" || f.Block
		for _, x := range t.Fields {
			given = given || x == f
		}
		if given {
			out = append(out, f)
		}
	}
	return out
}

// Aside is a part of a file that holds no figures of its own.
type Aside struct {
	Sheet string
	Line  int64
	Kind  string // title, heading, total, detail, numbers, header, note, sheet
	Text  string
}

// Refusal says in the programme's language why a whole file is not read.
type Refusal struct {
	Line    int64 // 0 when the file as a whole is meant
	Message string
}

func (r *Refusal) Error() string { return r.Message }

// AsRefusal returns the refusal in an error, or nil.
func AsRefusal(err error) *Refusal {
	var r *Refusal
	if errors.As(err, &r) {
		return r
	}
	return nil
}

// Unclaimed says why a file that no table takes is not read: what it is, where
// that can be seen, or that it lies in the wrong place.
func Unclaimed(path string, l *report.Locale) *Refusal {
	f := &File{Order: Order{Path: path, Locale: l}}
	if _, _, err := f.ends(); err != nil {
		if refusal := AsRefusal(err); refusal != nil {
			return refusal
		}
	}
	if refusal := f.foreign(); refusal != nil {
		return refusal
	}
	return &Refusal{Message: l.Say("intake.unclaimed")}
}

// foreign refuses what is neither text nor a workbook, by its first bytes.
func (f *File) foreign() *Refusal {
	if reason := workbook.Foreign(f.Path); reason != "" {
		return &Refusal{Message: f.Locale.Say("intake.book." + string(reason))}
	}
	file, err := os.Open(f.Path)
	if err != nil {
		return nil // told when it is read
	}
	defer file.Close()
	start := make([]byte, 16)
	n, _ := io.ReadFull(file, start)
	for _, x := range foreign {
		if bytes.HasPrefix(start[:n], []byte(x.magic)) {
			return &Refusal{Message: f.Locale.Say(x.key)}
		}
	}
	return nil
}

var foreign = []struct{ magic, key string }{
	{"%PDF", "intake.pdf"},
	{"\xFF\xD8\xFF", "intake.image"},
	{"\x89PNG", "intake.image"},
	{"GIF8", "intake.image"},
	{"II*\x00", "intake.image"},
	{"MM\x00*", "intake.image"},
	{"{\\rtf", "intake.rtf"},
	{"\x1f\x8b", "intake.archive"},
	{"Rar!", "intake.archive"},
	{"7z\xBC\xAF", "intake.archive"},
}

// end is as much of a file's beginning, and of its end, as is read to find its
// shape.
const end = 256 << 10

// Inspect looks at a file. Its error is a *Refusal when the file is at fault.
// A file that was inspected must be released.
func Inspect(ctx context.Context, o Order) (*File, error) {
	f := &File{Order: o}
	head, tail, err := f.ends()
	if err != nil {
		return f, err
	}
	if len(bytes.Trim(head, " \t\r\n\x00\xEF\xBB\xBF")) == 0 && len(tail) == 0 {
		return f, f.refuse("intake.empty")
	}
	if bytes.HasPrefix(head, []byte("PK")) {
		return f, f.book(ctx)
	}
	if refusal := f.foreign(); refusal != nil {
		return f, refusal
	}
	return f, f.text(head, tail)
}

// Release removes what reading left aside.
func (f *File) Release() {
	for _, path := range f.spools {
		os.Remove(path)
	}
}

func (f *File) refuse(key string, pairs ...string) *Refusal {
	return &Refusal{Message: f.Locale.Say(key, pairs...)}
}

// ends reads the beginning and the end of a file. A small file is all
// beginning.
func (f *File) ends() (head, tail []byte, err error) {
	info, err := os.Stat(f.Path)
	if err != nil {
		return nil, nil, fmt.Errorf("file: %w", err)
	}
	if !info.Mode().IsRegular() { // a pipe or a device may never end
		return nil, nil, f.refuse("intake.irregular")
	}
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, nil, fmt.Errorf("file: %w", err)
	}
	defer file.Close()
	f.Bytes, f.modified = info.Size(), info.ModTime()
	head = make([]byte, min(f.Bytes, 2*end))
	if _, err := io.ReadFull(file, head); err != nil {
		return nil, nil, fmt.Errorf("file: %w", err)
	}
	if f.Bytes > 2*end {
		tail = make([]byte, end)
		if _, err := file.ReadAt(tail, f.Bytes-end); err != nil {
			return nil, nil, fmt.Errorf("file: %w", err)
		}
		head = head[:end]
	}
	return head, tail, nil
}

// Changed reports whether the file is not what it was when it was inspected:
// somebody is still writing it.
func (f *File) Changed() bool {
	info, err := os.Stat(f.Path)
	return err != nil || info.Size() != f.Bytes || !info.ModTime().Equal(f.modified)
}

// Columns returns the fields that the file fills, in the resource's order.
func (f *File) Columns() []*contract.Field {
	var out []*contract.Field
	for _, x := range f.Resource.Fields {
		for _, t := range f.Tables {
			given := false
			for _, g := range t.Given(f.Resource) {
				given = given || g == x
			}
			if given {
				out = append(out, x)
				break
			}
		}
	}
	return out
}

// Unknown returns the headers of all tables that no field answers to, but for
// those that a list to send back has by itself.
func (f *File) Unknown() []string {
	var out []string
	for _, t := range f.Tables {
		own := f.ownColumns(t)
		for _, h := range t.Unknown {
			if !slices.ContainsFunc(own, func(i int) bool { return t.Header[i] == h }) {
				out = append(out, h)
			}
		}
	}
	return out
}

// short keeps a text that is quoted in a message to a length people read.
func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return text
}

// Place tells the sheet and the line, as people count them, of a line as Tidy
// counts it.
func (f *File) Place(line int64) (sheet string, n int64) {
	if i := int(line / SheetSpan); i < len(f.Tables) {
		sheet = f.Tables[i].Sheet
	}
	return sheet, line % SheetSpan
}

// Encoding names the file's letters, for the account.
func (f *File) Encoding() string {
	if f.Workbook {
		return "xlsx"
	}
	if f.Decoding.Misread != "" {
		return fmt.Sprintf("%s, misread %s", f.Decoding.Encoding, f.Decoding.Misread)
	}
	return string(f.Decoding.Encoding)
}

// Delimiter is what parts the cells of a text file.
func (f *File) Delimiter() string {
	if f.Workbook || f.dialect.delimiter == 0 {
		return ""
	}
	return string(f.dialect.delimiter)
}

// PeriodEnd returns the last day of a period, or "".
func PeriodEnd(period string) string { return cell.PeriodEnd(period) }

// NameTells reports whether the file's name tells the period or the unit of
// its rows.
func (f *File) NameTells() bool {
	for _, t := range f.Tables {
		for _, from := range t.Sources {
			if from == "name" {
				return true
			}
		}
	}
	return false
}
