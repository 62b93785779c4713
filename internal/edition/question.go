package edition

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tongket/internal/warehouse"
)

// typesOf are the engine's types of a query's columns, in their order.
func typesOf(ctx context.Context, r *warehouse.Reader, query string) ([]string, error) {
	columns, err := r.Types(ctx, query)
	var out []string
	for _, c := range columns {
		out = append(out, c.Type)
	}
	return out, err
}

// checkSQL finds what is wrong with a question that a page offers: it reads
// nothing but tables that the page carries.
func checkSQL(ctx context.Context, r *warehouse.Reader, sql string, tables []string) error {
	a, err := r.Ask(ctx, warehouse.Question{SQL: sql})
	if err != nil {
		return err
	}
	for _, name := range a.Reads {
		if !slices.Contains(tables, name) {
			return fmt.Errorf("%s is none of the page's tables: %s", name, strings.Join(tables, ", "))
		}
	}
	return nil
}
