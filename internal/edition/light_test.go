package edition_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestLight weighs what a reader's first page costs on a slow line: the page
// and all it asks for but the chart library, which comes later and once.
func TestLight(t *testing.T) {
	const most = 200_000 // bytes, compressed
	folder := sampleEdition(t).folder
	page, err := os.ReadFile(filepath.Join(folder, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]bool{"index.html": true}
	for _, m := range regexp.MustCompile(`(?:src|href)="(assets/[^"]+|[a-z]+\.js)"`).FindAllSubmatch(page, -1) {
		if name := string(m[1]); !strings.HasPrefix(name, "assets/echarts.") {
			files[name] = true
		}
	}
	if len(files) < 3 {
		t.Fatalf("the page asks for %v: styles and scripts are missing", files)
	}
	sum := 0
	for name := range files {
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		var small bytes.Buffer
		w := gzip.NewWriter(&small)
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		t.Logf("%7d %s", small.Len(), name)
		sum += small.Len()
	}
	if sum > most {
		t.Errorf("the first page costs %d bytes, more than %d", sum, most)
	}
}
