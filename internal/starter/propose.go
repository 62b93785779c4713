package starter

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tongket/internal/cell"
	"tongket/internal/contract"
	"tongket/internal/intake"
	"tongket/internal/register"
	"tongket/internal/report"
)

// Order is what a contract is proposed from.
type Order struct {
	Files  []string
	Locale *report.Locale
	Lang   string
}

// table is one proposed table and the files that fill it.
type table struct {
	name, title string
	paths       []string // of the files as they lie now
	columns     []column
	key         []string // names of columns
	notes       []string // what showed it
	rows        int
	whole       bool
	delimiter   string
	short       bool   // some rows end before the last column
	headings    string // folded, to know files of one form
}

// proposal is all that is guessed.
type proposal struct {
	Order
	tables []*table
	units  []unit
}

// Propose reads the files and makes a programme folder of them: a contract in
// which each guess says what showed it, a query and a report for each table.
// What could not be understood comes all at once, by file.
func Propose(ctx context.Context, o Order) ([]File, error) {
	p := &proposal{Order: o}
	var errs []error
	known := map[string]string{}
	for _, file := range o.Files {
		if at, twice := known[filepath.Base(file)]; twice {
			errs = append(errs, errors.New(o.Locale.Say("init.fault.same", "first", quote(at), "second", quote(file))))
			continue
		}
		known[filepath.Base(file)] = file
		s, err := look(ctx, file, o.Locale)
		if err == nil {
			err = p.add(file, s)
		}
		if err != nil {
			errs = append(errs, err)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	p.nameUnits()
	return p.files()
}

// look surveys one file; its error begins with the file's name.
func look(ctx context.Context, file string, l *report.Locale) (*intake.Survey, error) {
	if !slices.Contains(contract.Forms, strings.ToLower(filepath.Ext(file))) {
		if _, err := os.Stat(file); err == nil {
			return nil, fmt.Errorf("%s: %w", quote(file), intake.Unclaimed(file, l))
		}
	}
	s, err := intake.Look(ctx, intake.Order{Path: file, Name: filepath.Base(file), Locale: l})
	refusal := intake.AsRefusal(err)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, errors.New(l.Say("init.fault.none", "file", quote(file)))
	case refusal != nil && refusal.Line > 0:
		return nil, fmt.Errorf("%s:%d: %w", quote(file), refusal.Line, err)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", quote(file), err)
	}
	return s, nil
}

// add makes a table of a file, or finds the one that it belongs to.
func (p *proposal) add(file string, s *intake.Survey) error {
	l := p.Locale
	base := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	t := &table{paths: []string{file}, title: title(base), rows: s.Rows, whole: s.Whole, delimiter: s.Delimiter}
	var errs []error
	var seen []intake.Seen
	at := map[string]int{}
	if len(s.Columns) > contract.MostFields {
		return fmt.Errorf("%s:%d: %s", quote(file), s.Line, l.Say("init.fault.wide", "n", l.Number(float64(len(s.Columns)), 0), "most", l.Number(contract.MostFields, 0)))
	}
	for i, c := range s.Columns {
		folded := plain(c.Title)
		switch first, twice := at[folded]; {
		case c.Ordinal:
			continue
		case folded == "":
			if len(c.Cells) > 0 {
				t.notes = append(t.notes, l.Say("init.guess.headless", "column", letters(i)))
			}
			continue
		case twice:
			errs = append(errs, fmt.Errorf("%s:%d: %s", quote(file), s.Line, l.Say("init.fault.twice", "first", letters(first), "second", letters(i), "header", quote(c.Header))))
			continue
		}
		at[folded] = i
		seen = append(seen, c)
		t.headings += folded + "|"
		g := guess(c, l)
		g.name = unique(identifier(c.Title, 40), t.names())
		g.why = append([]string{l.Say("init.guess.column", "column", letters(i), "header", quote(c.Header))}, g.why...)
		t.columns = append(t.columns, g)
	}
	if 2*s.Over > s.Rows { // they would all be rejected
		errs = append(errs, fmt.Errorf("%s:%d: %s", quote(file), s.Line, l.Say("init.fault.headless", "column", letters(len(s.Columns)))))
	}
	if len(t.columns) == 0 {
		errs = append(errs, fmt.Errorf("%s:%d: %s", quote(file), s.Line, l.Say("init.fault.header")))
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	if s.Period != "" && !slices.ContainsFunc(t.columns, func(c column) bool { return c.period }) {
		t.columns = append(t.columns, column{name: unique("ky", t.names()), title: l.Say("init.period"), kind: "string", period: true,
			why: []string{l.Say("init.guess.period."+s.Source, "example", l.Period(s.Period))}})
		t.headings += "*|"
	}
	t.notes = append(t.notes, fileNote(file, s, l))
	if t.short = s.Short > 0; t.short {
		t.notes = append(t.notes, l.Say("init.guess.short", "n", l.Number(float64(s.Short), 0)))
	}
	for i, c := range t.columns {
		if i < len(seen) && namesUnits(seen[i], c) {
			t.columns[i].names = true
			t.columns[i].why = append(t.columns[i].why, l.Say("init.guess.unit"))
			p.collect(seen[i], codes(seen, i))
			break
		}
	}
	for _, other := range p.tables {
		if other.headings == t.headings {
			other.join(t)
			return nil
		}
	}
	t.findKey(seen, l)
	t.call(base, l)
	t.name = unique(t.name, append(p.names(), "units"))
	p.tables = append(p.tables, t)
	return nil
}

// ofPeriod are words of a file's name that tell the period of its rows.
var ofPeriod = regexp.MustCompile(`(?:^| )(?:(?:19|20)\d\d|quy (?:[1-4]|iv|i{1,3})|q ?[1-4]|h[12]|thang \d{1,2}|t\d{1,2}|\d{1,2}m?|nam)(?: |$)`)

// call names a table after a file. A period is no part of it: the next file
// will be of another.
func (t *table) call(base string, l *report.Locale) {
	words := plain(base)
	if cell.FindPeriod(base) == "" {
		t.name = identifier(words, 40)
		return
	}
	for ofPeriod.MatchString(words) {
		words = strings.TrimSpace(ofPeriod.ReplaceAllString(words, " "))
	}
	t.name = identifier(words, 40)
	if words == "" {
		t.name, t.title = identifier(l.Say("init.table"), 40), l.Say("init.table")
	}
}

// join takes a file of the same form into the table: a column is what it is in
// all of them.
func (t *table) join(other *table) {
	t.paths, t.notes, t.rows, t.whole = append(t.paths, other.paths...), append(t.notes, other.notes...), t.rows+other.rows, t.whole && other.whole
	t.short = t.short || other.short
	if t.delimiter != other.delimiter {
		t.delimiter = ""
	}
	for i := range t.columns {
		a, b := &t.columns[i], other.columns[i]
		rank := []string{"year", "integer", "number"}
		switch ra, rb := slices.Index(rank, a.kind), slices.Index(rank, b.kind); {
		case a.kind == b.kind && a.period == b.period:
			a.decimals = max(a.decimals, b.decimals)
			if a.group == "" {
				a.group = b.group
			}
		case ra >= 0 && rb >= 0:
			if rb > ra {
				*a = b
			}
		default:
			a.kind, a.period = "string", false
		}
	}
}

// deadline are words of a title that tell what is planned.
var deadline = regexp.MustCompile(`(?:^| )(?:han|thoi han|ket thuc|hoan thanh|du kien|deadline|due|planned)(?: |$)`)

// findKey takes what tells the rows apart: the unit, the period, the day, and
// as many of the first columns of words as are needed, two at most. A table
// without a key cannot have periods: corrections would be counted twice.
func (t *table) findKey(seen []intake.Seen, l *report.Locale) {
	of := func(is func(column) bool) int { return slices.IndexFunc(t.columns, is) }
	name, period := of(func(c column) bool { return c.names }), of(func(c column) bool { return c.period })
	// A day by which something is to be done changes; a day on which it was
	// reported tells one report from another.
	day := of(func(c column) bool { return c.kind == "date" && !deadline.MatchString(plain(c.title)) })
	var base []int
	for _, i := range []int{name, period} {
		if i >= 0 {
			base = append(base, i)
		}
	}
	tries := [][]int{base}
	if period < 0 && day >= 0 {
		tries = [][]int{append(slices.Clone(base), day), base} // a unit may be told of on many days
	}
	var words []int
	for i, c := range t.columns {
		if i != name && !c.period && !deadline.MatchString(plain(c.title)) && len(words) < 4 && i < len(seen) && len(seen[i].Cells) > 0 && (c.kind == "string" || c.kind == "date" || c.kind == "year") {
			words = append(words, i)
		}
	}
	for _, a := range words {
		tries = append(tries, append(slices.Clone(base), a))
	}
	for i, a := range words {
		for _, b := range words[i+1:] {
			tries = append(tries, append(slices.Clone(base), a, b))
		}
	}
	told := false
	for _, columns := range tries {
		if len(columns) == 0 || len(columns) == 1 && columns[0] == period && period >= len(seen) && t.rows > 1 {
			continue // the one period of a title
		}
		value, a, b := twice(seen, columns)
		if value == "" {
			for _, i := range columns {
				t.key = append(t.key, t.columns[i].name)
			}
			t.notes = append(t.notes, l.Say("init.guess.key", "columns", t.titles(columns)))
			return
		}
		if a > 0 && !told { // of the first one only: the others follow from it
			t.notes = append(t.notes, l.Say("init.guess.key.twice", "columns", t.titles(columns), "value", quote(value), "first", strconv.FormatInt(a, 10), "second", strconv.FormatInt(b, 10)))
			told = true
		}
	}
	t.notes = append(t.notes, l.Say("init.guess.key.none"))
	if period >= 0 {
		t.notes = append(t.notes, l.Say("init.guess.key.period"))
		if period >= len(seen) {
			t.columns = slices.Delete(t.columns, period, period+1)
		} else {
			t.columns[period].period = false
		}
	}
}

func (t *table) titles(columns []int) string {
	var out []string
	for _, i := range columns {
		out = append(out, "“"+quote(t.columns[i].title)+"”")
	}
	return strings.Join(out, ", ")
}

// twice finds two rows that columns do not tell apart, by their lines. A value
// without lines means that a row lacks one. A column that no file has, the
// period of a title, is the same in all rows.
func twice(seen []intake.Seen, columns []int) (value string, first, second int64) {
	rows := map[int64][]string{}
	for _, i := range columns {
		if i >= len(seen) {
			continue
		}
		if seen[i].Blank > 0 {
			return "-", 0, 0
		}
		for _, c := range seen[i].Cells {
			rows[c.Line] = append(rows[c.Line], c.Text)
		}
	}
	at := map[string]int64{}
	for _, line := range sorted(rows) {
		key := register.Fold(strings.Join(rows[line], "\x1f"))
		if a, ok := at[key]; ok {
			return strings.Join(rows[line], ", "), a, line
		}
		at[key] = line
	}
	return "", 0, 0
}

func sorted(rows map[int64][]string) []int64 {
	var out []int64
	for line := range rows {
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

func (p *proposal) names() (out []string) {
	for _, t := range p.tables {
		out = append(out, t.name)
	}
	return out
}

func (t *table) names() (out []string) {
	for _, c := range t.columns {
		out = append(out, c.name)
	}
	return out
}

func fileNote(file string, s *intake.Survey, l *report.Locale) string {
	base, line := quote(filepath.Base(file)), strconv.FormatInt(s.Line, 10)
	rows := l.Number(float64(s.Rows), 0)
	note := ""
	if s.Sheet != "" {
		note = l.Say("init.guess.book", "file", base, "sheet", quote(s.Sheet), "line", line, "rows", rows)
	} else {
		sign := s.Delimiter
		if sign == "\t" {
			sign = "TAB"
		}
		note = l.Say("init.guess.file", "file", base, "encoding", s.Encoding, "delimiter", sign, "line", line, "rows", rows)
	}
	if len(s.Others) > 0 {
		note += " " + l.Say("init.guess.sheets", "names", quote(strings.Join(s.Others, ", ")))
	}
	if !s.Whole {
		note += " " + l.Say("init.guess.part", "rows", rows)
	}
	return note
}

// title makes a title of a file's name.
func title(base string) string {
	words := strings.Join(strings.FieldsFunc(quote(strings.ToValidUTF8(base, " ")), func(r rune) bool { return r == '_' || r == '-' || r == ' ' }), " ")
	if words == "" {
		return path.Base(base)
	}
	r := []rune(words)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// letters is a column as spreadsheets name it: A, B, … AA.
func letters(i int) string {
	out := ""
	for i++; i > 0; i = (i - 1) / 26 {
		out = string(rune('A'+(i-1)%26)) + out
	}
	return out
}
