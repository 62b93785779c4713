package warehouse

import (
	"cmp"
	"slices"
	"strings"

	"tongket/internal/contract"
	"tongket/internal/report"
)

// elsewhere are the tables and queries that have a column of this name, those
// of the contract first, then the queries with most columns: these are asked
// most. A query tells the columns that its header describes.
func (r *Reader) elsewhere(name string) []string {
	const most = 4
	var out []string
	for _, res := range r.contract.Resources {
		if slices.ContainsFunc(res.Fields, func(f *contract.Field) bool { return f.Name == name }) {
			out = append(out, res.Name)
		}
	}
	queries := r.shelf.all()
	slices.SortStableFunc(queries, func(a, b *Query) int { return cmp.Compare(len(b.Columns), len(a.Columns)) })
	for _, q := range queries {
		if q.Severity == "" && slices.ContainsFunc(q.Columns, func(h Header) bool { return h.Name == name }) {
			out = append(out, q.Name)
		}
	}
	return out[:min(len(out), most)]
}

// agreed is a column as the queries describe it that have one of this name, if
// they all write it alike: who computes done_share anew wants a percentage. It
// has their title if they have one and the same.
func (r *Reader) agreed(name string) (report.Column, bool) {
	var all []report.Column
	for _, q := range r.shelf.all() {
		for _, h := range q.Columns {
			if h.Name == name && h.Format != "" {
				all = append(all, h.Column)
			}
		}
	}
	unlike := func(c report.Column) bool { return c.Format != all[0].Format || c.Unit != all[0].Unit }
	if len(all) == 0 || slices.ContainsFunc(all, unlike) {
		return report.Column{Name: name, Title: name, Format: report.Text}, false
	}
	c := all[0]
	if slices.ContainsFunc(all, func(other report.Column) bool { return other.Title != c.Title }) {
		c.Title = name
	}
	return c, true
}

// sharing are the columns that have a word in common with a name: who types
// name may mean unit_name.
func sharing(name string, columns []report.Column) []string {
	const most = 3
	var out []string
	words := strings.Split(name, "_")
	for _, c := range columns {
		if slices.ContainsFunc(strings.Split(c.Name, "_"), func(w string) bool { return len(w) > 2 && slices.Contains(words, w) }) {
			out = append(out, c.Name)
		}
	}
	return out[:min(len(out), most)]
}

// spelt reports whether one of the names begins as this one does: a slip of
// the fingers is rarely in the first letters.
func spelt(name string, like []string) bool {
	const first = 3
	return len(name) >= first && slices.ContainsFunc(like, func(n string) bool { return len(like) <= 3 && strings.HasPrefix(n, name[:first]) })
}

// typeSaid says in the programme's language what the engine calls a type, as far
// as people meet it.
func (r *Reader) typeSaid(name string) string {
	switch {
	case strings.HasPrefix(name, "INT"), strings.HasPrefix(name, "UINT"):
		return r.locale.Say("ask.kind.integer")
	case name == "DECIMAL", name == "DOUBLE", name == "FLOAT":
		return r.locale.Say("ask.kind.number")
	case name == "DATE":
		return r.locale.Say("ask.kind.date")
	}
	return name
}
