package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"tongket/internal/edition"
	"tongket/internal/report"
	"tongket/internal/warehouse"
	"tongket/templates"
)

func traceVerb(p *programme, s streams) *cobra.Command {
	var key string
	var asJSON, text bool
	c := &cobra.Command{
		Use:   "trace QUERY",
		Short: "Follow a query's numbers to the files and lines they come from",
		Args:  cobra.ExactArgs(1),

		ValidArgsFunction: queryNames(p),
		RunE: func(c *cobra.Command, args []string) error {
			dir, err := p.folder()
			if err != nil {
				return err
			}
			order := edition.Order{Programme: os.DirFS(dir), Templates: templates.Files, Warehouse: edition.Warehouse(dir)}
			t, err := edition.Trace(c.Context(), order, queryName(args[0]), key)
			if err != nil {
				return err
			}
			if asJSON {
				e := json.NewEncoder(s.out)
				e.SetEscapeHTML(false)
				e.SetIndent("", " ")
				return e.Encode(t)
			}
			prog, err := edition.Open(order.Programme, order.Templates)
			if err != nil {
				return err
			}
			printTrail(s, t, prog.Locale)
			if text {
				printSQL(s, t)
			}
			return nil
		},
	}
	c.Flags().StringVar(&key, "row", "", "`code` of a unit: list the lines of the files that hold its figures")
	c.Flags().BoolVar(&text, "sql", false, "print the text of the query, too")
	c.Flags().BoolVar(&asJSON, "json", false, "print the trail as JSON")
	return c
}

func printTrail(s streams, t *warehouse.Trail, l *report.Locale) {
	n := func(v int64) string { return l.Number(float64(v), 0) }
	fmt.Fprintln(s.out, clean(t.File+": "+t.Title))
	for _, file := range t.Queries {
		fmt.Fprintln(s.out, "  "+l.Say("trace.reads", "file", clean(file)))
	}
	for _, x := range t.Sources {
		fmt.Fprintln(s.out, "  "+l.Say("trace.source", "table", x.Table, "file", clean(x.Path), "rows", n(x.Rows), "submission", n(x.Submission)))
	}
	for _, x := range t.Rows {
		where := l.Say("trace.line", "file", clean(x.Path), "line", fmt.Sprint(x.Line))
		if x.Sheet != "" {
			where = l.Say("trace.line.sheet", "file", clean(x.Path), "sheet", clean(x.Sheet), "line", fmt.Sprint(x.Line))
		}
		fmt.Fprintln(s.out, "  "+where+": "+clean(x.Key))
	}
}

func printSQL(s streams, t *warehouse.Trail) {
	fmt.Fprintln(s.out)
	for line := range strings.Lines(t.SQL) {
		fmt.Fprintln(s.out, "  "+clean(strings.TrimRight(line, "\r\n")))
	}
}
