package html

import (
	"bytes"
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"tongket/internal/look"
	"tongket/internal/report"
	"tongket/templates"
)

var shots = flag.String("shots", "", "a folder to put screenshots of the demonstration pages in")

func writer(t *testing.T, lang string) *Writer {
	t.Helper()
	w, err := New(templates.Files, locale(t, lang))
	if err != nil {
		if strings.Contains(err.Error(), "run make") {
			look.Lacking(t, err.Error())
		}
		t.Fatal(err)
	}
	return w
}

// Charts come alive elsewhere, with options that ECharts understands; the
// pages looked at here keep their still pictures.
var chartScript = regexp.MustCompile(`<script src="[^"]*echarts[^"]*" defer></script>`)

// edition writes documents and assets into a folder and returns it.
func edition(t *testing.T, site *report.Site, docs ...*report.Document) string {
	t.Helper()
	w, dir := writer(t, "vi"), t.TempDir()
	assets, err := w.Assets()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range assets {
		put(t, filepath.Join(dir, filepath.FromSlash(a.Path)), a.Data)
	}
	var index bytes.Buffer
	if err := w.Index(&index, site, docs); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, IndexFile), index.Bytes())
	for _, doc := range docs {
		var b strings.Builder
		if err := w.Page(&b, site, doc); err != nil {
			t.Fatal(err)
		}
		still := chartScript.ReplaceAllString(b.String(), "")
		put(t, filepath.Join(dir, filepath.FromSlash(doc.Path)+".html"), []byte(still))
	}
	return dir
}

func put(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// do runs a statement in the page.
func do(t *testing.T, b *look.Tab, statement string) {
	t.Helper()
	b.Run(t, chromedp.Evaluate[chromedp.Void](statement))
}

func fileURL(dir, name string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(dir) + "/" + name}).String()
}
