package decree

import (
	"regexp"
	"strings"

	"tongket/internal/ink"
	"tongket/internal/report"
)

// Pad is the space left and right in a cell, in mm.
const Pad = 1.5

// SparkRoom is what the line of a sparkline takes beside its text, in em.
const SparkRoom = 5.0

const (
	air     = 0.5  // em: what figures are given beyond their own width, if there is room
	comfort = 8.5  // em: a text column is not made narrower when its text is longer
	longest = 12.0 // em: a longer word may be broken
	widest  = 30.0 // em: a longer text asks for no more
)

// Ruler measures texts in the faces of a paper.
type Ruler struct {
	Faces *[5]ink.Face
	Mark  string // before decimals
}

// Width is that of a text that is already clean, in mm.
func (r Ruler) Width(s string, st ink.Style, size float64) float64 {
	return r.Faces[st].Measure(s) * size * MM
}

func (r Ruler) clean(s string, st ink.Style) string { return r.Faces[st].Clean(s) }

// words are the widths of words at 1 pt.
func (r Ruler) words(list []string, st ink.Style) (widths []float64) {
	for _, w := range list {
		widths = append(widths, r.Width(w, st, 1))
	}
	return widths
}

// Fraction is the width of a number from its decimal mark on.
func (r Ruler) Fraction(s string, st ink.Style, size float64) float64 {
	if at := strings.LastIndex(s, r.Mark); at >= 0 {
		return r.Width(r.clean(s[at:], st), st, size)
	}
	return 0
}

// ranges of years and numbers, "2023 - 2027", stay on one line.
var ranges = regexp.MustCompile(`(\d) ([-–]) (\d)`)

// Unbroken puts fixed spaces where no line ends.
func Unbroken(text string) string {
	return ranges.ReplaceAllString(text, "$1\u00a0$2\u00a0$3")
}

// Style is the face of a row's cells.
func (k Kind) Style() ink.Style {
	if k.Sums() {
		return ink.Bold
	}
	return ink.Regular
}

// Measure finds what each column needs, before Fit.
func (g *Grid) Measure(r Ruler) {
	const em = MM // at 1 pt
	for i := range g.Columns {
		c := &g.Columns[i]
		title := r.clean(c.Head, ink.Bold)
		for _, w := range r.words(strings.Fields(title), ink.Bold) {
			c.least = max(c.least, w)
		}
		head := r.Width(title, ink.Bold, 1)
		c.least = min(max(c.least, r.linesWidth(title, ink.Bold, 3)), longest*em)
		words, text, fraction := 0.0, 0.0, 0.0
		var tails []float64
		for _, row := range g.Rows {
			if row.Cells == nil {
				continue
			}
			st := row.Kind.Style()
			s := r.clean(row.Cells[i], st)
			whole := r.Width(s, st, 1)
			text = max(text, whole)
			if s == report.Missing {
				continue
			}
			if c.Align == Right {
				tails = append(tails, r.Fraction(s, st, 1))
				fraction = max(fraction, tails[len(tails)-1])
				continue
			}
			if whole > words {
				for _, w := range r.words(strings.Fields(s), st) {
					words = max(words, w)
				}
			}
		}
		c.natural = max(min(text, widest*em), min(head, comfort*em), c.least)
		if c.Align == Right {
			if uneven(tails) {
				// Digits before the mark and digits behind it may come
				// from different rows.
				c.Tail = fraction
				text = g.wholePart(r, i) + fraction
				c.natural = max(c.natural, text)
			}
			c.least = max(c.least, text)
			c.natural = max(c.natural, c.least)
			continue
		}
		c.least = max(c.least, min(words, longest*em), min(text, comfort*em))
		if c.Spark {
			c.least = max(c.least, text+SparkRoom*em)
			c.natural = max(c.natural, c.least)
		}
	}
	g.makeRoomForTotal(r)
	g.shapes = g.shaped(r)
}

// makeRoomForTotal keeps "Tổng cộng" on one line: it stands across the columns
// before the first sum, of which the last is widened.
func (g *Grid) makeRoomForTotal(r Ruler) {
	before := Spanned(g.Columns)
	if before == 0 || len(g.Rows) == 0 || g.Rows[len(g.Rows)-1].Kind != Total {
		return
	}
	room := 0.0
	for _, c := range g.Columns[:before] {
		room += c.least
	}
	c := &g.Columns[before-1]
	if lack := r.Width(g.Rows[len(g.Rows)-1].Text, ink.Bold, 1) - room; lack > 0 && lack < longest*MM {
		c.least += lack
		c.natural = max(c.natural, c.least)
	}
}

// linesWidth is the least width, at 1 pt, at which a clean text takes so many
// lines.
func (r Ruler) linesWidth(text string, st ink.Style, most int) float64 {
	words, space := r.words(strings.Split(Unbroken(text), " "), st), r.Width(" ", st, 1)
	return narrowest(words, space, most)
}

// narrowest is the least width at which words take no more than so many lines.
func narrowest(words []float64, space float64, most int) float64 {
	high := -space
	for _, w := range words {
		high += w + space
	}
	low := max(high/float64(most), 0)
	for range 10 {
		middle := (low + high) / 2
		if countLines(words, space, middle) <= most {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}

// Balanced breaks a text into as few lines as fit a width, all about equally
// long, and tells how long the last is, in mm.
func (r Ruler) Balanced(text string, look Look, width float64) (lines []string, last float64) {
	st := ink.Regular.With(look.Bold, look.Italic)
	words := strings.FieldsFunc(Unbroken(text), func(c rune) bool { return c == ' ' })
	space, widths := r.Width(" ", st, look.Size), make([]float64, len(words))
	for i, w := range words {
		widths[i] = r.Width(r.clean(w, st), st, look.Size)
	}
	block := min(narrowest(widths, space, countLines(widths, space, width)), width)
	for i, w := range words {
		if i > 0 && last+space+widths[i] <= block+1e-9 {
			lines[len(lines)-1] += " " + w
			last += space + widths[i]
			continue
		}
		lines, last = append(lines, w), min(widths[i], width)
	}
	return lines, last
}

func uneven(tails []float64) bool {
	for _, t := range tails {
		if t != tails[0] {
			return true
		}
	}
	return false
}

func (g *Grid) wholePart(r Ruler, i int) (w float64) {
	for _, row := range g.Rows {
		if row.Cells != nil {
			s, _, _ := strings.Cut(row.Cells[i], r.Mark)
			w = max(w, r.Width(r.clean(s, ink.Bold), ink.Bold, 1))
		}
	}
	return w
}
