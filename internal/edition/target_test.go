package edition_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tongket/internal/edition"
)

func TestTargetsThatAreRefused(t *testing.T) {
	p := newPress(t)
	strange := t.TempDir()
	if err := os.WriteFile(filepath.Join(strange, "index.html"), []byte("somebody's"), 0o644); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(p.dir, link); err != nil {
		t.Skip("no links here:", err)
	}
	for target, want := range map[string]string{
		p.dir:                                "thư mục chương trình",
		filepath.Dir(p.dir):                  "thư mục chương trình",
		filepath.Join(p.dir, "data", "web"):  "nằm trong data/",
		filepath.Join(link, "reports"):       "nằm trong reports/",
		filepath.Join(p.dir, ".tongket"):     "nằm trong .tongket/",
		strange:                              "tệp khác (“index.html”)",
		filepath.Join(strange, "index.html"): "tệp khác (“index.html”)",
		filepath.Join(p.dir, "no", "share"):  "Không thấy nơi công bố",
	} {
		o := p.order()
		o.Target = target
		if _, err := edition.Publish(t.Context(), o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", target, err)
		}
	}
	if text, err := os.ReadFile(filepath.Join(strange, "index.html")); err != nil || string(text) != "somebody's" {
		t.Errorf("the foreign file reads %q, %v", text, err)
	}
	p.target = filepath.Join(p.dir, "web") // beside the programme's parts is no harm
	p.publish(t)
	if err := os.WriteFile(filepath.Join(p.target, "current.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := edition.Publish(t.Context(), p.order()); err == nil || !strings.Contains(err.Error(), "Không đọc được") {
		t.Errorf("a broken pointer: %v", err)
	}
}

// TestNoLink: a folder has the name of the link, as where somebody copied a
// site to a disk without links.
func TestNoLink(t *testing.T) {
	p := newPress(t)
	p.publish(t)
	if err := errors.Join(os.Remove(filepath.Join(p.target, "current")), os.MkdirAll(filepath.Join(p.target, "current", "x"), 0o755)); err != nil {
		t.Fatal(err)
	}
	p.report(t, 120)
	done := p.publish(t)
	if done.Linked || !done.Made || !strings.Contains(p.read(t, "index.html"), done.Edition) {
		t.Errorf("without a link: %+v", done)
	}
	if _, err := os.Stat(filepath.Join(p.target, "current", "x")); err != nil {
		t.Error("the folder was touched:", err)
	}
	if err := os.RemoveAll(filepath.Join(p.target, "current")); err != nil {
		t.Fatal(err)
	}
	if done := p.publish(t); !done.Linked || p.shown(t) != done.Edition {
		t.Errorf("the link is not put right: %+v", done)
	}
}

// TestDamagedEdition: what was lost is made again, and what was changed is not
// compared with.
func TestDamagedEdition(t *testing.T) {
	p := newPress(t)
	first := p.publish(t).Edition
	edition1 := filepath.Join(p.target, "editions", first)
	if err := os.Remove(filepath.Join(edition1, "index.html")); err != nil {
		t.Fatal(err)
	}
	if done := p.publish(t); !done.Made || p.shown(t) == first {
		t.Errorf("readers are led to an edition without its page: %+v", done)
	}
	second := p.shown(t)
	table := filepath.Join(p.target, "editions", second, "data", "by_unit.csv")
	if err := os.WriteFile(table, []byte("unit,metres\nA,1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	p.report(t, 120)
	_, err := edition.Publish(t.Context(), p.order())
	if err == nil || !strings.Contains(err.Error(), "Bản "+second+" đã bị hỏng") || !strings.Contains(err.Error(), "xóa thư mục "+filepath.Join(p.target, "editions", second)+" ") {
		t.Errorf("the way out is not told: %v", err)
	}
	if err := os.RemoveAll(filepath.Join(p.target, "editions", second)); err != nil {
		t.Fatal(err)
	}
	if done := p.publish(t); !done.Made || done.Edition == second {
		t.Errorf("after the way out: %+v", done)
	}
}

// TestHostilePointer: no number of it makes the next one smaller.
func TestHostilePointer(t *testing.T) {
	for _, number := range []string{"-1", "9223372036854775807", "1.5", `"1"`} {
		p := newPress(t)
		id := p.publish(t).Edition
		text := `{"edition": "` + id + `", "number": ` + number + `, "flips": []}`
		if err := os.WriteFile(filepath.Join(p.target, "current.json"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := edition.Publish(t.Context(), p.order()); err == nil || !strings.Contains(err.Error(), "Không đọc được") {
			t.Errorf("number %s: %v", number, err)
		}
	}
}

// TestBrokenOff leaves a target as a job does that was killed, at each step.
func TestBrokenOff(t *testing.T) {
	p := newPress(t)
	p.publish(t)
	before := copied(t, p.target)
	p.report(t, 130)
	second := p.publish(t)
	after := copied(t, p.target)
	steps := []string{"assets", "editions.html", "feed.xml", "current.json", "current", "index.html"}
	for done := range len(steps) {
		p.target = copied(t, before)
		restore(t, filepath.Join(after, "editions", second.Edition), filepath.Join(p.target, "editions", second.Edition))
		for _, step := range steps[:done] {
			restore(t, filepath.Join(after, step), filepath.Join(p.target, step))
		}
		flipped := slices.Contains(steps[:done], "current.json")
		result := p.publish(t)
		if result.Made || result.Edition != second.Edition || (result.Resumed == second.Edition) == flipped {
			t.Errorf("after %v: %+v", steps[:done], result)
		}
		if now, want := relative(snapshot(t, p.target), p.target), relative(snapshot(t, after), after); !maps.Equal(now, want) {
			t.Errorf("after %v: the target is not what it would have been", steps[:done])
		}
	}

	// A return that was broken off is completed, and goes no further.
	p.target = copied(t, after)
	restore(t, filepath.Join(before, "index.html"), filepath.Join(p.target, "index.html"))
	if done := p.back(t, ""); !done.Resumed || done.Edition != second.Edition || p.shown(t) != second.Edition {
		t.Errorf("a flip that was broken off: %+v", done)
	}

	// What is not whole never becomes current.
	p.target = copied(t, before)
	restore(t, filepath.Join(after, "editions", second.Edition), filepath.Join(p.target, "editions", second.Edition))
	if err := os.Truncate(filepath.Join(p.target, "editions", second.Edition, "index.html"), 7); err != nil {
		t.Fatal(err)
	}
	third := p.publish(t)
	if !third.Made || third.Resumed != "" || third.Edition != "2026-11-22-2" || len(p.editions(t)) != 2 {
		t.Errorf("after a broken edition: %+v", third)
	}
	if now, want := relative(snapshot(t, p.target), p.target), relative(snapshot(t, after), after); !maps.Equal(now, want) {
		t.Error("after a broken edition the target is not what it would have been")
	}
}

func relative(files map[string]string, dir string) map[string]string {
	out := map[string]string{}
	for path, text := range files {
		out[strings.TrimPrefix(path, dir)] = text
	}
	return out
}

// copied is a copy of a folder, links and all.
func copied(t testing.TB, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	restore(t, dir, to)
	return to
}

func restore(t testing.TB, from, to string) {
	t.Helper()
	if err := os.RemoveAll(to); err != nil {
		t.Fatal(err)
	}
	if link, err := os.Readlink(from); err == nil {
		if err := os.Symlink(link, to); err != nil {
			t.Fatal(err)
		}
		return
	}
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		at := filepath.Join(to, rel)
		switch {
		case d.IsDir():
			return os.MkdirAll(at, 0o755)
		case d.Type()&fs.ModeSymlink != 0:
			link, err := os.Readlink(path)
			return errors.Join(err, os.Symlink(link, at))
		}
		text, err := os.ReadFile(path)
		return errors.Join(err, os.WriteFile(at, text, 0o644))
	})
	if err != nil {
		t.Fatal(err)
	}
}
