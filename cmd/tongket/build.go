package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"tongket/internal/edition"
	"tongket/templates"
)

func buildVerb(p *programme, s streams) *cobra.Command {
	var out string
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
			summary, err := edition.Build(c.Context(), edition.Order{
				Programme: os.DirFS(dir),
				Templates: templates.Files,
				Warehouse: edition.Warehouse(dir),
				Out:       out,
				Workers:   runtime.NumCPU(),
				Version:   version(),
			})
			if err != nil {
				return err
			}
			fmt.Fprintf(s.out, "%s: %d pages, %d papers, %d charts, %d tables, %.1f MB\n",
				out, summary.Pages, summary.Papers, summary.Charts, summary.Tables, float64(summary.Bytes)/1e6)
			for _, f := range summary.Findings {
				fmt.Fprintf(s.out, "%s: %s: %d (queries/tests/%s.sql)\n", f.Severity, f.Title, f.Rows, f.Name)
			}
			fmt.Fprintf(s.out, "Open %s in a browser.\n", filepath.Join(out, "index.html"))
			return nil
		},
	}
	c.Flags().StringVarP(&out, "out", "o", "", "the `folder` of the edition; dist in the programme folder if not given")
	return c
}
