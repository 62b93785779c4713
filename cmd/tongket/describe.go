package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"tongket/internal/answer"
	"tongket/internal/edition"
	"tongket/internal/report"
	"tongket/internal/warehouse"
	"tongket/templates"
)

func queriesVerb(p *programme, s streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "queries",
		Short: "List the saved queries with their titles, parameters and columns",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return described(c.Context(), p, func(r *warehouse.Reader, l *report.Locale) error {
				list, faults := r.Saved(c.Context())
				err := write(s.out, list, asJSON)
				if !asJSON {
					err = printSaved(s, list, l)
				}
				if faults != nil {
					faults = shown{faults}
				}
				return errors.Join(err, faults)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the list as JSON")
	return c
}

func describeVerb(p *programme, s streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "describe [TABLE]",
		Short: "Tell the tables, or the columns of one table or saved query with titles, units and values",
		Args:  cobra.MaximumNArgs(1),

		ValidArgsFunction: queryNames(p),
		RunE: func(c *cobra.Command, args []string) error {
			return described(c.Context(), p, func(r *warehouse.Reader, l *report.Locale) error {
				if len(args) == 0 {
					list, err := r.Tables(c.Context())
					if err == nil && asJSON {
						return write(s.out, list, asJSON)
					}
					return errors.Join(err, printTables(s, list, l))
				}
				one, err := r.Describe(c.Context(), args[0])
				if err != nil {
					return shown{err}
				}
				if asJSON {
					return write(s.out, one, asJSON)
				}
				return printColumns(s, one, l)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	return c
}

// described opens a programme's warehouse for somebody who wants to know what
// is in it.
func described(ctx context.Context, p *programme, tell func(*warehouse.Reader, *report.Locale) error) (err error) {
	dir, err := p.folder()
	if err != nil {
		return err
	}
	order := edition.Order{Programme: os.DirFS(dir), Templates: templates.Files, Warehouse: edition.Warehouse(dir)}
	prog, err := edition.Open(order.Programme, order.Templates)
	if err != nil {
		return err
	}
	r, err := edition.Questions(ctx, order, prog)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return tell(r, prog.Locale)
}

// write prints JSON, if it is wanted.
func write(to io.Writer, v any, asJSON bool) error {
	if !asJSON {
		return nil
	}
	e := json.NewEncoder(to)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(v)
}

func printSaved(s streams, list []warehouse.Described, l *report.Locale) error {
	for _, q := range list {
		name := q.Name
		if len(q.Params) > 0 {
			var params []string
			for _, param := range q.Params {
				params = append(params, param.Name)
			}
			name += "(" + strings.Join(params, ", ") + ")"
		}
		fmt.Fprintln(s.out, clean(name+": "+q.Title))
		for _, param := range q.Params {
			fmt.Fprintln(s.out, clean("  --param "+param.Name+"=…: "+param.Title+", "+l.Say("ask.kind."+param.Type)))
		}
		var columns []string
		for _, c := range q.Columns {
			columns = append(columns, c.Name)
		}
		fmt.Fprintln(s.out, clean("  "+strings.Join(columns, ", ")))
	}
	return nil
}

func printTables(s streams, list []warehouse.Described, l *report.Locale) error {
	t := report.Table{Columns: []report.Column{
		{Name: "name", Title: l.Say("ask.head.name"), Format: report.Text},
		{Name: "title", Title: l.Say("ask.head.title"), Format: report.Text},
		{Name: "rows", Title: l.Say("ask.head.rows"), Format: report.Integer},
		{Name: "columns", Title: l.Say("ask.head.columns"), Format: report.Integer}}}
	for _, d := range list {
		t.Rows = append(t.Rows, []any{d.Name, d.Title, *d.Rows, int64(len(d.Columns))})
	}
	return answer.Sheet{Table: t, Notes: []string{l.Say("ask.describe.more")}}.Text(s.out, l)
}

func printColumns(s streams, d *warehouse.Described, l *report.Locale) error {
	t := report.Table{Title: d.Name + ": " + d.Title, Columns: []report.Column{
		{Name: "name", Title: l.Say("ask.head.name"), Format: report.Text},
		{Name: "title", Title: l.Say("ask.head.title"), Format: report.Text},
		{Name: "unit", Title: l.Say("ask.head.unit"), Format: report.Text},
		{Name: "type", Title: l.Say("ask.head.format"), Format: report.Text},
		{Name: "values", Title: l.Say("ask.head.values"), Format: report.Text}}}
	for _, c := range d.Columns {
		t.Rows = append(t.Rows, []any{c.Name, c.Title, c.Unit, string(c.Format), strings.Join(c.Values, "; ")})
	}
	var notes []string
	for _, param := range d.Params {
		notes = append(notes, "--param "+param.Name+"=…: "+param.Title+", "+l.Say("ask.kind."+param.Type))
	}
	if d.Rows != nil {
		notes = append(notes, l.Say("ask.rows", "n", l.Number(float64(*d.Rows), 0)))
	}
	return answer.Sheet{Table: t, Notes: notes}.Text(s.out, l)
}
