package main

import (
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tongket/internal/edition"
	"tongket/internal/warehouse"
	"tongket/templates"
)

// queryNames completes the name of a query.
func queryNames(p *programme) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		queries, _, err := warehouse.ReadQueries(os.DirFS(p.dir))
		if err != nil || len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var out []cobra.Completion
		for _, q := range queries {
			out = append(out, cobra.CompletionWithDesc(q.Name, clean(q.Title)))
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}

// loadedNames completes what may be withdrawn: files whose figures are in the
// warehouse.
func loadedNames(p *programme) cobra.CompletionFunc {
	return func(c *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		prog, err := edition.Open(os.DirFS(p.dir), templates.Files)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		r, err := warehouse.OpenReader(c.Context(), warehouse.Asked{Path: edition.Warehouse(p.dir), Contract: prog.Contract, Vars: prog.Vars, Locale: prog.Locale})
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		defer r.Close()
		files, err := r.Submissions(c.Context())
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var out []cobra.Completion
		for _, f := range files {
			if f.Accepted > 0 && !strings.ContainsAny(f.Path, "\t\n") {
				out = append(out, cobra.CompletionWithDesc(f.Path, strconv.FormatInt(f.ID, 10)))
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}
