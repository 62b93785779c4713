package warehouse

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"tongket/internal/report"
)

// Described is a table or a saved query as people learn of it.
type Described struct {
	Name        string            `json:"name"`
	Title       string            `json:"title"`
	Description string            `json:"description,omitempty"`
	Kind        string            `json:"kind"` // "table" of the contract, "account" of what was taken in, "query"
	File        string            `json:"file,omitempty"`
	Params      []DescribedParam  `json:"params,omitempty"`
	Rows        *int64            `json:"rows,omitempty"`
	Columns     []DescribedColumn `json:"columns"`
}

// DescribedParam is a parameter of a saved query.
type DescribedParam struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Type  string `json:"type"` // "string", "integer", "number" or "date"
}

// DescribedColumn is a column; Values are a few that stand in it, as texts.
type DescribedColumn struct {
	Name   string        `json:"name"`
	Title  string        `json:"title"`
	Unit   string        `json:"unit,omitempty"`
	Format report.Format `json:"format"`
	Type   string        `json:"type,omitempty"` // in the engine's words
	Values []string      `json:"values,omitempty"`
}

// Saved lists the saved queries in alphabetical order with their columns, as
// far as header, contract and the queries that they read tell these. All of
// them are computed for it; what is wrong with some stands in the error beside
// the list of the others.
func (r *Reader) Saved(ctx context.Context) ([]Described, error) {
	out := []Described{}
	var errs []error
	for _, name := range r.shelf.names {
		q, err := r.shelf.find(name)
		if err == nil {
			err = r.watched(ctx, r.short(), func(ctx context.Context) error { return r.need(ctx, &Query{reads: []reference{{name: name}}}) })
		}
		switch {
		case errors.Is(err, ErrStuck), ctx.Err() != nil:
			return nil, err
		case errors.Is(err, ErrTime), errors.Is(err, ErrMemory):
			errs = append(errs, errors.New(r.locale.Say("ask.list.late", "name", name)))
		case err != nil:
			errs = append(errs, err)
		}
		if q == nil {
			continue
		}
		out = append(out, r.describedQuery(q))
	}
	return out, distinct(errs)
}

// short are the limits of one step of a list: what takes longer is listed by
// what its header says.
func (r *Reader) short() Limits { return Limits{Time: mostListed, Memory: MostMemory} }

// mostListed is how long a list waits for one query.
const mostListed = 10 * time.Second

func (r *Reader) describedQuery(q *Query) Described {
	d := Described{Name: q.Name, Title: q.Title, Description: q.Description, Kind: "query", File: q.File, Columns: []DescribedColumn{}}
	for _, p := range q.Params {
		d.Params = append(d.Params, DescribedParam{p.Name, p.title(), p.Type})
	}
	columns := r.columns[q.Name]
	if columns == nil {
		for _, h := range q.Columns {
			columns = append(columns, h.Column)
		}
	}
	for _, c := range columns {
		d.Columns = append(d.Columns, DescribedColumn{Name: c.Name, Title: c.Title, Unit: c.Unit, Format: c.Format})
	}
	return d
}

// distinct leaves out what was said before: a query at fault is met again by
// each that reads it.
func distinct(errs []error) error {
	said := map[string]bool{}
	var out []error
	for _, err := range errs {
		if text := err.Error(); !said[text] {
			said[text] = true
			out = append(out, err)
		}
	}
	return errors.Join(out...)
}

// Tables describes the tables of the contract and the accounts, without
// values.
func (r *Reader) Tables(ctx context.Context) ([]Described, error) {
	var out []Described
	names := []string{"submissions", "rejects", "warnings", "passed", "settings", "restated"}
	for i, res := range r.contract.Resources {
		names = slices.Insert(names, i, res.Name)
	}
	err := r.watched(ctx, Limits{Time: LongestTime, Memory: MostMemory}, func(ctx context.Context) error {
		for _, name := range names {
			d, err := r.describeTable(ctx, name)
			if err != nil {
				return err
			}
			out = append(out, *d)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Describe describes one table or saved query, with up to three values of each
// column.
func (r *Reader) Describe(ctx context.Context, name string) (d *Described, err error) {
	err = r.watched(ctx, Limits{Time: LongestTime, Memory: MostMemory}, func(ctx context.Context) error {
		one, err := r.describeOne(ctx, name)
		if err == nil {
			d = one
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}

func (r *Reader) describeOne(ctx context.Context, name string) (*Described, error) {
	name = strings.ToLower(strings.TrimSpace(name))
	if table, _, ok := r.titledTable(name); ok {
		name = table
	}
	kind, err := r.kindOf(name)
	if err != nil {
		return nil, err
	}
	q, _ := r.shelf.find(name)
	switch {
	case q != nil:
		if err := r.need(ctx, &Query{reads: []reference{{name: name}}}); err != nil {
			return nil, err
		}
		d := r.describedQuery(q)
		if len(q.Params) == 0 {
			err = errors.Join(r.count(ctx, &d), r.sample(ctx, &d))
		}
		return &d, err
	case kind == "table":
		d, err := r.describeTable(ctx, name)
		if err != nil {
			return nil, err
		}
		return d, r.sample(ctx, d)
	}
	return nil, errors.New(r.locale.Say("ask.no_table", "name", name) + r.meant(report.Like(name, r.readable())))
}

// describeTable describes a table of the contract or an account.
func (r *Reader) describeTable(ctx context.Context, name string) (*Described, error) {
	d := &Described{Name: name, Title: r.locale.Say("ask.table." + name), Kind: "account"}
	if res := r.contract.Resource(name); res != nil {
		d.Title, d.Kind = res.Title, "table"
	} else if !r.locale.Has("ask.table." + name) {
		d.Title = name
	}
	q := &Query{Name: "answer", reads: []reference{{name: name}}}
	if err := r.need(ctx, q); err != nil {
		return nil, err
	}
	q.text = "SELECT * FROM " + qualified(name)
	a, err := r.bind(ctx, q, source{name: name, text: q.text})
	if err != nil {
		return nil, err
	}
	for i, c := range a.Columns {
		d.Columns = append(d.Columns, DescribedColumn{Name: c.Name, Title: c.Title, Unit: c.Unit, Format: c.Format, Type: a.Types[i]})
	}
	return d, r.count(ctx, d)
}

// qualified writes the name of a table, also of the previous edition's.
func qualified(name string) string {
	if plain, before := strings.CutPrefix(name, "previous."); before {
		return "previous." + ident(plain)
	}
	return ident(name)
}

func (r *Reader) count(ctx context.Context, d *Described) error {
	d.Rows = new(int64)
	if err := r.db.QueryRowContext(ctx, "SELECT count(*) FROM "+qualified(d.Name)).Scan(d.Rows); err != nil {
		return fmt.Errorf("warehouse: %w", err)
	}
	return nil
}

// sample finds the first few values of each column.
func (r *Reader) sample(ctx context.Context, d *Described) error {
	const few, long = 3, 40
	for i, c := range d.Columns {
		rows, err := r.db.QueryContext(ctx, fmt.Sprintf("SELECT CAST(v AS VARCHAR) FROM (SELECT DISTINCT %s AS v FROM %s) WHERE v IS NOT NULL ORDER BY v LIMIT %d", ident(c.Name), qualified(d.Name), few))
		if err != nil {
			return fmt.Errorf("warehouse: %w", err)
		}
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				return errors.Join(fmt.Errorf("warehouse: %w", err), rows.Close())
			}
			d.Columns[i].Values = append(d.Columns[i].Values, shortened(printable(text), long))
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return fmt.Errorf("warehouse: %w", err)
		}
	}
	return nil
}
