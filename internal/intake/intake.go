// Package intake looks at a file as it was sent and says how to read it: its
// separator, which column is which, where its rows begin. What cannot be read
// is refused in one sentence, in the programme's language, that says what to
// do.
package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"tongket/internal/contract"
	"tongket/internal/report"
)

// File is what is known of a file before its rows are read.
type File struct {
	Path      string // where it lies
	Name      string // below data/, with slashes
	Bytes     int64
	BOM       bool
	Delimiter byte
	First     int64    // line of the first row: the one after the header
	Header    []string // as written
	Fields    []*contract.Field
	modified  time.Time
	Unknown   []string // headers that no field answers to; kept aside
	ShortRows bool     // a row may end before the last column
}

// Refusal says in the programme's language why a whole file is not read.
type Refusal struct {
	Line    int64 // 0 when the file as a whole is meant
	Message string
}

func (r *Refusal) Error() string { return r.Message }

// Unclaimed says why a file that no table takes is not read: what it is, where
// that can be seen, or that it lies in the wrong place.
func Unclaimed(path string, l *report.Locale) *Refusal {
	f := &File{Path: path}
	start, err := f.read(l)
	if refusal := AsRefusal(err); refusal != nil {
		return refusal
	}
	if refusal := stranger(start, l); refusal != nil {
		return refusal
	}
	return &Refusal{Message: l.Say("intake.unclaimed")}
}

// stranger refuses what is no text, by its first bytes.
func stranger(start []byte, l *report.Locale) *Refusal {
	for _, x := range foreign {
		if bytes.HasPrefix(start, []byte(x.magic)) {
			return &Refusal{Message: l.Say(x.key)}
		}
	}
	return nil
}

// head is as much of a file as is read to find its shape.
const head = 256 << 10

var foreign = []struct{ magic, key string }{
	{"PK\x03\x04", "intake.xlsx"},
	{"\xD0\xCF\x11\xE0", "intake.xls"},
	{"%PDF", "intake.pdf"},
	{"\xFF\xFE", "intake.utf16"},
	{"\xFE\xFF", "intake.utf16"},
	{"\xFF\xD8\xFF", "intake.image"},
	{"\x89PNG", "intake.image"},
}

// Inspect reads the beginning of a file. Its error is a *Refusal when the file
// is at fault.
func Inspect(path, name string, r *contract.Resource, l *report.Locale) (*File, error) {
	f := &File{Path: path, Name: name, ShortRows: r.ShortRows}
	start, err := f.read(l)
	if err != nil {
		return f, err
	}
	if refusal := stranger(start, l); refusal != nil {
		return f, refusal
	}
	if rest, ok := bytes.CutPrefix(start, []byte("\uFEFF")); ok {
		f.BOM, start = true, rest
	}
	if len(bytes.TrimSpace(start)) == 0 {
		return f, &Refusal{Message: l.Say("intake.empty")}
	}
	if at := invalid(start); at >= 0 {
		line := int64(1 + bytes.Count(start[:at], []byte("\n")))
		return f, &Refusal{Line: line, Message: l.Say("intake.encoding")}
	}
	return f, f.shape(string(start), r, l)
}

func (f *File) read(l *report.Locale) ([]byte, error) {
	info, err := os.Stat(f.Path)
	if err != nil {
		return nil, fmt.Errorf("file: %w", err)
	}
	if !info.Mode().IsRegular() { // a pipe or a device may never end
		return nil, &Refusal{Message: l.Say("intake.irregular")}
	}
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, fmt.Errorf("file: %w", err)
	}
	defer file.Close()
	f.Bytes, f.modified = info.Size(), info.ModTime()
	start := make([]byte, min(f.Bytes, head))
	_, err = io.ReadFull(file, start)
	return start, err
}

// invalid returns where the text stops being UTF-8, or -1. A letter that the
// end cuts off is no fault.
func invalid(text []byte) int {
	for i := 0; i < len(text); {
		_, size := utf8.DecodeRune(text[i:])
		if size == 1 && text[i] >= utf8.RuneSelf {
			if len(text)-i < utf8.UTFMax && !utf8.FullRune(text[i:]) {
				return -1
			}
			return i
		}
		if text[i] == 0 {
			return i
		}
		i += size
	}
	return -1
}

// shape finds the separator and the header. Every separator is tried; the one
// under which most columns are known wins.
func (f *File) shape(start string, r *contract.Resource, l *report.Locale) error {
	candidates, above := ";,\t|", int64(0)
	if r.Delimiter != "" {
		candidates = r.Delimiter + candidates
	}
	if hint, rest, ok := sepLine(start); ok {
		candidates, start, above = hint, rest, 1
	}
	best := -1
	for _, d := range []byte(candidates) {
		header, lines := firstRecord(start, d)
		if m := match(header, r); m.known > best {
			best = m.known
			f.Delimiter, f.Header, f.Fields, f.Unknown = d, header, m.fields, m.unknown
			f.First = above + lines + 1
		}
	}
	return f.check(r, l)
}

// check refuses a header that leaves something open.
func (f *File) check(r *contract.Resource, l *report.Locale) error {
	var faults []string
	seen := map[string]string{}
	for i, field := range f.Fields {
		if field == nil {
			continue
		}
		if first, twice := seen[field.Name]; twice {
			faults = append(faults, l.Say("intake.header.twice", "field", field.Title, "first", first, "second", f.Header[i]))
		}
		seen[field.Name] = f.Header[i]
	}
	if len(seen) == 0 {
		return &Refusal{Line: f.First - 1, Message: l.Say("intake.header.none", "found", short(strings.Join(f.Header, " | ")), "wanted", titles(r.Fields))}
	}
	for _, field := range r.Fields {
		if _, ok := seen[field.Name]; ok || !needed(r, field) {
			continue
		}
		message := l.Say("intake.header.missing", "field", field.Title)
		if near := nearest(field, f.Unknown); near != "" {
			message += l.Say("intake.header.near", "header", near)
		}
		faults = append(faults, message)
	}
	if len(faults) > 0 {
		return &Refusal{Line: f.First - 1, Message: strings.Join(faults, " ")}
	}
	return nil
}

func needed(r *contract.Resource, f *contract.Field) bool {
	if f.Constraints.Required {
		return true
	}
	for _, key := range r.PrimaryKey {
		if key == f.Name {
			return true
		}
	}
	return false
}

func titles(fields []*contract.Field) string {
	var out []string
	for _, f := range fields {
		out = append(out, f.Title)
	}
	return strings.Join(out, " | ")
}

// short keeps a text that is quoted in a message to a length people read.
func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return text
}

// Changed reports whether the file is not what it was when it was inspected:
// somebody is still writing it.
func (f *File) Changed() bool {
	info, err := os.Stat(f.Path)
	return err != nil || info.Size() != f.Bytes || !info.ModTime().Equal(f.modified)
}

// AsRefusal returns the refusal in an error, or nil.
func AsRefusal(err error) *Refusal {
	var r *Refusal
	if errors.As(err, &r) {
		return r
	}
	return nil
}
