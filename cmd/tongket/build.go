package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"tongket/internal/edition"
	"tongket/internal/report"
	"tongket/templates"
)

// orderOf is an edition of a programme folder by this program. What was
// rendered is kept beside the warehouse.
func orderOf(dir string) edition.Order {
	return edition.Order{
		Programme: os.DirFS(dir),
		Templates: templates.Files,
		Warehouse: edition.Warehouse(dir),
		Workers:   runtime.NumCPU(),
		Version:   version(),
		Build:     thisBuild(),
		Cache:     filepath.Join(dir, ".tongket", "cache"),
		Faulty:    edition.Told,
	}
}

func buildVerb(p *programme, s streams) *cobra.Command {
	var out, asOf, previous string
	c := &cobra.Command{
		Use:   "build",
		Short: "Make one edition: pages, papers and tables of every report",
		Long:  "Make one edition from the warehouse, the queries and the reports. The folder is replaced whole at the end; after an error the last edition stays. How old the figures are is not asked here: that is for check, run and publish. A report at fault leaves a page that says so, and exit code 1.",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			dir, err := p.folder()
			if err != nil {
				return err
			}
			if out == "" {
				out = filepath.Join(dir, "dist")
			}
			var day time.Time
			if asOf != "" {
				if day, err = time.Parse(time.DateOnly, asOf); err != nil {
					return usage{fmt.Errorf("--as-of %q: write a day such as 2022-01-31", asOf)}
				}
			}
			order := orderOf(dir)
			order.AsOf, order.Previous, order.Out = day, previous, out
			summary, err := edition.Build(c.Context(), order)
			if err != nil {
				return err
			}
			l, err := p.locale()
			if err != nil {
				return err
			}
			printSummary(s, summary, l)
			if slices.ContainsFunc(summary.Findings, func(f edition.Finding) bool { return f.Broken() }) {
				return fault{code: inputFault}
			}
			return nil
		},
	}
	c.Flags().StringVar(&previous, "previous", "", "`folder` of the edition to compare with")
	c.Flags().StringVar(&asOf, "as-of", "", "figures as they stood at the end of a `day`, 2022-01-31")
	c.Flags().StringVarP(&out, "out", "o", "", "the `folder` of the edition; dist in the programme folder if not given")
	return c
}

func printSummary(s streams, made *edition.Summary, l *report.Locale) {
	n := func(v int) string { return l.Number(float64(v), 0) }
	fmt.Fprintln(s.out, l.Say("build.done", "folder", clean(made.Out), "pages", n(made.Pages), "papers", n(made.Papers), "charts", n(made.Charts),
		"tables", n(made.Tables), "size", l.Number(float64(made.Bytes)/1e6, 1)))
	tests := false
	for _, f := range made.Findings {
		tests = tests || !f.Broken()
		printFinding(s, "  ", f, l)
	}
	if tests {
		fmt.Fprintln(s.out, l.Say("check.more"))
	}
	fmt.Fprintln(s.out, l.Say("build.open", "file", clean(filepath.Join(made.Out, "index.html"))))
}
