package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// tool stands in for the program: it writes a manual and completions as the
// program would, and takes no time to build.
const tool = `#!/bin/sh
case "$1" in
man) echo ".TH TONGKET 1" > "$2/tongket.1" ;;
completion) echo "# $2" ;;
esac
`

// TestArchive: the same commit gives the same bytes; everything that is linked
// has its licence and its place in the list of parts.
func TestArchive(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in is a shell script")
	}
	if _, err := os.Stat("../../templates/node_modules"); err != nil {
		t.Skip("templates/node_modules is not there: run make first")
	}
	binary := filepath.Join(t.TempDir(), "tongket")
	if err := os.WriteFile(binary, []byte(tool), 0o755); err != nil {
		t.Fatal(err)
	}
	var archives [][]byte
	var out string
	for range 2 {
		out = t.TempDir()
		if err := run([]string{"-root", "../..", "-binary", binary, "-version", "1.2.3", "-commit", "abc", "-epoch", "1700000000", "-out", out}); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(out, "tongket-1.2.3-linux-amd64.tar.gz"))
		if err != nil {
			t.Fatal(err)
		}
		archives = append(archives, data)
	}
	if !bytes.Equal(archives[0], archives[1]) {
		t.Error("two archives of one commit differ")
	}
	sums, err := os.ReadFile(filepath.Join(out, "SHA256SUMS"))
	if err != nil {
		t.Fatal(err)
	}
	if line := fmt.Sprintf("%x  tongket-1.2.3-linux-amd64.tar.gz\n", sha256.Sum256(archives[1])); !strings.Contains(string(sums), line) {
		t.Errorf("SHA256SUMS lacks %q:\n%s", line, sums)
	}

	files := unpack(t, archives[0])
	const top = "tongket-1.2.3-linux-amd64/"
	for _, name := range []string{"bin/tongket", "install.sh", "README.md", "CHANGELOG.md", "LICENSE", "sbom.cdx.json",
		"share/man/man1/tongket.1", "share/bash-completion/completions/tongket", "licenses/npm/echarts/NOTICE",
		"licenses/golang/github.com/duckdb/duckdb-go/v2/LICENSE", "licenses/golang/std/LICENSE"} {
		if len(files[top+name]) == 0 {
			t.Errorf("the archive lacks %s", name)
		}
	}
	var b bom
	if err := json.Unmarshal(files[top+"sbom.cdx.json"], &b); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range b.Components {
		names = append(names, c.Name)
		if len(c.Licenses) == 0 {
			t.Errorf("%s: its licence is not known", c.Name)
		}
		if !slices.ContainsFunc(slices.Collect(maps.Keys(files)), func(name string) bool {
			return strings.HasPrefix(name, top+"licenses/") && strings.Contains(name, "/"+c.Name+"/")
		}) {
			t.Errorf("%s has no licence text", c.Name)
		}
	}
	for _, want := range []string{"github.com/duckdb/duckdb-go-bindings/lib/linux-amd64", "echarts", "@duckdb/duckdb-wasm", "apache-arrow", "@fontsource/be-vietnam-pro", "std"} {
		if !slices.Contains(names, want) {
			t.Errorf("the list of parts lacks %s", want)
		}
	}
	for _, tool := range []string{"esbuild", "typescript", "command-line-args", "github.com/chromedp/chromedp"} {
		if slices.Contains(names, tool) {
			t.Errorf("%s is a tool, no part", tool)
		}
	}

	// The installer puts things where they are looked for.
	home := t.TempDir()
	for name, data := range files {
		path := filepath.Join(home, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, data, 0o755)); err != nil {
			t.Fatal(err)
		}
	}
	install := exec.Command(filepath.Join(home, top, "install.sh"))
	install.Env = append(os.Environ(), "PREFIX=/usr", "DESTDIR="+filepath.Join(home, "root"))
	if text, err := install.CombinedOutput(); err != nil {
		t.Fatalf("install.sh: %v: %s", err, text)
	}
	for _, name := range []string{"bin/tongket", "share/man/man1/tongket.1", "share/zsh/site-functions/_tongket"} {
		if _, err := os.Stat(filepath.Join(home, "root", "usr", name)); err != nil {
			t.Error(err)
		}
	}
}

func unpack(t *testing.T, archive []byte) map[string][]byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	last := ""
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Name <= last || h.ModTime.Unix() != 1700000000 || h.Uid != 0 {
			t.Errorf("%s: out of order, or of another time or owner", h.Name)
		}
		last = h.Name
		if out[h.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRefusals: what is not there is named.
func TestRefusals(t *testing.T) {
	if err := run([]string{"-binary", "x"}); err == nil || !strings.Contains(err.Error(), "must be given") {
		t.Errorf("got %v", err)
	}
	if _, err := licences(t.TempDir()); err == nil {
		t.Error("a part without a licence passed")
	}
}
