package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"tongket/internal/edition"
	"tongket/templates"
)

// renderCache is where a programme keeps what was rendered.
func renderCache(dir string) string { return filepath.Join(dir, ".tongket", "cache") }

func buildVerb(p *programme, s streams) *cobra.Command {
	var out, asOf, previous string
	c := &cobra.Command{
		Use:   "build",
		Short: "Make one edition: pages, papers and tables of every report",
		Long:  "Make one edition from the warehouse, the queries and the reports. The folder is replaced whole at the end; after an error the last edition stays.",
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
			summary, err := edition.Build(c.Context(), edition.Order{
				AsOf:      day,
				Previous:  previous,
				Programme: os.DirFS(dir),
				Templates: templates.Files,
				Warehouse: edition.Warehouse(dir),
				Out:       out,
				Workers:   runtime.NumCPU(),
				Version:   version(),
				Build:     thisBuild(),
				Cache:     renderCache(dir),
			})
			if err != nil {
				return err
			}
			fmt.Fprintf(s.out, "%s: %d pages, %d papers, %d charts, %d tables, %.1f MB\n",
				out, summary.Pages, summary.Papers, summary.Charts, summary.Tables, float64(summary.Bytes)/1e6)
			for _, f := range summary.Findings {
				fmt.Fprintf(s.out, "%s: %s: %d (%s)\n", f.Severity, clean(f.Title), f.Rows, f.File)
			}
			fmt.Fprintf(s.out, "Open %s in a browser.\n", filepath.Join(out, "index.html"))
			return nil
		},
	}
	c.Flags().StringVar(&previous, "previous", "", "`folder` of the edition to compare with")
	c.Flags().StringVar(&asOf, "as-of", "", "figures as they stood at the end of a `day`, 2022-01-31")
	c.Flags().StringVarP(&out, "out", "o", "", "the `folder` of the edition; dist in the programme folder if not given")
	return c
}
