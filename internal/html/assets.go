package html

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"tongket/internal/report"
)

// Asset is a file that pages share. Path is its place in the edition, e.g.
// "assets/site.4f2a91c03b7d.css"; it changes with the content, so browsers
// may keep the file for ever.
type Asset struct {
	Path string
	Data []byte
}

// Assets returns the files that the pages of these documents refer to, in order
// of their paths. The engine that answers questions is large, and there only
// when one of them has it.
func (w *Writer) Assets(docs ...*report.Document) ([]Asset, error) {
	asks := slices.ContainsFunc(docs, func(d *report.Document) bool {
		return slices.ContainsFunc(d.Blocks, func(b report.Block) bool { _, ok := b.(report.Ask); return ok })
	})
	var out []Asset
	for _, a := range w.assets {
		if asks || !slices.ContainsFunc(asking, func(name string) bool { return w.names[name] == a.Path }) {
			out = append(out, a)
		}
	}
	return out, nil
}

// needed are the files a page may refer to by name.
var needed = []string{"echarts.js", "site.css", "site.js", "ask.js", "engine.js", "engine.wasm.gz"}

// asking are those of pages that answer questions.
var asking = []string{"ask.js", "engine.js", "engine.wasm.gz"}

// served are the kinds of files that pages load. ssr.js, which runs in the
// binary, is none of theirs.
var served = []string{".css", ".gz", ".js", ".woff", ".woff2"}

// bundle reads dist/ and gives each file a name made from its content. Style
// sheets come last, because the names of the fonts they load are part of
// their content.
func bundle(files fs.FS) ([]Asset, map[string]string, error) {
	var plain, styles []string
	err := fs.WalkDir(files, "dist", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir(), name == "dist/ssr.js", !slices.Contains(served, path.Ext(name)):
		case path.Ext(name) == ".css":
			styles = append(styles, name)
		default:
			plain = append(plain, name)
		}
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("bundle: %w", err)
	}
	var assets []Asset
	names := map[string]string{}
	for _, name := range append(plain, styles...) {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, nil, fmt.Errorf("bundle: %w", err)
		}
		short := strings.TrimPrefix(name, "dist/")
		if path.Ext(name) == ".css" {
			data = relink(data, path.Dir(short), names)
		}
		names[short] = hashed(short, data)
		assets = append(assets, Asset{Path: names[short], Data: data})
	}
	var faults []error
	for _, name := range needed {
		if names[name] == "" {
			faults = append(faults, fmt.Errorf("templates/dist/%s is missing: run make to bundle scripts and styles", name))
		}
	}
	slices.SortFunc(assets, func(a, b Asset) int { return strings.Compare(a.Path, b.Path) })
	return assets, names, errors.Join(faults...)
}

// hashed flattens a bundle file into assets/ under a name that holds 48 bits
// of its hash.
func hashed(name string, data []byte) string {
	base := path.Base(name)
	ext := path.Ext(strings.TrimSuffix(base, ".gz"))
	if strings.HasSuffix(base, ".gz") {
		ext += ".gz"
	}
	sum := sha256.Sum256(data)
	return fmt.Sprintf("assets/%s.%x%s", strings.TrimSuffix(base, ext), sum[:6], ext)
}

var cssURL = regexp.MustCompile(`url\(\s*["']?([^"')]+)["']?\s*\)`)

// relink points the url() references of a style sheet at the hashed names,
// which lie beside it.
func relink(css []byte, dir string, names map[string]string) []byte {
	return cssURL.ReplaceAllFunc(css, func(match []byte) []byte {
		target := string(cssURL.FindSubmatch(match)[1])
		to, ok := names[path.Join(dir, target)]
		if !ok {
			return match
		}
		return []byte("url(" + strings.TrimPrefix(to, "assets/") + ")")
	})
}
