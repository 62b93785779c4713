package author

import (
	"fmt"
	"strings"

	"tongket/internal/report"
)

// trails finds the pages that tell where the numbers of a query come from, by
// the query: those of the report with the key trail.
func trails(reports []*Report, c Context) (map[string]string, []*fault) {
	var marked *Report
	for _, r := range reports {
		if r.trail == "" {
			continue
		}
		if marked != nil {
			return nil, []*fault{{file: r.File, line: r.trailLine, text: fmt.Sprintf("front matter: trail stands in %s already; one report tells the trails", marked.File)}}
		}
		marked = r
	}
	if marked == nil {
		return nil, nil
	}
	// What is wrong with the query or the path is told when the pages are made.
	run, own, pages := newRun(c, marked.File), faults{file: marked.File}, map[string]string{}
	for _, dot := range run.scopes(marked) {
		at := dot.table.Index(marked.trail)
		if at < 0 {
			own.add(marked.trailLine, "front matter: trail: %s has no column %q%s", dot.table.Name, marked.trail, report.Suggest(marked.trail, columnNames(dot.table)))
			break
		}
		name, _ := rawText(dot.cells[at])
		pages[name] = strings.TrimSpace(run.raw(marked.path, dot))
	}
	return pages, own.list
}

// led returns the same query function, its tables leading to their trails.
func led(ask Query, pages map[string]string) Query {
	return func(name string, params map[string]string) (*report.Table, error) {
		t, err := ask(name, params)
		if err != nil || pages[name] == "" {
			return t, err
		}
		to := *t
		to.Source.Page = pages[name]
		return &to, nil
	}
}
