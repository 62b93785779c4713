package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// The exit codes. A caller under cron tells by them whose turn it is.
const (
	done       = 0
	inputFault = 1 // a file, query or report is at fault
	usageFault = 2 // the command line is
	gateClosed = 3 // the tests refused
)

// streams are where a verb reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// programme is the folder that a verb works in.
type programme struct{ dir string }

// run is the program; main only gives it the process.
func run(ctx context.Context, args []string, in io.Reader, out, errw io.Writer) int {
	s := streams{in, out, errw}
	p := &programme{}
	root := &cobra.Command{
		Use:           "tongket",
		Short:         "From progress files to the closing review: a dashboard, official papers, tables",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errw)
	root.SetArgs(args)
	root.PersistentFlags().StringVarP(&p.dir, "programme", "C", ".", "the programme `folder`")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage{err} })
	root.AddCommand(initVerb(s), doctorVerb(p, s), loadVerb(p, s), logVerb(p, s), checkVerb(p, s), traceVerb(p, s), queryVerb(p, s), shellVerb(p, s), mcpVerb(p, s), queriesVerb(p, s), describeVerb(p, s), buildVerb(p, s), publishVerb(p, s), runVerb(p, s), scheduleVerb(p, s), rollbackVerb(p, s), editionsVerb(p, s), serveVerb(p, s), versionVerb(s), manVerb())
	started := false
	for _, c := range root.Commands() {
		c.PreRun = func(*cobra.Command, []string) { started = true }
	}
	err := root.ExecuteContext(ctx)
	var u usage
	var f fault
	switch {
	case err == nil:
		return done
	case errors.As(err, &f):
		if f.message != "" {
			fmt.Fprintln(errw, f.message)
		}
		return f.code
	case errors.As(err, &u) || !started:
		fmt.Fprintf(errw, "%s\nRun 'tongket --help' for the commands.\n", err)
		return usageFault
	}
	fmt.Fprintln(errw, err)
	if l, broken := p.locale(); broken == nil {
		if what := advice(err, l); what != "" {
			fmt.Fprintln(errw, what)
		}
	}
	return inputFault
}

// usage is a fault of the command line.
type usage struct{ error }

// fault ends a verb with a code; its message may have been told already.
type fault struct {
	code    int
	message string
}

func (f fault) Error() string { return f.message }

// folder returns the programme folder after a look at what makes it one.
func (p *programme) folder() (string, error) {
	info, err := os.Stat(p.dir)
	switch {
	case err != nil:
		return "", usage{fmt.Errorf("programme: the folder %s is not there", p.dir)}
	case !info.IsDir():
		return "", usage{fmt.Errorf("programme: %s is no folder", p.dir)}
	}
	return p.dir, nil
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return release
}

// release is the version that CHANGELOG.md describes.
const release = "0.1.0"

// thisBuild tells this program from every other build of it, so that what
// another one rendered is not taken for its own work. It is empty when the
// program cannot be read.
func thisBuild() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}
