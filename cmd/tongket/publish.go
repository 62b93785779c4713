package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tongket/internal/edition"
	"tongket/internal/report"
)

// publishOrder is what the verbs about a target have in common: the programme
// and where it is published. to is the folder named on the command line.
func publishOrder(p *programme, to string) (edition.PublishOrder, *edition.Programme, error) {
	var o edition.PublishOrder
	dir, err := p.folder()
	if err != nil {
		return o, nil, err
	}
	o = edition.PublishOrder{
		Order:  orderOf(dir),
		Folder: dir, Target: to, At: time.Now(),
	}
	prog, err := edition.Open(o.Programme, o.Templates)
	if err != nil {
		return o, nil, err
	}
	if to == "" {
		if o.Target = prog.Target(dir); o.Target == "" {
			return o, nil, usage{errors.New(prog.Locale.Say("publish.target.none"))}
		}
	}
	return o, prog, nil
}

const toFlag = "the `folder` that readers look into; publish: target in tongket.yaml if not given"

func publishVerb(p *programme, s streams) *cobra.Command {
	var to, zip string
	var force, again, asJSON bool
	c := &cobra.Command{
		Use:   "publish",
		Short: "Make an edition in the publish target and lead readers to it",
		Long: "Run the tests, make an edition in the publish target and lead readers to it, in one step.\n" +
			"Exit code 3, with nothing changed, when a test of severity stop finds something. Nothing is made when nothing has changed.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			order, prog, err := publishOrder(p, to)
			if err != nil {
				return err
			}
			if zip != "" {
				if err := edition.Packable(order.Target, zip); err != nil {
					return usage{err}
				}
			}
			if force {
				order.Gate = edition.Forced
			}
			if again {
				order.Same = edition.Again
			}
			done, err := edition.Publish(c.Context(), order)
			var refused *edition.Refused
			if errors.As(err, &refused) {
				closed := gate(refused.Findings, s, prog.Locale, asJSON)
				fmt.Fprintln(s.err, prog.Locale.Say("publish.refused"))
				return closed
			}
			if done != nil {
				err = errors.Join(err, told(s, done, prog, asJSON))
			}
			if err != nil || zip == "" {
				return err
			}
			return pack(s, done, zip, prog, asJSON)
		},
	}
	c.Flags().StringVar(&to, "to", "", toFlag)
	c.Flags().BoolVar(&force, "force", false, "publish though tests stand against it; every page says so")
	c.Flags().BoolVar(&again, "again", false, "make an edition though nothing has changed")
	c.Flags().StringVar(&zip, "zip", "", "pack the edition into a `file` as well, to be opened from a disk")
	c.Flags().BoolVar(&asJSON, "json", false, "print what was done as JSON")
	return c
}

// told says what became of an order to publish.
func told(s streams, done *edition.Published, prog *edition.Programme, asJSON bool) error {
	if asJSON {
		return printJSON(s, done)
	}
	l := prog.Locale
	n := func(v int) string { return l.Number(float64(v), 0) }
	if done.Resumed != "" {
		fmt.Fprintln(s.out, l.Say("publish.resumed", "id", done.Resumed))
	}
	if done.Withheld != "" {
		fmt.Fprintln(s.out, l.Say("publish.withheld", "id", done.Withheld, "now", done.Edition))
	} else if !done.Made {
		fmt.Fprintln(s.out, l.Say("publish.unchanged", "id", done.Edition))
	} else {
		fmt.Fprintln(s.out, l.Say("publish.done", "id", done.Edition, "folder", done.Target, "pages", n(done.Summary.Pages), "papers", n(done.Summary.Papers)))
		if done.Before != "" {
			fmt.Fprintln(s.out, l.Say("publish.changes", "before", done.Before, "files", n(done.Files), "restated", n(done.Restated)))
		}
	}
	for _, f := range done.Findings {
		if f.Broken() {
			printFinding(s, "", f, l)
		}
	}
	if done.Forced > 0 {
		fmt.Fprintln(s.err, l.Say("publish.forced", "n", n(done.Forced)))
	}
	if len(done.Removed) > 0 {
		fmt.Fprintln(s.out, l.Say("publish.removed", "ids", strings.Join(done.Removed, ", ")))
	}
	if !done.Linked {
		fmt.Fprintln(s.err, l.Say("publish.unlinked", "folder", done.Target))
	}
	return nil
}

// pack makes the copy to be taken along.
func pack(s streams, done *edition.Published, file string, prog *edition.Programme, asJSON bool) error {
	if err := edition.Zip(done.Target, done.Edition, file); err != nil {
		return err
	}
	info, err := os.Stat(file)
	if err != nil || asJSON {
		return err
	}
	fmt.Fprintln(s.out, prog.Locale.Say("publish.zip", "id", done.Edition, "file", file, "size", prog.Locale.Number(float64(info.Size())/1e6, 1)))
	return nil
}

func rollbackVerb(p *programme, s streams) *cobra.Command {
	var to string
	var asJSON bool
	c := &cobra.Command{
		Use:   "rollback [EDITION]",
		Short: "Lead readers back to the edition before, or to the one named",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			order, prog, err := publishOrder(p, to)
			if err != nil {
				return err
			}
			done, err := edition.Rollback(c.Context(), order, strings.Join(args, ""))
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(s, done)
			}
			l := prog.Locale
			switch {
			case done.Resumed:
				fmt.Fprintln(s.out, l.Say("rollback.resumed", "id", done.Edition))
			case done.Edition == done.From:
				fmt.Fprintln(s.out, l.Say("rollback.same", "id", done.Edition))
			default:
				fmt.Fprintln(s.out, l.Say("rollback.done", "id", done.Edition, "from", done.From))
			}
			return nil
		},
	}
	c.Flags().StringVar(&to, "to", "", toFlag)
	c.Flags().BoolVar(&asJSON, "json", false, "print what was done as JSON")
	return c
}

func editionsVerb(p *programme, s streams) *cobra.Command {
	var to string
	var asJSON bool
	c := &cobra.Command{
		Use:   "editions",
		Short: "List the editions in the publish target, the newest first",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			order, prog, err := publishOrder(p, to)
			if err != nil {
				return err
			}
			list, err := edition.Editions(order)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(s, list)
			}
			l := prog.Locale
			n := func(v int) string { return l.Number(float64(v), 0) }
			if len(list) == 0 {
				fmt.Fprintln(s.out, l.Say("editions.none", "folder", order.Target))
			}
			for _, e := range list {
				fmt.Fprintln(s.out, l.Say("editions.line", "id", e.ID, "at", report.Clock(e.At).Format("15:04")+" "+l.Date(report.Clock(e.At)), "state", e.State, "reaches", clean(e.Reaches),
					"findings", n(e.Findings), "files", n(e.Files), "restated", n(e.Restated)))
			}
			return nil
		},
	}
	c.Flags().StringVar(&to, "to", "", toFlag)
	c.Flags().BoolVar(&asJSON, "json", false, "print the editions as JSON")
	return c
}

func printJSON(s streams, v any) error {
	e := json.NewEncoder(s.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("output: %w", err)
	}
	return nil
}
