package author

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"tongket/internal/report"
)

// Query gives the table of a saved query, with the params it takes. It may be
// called by several workers. The table is not changed. Its error should name
// what would be right.
type Query = func(name string, params map[string]string) (*report.Table, error)

// A table of more rows is asked for again: the few pages that take so much
// show a part of it. Answers with params are forgotten when there are more than
// mostParts: they are rows of one unit, and thousands of pages ask for theirs.
const (
	mostKept  = 50_000
	mostParts = 1000
)

// remember returns the same query function, which remembers its answers. It may be
// called from several goroutines, and asks at their first call only.
func remember(ask Query) Query {
	type answer struct {
		once  sync.Once
		table *report.Table
		err   error
	}
	var lock sync.Mutex
	whole, parts := map[string]*answer{}, map[string]*answer{}
	find := func(known map[string]*answer, key string) *answer {
		lock.Lock()
		defer lock.Unlock()
		if len(parts) > mostParts {
			clear(parts)
		}
		if known[key] == nil {
			known[key] = &answer{}
		}
		return known[key]
	}
	return func(name string, params map[string]string) (*report.Table, error) {
		known, key := whole, []string{name}
		for p, v := range params {
			known, key = parts, append(key, fmt.Sprintf("%q=%q", p, v))
		}
		slices.Sort(key[1:])
		called := strings.Join(key, " ")
		a := find(known, called)
		a.once.Do(func() { a.table, a.err = ask(name, params) })
		if a.table != nil && len(a.table.Rows) > mostKept {
			lock.Lock()
			defer lock.Unlock()
			delete(known, called)
		}
		return a.table, a.err
	}
}
