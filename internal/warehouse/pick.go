package warehouse

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"tongket/internal/report"
)

// shelf holds the results of queries from which rows are picked: thousands of
// pages ask for theirs, and each query is computed and gone through once.
type shelf struct {
	lock  sync.Mutex
	whole map[string]*sorted // by query and columns
}

// sorted are the rows of a table by the values of some of its columns, in the
// table's order.
type sorted struct {
	once  sync.Once
	table *report.Table
	err   error
	rows  map[string][][]any
}

// pick returns the rows of a query without parameters in which the columns
// named have these values, each as a parameter writes it. A missing value is
// like none. What is said of all rows, their doubts and their files, is not
// said of a part: it may have another share in them.
func (r *Reader) pick(ctx context.Context, q *Query, values map[string]string) (*report.Table, error) {
	names := slices.Sorted(maps.Keys(values))
	key := fmt.Sprintf("%q %q", q.Name, names)
	r.shelf.lock.Lock()
	s := r.shelf.whole[key]
	if s == nil {
		s = &sorted{}
		r.shelf.whole[key] = s
	}
	r.shelf.lock.Unlock()
	s.once.Do(func() {
		if s.table, s.err = r.Query(ctx, q.Name, nil); s.err == nil {
			s.err = s.sort(names)
		}
	})
	if s.err != nil {
		return nil, s.err
	}
	var cells []string
	for _, name := range names {
		cells = append(cells, values[name])
	}
	t := *s.table
	t.Rows, t.Notes = s.rows[fmt.Sprintf("%q", cells)], nil
	t.Source.Files, t.Source.Rows = 0, 0
	return &t, nil
}

func (s *sorted) sort(names []string) error {
	var places []int
	for _, name := range names {
		at := s.table.Index(name)
		if at < 0 {
			var known []string
			for _, c := range s.table.Columns {
				known = append(known, c.Name)
			}
			return fmt.Errorf("%s has no parameter and no column %q%s", s.table.Name, name, report.Suggest(name, known))
		}
		places = append(places, at)
	}
	s.rows = map[string][][]any{}
	cells := make([]string, len(places))
	for _, row := range s.table.Rows {
		missing := false
		for i, at := range places {
			cells[i] = written(row[at])
			missing = missing || row[at] == nil
		}
		if !missing {
			key := fmt.Sprintf("%q", cells)
			s.rows[key] = append(s.rows[key], row)
		}
	}
	return nil
}

// written is a value as it stands in a parameter: days as 2022-10-28, numbers
// in digits with a point.
func written(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return x
	case int64:
		return strconv.FormatInt(x, 10)
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(x)
	case time.Time:
		return x.Format(time.DateOnly)
	}
	return fmt.Sprint(v)
}
