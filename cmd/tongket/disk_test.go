package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestDisk runs on a small disk of its own, which is filled and then made
// read-only: what was there stays, the message says what is wrong, and once
// there is room the next run completes.
func TestDisk(t *testing.T) {
	if disk := os.Getenv("TONGKET_TEST_DISK"); disk != "" {
		publishOn(t, disk)
		full(t, disk)
		readOnly(t, disk)
		return
	}
	disk := t.TempDir()
	if out, err := exec.Command("unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk).CombinedOutput(); err != nil {
		t.Skipf("no disk of our own can be made here: %v %s", err, out)
	}
	c := exec.Command("unshare", "--map-root-user", "--mount", "sh", "-c", `mount -t tmpfs -o size=64m tmpfs "$1" && exec "$0" -test.run '^TestDisk$' -test.v`, os.Args[0], disk)
	c.Env = append(os.Environ(), "TONGKET_TEST_DISK="+disk)
	out, err := c.CombinedOutput()
	t.Logf("%s", out)
	if err != nil || !strings.Contains(string(out), "--- PASS: TestDisk") {
		t.Errorf("on the small disk: %v", err)
	}
}

func full(t *testing.T, disk string) {
	dir := filepath.Join(disk, "programme")
	if err := os.CopyFS(dir, os.DirFS(killProgramme(t))); err != nil {
		t.Fatal(err)
	}
	later := filepath.Join(disk, "later")
	if err := os.Rename(filepath.Join(dir, "data", "progress"), later); err != nil {
		t.Fatal(err)
	}
	timed(t, dir, "load") // the units alone
	timed(t, dir, "build")
	if err := os.Rename(later, filepath.Join(dir, "data", "progress")); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for i, room := range []int64{0, 16 << 10, 256 << 10, 512 << 10, 1 << 20, 2 << 20} {
		release := fill(t, disk, room)
		said, err := exec.Command("tongket", "-C", dir, "load").CombinedOutput()
		failed := err != nil
		built, buildErr := exec.Command("tongket", "-C", dir, "build").CombinedOutput()
		release()
		if failed {
			seen++
			about(t, "load", string(said), "space")
		}
		if buildErr != nil {
			seen++
			about(t, "build", string(built), "space")
		}
		whole(t, dir, i, string(said))
		standing(t, filepath.Join(dir, "dist"), i)
	}
	if seen < 2 {
		t.Errorf("the disk was full %d times only", seen)
	}
	complete(t, dir)
	timed(t, dir, "build")
}

// fill leaves so much room on the disk; the function returned frees the rest.
func fill(t *testing.T, disk string, room int64) (release func()) {
	t.Helper()
	reserve, filler := filepath.Join(disk, "reserve"), filepath.Join(disk, "filler")
	if err := os.WriteFile(reserve, make([]byte, room), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 4096)
	for err == nil {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	if err := errors.Join(f.Close(), os.Remove(reserve)); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
	}
}

func readOnly(t *testing.T, disk string) {
	remount := func(how string) {
		if out, err := exec.Command("mount", "-o", "remount,"+how, disk).CombinedOutput(); err != nil {
			t.Fatalf("remount: %v %s", err, out)
		}
	}
	dir := filepath.Join(disk, "programme")
	file, err := os.OpenFile(filepath.Join(dir, "data", "progress", "0.csv"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(file, "U0,2030-Q1,1\n"); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	remount("ro")
	for _, verb := range []string{"load", "build", "publish"} {
		args := []string{"-C", dir, verb}
		if verb == "publish" {
			args = append(args, "--again", "--to", filepath.Join(disk, "web"))
		}
		said, err := exec.Command("tongket", args...).CombinedOutput()
		if err == nil {
			t.Errorf("%s into a read-only folder went well: %s", verb, said)
		}
		about(t, verb, string(said), "read-only")
	}
	remount("rw")
	standing(t, filepath.Join(dir, "dist"), 0)
	led(t, filepath.Join(disk, "web"), 0)
	if n := byFile(t, dir); len(n) != 8 {
		t.Errorf("there are %d files", len(n))
	}
}

// about checks that a message names what is wrong, in a few lines.
func about(t *testing.T, verb, said, wrong string) {
	t.Helper()
	if !strings.Contains(strings.ToLower(said), wrong) || strings.Contains(said, "goroutine") {
		t.Errorf("%s said: %s", verb, said)
	}
}
