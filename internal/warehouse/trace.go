package warehouse

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tongket/internal/contract"
	"tongket/internal/report"
)

// Trail is where the numbers of a query come from: found from its SQL and from
// the submissions of the rows, not written by hand.
type Trail struct {
	Query   string     `json:"query"`
	File    string     `json:"file"`
	Title   string     `json:"title"`
	SQL     string     `json:"sql"`
	Queries []string   `json:"queries"` // files of the queries that it reads, itself or through others
	Tables  []string   `json:"tables"`  // of the contract
	Sources []Source   `json:"sources"`
	Rows    []TrailRow `json:"rows,omitempty"` // of one key
}

// Source is a file with rows in force in a table that a query reads.
type Source struct {
	Table      string `json:"table"`
	Submission int64  `json:"submission"`
	Path       string `json:"path"`
	Rows       int64  `json:"rows"`
}

// TrailRow is one row of a file.
type TrailRow struct {
	Table string `json:"table"`
	Path  string `json:"path"`
	Sheet string `json:"sheet,omitempty"`
	Line  int64  `json:"line"`
	Key   string `json:"key"` // the row's key, its parts by " / "
}

// Trace follows a query to the files. With a key, the code of a unit, it lists
// the very rows as well.
func (r *Reader) Trace(ctx context.Context, name, key string) (t *Trail, err error) {
	err = r.watched(ctx, Limits{Time: LongestTime, Memory: MostMemory}, func(ctx context.Context) error {
		one, err := r.trace(ctx, name, key)
		if err == nil {
			t = one
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

func (r *Reader) trace(ctx context.Context, name, key string) (*Trail, error) {
	t, err := r.trailOf(name)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(r.fillTrails(ctx), r.sourcesOf(ctx, t)); err != nil {
		return nil, err
	}
	if key == "" {
		return t, nil
	}
	if err := r.rowsOf(ctx, t, key); err != nil {
		return nil, err
	}
	if len(t.Rows) == 0 { // a name in place of the code
		codes, err := r.coded(ctx, wanted{column: "unit", value: key})
		if err != nil {
			return nil, err
		}
		if len(codes) == 1 {
			if err := r.rowsOf(ctx, t, codes[0]); err != nil {
				return nil, err
			}
		}
	}
	if len(t.Rows) == 0 {
		return nil, errors.New(r.locale.Say("trace.no_row", "tables", strings.Join(t.Tables, ", "), "key", key))
	}
	return t, nil
}

// below lists the queries that a query reads, itself or through others, in
// alphabetical order.
func (r *Reader) below(q *Query) []*Query {
	seen := map[string]*Query{}
	var visit func(q *Query)
	visit = func(q *Query) {
		for _, ref := range q.reads {
			if next := r.queries[ref.name]; next != nil && seen[next.Name] == nil {
				seen[next.Name] = next
				visit(next)
			}
		}
	}
	visit(q)
	var out []*Query
	for _, name := range slices.Sorted(maps.Keys(seen)) {
		out = append(out, seen[name])
	}
	return out
}

// trailOf begins the trail of a query, or of a table of the contract: what was
// asked in SQL is followed by the tables that it read.
func (r *Reader) trailOf(name string) (*Trail, error) {
	t := &Trail{Query: name, Queries: []string{}, Sources: []Source{}}
	if q := r.queries[name]; q != nil {
		t.File, t.Title, t.SQL, t.Tables = q.File, q.Title, q.shown(), r.tables(q)
		for _, below := range r.below(q) {
			t.Queries = append(t.Queries, below.File)
		}
		return t, nil
	}
	if res := r.contract.Resource(name); res != nil {
		t.File, t.Title, t.Tables = contract.File, res.Title, []string{name}
		return t, nil
	}
	const most = 5
	names := r.shelf.names
	if len(names) == 0 {
		names = slices.Sorted(maps.Keys(r.queries))
	}
	for _, res := range r.contract.Resources {
		names = append(slices.Clone(names), res.Name)
	}
	like := report.Like(name, names)
	return nil, errors.New(r.locale.Say("trace.no_query", "name", name, "list", strings.Join(like[:min(len(like), most)], ", ")))
}

func (r *Reader) sourcesOf(ctx context.Context, t *Trail) error {
	rows, err := r.db.QueryContext(ctx, "SELECT resource, submission, path, rows FROM __trail_files WHERE resource IN ("+lits(append([]string{""}, t.Tables...))+") ORDER BY resource, submission")
	if err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var s Source
		if err := rows.Scan(&s.Table, &s.Submission, &s.Path, &s.Rows); err != nil {
			return fmt.Errorf("warehouse: %w", err)
		}
		t.Sources = append(t.Sources, s)
	}
	return rows.Err()
}

func (r *Reader) rowsOf(ctx context.Context, t *Trail, key string) error {
	rows, err := r.db.QueryContext(ctx, `SELECT resource, path, coalesce(sheet, ''), line, label FROM (
		SELECT DISTINCT resource, submission, path, sheet_number, sheet, line, label FROM trail_rows
		WHERE key = $1 AND resource IN (`+lits(append([]string{""}, t.Tables...))+`))
		ORDER BY resource, submission, sheet_number, line`, key)
	if err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var row TrailRow
		if err := rows.Scan(&row.Table, &row.Path, &row.Sheet, &row.Line, &row.Key); err != nil {
			return fmt.Errorf("warehouse: %w", err)
		}
		t.Rows = append(t.Rows, row)
	}
	return rows.Err()
}
