package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"tongket/internal/edition"
	"tongket/internal/report"
	"tongket/internal/warehouse"
	"tongket/templates"
)

func logVerb(p *programme, s streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "log",
		Short: "List what was taken in, refused, replaced and withdrawn",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			dir, err := p.folder()
			if err != nil {
				return err
			}
			prog, err := edition.Open(os.DirFS(dir), templates.Files)
			if err != nil {
				return err
			}
			entries, err := entries(c.Context(), dir, prog, s)
			if err != nil {
				return err
			}
			if asJSON {
				e := json.NewEncoder(s.out)
				e.SetEscapeHTML(false)
				e.SetIndent("", " ")
				return e.Encode(entries)
			}
			l := prog.Locale
			if len(entries) == 0 {
				fmt.Fprintln(s.out, l.Say("log.empty"))
			}
			for _, e := range entries {
				at := report.Clock(e.Received)
				fmt.Fprintln(s.out, l.Say("log.line", "id", strconv.FormatInt(e.ID, 10), "day", l.Date(at)+" "+at.Format("15:04"), "status", l.Say("log.status."+string(e.Status)),
					"accepted", l.Number(float64(e.Accepted), 0), "rejected", l.Number(float64(e.Rejected), 0), "file", clean(e.Path)))
				if e.Message != "" {
					fmt.Fprintln(s.out, "    "+clean(e.Message))
				}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the entries as JSON")
	return c
}

// open opens the warehouse of a folder, and says where the copy is when it had
// to be brought up to date.
func open(ctx context.Context, dir string, prog *edition.Programme, s streams) (*warehouse.Warehouse, error) {
	w, err := warehouse.Open(ctx, edition.Warehouse(dir), prog.Contract, prog.Locale)
	if err == nil && w.Backup() != "" {
		fmt.Fprintln(s.err, prog.Locale.Say("warehouse.upgraded", "file", w.Backup()))
	}
	return w, err
}

// entries reads the log; a folder without a warehouse has none.
func entries(ctx context.Context, dir string, prog *edition.Programme, s streams) (out []warehouse.Entry, err error) {
	if _, err := os.Stat(edition.Warehouse(dir)); errors.Is(err, fs.ErrNotExist) {
		return []warehouse.Entry{}, nil
	}
	w, err := open(ctx, dir, prog, s)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	return w.Log(ctx)
}

// takeBack withdraws the figures of one file.
func takeBack(c *cobra.Command, dir string, prog *edition.Programme, which string, at time.Time, s streams, asJSON bool) (err error) {
	w, err := open(c.Context(), dir, prog, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if which, err = loaded(c.Context(), w, dir, which, prog.Locale); err != nil {
		return err
	}
	taken, err := w.Withdraw(c.Context(), which, at)
	if err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(dir, back, listName(taken.Path))); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("list to send back: %w", err)
	}
	if asJSON {
		e := json.NewEncoder(s.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		return e.Encode(taken)
	}
	n := func(v int64) string { return prog.Locale.Number(float64(v), 0) }
	fmt.Fprintln(s.out, prog.Locale.Say("withdraw.done", "file", clean(taken.Path), "id", strconv.FormatInt(taken.ID, 10), "figures", n(taken.Figures), "restored", n(taken.Restored)))
	return nil
}
