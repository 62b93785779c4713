package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed install.sh
var installer []byte

// entry is one file of an archive.
type entry struct {
	path string
	data []byte
	mode int64
}

// write makes the archive. The same parts give the same bytes.
func (p pack) write(parts []part) error {
	entries, err := p.entries(parts)
	if err != nil {
		return err
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.path, b.path) })
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	t := tar.NewWriter(z)
	for _, e := range entries {
		head := &tar.Header{Name: p.name() + "/" + e.path, Size: int64(len(e.data)), Mode: e.mode, ModTime: p.Time, Format: tar.FormatPAX}
		if err := t.WriteHeader(head); err != nil {
			return fmt.Errorf("archive: %w", err)
		}
		if _, err := t.Write(e.data); err != nil {
			return fmt.Errorf("archive: %w", err)
		}
	}
	if err := errors.Join(t.Close(), z.Close(), os.MkdirAll(p.Out, 0o755)); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	sbom, err := p.sbom(parts)
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(p.Out, p.name()+".tar.gz"), b.Bytes(), 0o644),
		os.WriteFile(filepath.Join(p.Out, p.name()+".cdx.json"), sbom, 0o644))
}

func (p pack) entries(parts []part) ([]entry, error) {
	binary, err := os.ReadFile(p.Binary)
	if err != nil {
		return nil, fmt.Errorf("program: %w", err)
	}
	out := []entry{{"bin/tongket", binary, 0o755}, {"install.sh", installer, 0o755}}
	for _, name := range []string{"README.md", "CHANGELOG.md", "LICENSE"} {
		data, err := os.ReadFile(filepath.Join(p.Root, name))
		if err != nil {
			return nil, fmt.Errorf("file: %w", err)
		}
		out = append(out, entry{name, data, 0o644})
	}
	for _, x := range parts {
		for name, text := range x.Files {
			out = append(out, entry{"licenses/" + x.Kind + "/" + x.Name + "/" + name, text, 0o644})
		}
	}
	if p.Static {
		out = append(out, entry{"licenses/NOTICE", []byte(static), 0o644})
	}
	sbom, err := p.sbom(parts)
	if err != nil {
		return nil, err
	}
	out = append(out, entry{"sbom.cdx.json", sbom, 0o644})
	pages, err := p.pages()
	return append(out, pages...), err
}

const static = `The program is linked with the GNU C library (LGPL 2.1 or later) and the GNU C++ library (GPL 3 with the GCC
Runtime Library Exception). To link it with other versions of these, build it from its source: make release.
The engine, DuckDB (MIT), holds third-party code under licences of its own; see third_party in its source.
`

// pages are the manual and the completions, as the program itself writes them.
func (p pack) pages() ([]entry, error) {
	dir, err := os.MkdirTemp("", "tongket-release-")
	if err != nil {
		return nil, fmt.Errorf("manual: %w", err)
	}
	defer os.RemoveAll(dir)
	tool, err := filepath.Abs(p.Tool)
	if err != nil {
		return nil, fmt.Errorf("program: %w", err)
	}
	if text, err := exec.Command(tool, "man", dir).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("manual: %w: %s", err, text)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.1"))
	if err != nil || len(files) == 0 {
		return nil, errors.Join(errors.New("manual: no page was written"), err)
	}
	var out []entry
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("manual: %w", err)
		}
		out = append(out, entry{"share/man/man1/" + filepath.Base(file), data, 0o644})
	}
	for shell, path := range map[string]string{
		"bash": "share/bash-completion/completions/tongket",
		"zsh":  "share/zsh/site-functions/_tongket",
		"fish": "share/fish/vendor_completions.d/tongket.fish",
	} {
		text, err := exec.Command(tool, "completion", shell).Output()
		if err != nil {
			return nil, fmt.Errorf("completion: %w", err)
		}
		out = append(out, entry{path, text, 0o644})
	}
	return out, nil
}

// sums writes SHA256SUMS for what lies in a folder of archives.
func sums(dir string) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("sums: %w", err)
	}
	var b strings.Builder
	for _, f := range files {
		if !strings.HasPrefix(f.Name(), "tongket-") {
			continue
		}
		file, err := os.Open(filepath.Join(dir, f.Name()))
		if err != nil {
			return fmt.Errorf("sums: %w", err)
		}
		sum := sha256.New()
		_, err = io.Copy(sum, file)
		if err = errors.Join(err, file.Close()); err != nil {
			return fmt.Errorf("sums: %w", err)
		}
		fmt.Fprintf(&b, "%x  %s\n", sum.Sum(nil), f.Name())
	}
	return os.WriteFile(filepath.Join(dir, "SHA256SUMS"), []byte(b.String()), 0o644)
}
