// Command tongket-release packs a built program for machines without a
// network: one archive with the program, its manual, the completions of
// shells, the licences of everything in it, and a list of that.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// pack is what goes into one archive.
type pack struct {
	Root    string // the repository
	Binary  string // the program, built
	Tool    string // a program that runs here and writes manual and completions
	Version string
	Commit  string
	System  string    // linux-amd64
	Time    time.Time // of every file in it
	Out     string    // the folder of archives
	Static  bool      // the program holds the C library too
}

func run(args []string) error {
	var p pack
	var epoch string
	f := flag.NewFlagSet("tongket-release", flag.ContinueOnError)
	f.StringVar(&p.Root, "root", ".", "the repository")
	f.StringVar(&p.Binary, "binary", "", "the program, built for the system")
	f.StringVar(&p.Tool, "tool", "", "a program that runs here; the binary if not given")
	f.StringVar(&p.Version, "version", "", "of the program")
	f.StringVar(&p.Commit, "commit", "", "that it was built from")
	f.StringVar(&p.System, "system", "linux-amd64", "that it was built for")
	f.StringVar(&epoch, "epoch", "", "seconds since 1970 that every file carries")
	f.StringVar(&p.Out, "out", "release", "the folder of archives")
	f.BoolVar(&p.Static, "static", false, "the program is linked with the C library")
	if err := f.Parse(args); err != nil {
		return err
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil || p.Binary == "" || p.Version == "" {
		return errors.New("release: -binary, -version and -epoch must be given")
	}
	p.Time = time.Unix(seconds, 0).UTC()
	if p.Tool == "" {
		p.Tool = p.Binary
	}
	parts, err := linked(p)
	if err != nil {
		return err
	}
	if err := p.write(parts); err != nil {
		return err
	}
	fmt.Printf("%s: %d parts\n", filepath.Join(p.Out, p.name()+".tar.gz"), len(parts))
	return sums(p.Out)
}

func (p pack) name() string { return "tongket-" + p.Version + "-" + p.System }
