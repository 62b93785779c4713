package author

import (
	"fmt"
	"slices"
	"strings"

	"tongket/internal/report"
)

// ask sets down which tables the reader of a page may question with SQL, and
// questions to begin with. Each of these is tried. A table that is too large
// for a browser is left out, with the questions to it, and the page says so.
func (p *page) ask(y *fields) {
	y.need("tables", "[results_by_unit, progress_course]")
	out := report.Ask{ID: p.id("ask")}
	names := y.names("tables")
	var here []string // the tables that a browser can take
	var large []report.Block
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
			n := func(v int) string { return p.Locale.Number(float64(v), 0) }
			text := p.Locale.Say("ui.ask.large", "title", t.Title, "name", name, "rows", n(len(t.Rows)), "most", n(mostExplored))
			large, here = append(large, report.Notice{Severity: "info", Text: []report.Run{{Text: text}}}), append(here, "")
			continue
		}
		if p.Types != nil {
			if part.Types, err = p.Types(name); err != nil {
				p.faults.addAll(y.line("tables"), fmt.Sprintf("ask: query %q: ", name), err)
				continue
			}
		}
		out.Tables, here = append(out.Tables, part), append(here, name)
	}
	whole := len(here) == len(names)
	here = slices.DeleteFunc(here, func(name string) bool { return name == "" })
	for _, item := range y.list("examples") {
		item.need("question", "Đơn vị nào còn nhiều tài liệu tồn đọng nhất?")
		item.need("sql", "SELECT …")
		e := report.Example{Question: plain(item.text("question")), SQL: strings.TrimSpace(item.name("sql"))}
		if p.CheckSQL != nil && e.SQL != "" && whole {
			if err := p.CheckSQL(e.SQL, names); err != nil {
				p.faults.addAll(item.line("sql"), fmt.Sprintf("ask: example %q: ", e.Question), err)
			} else if len(large) > 0 && p.CheckSQL(e.SQL, here) != nil {
				e.SQL = "" // it reads a table that is too large
			}
		}
		item.done()
		if e.SQL != "" {
			out.Examples = append(out.Examples, e)
		}
	}
	for _, notice := range large {
		p.add(notice)
	}
	if len(out.Tables) > 0 {
		p.add(out)
	}
}
