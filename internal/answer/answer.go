// Package answer writes the answer to a question for people: as a table on
// the terminal, as bars, as Markdown, or as a page that stands by itself. What
// machines read, the engine writes itself.
package answer

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"tongket/internal/report"
)

// Sheet is an answer with what has to be said under it: what was left out,
// where the numbers come from, what is doubtful in them.
type Sheet struct {
	Table report.Table
	Notes []string
}

// heads are the titles of the columns that are shown, with their units.
func (s Sheet) heads() []string {
	var out []string
	for _, i := range s.Table.Shown() {
		c := s.Table.Columns[i]
		title := c.Title
		if c.Unit != "" {
			title += " (" + c.Unit + ")"
		}
		out = append(out, plain(title))
	}
	return out
}

// cells are a row as people read it.
func (s Sheet) cells(row []any, l *report.Locale) []string {
	var out []string
	for _, i := range s.Table.Shown() {
		out = append(out, plain(l.Cell(s.Table.Columns[i], row[i])))
	}
	return out
}

// right reports for each column that is shown whether it is aligned to the
// right.
func (s Sheet) right() []bool {
	var out []bool
	for _, i := range s.Table.Shown() {
		f := s.Table.Columns[i].Format
		out = append(out, f.Numeric() || f == report.Year)
	}
	return out
}

// plain takes out of a value whatever a terminal would obey, and line breaks.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ', r >= 0x7f && r < 0xa0, r == '\u061c', r >= '\u200e' && r <= '\u200f', r >= '\u2028' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return ' '
		}
		return r
	}, text)
}

// Text writes the answer as a table whose columns stand under each other, and
// the notes below.
func (s Sheet) Text(to io.Writer, l *report.Locale) error {
	w := bufio.NewWriter(to)
	if s.Table.Title != "" {
		fmt.Fprintln(w, plain(s.Table.Title))
	}
	if len(s.Table.Rows) == 1 && len(s.Table.Shown()) > 8 {
		s.record(w, l)
		return w.Flush()
	}
	right := s.right()
	rows := make([][]string, len(s.Table.Rows))
	widths := make([]int, len(right))
	for n, row := range s.Table.Rows {
		rows[n] = s.cells(row, l)
		for i, text := range rows[n] {
			widths[i] = max(widths[i], report.Width(text))
		}
	}
	heads, high := make([][]string, len(right)), 0
	for i, title := range s.heads() {
		heads[i] = wrapped(title, max(widths[i], 14))
		high = max(high, len(heads[i]))
		for _, line := range heads[i] {
			widths[i] = max(widths[i], report.Width(line))
		}
	}
	for n := range high { // titles stand on the line, however many lines they take
		line := make([]string, len(right))
		for i, head := range heads {
			if at := n - (high - len(head)); at >= 0 {
				line[i] = head[at]
			}
		}
		writeLine(w, line, widths, right)
	}
	rule := make([]string, len(right))
	for i, width := range widths {
		rule[i] = strings.Repeat("─", width)
	}
	writeLine(w, rule, widths, right)
	for _, cells := range rows {
		writeLine(w, cells, widths, right)
	}
	if len(rows) == 0 {
		fmt.Fprintln(w, l.Say("ask.none"))
	}
	for _, note := range s.Notes {
		fmt.Fprintln(w, plain(note))
	}
	return w.Flush()
}

// record writes one row of many columns from top to bottom.
func (s Sheet) record(w io.Writer, l *report.Locale) {
	heads, cells := s.heads(), s.cells(s.Table.Rows[0], l)
	longest := 0
	for _, head := range heads {
		longest = max(longest, report.Width(head))
	}
	for i, head := range heads {
		fmt.Fprintln(w, head+strings.Repeat(" ", longest-report.Width(head))+"  "+cells[i])
	}
	for _, note := range s.Notes {
		fmt.Fprintln(w, plain(note))
	}
}

func writeLine(w io.Writer, cells []string, widths []int, right []bool) {
	var b strings.Builder
	for i, text := range cells {
		pad := strings.Repeat(" ", max(widths[i]-report.Width(text), 0))
		if i > 0 {
			b.WriteString("  ")
		}
		if right[i] {
			b.WriteString(pad + text)
		} else {
			b.WriteString(text + pad)
		}
	}
	fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
}

// wrapped breaks a title between words.
func wrapped(text string, width int) []string {
	var out []string
	for _, word := range strings.Fields(text) {
		last := len(out) - 1
		if last >= 0 && report.Width(out[last]+" "+word) <= width {
			out[last] += " " + word
		} else {
			out = append(out, word)
		}
	}
	return out
}

// Markdown writes a pipe table. Nothing in a value is taken for a mark.
func (s Sheet) Markdown(to io.Writer, l *report.Locale) error {
	w := bufio.NewWriter(to)
	if s.Table.Title != "" {
		fmt.Fprintf(w, "**%s**\n\n", escaped(s.Table.Title))
	}
	heads := s.heads()
	line := func(cells []string) {
		out := slices.Clone(cells)
		for i, text := range out {
			out[i] = escaped(text)
		}
		fmt.Fprintln(w, "| "+strings.Join(out, " | ")+" |")
	}
	line(heads)
	marks := make([]string, len(heads))
	for i, right := range s.right() {
		if marks[i] = "---"; right {
			marks[i] = "--:"
		}
	}
	fmt.Fprintln(w, "| "+strings.Join(marks, " | ")+" |")
	for _, row := range s.Table.Rows {
		line(s.cells(row, l))
	}
	for _, note := range s.Notes {
		fmt.Fprintf(w, "\n%s\n", escaped(note))
	}
	return w.Flush()
}

// escaped keeps a text from being read as Markdown or HTML.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range plain(text) {
		switch {
		case r == '<':
			b.WriteString("&lt;")
			continue
		case r == '&':
			b.WriteString("&amp;")
			continue
		case strings.ContainsRune("\\`*_{}[]#|>~$!", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	text = b.String()
	for _, scheme := range []string{"http:", "https:", "www."} { // no link by itself
		text = strings.ReplaceAll(text, scheme, scheme[:len(scheme)-1]+"\\"+scheme[len(scheme)-1:])
	}
	return text
}
