package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tongket/internal/edition"
	"tongket/internal/preview"
	"tongket/internal/report"
	"tongket/internal/warehouse"
	"tongket/templates"
)

// firstPort is asked for when none is named.
const firstPort = 8383

func serveVerb(p *programme, s streams) *cobra.Command {
	var port int
	var browse bool
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the pages in a browser while queries, reports and data change",
		Long: "Load what is new in data/, build the pages and show them on 127.0.0.1, to this machine alone.\n" +
			"When a query, a report, tongket.yaml or a file of data/ changes, they are built again and the browser follows.\n" +
			"dist/ is not touched. Ctrl+C ends it.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if port < 0 || port > 65535 {
				return usage{fmt.Errorf("--port %d: ports go from 0, which is any free one, to 65535", port)}
			}
			dir, err := p.folder()
			if err != nil {
				return err
			}
			pages := orderOf(dir)
			pages.Faulty = edition.Abandoned // the last good page stays, the fault stands on top
			order := preview.Order{
				Edition: pages,
				Folder:  filepath.Join(dir, ".tongket", "preview"),
				Load:    func(ctx context.Context) ([]string, error) { return loadNew(ctx, dir, s) },
				Told:    func(pass *preview.Pass) { tell(s, pass) },
			}
			l, err := preview.Locale(order.Edition)
			if err != nil {
				return err
			}
			v, err := preview.New(order)
			if err != nil {
				return err
			}
			at, err := preview.Listen(port)
			if err != nil {
				return err
			}
			other := at.Addr().(*net.TCPAddr).Port
			if port != 0 && other != port {
				fmt.Fprintln(s.err, l.Say("serve.moved", "port", strconv.Itoa(port), "other", strconv.Itoa(other)))
			}
			address := "http://" + at.Addr().String() + "/"
			fmt.Fprintln(s.out, l.Say("serve.at", "address", address))
			if browse {
				if err := browser(address); err != nil {
					fmt.Fprintln(s.err, l.Say("serve.browser", "reason", clean(err.Error())))
				}
			}
			return v.Run(c.Context(), at)
		},
	}
	c.Flags().IntVar(&port, "port", firstPort, "the `number` of the port; the next free one if it is taken, any free one if 0")
	c.Flags().BoolVar(&browse, "open", false, "open the browser as well")
	return c
}

// loadNew takes in what is new in data/, as load does, and says what the new
// files leave to mend.
func loadNew(ctx context.Context, dir string, s streams) ([]string, error) {
	prog, err := edition.Open(os.DirFS(dir), templates.Files)
	if err != nil {
		return nil, err
	}
	found, err := deliveries(dir, prog, nil, time.Now())
	if err != nil {
		return nil, err
	}
	w, err := open(ctx, dir, prog, s)
	if err != nil {
		return nil, err
	}
	const silent = true // the sums are enough; the rest stands on the pages
	receipts, err := loadAll(ctx, w, found, s, prog.Locale, silent)
	if err == nil {
		err = forget(ctx, w, found, s, prog.Locale, silent)
	}
	err = errors.Join(err, sendBack(dir, receipts, s, prog.Locale, silent), w.Close())
	var told fault
	if e := account(receipts, s, prog.Locale, !silent); !errors.As(e, &told) {
		err = errors.Join(err, e) // that rows were rejected is no fault of the preview
	}
	return toMend(receipts, prog.Locale), err
}

// toMend lists what is wrong with files that came in now, a line each.
func toMend(receipts []*warehouse.Receipt, l *report.Locale) (out []string) {
	for _, r := range receipts {
		file := "data/" + clean(r.File)
		switch r.Status {
		case warehouse.Known:
			continue
		case warehouse.Refused:
			out = append(out, file+": "+clean(r.Message))
		}
		for _, f := range r.Faults {
			sheet := ""
			if f.Sheet != "" {
				sheet = clean(f.Sheet) + ": "
			}
			out = append(out, fmt.Sprintf("%s:%d: %s%s", file, f.Line, sheet, what(f.Column, f.Value, f.Message)))
		}
		if more := r.Rejected - int64(len(r.Faults)); more > 0 && len(r.Faults) > 0 {
			out = append(out, file+": "+l.Say("receipt.more", "n", l.Number(float64(more), 0)))
		}
	}
	return out
}

// namedFiles is how many changed files are told by name.
const namedFiles = 5

// tell says on the terminal what the preview did.
func tell(s streams, pass *preview.Pass) {
	l := pass.Locale
	n := func(count int) string { return l.Number(float64(count), 0) }
	var names []string
	for _, name := range pass.Changed {
		if name == preview.Outside {
			name = l.Say("serve.outside")
		}
		names = append(names, clean(name))
	}
	if more := len(names) - namedFiles; more > 0 {
		fmt.Fprintln(s.out, l.Say("serve.changed.more", "files", strings.Join(names[:namedFiles], ", "), "n", n(more)))
	} else if len(names) > 0 {
		fmt.Fprintln(s.out, l.Say("serve.changed", "files", strings.Join(names, ", ")))
	}
	for _, note := range pass.Notes {
		if pass.Loaded {
			fmt.Fprintln(s.out, "  "+note)
		}
	}
	for _, f := range pass.Faults {
		fmt.Fprintln(s.err, clean(f))
	}
	if len(pass.Faults) > 0 {
		fmt.Fprintln(s.err, l.Say("serve.faults", "n", n(len(pass.Faults))))
	}
	if made := pass.Summary; made != nil {
		fmt.Fprintln(s.out, l.Say("serve.built", "pages", n(made.Pages), "papers", n(made.Papers), "rendered", n(made.Rendered)))
	}
}

// browser opens an address with what the system opens pages with.
func browser(address string) error {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	c := exec.Command(name, args...)
	if err := c.Start(); err != nil {
		return err
	}
	go c.Wait() //nolint:errcheck // how it fared shows in the browser
	return nil
}
