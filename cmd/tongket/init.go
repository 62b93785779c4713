package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"tongket"
	"tongket/internal/report"
	"tongket/internal/starter"
	"tongket/templates"
)

func initVerb(s streams) *cobra.Command {
	var empty, fromCSV bool
	lang := "vi"
	c := &cobra.Command{
		Use:   "init DIR\n  tongket init --from-csv FILE… DIR",
		Short: "Make a new programme folder",
		Long: "Make a new programme folder that loads and builds at once: the sample programme with its invented figures, to be\n" +
			"replaced step by step; with --empty the sample without figures, with places to fill; with --from-csv a contract\n" +
			"proposed from files at hand (CSV, TSV, TXT, XLSX), each guess with what showed it. DIR must be new or empty.",
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			l, err := catalogOf(lang)
			if err != nil {
				return err
			}
			switch {
			case len(args) == 0:
				return usage{errors.New("init: name the folder to make: tongket init DIR")}
			case fromCSV && empty:
				return usage{errors.New("init: --empty and --from-csv exclude each other")}
			case fromCSV && len(args) < 2:
				return usage{errors.New("init: name the files, then the folder: tongket init --from-csv FILE… DIR")}
			case !fromCSV && len(args) > 1:
				return usage{errors.New("init: name one folder; files go with --from-csv")}
			case !fromCSV && lang != "vi":
				return usage{errors.New("init: the sample is written in Vietnamese; --lang en goes with --from-csv")}
			}
			dir := args[len(args)-1]
			var files []starter.File
			kind := "sample"
			switch {
			case fromCSV:
				kind = "files"
				files, err = starter.Propose(c.Context(), starter.Order{Files: args[:len(args)-1], Locale: l, Lang: lang})
			case empty:
				kind = "empty"
				files, err = starter.Empty(tongket.Sample)
			default:
				files, err = starter.Sample(tongket.Sample)
			}
			if err != nil {
				return err
			}
			if err := starter.Write(dir, files); err != nil {
				return notEmpty(err, l)
			}
			fmt.Fprintln(s.out, l.Say("init.done", "folder", clean(dir), "n", l.Number(float64(len(files)), 0)))
			fmt.Fprintln(s.out, l.Say("init."+kind, "folder", clean(dir)))
			fmt.Fprintln(s.out, l.Say("init.next", "folder", clean(dir)))
			return nil
		},
	}
	c.Flags().BoolVar(&empty, "empty", false, "without figures: places to fill, three units as examples")
	c.Flags().BoolVar(&fromCSV, "from-csv", false, "propose a contract, queries and reports from the files named before DIR")
	c.Flags().StringVar(&lang, "lang", lang, "`language` of the proposal, vi or en")
	return c
}

// notEmpty says in the reader's language what stands in the way.
func notEmpty(err error, l *report.Locale) error {
	var o *starter.Occupied
	if !errors.As(err, &o) {
		return err
	}
	const shown = 5
	names := o.Names
	more := ""
	if len(names) > shown {
		names, more = names[:shown], l.Say("init.more", "n", l.Number(float64(len(names)-shown), 0))
	}
	return fault{usageFault, l.Say("init.occupied", "folder", clean(o.Dir), "names", clean(strings.Join(names, ", "))+more)}
}

// catalogOf is the locale of a language, for what is told where no programme
// is.
func catalogOf(lang string) (*report.Locale, error) {
	if lang != "vi" && lang != "en" {
		return nil, usage{fmt.Errorf("--lang %q is neither vi nor en", lang)}
	}
	text, err := fs.ReadFile(templates.Files, "lang/"+lang+".json")
	if err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	return report.NewLocale(text)
}
