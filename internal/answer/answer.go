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
	Wide  int // places on a line of the terminal; 0: as many as it takes
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
func plain(text string) string { return report.Tame(text, "") }

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
