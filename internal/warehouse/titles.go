package warehouse

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"tongket/internal/register"
	"tongket/internal/report"
)

// titledColumn is a column under the folded words of its title.
type titledColumn struct {
	report.Column
	folded string
}

// key makes titles equal however they are spelt: case, accents, blanks.
func key(text string) string { return register.Plain(register.Fold(text)) }

// titles are those of all columns, of the contract first.
func (r *Reader) titles() []titledColumn {
	var out []titledColumn
	add := func(c report.Column) {
		out = append(out, titledColumn{c, key(c.Title)})
		if c.Unit != "" {
			out = append(out, titledColumn{c, key(c.Title + " " + c.Unit)}, titledColumn{c, key(c.Unit + " " + c.Title)})
		}
	}
	for _, res := range r.contract.Resources {
		for _, f := range res.Fields {
			add(f.Column())
		}
	}
	for _, q := range r.shelf.all() {
		for _, h := range q.Columns {
			if h.Title != "" {
				add(h.Column)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b titledColumn) int {
		return cmp.Or(cmp.Compare(a.folded, b.folded), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// titled finds the column whose title somebody typed for its name, among those
// that the query reads if one is there; words of it suffice where they say
// which.
func (r *Reader) titled(q *Query, typed string) (report.Column, bool) {
	text := key(strings.ReplaceAll(typed, "_", " "))
	if text == "" {
		return report.Column{}, false
	}
	here := columnNames(r.columnsRead(q))
	var exact, part []report.Column
	for _, c := range r.titles() {
		if len(here) > 0 && !slices.Contains(here, c.Name) {
			continue
		}
		switch {
		case c.folded == text:
			exact = append(exact, c.Column)
		case allWords(c.folded, text):
			part = append(part, c.Column)
		}
	}
	if len(exact) > 0 {
		return exact[0], true
	}
	names := map[string]bool{}
	for _, c := range part {
		names[c.Name] = true
	}
	if len(names) == 1 && strings.Contains(text, " ") {
		return part[0], true
	}
	return report.Column{}, false
}

// allWords reports whether a title holds every word that was typed.
func allWords(title, typed string) bool {
	words := strings.Fields(title)
	for _, w := range strings.Fields(typed) {
		if !slices.Contains(words, w) {
			return false
		}
	}
	return true
}

// titledTable finds the table whose title was typed.
func (r *Reader) titledTable(typed string) (name, title string, ok bool) {
	text := key(typed)
	for _, res := range r.contract.Resources {
		if text != "" && key(res.Title) == text {
			return res.Name, res.Title, true
		}
	}
	for _, q := range r.shelf.all() {
		if text != "" && key(q.Title) == text {
			return q.Name, q.Title, true
		}
	}
	return "", "", false
}

// titlesIn finds titles of two words or more that stand in a text outside of
// its quotes, the longest first.
func (r *Reader) titlesIn(text string) []report.Column {
	text = " " + key(quotes.ReplaceAllString(text, " ; ")) + " "
	all := r.titles()
	slices.SortStableFunc(all, func(a, b titledColumn) int { return cmp.Compare(len(b.folded), len(a.folded)) })
	var out []report.Column
	for _, c := range all {
		if !strings.Contains(c.folded, " ") || !strings.Contains(text, " "+c.folded+" ") || len(out) == 3 {
			continue
		}
		text = strings.ReplaceAll(text, " "+c.folded+" ", " ; ")
		out = append(out, c.Column)
	}
	return out
}

var quotes = regexp.MustCompile(`'[^']*'|--[^\n]*`)

// columnsRead are the columns of the tables and queries that a text reads, as
// far as they are known.
func (r *Reader) columnsRead(q *Query) []report.Column {
	var out []report.Column
	if q == nil {
		return nil
	}
	for _, ref := range q.reads {
		if res := r.contract.Resource(ref.name); res != nil {
			for _, f := range res.Fields {
				out = append(out, f.Column())
			}
		}
		out = append(out, r.columns[ref.name]...)
	}
	return out
}
