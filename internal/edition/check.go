package edition

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"tongket/internal/contract"
	"tongket/internal/report"
	"tongket/internal/warehouse"
)

// Check runs the tests of a programme over its warehouse, each within the
// gate's time: those that follow from the contract and the gate, and those of
// queries/tests. A report at fault is a finding, too.
func Check(ctx context.Context, o Order) ([]Finding, error) {
	o.Faulty = Told
	d, err := begin(ctx, o)
	if err != nil {
		return nil, err
	}
	return d.findings, d.reader.Close()
}

// Explain returns the rows of one test, with the file and line of each where
// the test tells them.
func Explain(ctx context.Context, o Order, name string) (*report.Table, error) {
	p, err := Open(o.Programme, o.Templates)
	if err != nil {
		return nil, err
	}
	if name == boxedName {
		return explainBoxed(ctx, o)
	}
	reader, tests, err := ask(ctx, o, p)
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	var names []string
	for _, q := range tests {
		names = append(names, q.Name)
		if q.Name == name && q.Slow {
			return nil, fmt.Errorf("%s: the test did not end within %d seconds (gate: seconds in %s); no row of it is known", q.File, p.Gate.Seconds, contract.ProgrammeFile)
		}
		if q.Name == name {
			t, err := reader.Query(ctx, name, nil)
			if err != nil {
				return nil, err
			}
			return t, reader.Place(ctx, t)
		}
	}
	return nil, errors.New(p.Locale.Say("check.no_test", "name", name, "list", strings.Join(report.Like(name, names), ", ")))
}

// ask opens the warehouse and makes all queries and tests known to it.
func ask(ctx context.Context, o Order, p *Programme) (*warehouse.Reader, []*warehouse.Query, error) {
	queries, tests, err1 := warehouse.ReadQueries(o.Programme)
	derived, err2 := warehouse.Derived(p.Contract, p.Gate, o.Now, p.Locale)
	if err := errors.Join(err1, err2); err != nil {
		return nil, nil, err
	}
	tests = append(tests, derived...)
	for _, t := range tests {
		t.Within = time.Duration(p.Gate.Seconds) * time.Second
	}
	before, err := previous(o.Previous)
	if err != nil {
		return nil, nil, err
	}
	reader, err := warehouse.OpenReader(ctx, warehouse.Asked{Path: o.Warehouse, Contract: p.Contract, Vars: p.Vars, Locale: p.Locale, AsOf: o.AsOf, Previous: before})
	if err != nil {
		return nil, nil, err
	}
	if err := reader.Define(ctx, queries, tests); err != nil {
		return nil, nil, errors.Join(err, reader.Close())
	}
	if err := reader.Know(o.Programme); err != nil { // questions name queries
		return nil, nil, errors.Join(err, reader.Close())
	}
	return reader, tests, nil
}

// checkQueries tells what is wrong with the queries, beside what is wrong with
// the reports.
func checkQueries(programme fs.FS) error {
	_, _, err := warehouse.ReadQueries(programme)
	return err
}

// find returns the tests that have rows, or no result.
func find(ctx context.Context, reader *warehouse.Reader, tests []*warehouse.Query, p *Programme) ([]Finding, error) {
	var out []Finding
	for _, q := range tests {
		if q.Slow {
			title := p.Locale.Say("derived.slow", "title", q.Title, "seconds", p.Locale.Number(float64(p.Gate.Seconds), 0))
			out = append(out, Finding{Name: q.Name, Title: title, Severity: "stop", Rows: 1, File: q.File})
			continue
		}
		t, err := reader.Query(ctx, q.Name, nil)
		if err != nil {
			return nil, err
		}
		if len(t.Rows) > 0 {
			out = append(out, Finding{Name: q.Name, Title: q.Title, Severity: q.Severity, Rows: len(t.Rows), File: q.File})
		}
	}
	return out, nil
}

// Trace follows a query of a programme to the files behind it.
func Trace(ctx context.Context, o Order, query, key string) (*warehouse.Trail, error) {
	p, err := Open(o.Programme, o.Templates)
	if err != nil {
		return nil, err
	}
	reader, _, err := ask(ctx, o, p)
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	return reader.Trace(ctx, query, key)
}
