package edition

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

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

// longestExample is how long the answer to an example may take: the engine in a
// browser is slower by far, and its reader waits.
const longestExample = 30 * time.Second

// checkSQL finds what is wrong with a question that a page offers: it reads
// nothing but tables that the page carries, and it can be answered.
func checkSQL(ctx context.Context, r *warehouse.Reader, sql string, tables []string) error {
	a, err := r.Ask(ctx, warehouse.Question{SQL: sql, Limits: warehouse.Limits{Time: longestExample}})
	if err != nil {
		return err
	}
	for _, name := range a.Reads {
		if !slices.Contains(tables, name) {
			return fmt.Errorf("%s is none of the page's tables: %s", name, strings.Join(tables, ", "))
		}
	}
	for _, err := range a.All(ctx) {
		if err != nil {
			return err
		}
	}
	return nil
}
