package mcp

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"time"

	"tongket/internal/edition"
	"tongket/internal/warehouse"
)

// findings are what the tests of a programme say, and of what state of it.
type findings struct {
	state string
	told  []string
}

// notices are what has to be said with every answer: that the data is of a
// sample, and what the tests found. The tests run again when something was
// loaded, a file of the programme was changed, or a day has passed.
func (d *Desk) notices(ctx context.Context, r *warehouse.Reader, day string) []string {
	var out []string
	if d.Programme.Notice != "" {
		out = append(out, printable(d.Programme.Notice))
	}
	if day != "" {
		return out // the tests are of today
	}
	ctx, cancel := context.WithTimeout(ctx, d.Timeout)
	defer cancel()
	state, err := d.state(ctx, r)
	if err == nil && state != d.known.state {
		d.known.told, err = d.check(ctx)
		d.known.state = state
	}
	if err != nil {
		d.known.state = ""
		if ctx.Err() != nil { // as long as nothing changes they will not be faster
			late := d.Programme.Locale.Say("mcp.unchecked", "text", d.Programme.Locale.Say("mcp.late"))
			d.known = findings{state, []string{late}}
			return append(out, late)
		}
		return append(out, d.Programme.Locale.Say("mcp.unchecked", "text", printable(err.Error())))
	}
	return append(out, d.known.told...)
}

func (d *Desk) state(ctx context.Context, r *warehouse.Reader) (string, error) {
	event, err := r.Event(ctx)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	fmt.Fprintln(sum, event, d.Now().Format(time.DateOnly))
	for _, pattern := range []string{"tongket.yaml", "data/datapackage.yaml", "queries/*.sql", "queries/tests/*.sql", "reports/*.md"} {
		names, err := fs.Glob(d.Order.Programme, pattern)
		if err != nil {
			return "", fmt.Errorf("programme: %w", err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(d.Order.Programme, name)
			if err != nil {
				return "", fmt.Errorf("programme: %w", err)
			}
			fmt.Fprintf(sum, "%s %d\n%s", name, len(text), text)
		}
	}
	return fmt.Sprintf("%x", sum.Sum(nil)), nil
}

// check runs the tests of the programme, those that close the gate first.
func (d *Desk) check(ctx context.Context) ([]string, error) {
	order := d.Order
	order.Now = d.Now()
	found, err := edition.Check(ctx, order)
	if err != nil {
		return nil, err
	}
	l := d.Programme.Locale
	var out []string
	for _, severity := range []string{"stop", "warn"} {
		for _, f := range found {
			if f.Severity == severity {
				out = append(out, printable(l.Say("mcp.finding", "severity", l.Say("finding."+severity), "title", f.Title, "n", l.Number(float64(f.Rows), 0), "name", f.Name)))
			}
		}
	}
	return out, nil
}
