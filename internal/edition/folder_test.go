package edition

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

func TestEditionIsPutInPlaceWhole(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "dist")
	for i, version := range []string{"một", "hai"} {
		text := version
		f, err := newFolder(out)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"a/b.html", mark} {
			if name == mark {
				text = `{"program": "tongket 1"}`
			}
			if err := f.put(name, []byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		if got, _ := os.ReadFile(filepath.Join(out, "a", "b.html")); i == 1 && string(got) != "một" {
			t.Errorf("before the edition is complete the last one reads %q", got)
		}
		if err := f.commit(); err != nil {
			t.Fatal(err)
		}
		f.abandon()
		if got, err := os.ReadFile(filepath.Join(out, "a", "b.html")); err != nil || string(got) != version {
			t.Errorf("edition %d: %q, %v", i, got, err)
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("left beside the edition: %v", entries)
	}
}

func TestAbandonedEditionLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	f, err := newFolder(filepath.Join(dir, "dist"))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.put("a.html", nil); err != nil {
		t.Fatal(err)
	}
	f.abandon()
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("left: %v", entries)
	}
}

// TestLeftoversOfAKilledBuild are swept away, those of a running one are not.
func TestLeftoversOfAKilledBuild(t *testing.T) {
	dead := exec.Command("true")
	if err := dead.Run(); err != nil {
		t.Skip("no command to run:", err)
	}
	dir := t.TempDir()
	gone := filepath.Join(dir, fmt.Sprintf(".dist-%d-%s.1", dead.Process.Pid, computer()))
	kept := filepath.Join(dir, fmt.Sprintf(".dist-%d-%s.1", os.Getpid(), computer()))
	foreign := filepath.Join(dir, fmt.Sprintf(".letters-%d-%s.1", dead.Process.Pid, computer()))
	elsewhere := filepath.Join(dir, fmt.Sprintf(".dist-%d-other%s.1", dead.Process.Pid, computer()))
	for _, path := range []string{gone, kept, foreign, elsewhere} {
		if err := os.Mkdir(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	f, err := newFolder(filepath.Join(dir, "dist"))
	if err != nil {
		t.Fatal(err)
	}
	f.abandon()
	if _, err := os.Stat(gone); err == nil {
		t.Error("the leftovers of a dead process are still there")
	}
	for what, path := range map[string]string{"a running process": kept, "somebody": foreign, "another computer": elsewhere} {
		if _, err := os.Stat(path); err != nil {
			t.Errorf("the folder of %s was taken: %v", what, err)
		}
	}
	ours := func(base string) bool { return base == "dist" }
	info, err := os.Stat(elsewhere)
	if err != nil {
		t.Fatal(err)
	}
	if sweep(dir, ours, info.ModTime().Add(23*time.Hour)); !isThere(elsewhere) {
		t.Error("the folder of another computer was taken before a day had passed")
	}
	if sweep(dir, ours, info.ModTime().Add(25*time.Hour)); isThere(elsewhere) || !isThere(foreign) || !isThere(kept) {
		t.Error("after a day the folder of another computer is still there, or one that is not ours is gone")
	}
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func TestFolderRefuses(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "letter.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := newFolder(dir); err == nil || !strings.Contains(err.Error(), "no edition") {
			t.Errorf("a folder of other files: %v", err)
		}
		if err := os.WriteFile(filepath.Join(dir, mark), []byte(`{"name": "an app of somebody's"}`), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f, err := newFolder(filepath.Join(t.TempDir(), "dist"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.abandon()
	for _, path := range []string{"../x", "/etc/x", "a/../../x"} {
		if err := f.put(path, nil); err == nil {
			t.Errorf("%s was written", path)
		}
	}
	if err := f.put("a.html", nil); err != nil {
		t.Fatal(err)
	}
	if err := f.put("A.html", nil); err == nil {
		t.Error("two files that some systems take for one")
	}
}

func TestEachTellsAllErrorsInOrder(t *testing.T) {
	var ran atomic.Int32
	err := each(context.Background(), 3, []int{1, 2, 3, 4}, func(i int) error {
		ran.Add(1)
		if i%2 == 0 {
			return fmt.Errorf("no %d", i)
		}
		return nil
	})
	if ran.Load() != 4 || err == nil || err.Error() != "no 2\nno 4" {
		t.Errorf("%d ran, %v", ran.Load(), err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	full := fmt.Errorf("page: %w", syscall.ENOSPC)
	if err := each(context.Background(), 1, make([]int, 1000), func(int) error { return full }); !errors.Is(err, full) || strings.Count(err.Error(), "page") > 3 {
		t.Errorf("a full disk is told of page by page: %v", err)
	}
	if err := each(ctx, 2, []int{1, 2}, func(int) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}
