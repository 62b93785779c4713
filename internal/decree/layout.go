package decree

import (
	"strings"

	"tongket/internal/report"
)

// The page of Nghị định 30/2020/NĐ-CP, Annex I, part I, section I, in mm; a
// turned page keeps the same four margins.
const (
	MarginTop    = 20.0
	MarginBottom = 20.0
	MarginLeft   = 30.0
	MarginRight  = 15.0
	ShortSide    = 210.0
	LongSide     = 297.0
)

// MM is one point in millimetres.
const MM = 25.4 / 72

// Width of the text on a page that stands or lies, in mm.
const (
	Upright = ShortSide - MarginLeft - MarginRight
	Lying   = LongSide - MarginLeft - MarginRight
)

// RuleShare is how long the rule under a name is, of its text: the decree asks
// for a third to a half.
const RuleShare = 0.42

// SignWidth is the column, in mm, in whose middle the signature stands.
const SignWidth = 80.0

// SubjectIn is how far the lines of the subject stand in from both edges, in
// mm.
const SubjectIn = 8.0

// Look is how a text is set; Size is in points.
type Look struct {
	Size         float64
	Bold, Italic bool
}

// Headings are the looks of the four levels. On an official paper these are
// mục, khoản with a title, and what is set like the text: khoản without a title
// and điểm (section II, point 6).
func Headings(doc *report.Document) [4]Look {
	if doc.Paper != nil {
		return [4]Look{{Size: 14, Bold: true}, {Size: 14, Bold: true}, {Size: 14}, {Size: 14}}
	}
	return [4]Look{{Size: 16, Bold: true}, {Size: 14, Bold: true}, {Size: 12, Bold: true}, {Size: 12, Bold: true, Italic: true}}
}

// PartHeading reports whether a heading opens a part of an official paper: it stands
// on centred lines of its own (table V of the decree's first annex).
func PartHeading(doc *report.Document, h report.Heading) bool {
	return doc.Paper != nil && h.Level <= 1 && strings.HasPrefix(report.Plain(h.Text), "Phần ")
}

// Filled are the lines of a paper's letterhead or signature; where none is
// known, a space to be filled by hand.
func Filled(lines ...string) []string {
	if strings.TrimSpace(strings.Join(lines, "")) == "" {
		return []string{strings.Repeat(Blank, 4)}
	}
	return lines
}

// Remark is what stands under a headline figure: its note and what it means.
func Remark(l *report.Locale, f report.Figure) string {
	status := ""
	if key := "paper.status." + f.Status; f.Status != "" && l.Has(key) {
		status = l.Say(key)
	}
	return joined(" – ", f.Note, status)
}

// Undrawn is the table that stands in place of a chart without a drawing.
func Undrawn(c *report.Chart) report.TableBlock {
	return report.TableBlock{Table: c.Table, Caption: c.Caption, ID: c.ID}
}

// Addressed is where the lines of several addressees begin, in mm from the left
// edge: the label, and the dashes under its colon.
func Addressed(width, label, widest float64) (start, dashes float64) {
	under := label - 1
	start = max((width-under-widest)/2, 10)
	return start, start + under
}

// Spanned counts the columns before the first that is summed: "Tổng cộng"
// stands across them.
func Spanned(columns []Column) (n int) {
	for n < len(columns) && !columns[n].Total {
		n++
	}
	return n
}
