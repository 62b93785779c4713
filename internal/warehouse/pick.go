package warehouse

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"tongket/internal/report"
)

// picks holds the results of queries from which rows are picked: thousands of
// pages ask for theirs, and each query is computed and gone through once.
type picks struct {
	lock  sync.Mutex
	whole map[string]*picked // by query and columns
}

type picked struct {
	once  sync.Once
	index *report.Index
	err   error
}

// pick returns the rows of a query without parameters in which the columns
// named have these values.
func (r *Reader) pick(ctx context.Context, q *Query, values map[string]string) (*report.Table, error) {
	names := slices.Sorted(maps.Keys(values))
	key := fmt.Sprintf("%q %q", q.Name, names)
	r.picks.lock.Lock()
	p := r.picks.whole[key]
	if p == nil {
		p = &picked{}
		r.picks.whole[key] = p
	}
	r.picks.lock.Unlock()
	p.once.Do(func() {
		t, err := r.Query(ctx, q.Name, nil)
		if err == nil {
			p.index, err = report.NewIndex(t, names)
		}
		p.err = err
	})
	if p.err != nil {
		return nil, p.err
	}
	var cells []string
	for _, name := range names {
		cells = append(cells, values[name])
	}
	return p.index.Pick(cells), nil
}
