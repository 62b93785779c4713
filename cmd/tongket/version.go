package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"tongket/internal/warehouse"
)

// commit is what a release was built from; the linker fills it in.
var commit string

// makeup is what the program is made of.
type makeup struct {
	Program string   `json:"program"`
	Commit  string   `json:"commit,omitempty"`
	Engine  string   `json:"engine"`
	Go      string   `json:"go"`
	System  string   `json:"system"`
	Modules []module `json:"modules"`
}

type module struct {
	Path    string `json:"path"`
	Version string `json:"version"`
}

func versionVerb(s streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "version", Short: "Say the versions of the program, its engine and its libraries", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			engine, err := warehouse.Engine(c.Context())
			if err != nil {
				return err
			}
			a := makeup{Program: version(), Commit: commit, Engine: engine, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, Modules: []module{}}
			if info, ok := debug.ReadBuildInfo(); ok {
				for _, x := range info.Deps {
					a.Modules = append(a.Modules, module{x.Path, x.Version})
				}
				for _, x := range info.Settings {
					if x.Key == "vcs.revision" {
						a.Commit = x.Value
					}
				}
			}
			if asJSON {
				return printJSON(s, a)
			}
			fmt.Fprintln(s.out, strings.TrimSpace("tongket "+a.Program+" "+a.Commit))
			fmt.Fprintf(s.out, "DuckDB %s, %s, %s\n", a.Engine, a.Go, a.System)
			for _, x := range a.Modules {
				fmt.Fprintln(s.out, "  "+x.Path, x.Version)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the versions as JSON")
	return c
}
