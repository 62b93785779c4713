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
