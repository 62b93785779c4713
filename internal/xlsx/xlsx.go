// Package xlsx writes the tables of a document as a workbook: real numbers and
// dates to go on calculating with, sums as formulas, one sheet a table. It is
// the only door to the library of workbooks that are written.
package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"tongket/internal/decree"
	"tongket/internal/ink"
	"tongket/internal/report"
)

// Write writes a workbook with a cover that lists the tables, and a sheet for
// each table and each chart's table in the order of the document. The same
// document, edition and locale give the same bytes.
func Write(w io.Writer, doc *report.Document, site *report.Site, l *report.Locale) (err error) {
	faces, err := ink.Faces()
	if err != nil {
		return err
	}
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	b := &book{doc: doc, f: f, l: l, face: &faces[ink.Regular], used: map[string]bool{}, again: map[string]int{}, styles: map[string]int{}}
	if err := b.write(doc, site); err != nil {
		return fmt.Errorf("xlsx of %s: %w", doc.Path, err)
	}
	var file bytes.Buffer
	if err := f.Write(&file); err != nil {
		return fmt.Errorf("xlsx of %s: %w", doc.Path, err)
	}
	if err := arrange(w, file.Bytes()); err != nil {
		return fmt.Errorf("xlsx of %s: %w", doc.Path, err)
	}
	return nil
}

// arrange puts the parts of a workbook in the order of their names: the
// library writes them in another one each time.
func arrange(w io.Writer, file []byte) error {
	from, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return err
	}
	slices.SortFunc(from.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	to := zip.NewWriter(w)
	for _, part := range from.File {
		if err := to.Copy(part); err != nil {
			return err
		}
	}
	return to.Close()
}

// book is the workbook being written.
type book struct {
	doc    *report.Document
	f      *excelize.File
	l      *report.Locale
	face   *ink.Face
	used   map[string]bool // names of sheets, folded
	again  map[string]int  // how often a name was asked for
	styles map[string]int
}

// entry is a table on the cover.
type entry struct {
	sheet   string
	caption string
	table   report.Table
}

func (b *book) write(doc *report.Document, site *report.Site) error {
	cover := b.name(b.l.Say("xlsx.cover"))
	if err := b.f.SetSheetName("Sheet1", cover); err != nil {
		return err
	}
	var entries []entry
	for _, t := range tables(doc.Blocks) {
		if len(t.Table.Shown()) == 0 {
			continue
		}
		name := b.name(t.Caption)
		if _, err := b.f.NewSheet(name); err != nil {
			return err
		}
		if err := b.sheet(name, t); err != nil {
			return fmt.Errorf("%s: %w", t.Table.Name, err)
		}
		entries = append(entries, entry{name, t.Caption, t.Table})
	}
	return errors.Join(b.cover(cover, doc, site, entries), b.properties(doc, site))
}

// tables are those of the blocks, in lists too, and of the charts.
func tables(blocks []report.Block) (all []report.TableBlock) {
	for _, block := range blocks {
		switch x := block.(type) {
		case report.TableBlock:
			all = append(all, x)
		case *report.Chart:
			all = append(all, decree.Undrawn(x))
		case report.List:
			for _, item := range x.Items {
				all = append(all, tables(item)...)
			}
		}
	}
	return all
}

func (b *book) properties(doc *report.Document, site *report.Site) error {
	p := decree.About(doc)
	if p.Author == "" {
		p.Author = site.Agency
	}
	day := p.Date.Format(time.RFC3339)
	return b.f.SetDocProps(&excelize.DocProperties{Title: p.Title, Subject: p.Subject, Creator: p.Author, LastModifiedBy: p.Author, Keywords: p.Keywords, Description: doc.Description, Language: b.l.Lang, Created: day, Modified: day})
}

// name makes a name for a sheet: at most 31 units of UTF-16, none of the
// characters that Excel refuses, not the one name it keeps for itself, and
// unlike all others.
func (b *book) name(text string) string {
	text = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || !printable(r) {
			return ' '
		}
		return r
	}, text), " '")
	if text == "" || strings.EqualFold(text, "history") {
		text = "1 " + text
	}
	for n := max(b.again[folded(text)], 1); ; n++ {
		end := ""
		if n > 1 {
			end = fmt.Sprintf(" (%d)", n)
		}
		short := text
		if units(text)+len(end) > 31 {
			short = head(text, 31-len(end)-1) + "…"
		}
		if name := strings.TrimRight(short, " '") + end; !b.used[folded(name)] {
			b.used[folded(name)], b.again[folded(text)] = true, n
			return name
		}
	}
}

// folded is the same for names that Excel takes for one.
func folded(name string) string { return strings.ToLower(strings.ToUpper(name)) }

// printable reports whether a character may stand in XML.
func printable(r rune) bool {
	return r >= ' ' && r != utf8.RuneError && r != 0xFFFE && r != 0xFFFF && !unicode.IsControl(r)
}

// units is the length of a text as Excel counts it.
func units(text string) (n int) {
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}

// head is the beginning of a text, so many units long or one less.
func head(text string, most int) string {
	for i, r := range text {
		if most -= utf16.RuneLen(r); most < 0 {
			return text[:i]
		}
	}
	return text
}

const border = "7F8C93"

// style returns the number of a look, made once.
func (b *book) style(key string, s excelize.Style) (int, error) {
	if n, ok := b.styles[key]; ok {
		return n, nil
	}
	if s.Font == nil {
		s.Font = &excelize.Font{}
	}
	s.Font.Family = "Times New Roman"
	if s.Font.Size == 0 {
		s.Font.Size = 12
	}
	n, err := b.f.NewStyle(&s)
	b.styles[key] = n
	return n, err
}

func lines() []excelize.Border {
	var all []excelize.Border
	for _, side := range []string{"left", "top", "right", "bottom"} {
		all = append(all, excelize.Border{Type: side, Color: border, Style: 1})
	}
	return all
}

// format is how Excel writes a column. Its marks for thousands and decimals
// are those of the machine that shows the workbook: 1.234,5 in Vietnam.
func format(c report.Column) string {
	decimals := ""
	if c.Decimals > 0 {
		decimals = "." + strings.Repeat("0", c.Decimals)
	}
	switch c.Format {
	case report.Integer:
		return "#,##0"
	case report.Number:
		return "#,##0" + decimals
	case report.Percent:
		return "0" + decimals + "%"
	case report.Date:
		return "dd/mm/yyyy"
	case report.Year:
		return "0"
	}
	return ""
}

// longest is the most units of UTF-16 that a cell of a workbook takes.
const longest = 32767

// digits is the least number of which Excel forgets digits: it keeps fifteen.
const digits = 1e15

// firstDay is the first day that all programs count alike: Excel believes in
// a 29 February 1900, and in no day before that year.
var firstDay = time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)

// value is a cell as a workbook holds it: numbers and dates as such, all else
// as text, which no program takes for a formula; and as text what the program
// would show as another number or day.
func (b *book) value(c report.Column, cell any) any {
	switch x := cell.(type) {
	case nil:
		return nil
	case int64:
		if (c.Format.Numeric() || c.Format == report.Year) && x > -digits && x < digits {
			return x
		}
	case float64:
		if c.Format.Numeric() || c.Format == report.Year {
			return x
		}
	case time.Time:
		if c.Format == report.Date && !x.Before(firstDay) {
			return x
		}
	}
	text := b.l.Cell(c, cell)
	if units(text) > longest {
		text = head(text, longest-1) + "…"
	}
	return text
}
