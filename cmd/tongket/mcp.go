package main

import (
	"log/slog"
	"os"
	"time"

	"github.com/spf13/cobra"

	"tongket/internal/edition"
	"tongket/internal/mcp"
	"tongket/templates"
)

func mcpVerb(p *programme, s streams) *cobra.Command {
	var timeout time.Duration
	c := &cobra.Command{
		Use:   "mcp",
		Short: "Serve the figures to an assistant over the Model Context Protocol (stdio)",
		Long: "Serve the figures to an assistant on this machine over the Model Context Protocol: it runs this command and speaks with it\n" +
			"through its input and output. The assistant can list and run the saved queries, describe the tables, ask SQL within the limits\n" +
			"of tongket query, and follow each number to file and line. It can change nothing. The log goes to the error output.",
		Example: "  tongket mcp -C /srv/tongket/dong-nai",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			dir, err := p.folder()
			if err != nil {
				return err
			}
			order := edition.Order{Programme: os.DirFS(dir), Templates: templates.Files, Warehouse: edition.Warehouse(dir)}
			prog, err := edition.Open(order.Programme, order.Templates)
			if err != nil {
				return err
			}
			d := &mcp.Desk{Order: order, Programme: prog, Version: version(), Now: time.Now, Timeout: timeout}
			return d.Serve(c.Context(), s.in, s.out, slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: slog.LevelWarn})))
		},
	}
	c.Flags().DurationVar(&timeout, "timeout", 30*time.Second, "the `time` after which a question ends")
	return c
}
