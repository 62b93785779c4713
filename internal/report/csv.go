package report

import (
	"encoding/csv"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// WriteCSV writes columns of the table for machines: names as in SQL, numbers
// with a decimal point, dates as 2006-01-02, nothing for no value. It begins
// with a byte order mark, so that a spreadsheet reads the letters right, and
// a text that one would take for a formula begins with an apostrophe.
func (t *Table) WriteCSV(to io.Writer, columns []int) error {
	if _, err := io.WriteString(to, "\uFEFF"); err != nil {
		return err
	}
	w := csv.NewWriter(to)
	record := make([]string, len(columns))
	for i, c := range columns {
		record[i] = defused(t.Columns[c].Name)
	}
	if err := w.Write(record); err != nil {
		return err
	}
	for _, row := range t.Rows {
		for i, c := range columns {
			record[i] = plain(row[c])
		}
		if err := w.Write(record); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func plain(cell any) string {
	switch x := cell.(type) {
	case bool:
		return strconv.FormatBool(x)
	case int64:
		return strconv.FormatInt(x, 10)
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case time.Time:
		return x.Format(time.DateOnly)
	case Series:
		return x.String()
	case Exact:
		return string(x)
	case string:
		return defused(x)
	}
	return ""
}

// figure is a number as people write it, with a sign at most in front.
var figure = regexp.MustCompile(`^[-+]?[\d][\d., ]*%?$`)

// defused keeps a spreadsheet from taking a text for a formula.
func defused(text string) string {
	rest := strings.TrimLeftFunc(text, func(r rune) bool {
		return r != '\t' && r != '\r' && (r == ' ' || r == '\u00a0' || unicode.IsControl(r))
	})
	first, _ := utf8.DecodeRuneInString(rest)
	if text != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", first) {
		return "'" + text
	}
	return text
}

// WriteRows writes rows for people: a spreadsheet that is set to the locale's
// language opens them as a table. A text that it would take for a formula
// begins with an apostrophe.
func (l *Locale) WriteRows(to io.Writer, rows [][]string) error {
	if _, err := io.WriteString(to, "\uFEFF"); err != nil {
		return err
	}
	w := csv.NewWriter(to)
	w.UseCRLF = true
	if l.phrases["number.decimal"] == "," {
		w.Comma = ';'
	}
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, text := range row {
			if safe[i] = text; !figure.MatchString(text) {
				safe[i] = defused(text)
			}
		}
		if err := w.Write(safe); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
