package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// part is a library that is in the program.
type part struct {
	Kind    string // golang or npm
	Name    string
	Version string
	Files   map[string][]byte // its licence texts by name
}

// licenceFile is how the texts are called.
var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]es?|copying|notice|copyright|ofl)([-._].*)?$`)

// linked lists what is linked into the program, and what its pages' scripts
// are bundled from. A part without a licence text is an error.
func linked(p pack) ([]part, error) {
	system, arch, _ := strings.Cut(p.System, "-")
	list := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", "./cmd/tongket")
	list.Dir, list.Stderr = p.Root, os.Stderr
	list.Env = append(os.Environ(), "GOOS="+system, "GOARCH="+arch, "CGO_ENABLED=1")
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("modules: %w", err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	slices.Sort(lines)
	var parts []part
	var errs []error
	add := func(kind, name, version, dir string) {
		x := part{Kind: kind, Name: name, Version: version}
		if text := unpacked[name]; text != "" {
			x.Files = map[string][]byte{"LICENSE": []byte(text)}
		} else if x.Files, err = licences(dir); err != nil {
			errs = append(errs, fmt.Errorf("%s %s: %w", kind, name, err))
		}
		parts = append(parts, x)
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go: %w", err)
	}
	add("golang", "std", strings.TrimPrefix(runtime.Version(), "go"), strings.TrimSpace(string(goroot)))
	for _, line := range slices.Compact(lines) {
		if words := strings.Split(line, "\t"); len(words) == 3 {
			add("golang", words[0], words[1], words[2])
		}
	}
	bundled, err := bundle(filepath.Join(p.Root, "templates"))
	for _, x := range bundled {
		add("npm", x.Name, x.Version, filepath.Join(p.Root, "templates", "node_modules", filepath.FromSlash(x.Name)))
	}
	return parts, errors.Join(append(errs, err)...)
}

// bundle lists the packages that the pages' scripts are made from, as the
// bundler tells, with their versions from the lock file. Note: not all that the
// lock calls no tool: a package brings others along that only its tools need.
func bundle(dir string) ([]part, error) {
	told, err := os.ReadFile(filepath.Join(dir, "dist", "parts.json"))
	if err != nil {
		return nil, fmt.Errorf("packages: %w", err)
	}
	var made []string
	if err := json.Unmarshal(told, &made); err != nil {
		return nil, fmt.Errorf("packages: parts.json: %w", err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "package-lock.json"))
	if err != nil {
		return nil, fmt.Errorf("packages: %w", err)
	}
	var lock struct {
		Packages map[string]struct {
			Version string `json:"version"`
		} `json:"packages"`
	}
	if err := json.Unmarshal(text, &lock); err != nil {
		return nil, fmt.Errorf("packages: %w", err)
	}
	var out []part
	for _, name := range made {
		x, ok := lock.Packages["node_modules/"+name]
		if !ok {
			return nil, fmt.Errorf("packages: package-lock.json has no %s; run make", name)
		}
		out = append(out, part{Name: name, Version: x.Version})
	}
	return out, nil
}

// unpacked are the licences of packages that leave the text out, by their
// names: what stands beside their source.
var unpacked = map[string]string{"@duckdb/duckdb-wasm": "Copyright 2021 DuckDB WASM Contributors (see https://github.com/duckdb/duckdb-wasm/graphs/contributors)\n\n" + mit}

const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`

func licences(dir string) (map[string][]byte, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("licence: %w", err)
	}
	out := map[string][]byte{}
	for _, e := range entries {
		if !licenceFile.MatchString(e.Name()) {
			continue
		}
		err := filepath.WalkDir(filepath.Join(dir, e.Name()), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			rel, err := filepath.Rel(dir, path)
			if err != nil {
				return err
			}
			out[filepath.ToSlash(rel)], err = os.ReadFile(path)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("licence: %w", err)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("no licence text is there")
	}
	return out, nil
}

// known are licences by words that only they hold.
var known = []struct{ words, id string }{
	{"sil open font license", "OFL-1.1"},
	{"apache license", "Apache-2.0"},
	{"neither the name", "BSD-3-Clause"},
	{"redistribution and use in source and binary forms", "BSD-2-Clause"},
	{"permission is hereby granted, free of charge", "MIT"},
	{"permission to use, copy, modify, and/or distribute", "0BSD"},
	{"mozilla public license", "MPL-2.0"},
}

// ids are the licences that the texts of a part are taken for, sorted.
func (x part) ids() []string {
	var out []string
	for _, text := range x.Files {
		folded := strings.Join(strings.Fields(strings.ToLower(string(text))), " ")
		for _, k := range known {
			if strings.Contains(folded, k.words) {
				out = append(out, k.id)
				break
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
