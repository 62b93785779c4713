package preview

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// noon is the time that the watching begins at. Everything was written long
// before.
var noon = time.Date(2022, 1, 20, 12, 0, 0, 0, time.UTC)

func watching(t *testing.T, files map[string]string) (*watch, string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		lay(t, dir, name, text, noon.Add(-time.Hour))
	}
	w := &watch{folder: os.DirFS(dir), warehouse: filepath.Join(dir, ".tongket", "warehouse.duckdb")}
	w.begin(noon)
	return w, dir
}

// lay writes a file as if at a time.
func lay(t *testing.T, dir, name, text string, at time.Time) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

// see looks at a moment after noon and wants these names, parted by blanks.
func (w *watch) see(t *testing.T, after time.Duration, want string) {
	t.Helper()
	if got := w.look(noon.Add(after)); !slices.Equal(got, strings.Fields(want)) {
		t.Errorf("after %v: %q, want %q", after, got, want)
	}
}

const ms = time.Millisecond

func TestWatch(t *testing.T) {
	sample := map[string]string{"tongket.yaml": "a", "queries/a.sql": "a", "reports/a.md": "a", "data/a.csv": "a"}

	t.Run("what is left alone for a moment is told once", func(t *testing.T) {
		w, dir := watching(t, sample)
		w.see(t, 100*ms, "")
		lay(t, dir, "queries/a.sql", "b", noon)
		lay(t, dir, "reports/new.md", "", noon)
		w.see(t, 200*ms, "")
		w.see(t, 300*ms, "queries/a.sql reports/new.md")
		w.see(t, 400*ms, "")
		w.see(t, 9000*ms, "")
	})
	t.Run("the content decides, not the time", func(t *testing.T) {
		w, dir := watching(t, sample)
		lay(t, dir, "reports/a.md", "a", noon)
		w.see(t, 100*ms, "")
		w.see(t, 300*ms, "")
	})
	t.Run("a change that the time does not show", func(t *testing.T) {
		w, dir := watching(t, sample)
		lay(t, dir, "reports/a.md", "b", noon.Add(100*ms))
		w.see(t, 100*ms, "")
		w.see(t, 200*ms, "reports/a.md")
		lay(t, dir, "reports/a.md", "c", noon.Add(100*ms))
		w.see(t, 300*ms, "")
		w.see(t, 3000*ms, "reports/a.md")
	})
	t.Run("a file that is still being written", func(t *testing.T) {
		w, dir := watching(t, sample)
		for step := range 20 {
			at := time.Duration(step) * 500 * ms
			lay(t, dir, "data/large.csv", strings.Repeat("x", step), noon.Add(at))
			w.see(t, at, "")
		}
		w.see(t, 10400*ms, "")
		w.see(t, 10500*ms, "data/large.csv")
	})
	t.Run("what goes", func(t *testing.T) {
		w, dir := watching(t, sample)
		if err := os.Remove(filepath.Join(dir, "data", "a.csv")); err != nil {
			t.Fatal(err)
		}
		w.see(t, 100*ms, "")
		w.see(t, 200*ms, "data/a.csv")
		w.see(t, 300*ms, "")
	})
	t.Run("the file behind a link", func(t *testing.T) {
		w, dir := watching(t, sample)
		lay(t, dir, "elsewhere.sql", "a", noon)
		if err := os.Symlink(filepath.Join(dir, "elsewhere.sql"), filepath.Join(dir, "queries", "link.sql")); err != nil {
			t.Skip(err)
		}
		w.see(t, 100*ms, "")
		w.see(t, 200*ms, "queries/link.sql")
		lay(t, dir, "elsewhere.sql", "bb", noon)
		w.see(t, 300*ms, "")
		w.see(t, 400*ms, "queries/link.sql")
	})
	t.Run("names of a moment", func(t *testing.T) {
		w, dir := watching(t, sample)
		for _, name := range []string{"reports/.a.md.swp", "reports/a.md~", "reports/#a.md#", "data/~$a.xlsx", "data/.~lock.a.xlsx#", "data/a.csv.part", "templates/node_modules/x/a.js", "dist/index.html", ".tongket/x"} {
			lay(t, dir, name, "x", noon)
		}
		w.see(t, 100*ms, "")
		w.see(t, 5000*ms, "")
	})
	t.Run("a load by another command, once it is over", func(t *testing.T) {
		w, dir := watching(t, sample)
		lay(t, dir, ".tongket/warehouse.duckdb", "more", noon)
		lay(t, dir, ".tongket/warehouse.duckdb.lock", "held", noon)
		w.see(t, 5000*ms, "")
		lay(t, dir, ".tongket/warehouse.duckdb.lock", "", noon)
		w.see(t, 6000*ms, Outside)
		w.see(t, 7000*ms, "")
		lay(t, dir, ".tongket/warehouse.duckdb", "ours", noon.Add(time.Second))
		w.absorb()
		w.see(t, 8000*ms, "")
	})
}
