package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manVerb writes the manual pages that make install puts in place.
//
// Note: cobra/doc does the same by way of Markdown, with three more modules in
// the program for it.
func manVerb() *cobra.Command {
	return &cobra.Command{
		Use: "man DIR", Short: "Write the manual pages into a folder", Args: cobra.ExactArgs(1), Hidden: true,
		RunE: func(c *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return fmt.Errorf("manual: %w", err)
			}
			root := c.Root()
			errs := []error{manPage(args[0], root)}
			for _, verb := range root.Commands() {
				if verb.IsAvailableCommand() {
					errs = append(errs, manPage(args[0], verb))
				}
			}
			return errors.Join(errs...)
		},
	}
}

func manPage(dir string, c *cobra.Command) error {
	var b strings.Builder
	writeManual(&b, c)
	name := strings.ReplaceAll(c.CommandPath(), " ", "-") + ".1"
	if err := os.WriteFile(filepath.Join(dir, name), []byte(b.String()), 0o644); err != nil {
		return fmt.Errorf("manual: %w", err)
	}
	return nil
}

// writeManual writes one page in the man macros.
func writeManual(w io.Writer, c *cobra.Command) {
	name := strings.ReplaceAll(c.CommandPath(), " ", "-")
	fmt.Fprintf(w, ".TH %s 1 \"\" \"tongket %s\"\n.SH NAME\n%s \\- %s\n", strings.ToUpper(name), release, roff(name), roff(c.Short))
	fmt.Fprintf(w, ".SH SYNOPSIS\n.nf\n%s\n.fi\n", roff(c.UseLine()))
	if c.Long != "" {
		fmt.Fprintf(w, ".SH DESCRIPTION\n%s\n", roff(c.Long))
	}
	flags(w, "OPTIONS", c.NonInheritedFlags())
	flags(w, "COMMON OPTIONS", c.InheritedFlags())
	var pages []string
	if c.HasParent() {
		pages = append(pages, "tongket")
	}
	for _, verb := range c.Commands() {
		if verb.IsAvailableCommand() {
			pages = append(pages, "tongket-"+verb.Name())
		}
	}
	slices.Sort(pages)
	fmt.Fprint(w, ".SH EXIT STATUS\n0 done, 1 the input is at fault, 2 the command line is, 3 the gate is closed.\n.SH SEE ALSO\n")
	for i, page := range pages {
		if i > 0 {
			fmt.Fprint(w, ",\n")
		}
		fmt.Fprintf(w, ".BR %s (1)", roff(page))
		if i == len(pages)-1 {
			fmt.Fprintln(w)
		}
	}
}

func flags(w io.Writer, title string, set *pflag.FlagSet) {
	if !set.HasAvailableFlags() {
		return
	}
	fmt.Fprintln(w, ".SH", title)
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		short := ""
		if f.Shorthand != "" {
			short = "\\-" + f.Shorthand + ", "
		}
		fmt.Fprintf(w, ".TP\n\\fB%s\\-\\-%s\\fR %s\n%s\n", short, roff(f.Name), roff(value), roff(usage))
	})
}

// roff is a text in which nothing is taken for a macro.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
