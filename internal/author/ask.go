package author

import (
	"fmt"
	"strings"

	"tongket/internal/report"
)

// ask sets down which tables the reader of a page may question with SQL, and
// questions to begin with. Each of these is tried.
func (p *page) ask(y *fields) {
	y.need("tables", "[results_by_unit, progress_course]")
	out := report.Ask{ID: p.id("ask")}
	names := y.names("tables")
	for _, b := range p.blocks {
		if _, twice := b.(report.Ask); twice {
			p.faults.add(y.first, "ask: a page has one such block")
		}
	}
	for _, name := range names {
		t, err := p.Query(name, nil)
		if err != nil {
			p.faults.addAll(y.line("tables"), fmt.Sprintf("ask: query %q: ", name), err)
			continue
		}
		part := report.AskTable{Table: *t}
		if len(t.Rows) > mostExplored {
			p.faults.add(y.line("tables"), "ask: query %q has %d rows; a page carries %d at most", name, len(t.Rows), mostExplored)
			continue
		}
		if p.Types != nil {
			if part.Types, err = p.Types(name); err != nil {
				p.faults.addAll(y.line("tables"), fmt.Sprintf("ask: query %q: ", name), err)
				continue
			}
		}
		out.Tables = append(out.Tables, part)
	}
	for _, item := range y.list("examples") {
		item.need("question", "Đơn vị nào còn nhiều tài liệu tồn đọng nhất?")
		item.need("sql", "SELECT …")
		e := report.Example{Question: plain(item.text("question")), SQL: strings.TrimSpace(item.name("sql"))}
		if p.CheckSQL != nil && e.SQL != "" && len(out.Tables) == len(names) {
			if err := p.CheckSQL(e.SQL, names); err != nil {
				p.faults.addAll(item.line("sql"), fmt.Sprintf("ask: example %q: ", e.Question), err)
			}
		}
		item.done()
		out.Examples = append(out.Examples, e)
	}
	if len(out.Tables) > 0 {
		p.add(out)
	}
}
