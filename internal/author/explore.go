package author

import (
	"fmt"
	"slices"

	"tongket/internal/report"
)

// mostExplored is how many rows of a query a page carries for its reader.
const mostExplored = 20_000

// explored gathers the tables that readers of a page may put together.
func (run *run) explored(r *Report) report.Explore {
	out := report.Explore{ID: "explore"}
	for _, name := range r.explore {
		t, err := run.Query(name, nil)
		if err != nil {
			run.faults.addAll(r.exploreLine, fmt.Sprintf("explore: query %q: ", name), err)
			continue
		}
		numeric := slices.ContainsFunc(t.Columns, func(c report.Column) bool { return c.Format.Numeric() && !c.Hidden })
		words := slices.ContainsFunc(t.Columns, func(c report.Column) bool { return !c.Format.Numeric() && !c.Hidden })
		if !numeric || !words {
			run.faults.add(r.exploreLine, "explore: query %q needs a column of numbers and one of words, periods or states to arrange them by", name)
			continue
		}
		part := *t
		if len(t.Rows) > mostExplored {
			part.Rows, part.Cut = slices.Clone(t.Rows[:mostExplored]), t.Cut+len(t.Rows)-mostExplored
		}
		out.Tables = append(out.Tables, part)
	}
	return out
}
