package warehouse

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// values writes the parameters of a query in their order.
func (r *Reader) values(q *Query, params map[string]string) ([]string, error) {
	l := r.locale
	var errs []error
	var takes, out []string
	for _, p := range q.Params {
		takes = append(takes, p.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(params)) {
		if !slices.Contains(takes, name) {
			errs = append(errs, errors.New(l.Say("ask.no_param", "query", q.Name, "name", name, "list", strings.Join(takes, ", "))))
		}
	}
	for _, p := range q.Params {
		value, ok := params[p.Name]
		if !ok {
			errs = append(errs, errors.New(l.Say("ask.param", "query", q.Name, "name", p.Name, "title", p.title())))
			continue
		}
		text := fmt.Sprintf("CAST(%s AS %s)", lit(value), p.kind())
		var fits bool
		if err := r.db.QueryRow(fmt.Sprintf("SELECT TRY_CAST($1 AS %s) IS NOT NULL", p.kind()), value).Scan(&fits); err != nil {
			return nil, fmt.Errorf("warehouse: %w", err)
		}
		if !fits || strings.ContainsRune(value, 0) {
			errs = append(errs, errors.New(l.Say("ask.param.kind", "query", q.Name, "name", p.Name, "value", value, "kind", l.Say("ask.kind."+p.Type))))
		}
		out = append(out, text)
	}
	return out, errors.Join(errs...)
}

func (p Param) title() string {
	if p.Title == "" {
		return p.Name
	}
	return p.Title
}

// kind is the engine's type of a parameter.
func (p Param) kind() string {
	switch p.Type {
	case "integer":
		return "BIGINT"
	case "number":
		return "DOUBLE"
	case "date":
		return "DATE"
	}
	return "VARCHAR"
}
