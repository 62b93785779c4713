package edition_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"tongket/internal/edition"
	"tongket/templates"
)

// TestCache: with what is kept from before, with a part of it lost or broken,
// and without, an edition is the same to the last byte; and only what changed
// is rendered again.
func TestCache(t *testing.T) {
	dir := sampleFolder(t)
	keep := filepath.Join(dir, ".tongket", "cache")
	loaded(t, dir)
	build := func(out, cache string) *edition.Summary {
		t.Helper()
		o := orderOf(dir)
		o.Out, o.Cache, o.Build = filepath.Join(dir, out), cache, "test"
		s, err := edition.Build(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := build("first", keep)
	if again := build("again", keep); again.Rendered != 0 {
		t.Errorf("rendered anew though nothing changed: %d of %d", again.Rendered, first.Rendered)
	}
	same(t, dir, "first", "again")

	file := filepath.Join(dir, "data", "progress", "2021-Q4.csv")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	cells := strings.Split(lines[len(lines)-2], ";")
	note := len(cells) - 1
	cells[note] = "sửa ghi chú"
	lines[len(lines)-2] = strings.Join(cells, ";")
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
	loaded(t, dir)
	changed := build("changed", keep)
	// The file has a new receipt, which the pages of its units and of the queries on it name.
	if changed.Rendered == 0 || changed.Rendered*2 > first.Rendered {
		t.Errorf("one note changed: %d of %d rendered", changed.Rendered, first.Rendered)
	}
	build("fresh", "")
	same(t, dir, "fresh", "changed")

	n := 0
	err = filepath.WalkDir(keep, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch n++; n % 4 {
		case 0:
			return os.Remove(path)
		case 1:
			return os.Truncate(path, 40)
		case 2:
			return os.WriteFile(path, []byte(strings.Repeat("x", 100)), 0o644)
		}
		return nil
	})
	if err != nil || n < 20 {
		t.Fatalf("%d files were kept, %v", n, err)
	}
	build("broken", keep)
	same(t, dir, "fresh", "broken")

	// It may lie on another disk.
	link := filepath.Join(dir, "link")
	if err := os.Symlink(keep, link); err != nil {
		t.Fatal(err)
	}
	if linked := build("linked", link); linked.Rendered != 0 {
		t.Errorf("%d rendered anew through a link", linked.Rendered)
	}
	if _, err := os.Readlink(link); err != nil {
		t.Error("the link to the cache is gone:", err)
	}
}

// same holds two folders against each other, byte by byte.
func same(t *testing.T, dir, a, b string) {
	t.Helper()
	x, y := contents(t, filepath.Join(dir, a)), contents(t, filepath.Join(dir, b))
	for name := range x {
		if x[name] != y[name] {
			t.Errorf("%s is not the same in %s and %s", name, a, b)
		}
	}
	if len(x) != len(y) || len(x) < samplePages {
		t.Errorf("%s has %d files, %s has %d", a, len(x), b, len(y))
	}
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		out[strings.TrimPrefix(path, dir)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestStale: whatever an edition is made of, a change of it
// reaches every page that it touches, however warm the cache is.
func TestStale(t *testing.T) {
	dir := sampleFolder(t)
	loaded(t, dir)
	keep := filepath.Join(dir, ".tongket", "cache")
	look := fstest.MapFS{}
	err := fs.WalkDir(templates.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(templates.Files, name)
		look[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	o := orderOf(dir)
	o.Templates, o.Build = look, "one"
	edit := func(old, now string, files ...string) {
		t.Helper()
		for _, name := range files {
			path := filepath.Join(dir, filepath.FromSlash(name))
			text, err := os.ReadFile(path)
			if err != nil || !strings.Contains(string(text), old) {
				t.Fatalf("%s does not hold %q: %v", name, old, err)
			}
			if err := os.WriteFile(path, []byte(strings.Replace(string(text), old, now, 1)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	swap := func(name, old, now string) {
		t.Helper()
		text := string(look[name].Data)
		if !strings.Contains(text, old) {
			t.Fatalf("%s does not hold %q", name, old)
		}
		look[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, now, 1))}
	}
	var before map[string]string
	for i, c := range []struct {
		what   string
		change func()
	}{
		{"nothing yet", func() {}},
		{"the title", func() { edit("title: Tổng kết", "title: Sơ kết", "tongket.yaml") }},
		{"a setting", func() { edit("behind_tolerance: 0.1 ", "behind_tolerance: 0.3 ", "tongket.yaml") }},
		{"a column's title", func() { edit("title: Tỷ lệ hoàn thành", "title: Tỷ lệ xong", "queries/progress_latest.sql") }},
		{"a page template", func() { swap("page.gohtml", "<main", "<main data-changed") }},
		{"a phrase", func() { swap("lang/vi.json", "Chậm tiến độ", "Trễ tiến độ") }},
		{"the language", func() { edit("lang: vi", "lang: en", "tongket.yaml") }},
	} {
		c.change()
		warm, cold := fmt.Sprintf("warm%d", i), fmt.Sprintf("cold%d", i)
		for out, cache := range map[string]string{warm: keep, cold: ""} {
			o.Out, o.Cache = filepath.Join(dir, out), cache
			if _, err := edition.Build(t.Context(), o); err != nil {
				t.Fatalf("%s: %v", c.what, err)
			}
		}
		same(t, dir, cold, warm)
		if now := contents(t, filepath.Join(dir, warm)); i > 0 && maps.Equal(now, before) {
			t.Errorf("%s: nothing changes", c.what)
		} else {
			before = now
		}
	}
}
