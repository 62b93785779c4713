package answer

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strings"

	"tongket/internal/report"
)

// Bars draws the first measure of a chart on the terminal, a bar for each row:
// its name, the bar and the number in so many places.
func (s Sheet) Bars(to io.Writer, spec report.ChartSpec, l *report.Locale, width int) error {
	w := bufio.NewWriter(to)
	x := s.Table.Index(spec.X)
	for n, name := range spec.Y {
		y := s.Table.Index(name)
		if x < 0 || y < 0 {
			return fmt.Errorf("chart: no column %q or %q", spec.X, name)
		}
		if n > 0 {
			fmt.Fprintln(w)
		}
		s.bars(w, x, y, l, width)
	}
	if len(s.Table.Rows) == 0 {
		fmt.Fprintln(w, l.Say("ask.none"))
	}
	for _, note := range s.Notes {
		fmt.Fprintln(w, plain(note))
	}
	return w.Flush()
}

func (s Sheet) bars(w io.Writer, x, y int, l *report.Locale, width int) {
	c := s.Table.Columns[y]
	head := c.Title
	if c.Unit != "" {
		head += " (" + c.Unit + ")"
	}
	fmt.Fprintln(w, plain(head))
	longest, digits, most, below := 0, 0, 0.0, false
	names, numbers := make([]string, len(s.Table.Rows)), make([]string, len(s.Table.Rows))
	for i, row := range s.Table.Rows {
		names[i], numbers[i] = cut(plain(l.Cell(s.Table.Columns[x], row[x])), max(width/3, 12)), plain(l.Cell(c, row[y]))
		longest, digits = max(longest, report.Width(names[i])), max(digits, report.Width(numbers[i]))
		v, _ := report.Float(row[y])
		most, below = max(most, math.Abs(v)), below || v < 0
	}
	room := max(width-longest-digits-4, 8)
	for i, row := range s.Table.Rows {
		v, ok := report.Float(row[y])
		bar := ""
		if ok && most > 0 {
			bar = drawn(math.Abs(v)/most*float64(room), v < 0)
		}
		pad := strings.Repeat(" ", longest-report.Width(names[i]))
		fill := strings.Repeat(" ", max(room-report.Width(bar), 0)+digits-report.Width(numbers[i]))
		fmt.Fprintln(w, names[i]+pad+"  "+bar+fill+"  "+numbers[i])
	}
}

// drawn is a bar of so many places, to an eighth of one; below nothing it is
// lighter.
func drawn(places float64, negative bool) string {
	if negative {
		return strings.Repeat("░", int(math.Ceil(places)))
	}
	const eighths = "▏▎▍▌▋▊▉"
	whole := int(places)
	bar := strings.Repeat("█", whole)
	if part := int((places - float64(whole)) * 8); part > 0 {
		bar += string([]rune(eighths)[part-1])
	}
	if bar == "" && places > 0 {
		bar = "▏"
	}
	return bar
}

// cut shortens a name to so many places.
func cut(text string, width int) string {
	if report.Width(text) <= width {
		return text
	}
	out, used := "", 0
	for _, r := range text {
		if used += report.Width(string(r)); used > width-1 {
			break
		}
		out += string(r)
	}
	return out + "…"
}
