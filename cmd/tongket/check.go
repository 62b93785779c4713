package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tongket/internal/edition"
	"tongket/internal/report"
	"tongket/templates"
)

func checkVerb(p *programme, s streams) *cobra.Command {
	var asJSON bool
	var explain string
	c := &cobra.Command{
		Use:   "check",
		Short: "Run the tests: what must hold before an edition is published",
		Long: "Run the tests that follow from the contract and from gate in tongket.yaml, and those of queries/tests.\n" +
			"Exit code 3 when a test of severity stop finds something.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			dir, err := p.folder()
			if err != nil {
				return err
			}
			order := edition.Order{Programme: os.DirFS(dir), Templates: templates.Files, Warehouse: edition.Warehouse(dir), Now: time.Now()}
			prog, err := edition.Open(order.Programme, order.Templates)
			if err != nil {
				return err
			}
			if explain != "" {
				t, err := edition.Explain(c.Context(), order, queryName(explain))
				if err != nil {
					return err
				}
				return printTable(s, t, prog.Locale)
			}
			findings, err := edition.Check(c.Context(), order)
			if err != nil {
				return err
			}
			return gate(findings, s, prog.Locale, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the findings as JSON")
	c.Flags().StringVar(&explain, "explain", "", "show the rows that the test of this `name` found, with file and line")
	return c
}

// gate prints the findings, the grave ones first, and says whether they stand
// against publishing.
func gate(findings []edition.Finding, s streams, l *report.Locale, asJSON bool) error {
	stops := 0
	for _, f := range findings {
		if f.Severity == "stop" {
			stops++
		}
	}
	if asJSON {
		e := json.NewEncoder(s.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		if err := e.Encode(append([]edition.Finding{}, findings...)); err != nil {
			return fmt.Errorf("findings: %w", err)
		}
	} else {
		for _, severity := range []string{"stop", "warn"} {
			for _, f := range findings {
				if f.Severity == severity {
					printFinding(s, "", f, l)
				}
			}
		}
		switch {
		case len(findings) == 0:
			fmt.Fprintln(s.out, l.Say("check.none"))
		case stops > 0:
			fmt.Fprintln(s.out, l.Say("check.closed", "n", l.Number(float64(stops), 0)))
		default:
			fmt.Fprintln(s.out, l.Say("check.open"))
		}
		if slices.ContainsFunc(findings, func(f edition.Finding) bool { return !f.Broken() }) {
			fmt.Fprintln(s.out, l.Say("check.more"))
		}
	}
	if stops > 0 {
		return fault{code: gateClosed}
	}
	return nil
}

// printFinding prints a finding, what is wrong with a report below it.
func printFinding(s streams, indent string, f edition.Finding, l *report.Locale) {
	fmt.Fprintln(s.out, indent+l.Say("check.line", "severity", l.Say("finding."+f.Severity), "n", l.Number(float64(f.Rows), 0), "title", clean(f.Title), "name", clean(f.Name)))
	for _, text := range f.Faults {
		fmt.Fprintln(s.err, clean(text))
	}
}

// printTable prints a table with its titles, cells parted by bars.
func printTable(s streams, t *report.Table, l *report.Locale) error {
	var titles []string
	for _, c := range t.Columns {
		title := c.Title
		if c.Unit != "" {
			title += " (" + c.Unit + ")"
		}
		titles = append(titles, title)
	}
	fmt.Fprintln(s.out, clean(t.Title))
	fmt.Fprintln(s.out, clean(strings.Join(titles, " | ")))
	for _, row := range t.Rows {
		var cells []string
		for i, c := range t.Columns {
			cells = append(cells, l.Cell(c, row[i]))
		}
		fmt.Fprintln(s.out, clean(strings.Join(cells, " | ")))
	}
	return nil
}
