// Command tongket-sample writes the figures of the sample programme, and
// made-up programmes of any size for measuring.
//
//	tongket-sample -out data                          the sample's CSV files
//	tongket-sample -units 200 -months 48 -out DIR     a programme of 200 units × 48 months
//	tongket-sample -rows 10000000 -out DIR            a programme with one progress file of so many rows
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"tongket/internal/sample"
)

func main() { os.Exit(run(os.Args[1:], os.Stderr)) }

func run(args []string, stderr io.Writer) int {
	flags := flag.NewFlagSet("tongket-sample", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("out", "", "data `folder` to write into")
	units := flags.Int("units", 0, "number of units of a made-up programme")
	months := flags.Int("months", 0, "number of months of a made-up programme")
	rows := flags.Int("rows", 0, "number of rows of a single progress file")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	fault := ""
	switch {
	case *out == "":
		fault = "-out: a folder is needed"
	case flags.NArg() > 0:
		fault = fmt.Sprintf("unexpected argument %q", flags.Arg(0))
	case *units < 0 || *months < 0 || *rows < 0:
		fault = "-units, -months and -rows cannot be negative"
	case (*units > 0) != (*months > 0):
		fault = "-units and -months go together"
	case *units > 0 && *rows > 0:
		fault = "-rows does not go with -units and -months"
	}
	if fault != "" {
		fmt.Fprintln(stderr, "tongket-sample:", fault)
		return 2
	}
	if err := write(*out, *units, *months, *rows); err != nil {
		fmt.Fprintln(stderr, "tongket-sample:", err)
		return 1
	}
	return 0
}

func write(out string, units, months, rows int) error {
	switch {
	case rows > 0:
		return sample.WriteRows(out, rows)
	case units > 0:
		return sample.Write(out, sample.Benchmark(units, months))
	}
	return sample.Write(out, sample.Phase1())
}
