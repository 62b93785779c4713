package lock

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestLock(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no such locks here")
	}
	path := filepath.Join(t.TempDir(), "x.lock")
	first, err := Acquire(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Acquire(path)
	var held *Held
	if !errors.As(err, &held) || held.Process != os.Getpid() || held.Path != path || held.Since.IsZero() || !strings.Contains(err.Error(), held.Who()) {
		t.Errorf("the second: %v", err)
	}
	if !first.Stands() {
		t.Error("it does not stand")
	}
	if err := os.Rename(path, path+".away"); err != nil {
		t.Fatal(err)
	}
	if first.Stands() {
		t.Error("its file is gone, and it stands")
	}
	if err := os.Rename(path+".away", path); err != nil {
		t.Fatal(err)
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	again, err := Acquire(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Release(); err != nil {
		t.Fatal(err)
	}
	if _, err := Acquire(filepath.Join(path, "no", "folder")); err == nil {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func TestLockIsNoLink(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no such locks here")
	}
	dir := t.TempDir()
	theirs, path := filepath.Join(dir, "theirs"), filepath.Join(dir, "x.lock")
	if err := errors.Join(os.WriteFile(theirs, []byte("dear\n"), 0o644), os.Symlink(theirs, path)); err != nil {
		t.Fatal(err)
	}
	if _, err := Acquire(path); err == nil {
		t.Error("a link was taken for a lock")
	}
	if text, err := os.ReadFile(theirs); err != nil || string(text) != "dear\n" {
		t.Errorf("what the link leads to is %q, %v", text, err)
	}
}
