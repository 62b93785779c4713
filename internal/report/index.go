package report

import (
	"fmt"
	"strconv"
	"time"
)

// Index holds the rows of a table by the values of some of its columns, in the
// table's order.
type Index struct {
	table  *Table
	places []int // of the columns
	rows   map[string][][]any
}

// NewIndex goes through a table once; a column that it does not have is an
// error with the nearest name.
func NewIndex(t *Table, columns []string) (*Index, error) {
	x := &Index{table: t, rows: map[string][][]any{}}
	for _, name := range columns {
		at := t.Index(name)
		if at < 0 {
			var known []string
			for _, c := range t.Columns {
				known = append(known, c.Name)
			}
			return nil, fmt.Errorf("%s has no parameter and no column %q%s", t.Name, name, Suggest(name, known))
		}
		x.places = append(x.places, at)
	}
	cells := make([]string, len(x.places))
	for _, row := range t.Rows {
		missing := false
		for i, at := range x.places {
			cells[i] = Written(row[at])
			missing = missing || row[at] == nil
		}
		if !missing {
			key := fmt.Sprintf("%q", cells)
			x.rows[key] = append(x.rows[key], row)
		}
	}
	return x, nil
}

// Pick returns the table with the rows in which the columns have these values,
// each as a parameter writes it: "1.50" and "1.5" are one number. A missing
// value is like none. What is noted of all rows is not noted of a part, which
// may have no share in it.
func (x *Index) Pick(values []string) *Table {
	cells := make([]string, len(values))
	for i, v := range values {
		cells[i] = v
		if x.numeric(x.places[i]) {
			if n, err := strconv.ParseInt(v, 10, 64); err == nil {
				cells[i] = Written(n)
			} else if n, err := strconv.ParseFloat(v, 64); err == nil {
				cells[i] = Written(n)
			}
		}
	}
	t := *x.table
	t.Rows, t.Notes = x.rows[fmt.Sprintf("%q", cells)], nil
	return &t
}

func (x *Index) numeric(at int) bool {
	for _, row := range x.table.Rows {
		switch row[at].(type) {
		case nil:
			continue
		case int64, float64:
			return true
		}
		return false
	}
	return false
}

// Written is a value as it stands in a parameter: days as 2022-10-28, moments
// as 2022-10-28 07:30:00, numbers in digits with a point.
func Written(v any) string {
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
		if x.Equal(x.Truncate(24 * time.Hour)) {
			return x.Format(time.DateOnly)
		}
		return x.Format(time.DateTime)
	}
	return fmt.Sprint(v)
}
