package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"tongket/internal/charset"
	"tongket/internal/edition"
	"tongket/internal/intake"
	"tongket/internal/report"
	"tongket/internal/warehouse"
	"tongket/templates"
)

func loadVerb(p *programme, s streams) *cobra.Command {
	var received, encoding, withdraw string
	var hints intake.Hints
	var asJSON bool
	c := &cobra.Command{
		Use:   "load [FILE…]",
		Short: "Load what has been sent into the warehouse; every row is accepted or listed with its reason",
		Long: "Load the files of data/ (or only those named) into the warehouse, .tongket/warehouse.duckdb.\n" +
			"Files that are loaded already are passed over. Exit code 1 when a file was refused or a row rejected.",
		RunE: func(c *cobra.Command, files []string) error {
			at := time.Now()
			if received != "" {
				var err error
				if at, err = time.Parse(time.RFC3339, received); err != nil {
					return usage{fmt.Errorf("--received %q: write a time such as 2022-01-10T08:00:00Z", received)}
				}
				if at.After(time.Now().Add(time.Minute)) { // it would hold back every later file's time
					return usage{fmt.Errorf("--received %s has not come yet", received)}
				}
			}
			dir, err := p.folder()
			if err != nil {
				return err
			}
			prog, err := edition.Open(os.DirFS(dir), templates.Files)
			if err != nil {
				return err
			}
			if err := overrule(&hints, encoding, files); err != nil {
				return err
			}
			if c.Flags().Changed("withdraw") {
				if withdraw == "" || len(files) > 0 {
					return usage{errors.New("--withdraw takes one file or number, and nothing stands beside it")}
				}
				return takeBack(c, dir, prog, withdraw, at, s, asJSON)
			}
			deliveries, err := deliveries(dir, prog, files, at)
			if err != nil {
				return err
			}
			for i := range deliveries {
				deliveries[i].Hints, deliveries[i].Named = hints, len(files) > 0
			}
			w, err := open(c.Context(), dir, prog, s)
			if err != nil {
				return err
			}
			receipts, err := loadAll(c.Context(), w, deliveries, s, prog.Locale, asJSON)
			if err == nil && len(files) == 0 {
				err = forget(c.Context(), w, deliveries, s, prog.Locale, asJSON)
			}
			err = errors.Join(err, sendBack(dir, receipts, s, prog.Locale, asJSON))
			// What was taken in is told, whatever came after it.
			told := account(receipts, s, prog.Locale, asJSON)
			if err := errors.Join(err, w.Close()); err != nil {
				return err
			}
			return told
		},
	}
	c.Flags().StringVar(&received, "received", "", "`time` at which the files came, RFC 3339; now if not given")
	c.Flags().BoolVar(&asJSON, "json", false, "print the receipts as JSON")
	c.Flags().StringVar(&withdraw, "withdraw", "", "take back the figures of a `file` or of a submission's number; what it had replaced holds again")
	_ = c.RegisterFlagCompletionFunc("withdraw", loadedNames(p)) // it fails only for a flag that is not there
	c.Flags().StringVar(&encoding, "encoding", "", "`letters` of the files named: utf-8, utf-16le, utf-16be, windows-1258, windows-1252, tcvn3, vni")
	c.Flags().StringVar(&hints.Delimiter, "delimiter", "", "`sign` between the cells of the files named: , ; | or tab")
	c.Flags().StringVar(&hints.Decimal, "decimal", "", "decimal `mark` of the files named: , or .")
	c.Flags().StringVar(&hints.Sheet, "sheet", "", "`name` of the one sheet to read of the workbooks named")
	c.Flags().IntVar(&hints.HeaderRow, "header-row", 0, "`line` on which the header of the files named begins")
	return c
}

// overrule reads what overrules a file. It holds for the files named, not for all
// that lie in data/.
func overrule(h *intake.Hints, encoding string, files []string) error {
	if encoding != "" {
		var ok bool
		if h.Encoding, ok = charset.Parse(encoding); !ok {
			return usage{fmt.Errorf("--encoding %q is none of utf-8, utf-16le, utf-16be, windows-1258, windows-1252, tcvn3, vni", encoding)}
		}
	}
	switch strings.ToLower(h.Delimiter) {
	case "tab", `\t`:
		h.Delimiter = "\t"
	}
	switch {
	case h.Delimiter != "" && (len(h.Delimiter) != 1 || strings.ContainsAny(h.Delimiter, "\"\r\n")):
		return usage{fmt.Errorf("--delimiter %q: write one sign, or tab", h.Delimiter)}
	case h.Decimal != "" && h.Decimal != "," && h.Decimal != ".":
		return usage{fmt.Errorf("--decimal %q is neither , nor . (a comma or a point)", h.Decimal)}
	case h.HeaderRow < 0:
		return usage{fmt.Errorf("--header-row %d: lines are counted from 1", h.HeaderRow)}
	case *h != (intake.Hints{}) && len(files) == 0:
		return usage{errors.New("--encoding, --delimiter, --decimal, --sheet and --header-row hold for files that are named: tongket load FILE…")}
	}
	return nil
}

// deliveries pairs the files with their tables. Files named on the command
// line may lie anywhere below data/.
func deliveries(dir string, prog *edition.Programme, named []string, at time.Time) ([]warehouse.Delivery, error) {
	names, err := edition.Data(os.DirFS(dir))
	if err != nil {
		return nil, err
	}
	if len(named) > 0 {
		if names, err = below(dir, named, prog.Locale); err != nil {
			return nil, err
		}
	}
	out := warehouse.Files(prog.Contract, names)
	if len(out) == 0 {
		return nil, errors.New(prog.Locale.Say("error.data.empty"))
	}
	for i := range out {
		out[i].Path = filepath.Join(dir, "data", filepath.FromSlash(out[i].Name))
		out[i].Name = readable(out[i].Name)
		out[i].Received = at
	}
	return out, nil
}

// readable writes the bytes of a name that are no letters as \xE9: archives
// from other systems leave such names.
func readable(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	var b strings.Builder
	for len(name) > 0 {
		r, size := utf8.DecodeRuneInString(name)
		if r == utf8.RuneError && size == 1 {
			fmt.Fprintf(&b, `\x%02X`, name[0])
		} else {
			b.WriteRune(r)
		}
		name = name[size:]
	}
	return b.String()
}

func loadAll(ctx context.Context, w *warehouse.Warehouse, deliveries []warehouse.Delivery, s streams, l *report.Locale, asJSON bool) ([]*warehouse.Receipt, error) {
	var receipts []*warehouse.Receipt
	for _, d := range deliveries {
		r, err := w.Load(ctx, d)
		if err != nil {
			return receipts, fmt.Errorf("data/%s: %w", d.Name, err)
		}
		receipts = append(receipts, r)
		if !asJSON && (r.Status != warehouse.Known || r.Rejected == 0) {
			printReceipt(s, r, l)
		}
	}
	return receipts, openRejects(ctx, w, receipts, s, l, asJSON)
}

// openRejects leaves the files that came in before with the rows that are still to
// mend, now that all files are in: a later one may have brought them right.
func openRejects(ctx context.Context, w *warehouse.Warehouse, receipts []*warehouse.Receipt, s streams, l *report.Locale, asJSON bool) error {
	for _, r := range receipts {
		if r.Rejected == 0 {
			continue
		}
		left, err := w.ToMend(ctx, r.Submission)
		if err != nil {
			return err
		}
		if r.ToMend = left; r.Status != warehouse.Known {
			continue
		}
		if r.Rejected = left; !asJSON {
			printReceipt(s, r, l)
		}
	}
	return nil
}

// forget drops the refusals of files that were taken out of data/.
// Figures of files that were loaded stay; that is said.
func forget(ctx context.Context, w *warehouse.Warehouse, deliveries []warehouse.Delivery, s streams, l *report.Locale, asJSON bool) error {
	var names []string
	for _, d := range deliveries {
		names = append(names, d.Name)
	}
	gone, err := w.Gone(ctx, names)
	if err == nil && len(gone) > 0 && !asJSON {
		fmt.Fprintln(s.out, l.Say("receipt.gone", "n", l.Number(float64(len(gone)), 0), "files", clean(strings.Join(gone, ", "))))
	}
	return errors.Join(err, w.Forget(ctx, names))
}

// account ends a load: the sums, and the exit code.
func account(receipts []*warehouse.Receipt, s streams, l *report.Locale, asJSON bool) error {
	var files, known, refused int
	var accepted, rejected, warned, open int64
	for _, r := range receipts {
		switch r.Status {
		case warehouse.Known:
			known++
		case warehouse.Refused:
			refused++
		default:
			files++
		}
		accepted, rejected, warned, open = accepted+r.Accepted, rejected+r.Rejected, warned+r.Warned, open+r.ToMend
	}
	if asJSON {
		e := json.NewEncoder(s.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		if err := e.Encode(receipts); err != nil {
			return fmt.Errorf("receipts: %w", err)
		}
	} else {
		n := func(v int64) string { return l.Number(float64(v), 0) }
		fmt.Fprintln(s.out, l.Say("receipt.sum", "files", n(int64(files)), "known", n(int64(known)), "refused", n(int64(refused)),
			"accepted", n(accepted), "rejected", n(rejected), "warned", n(warned)))
	}
	if refused > 0 || open > 0 {
		return fault{code: inputFault}
	}
	return nil
}

func printReceipt(s streams, r *warehouse.Receipt, l *report.Locale) {
	n := func(v int64) string { return l.Number(float64(v), 0) }
	switch r.Status {
	case warehouse.Known:
		if r.Message != "" {
			fmt.Fprintln(s.out, clean(r.File)+": "+clean(r.Message))
		}
		if r.Rejected > 0 {
			fmt.Fprintln(s.out, l.Say("receipt.known", "file", clean(r.File), "rejected", n(r.Rejected)))
		}
		return
	case warehouse.Refused:
		if r.Told {
			fmt.Fprintln(s.out, l.Say("receipt.refused.told", "file", clean(r.File)))
			return
		}
		fmt.Fprintln(s.out, l.Say("receipt.refused", "file", clean(r.File), "reason", clean(r.Message)))
		return
	}
	fmt.Fprintln(s.out, l.Say("receipt.file", "file", clean(r.File), "read", n(r.Read), "accepted", n(r.Accepted), "rejected", n(r.Rejected), "warned", n(r.Warned)))
	if r.Replaced > 0 {
		fmt.Fprintln(s.out, "  "+l.Say("receipt.replaced", "n", n(r.Replaced), "files", clean(strings.Join(r.Corrects, ", "))))
	}
	if r.Mended > 0 {
		fmt.Fprintln(s.out, "  "+l.Say("receipt.mended", "n", n(r.Mended), "files", clean(strings.Join(r.Mends, ", "))))
	}
	if r.Yielded > 0 {
		fmt.Fprintln(s.out, "  "+l.Say("receipt.yielded", "n", n(r.Yielded)))
	}
	if r.Blank > 0 {
		fmt.Fprintln(s.out, "  "+l.Say("receipt.blank", "n", n(r.Blank)))
	}
	if r.Aside > 0 {
		fmt.Fprintln(s.out, "  "+l.Say("receipt.aside", "n", n(r.Aside)))
	}
	for _, p := range r.Passed {
		if p.Kind == "sheet" {
			fmt.Fprintln(s.out, "  "+l.Say("receipt.sheet", "sheet", clean(p.Sheet), "reason", clean(p.Text)))
		}
	}
	if !r.Plain {
		for _, how := range r.Reading {
			fmt.Fprintln(s.out, "  "+l.Say("receipt.reading", "how", clean(how)))
		}
	}
	for _, f := range r.Faults {
		fmt.Fprintln(s.out, "  "+place(l, "receipt.reject", f))
	}
	if more := r.Rejected - int64(len(r.Faults)); more > 0 && len(r.Faults) > 0 {
		fmt.Fprintln(s.out, "  "+l.Say("receipt.more", "n", n(more)))
	}
	for _, f := range r.Doubts {
		fmt.Fprintln(s.out, "  "+place(l, "receipt.doubt", f))
	}
	if len(r.Absent) > 0 {
		fmt.Fprintln(s.out, "  "+l.Say("receipt.absent", "columns", clean(strings.Join(r.Absent, ", "))))
	}
	if len(r.Unknown) > 0 {
		fmt.Fprintln(s.out, "  "+l.Say("receipt.unknown", "columns", clean(strings.Join(r.Unknown, ", "))))
	}
}

// place says where a fault stands and what it is.
func place(l *report.Locale, key string, f intake.Fault) string {
	text := l.Say(key, "line", fmt.Sprint(f.Line), "what", what(f.Column, f.Value, f.Message))
	if f.Sheet != "" {
		text = clean(f.Sheet) + ", " + text
	}
	return text
}

func what(column, value, message string) string {
	var parts []string
	if column != "" {
		parts = append(parts, column+":")
	}
	if value != "" {
		if r := []rune(value); len(r) > 80 {
			value = string(r[:80]) + "…"
		}
		parts = append(parts, "“"+value+"”")
	}
	return clean(strings.Join(append(parts, message), " "))
}

// clean takes out of what a file made us print whatever a terminal would obey.
func clean(text string) string { return report.Tame(text, "") }
