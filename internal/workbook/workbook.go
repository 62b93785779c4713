// Package workbook reads .xlsx and .xlsm workbooks as a stream of typed cells,
// in bounded memory, and says what a file is that it refuses.
//
// Note: the sheets are read here and not by excelize, which writes our
// workbooks: its streaming reader gives the text of a cell without its type,
// so that the number 1.234 and the text "1.234", which may mean 1234, look the
// same; and it believes what a file says about itself.
//
// A workbook comes from anywhere. Sizes are counted while reading, never taken
// from a header, and each thing that could grow has a limit (limits.go).
package workbook

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
)

// Kind says what the text of a cell stands for.
type Kind uint8

const (
	Text    Kind = iota
	Number       // Text is the number with a decimal point, without an exponent: "1234.5"
	Percent      // a number shown with %; Text is the share: "0.125" for 12,5 %
	Date         // Text is "2025-09-30" or, with a time, "2025-09-30T08:00:00"
	Bool         // Text is "TRUE" or "FALSE"
	Error        // Text is as shown: "#REF!"
)

// Cell is one cell. An empty one is the zero Cell. A formula counts as the
// value it had when the workbook was saved; without one it is empty. Text is
// valid UTF-8 but otherwise as written, control characters included.
type Cell struct {
	Kind Kind
	Text string
}

// Sheet is one worksheet.
type Sheet struct {
	Name   string
	Hidden bool // hidden or very hidden
}

// Merge is a merged range of two cells or more, rows and columns counted
// from 1.
type Merge struct{ FirstRow, FirstCol, LastRow, LastCol int }

// Book is an open workbook, for one goroutine at a time.
type Book struct {
	file    *os.File
	parts   parts
	sheets  []Sheet
	paths   []string // of the parts of the sheets
	shared  string   // the path of the shared strings, or ""
	texts   *texts   // the shared strings, once read
	formats []format // by the style of a cell
	epoch   epoch
}

// Open opens a workbook. A file that is none gives a *Fault, a file that
// cannot be opened at all the error of the file system.
func Open(path string) (*Book, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	b, err := openFile(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	return b, nil
}

func openFile(f *os.File) (*Book, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if reason := compound(f); reason != "" {
		return nil, fault(reason, "a compound file")
	}
	b, err := open(f, info.Size())
	if err != nil {
		return nil, err
	}
	b.file = f
	return b, nil
}

// Sheets are the worksheets in the order of the tabs; chart sheets are left
// out.
func (b *Book) Sheets() []Sheet { return b.sheets }

// Rows calls row for each row that has a cell with content, in order, with its
// number from 1 and its cells from column A, trailing empty ones cut. The
// slice is valid during the call, the texts for good. Hidden rows and columns
// are read too. It returns the merged ranges.
//
// An error of row stops it and is returned as it is, and so is that of ctx;
// what is wrong with the workbook is a *Fault.
func (b *Book) Rows(ctx context.Context, sheet int, row func(n int64, cells []Cell) error) ([]Merge, error) {
	if sheet < 0 || sheet >= len(b.sheets) {
		return nil, fmt.Errorf("sheet %d: the workbook has %d", sheet, len(b.sheets))
	}
	if err := b.readShared(ctx); err != nil {
		return nil, err
	}
	in, err := b.parts.open(ctx, b.paths[sheet], maxSheet)
	if err != nil {
		return nil, err
	}
	defer in.close()
	r := &sheetReader{in: in, texts: b.texts, formats: b.formats, epoch: b.epoch, emit: row}
	err = r.sheet()
	var own refused
	switch {
	case err == nil:
		return r.merges, nil
	case errors.As(err, &own):
		return nil, own.error
	}
	return nil, in.explain(err)
}

// Close closes the file.
func (b *Book) Close() error {
	if b.file == nil {
		return nil
	}
	return b.file.Close()
}

// open reads what is needed to find the sheets.
func open(from io.ReaderAt, size int64) (*Book, error) {
	z, err := directory(from, size)
	if err != nil {
		return nil, err
	}
	b := &Book{parts: newParts(z)}
	root, reason, err := b.parts.identify()
	if err != nil {
		return nil, err
	}
	if reason != "" {
		return nil, fault(reason, "the entries of a zip archive")
	}
	if err := b.readRoot(root); err != nil {
		return nil, err
	}
	return b, nil
}

// readRoot reads xl/workbook.xml and what it points to.
func (b *Book) readRoot(root string) error {
	links, err := b.parts.links(root)
	if err != nil {
		return err
	}
	styles := ""
	byID := map[string]link{}
	for _, l := range links {
		byID[l.id] = l
		switch l.kind {
		case "sharedStrings":
			b.shared = l.target
		case "styles":
			styles = l.target
		}
	}
	in, err := b.parts.open(context.Background(), root, maxPart)
	if err != nil {
		return err
	}
	defer in.close()
	err = in.walk(func() error {
		switch {
		case in.is("workbookPr"):
			if on(in.attr("date1904")) {
				b.epoch = epoch1904
			}
		case in.is("sheet") && in.within("sheets"):
			return b.addSheet(in, byID)
		}
		return nil
	})
	if err != nil {
		return in.explain(err)
	}
	if len(b.sheets) == 0 {
		return fault(Damaged, "%s: no worksheet", root)
	}
	b.formats, err = b.parts.formats(styles)
	return err
}

func (b *Book) addSheet(in *part, links map[string]link) error {
	l, ok := links[in.attrText("id")]
	if !ok {
		return fault(Damaged, "sheet %.100q: no relationship %.100q", in.attrText("name"), in.attrText("id"))
	}
	if l.kind != "worksheet" {
		return nil
	}
	if len(b.sheets) == maxSheets {
		return fault(TooLarge, "more than %d sheets", maxSheets)
	}
	state := string(in.attr("state"))
	b.sheets = append(b.sheets, Sheet{Name: in.attrText("name"), Hidden: state == "hidden" || state == "veryHidden"})
	b.paths = append(b.paths, l.target)
	return nil
}

// on reads an xsd:boolean.
func on(value []byte) bool { return string(value) == "1" || string(value) == "true" }

// resolve is the path of a relationship's target, without a leading slash.
func resolve(source, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", path.Dir(source), target)
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}
