package author

import (
	"slices"

	"tongket/internal/report"
)

// filter sets down by which columns the page's charts and tables are filtered.
func (p *page) filter(y *fields) {
	y.need("columns", "[block, status]")
	names := slices.Compact(y.names("columns"))
	if p.filterLine > 0 {
		p.faults.add(y.first, "filter: a page has one filter; the first stands at line %d", p.filterLine)
		return
	}
	p.filterLine = y.line("columns")
	if len(names) > 0 {
		p.add(report.Filter{Columns: names, ID: p.id("filter")})
	}
}

// carry gives the charts and tables of a page the columns of its filter,
// hidden where they do not show them.
func (p *page) carry() {
	at := slices.IndexFunc(p.blocks, func(b report.Block) bool { _, ok := b.(report.Filter); return ok })
	if at < 0 || len(p.from) == 0 {
		return
	}
	names := p.blocks[at].(report.Filter).Columns
	met := map[string]bool{}
	var known []string
	for i, b := range p.blocks {
		t := p.from[i]
		if t == nil {
			continue
		}
		known = append(known, columnNames(t)...)
		for _, name := range names {
			met[name] = met[name] || t.Index(name) >= 0
		}
		switch b := b.(type) {
		case *report.Chart:
			addHidden(&b.Table, t, names)
		case report.TableBlock:
			addHidden(&b.Table, t, names)
			p.blocks[i] = b
		}
	}
	for _, name := range names {
		if !met[name] {
			p.faults.add(p.filterLine, "filter: columns: no chart or table of the page has a column %q%s", name, report.Suggest(name, sorted(known)))
		}
	}
}

// addHidden adds columns of the whole table to a part of its first rows.
func addHidden(part, whole *report.Table, names []string) {
	for _, name := range names {
		from := whole.Index(name)
		if from < 0 || part.Index(name) >= 0 {
			continue
		}
		c := whole.Columns[from]
		c.Hidden = true
		part.Columns = append(part.Columns, c)
		for i := range part.Rows {
			part.Rows[i] = append(part.Rows[i], whole.Rows[i][from])
		}
	}
}
