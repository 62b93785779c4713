package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestAlone does the whole job where there is nothing: no network, not even
// this machine's own, and a root folder that holds the program, the libraries
// that it is linked to, and the programme.
func TestAlone(t *testing.T) {
	if out, err := exec.Command("unshare", "--map-root-user", "--net", "chroot", "/", "true").CombinedOutput(); err != nil {
		t.Skipf("no room without a network can be made here: %v %s", err, out)
	}
	root := t.TempDir()
	program, err := exec.LookPath("tongket")
	if err != nil {
		t.Fatal(err)
	}
	into(t, root, program, "tongket")
	libraries, err := exec.Command("ldd", program).CombinedOutput()
	if err != nil && !strings.Contains(string(libraries), "not a dynamic executable") {
		t.Fatalf("%v: %s", err, libraries)
	}
	for _, m := range regexp.MustCompile(`(/\S+) \(0x`).FindAllStringSubmatch(string(libraries), -1) {
		into(t, root, m[1], m[1])
	}
	dir := filepath.Join(root, "programme")
	if err := copySample(dir); err != nil {
		t.Fatal(err)
	}
	lay(t, dir, "tongket.yaml", "publish: {target: web}\n"+text(t, filepath.Join(dir, "tongket.yaml")))
	for _, verb := range []string{"doctor", "load", "check", "build", "run", "editions"} {
		c := exec.Command("unshare", "--map-root-user", "--net", "chroot", root, "/tongket", "-C", "/programme", verb)
		c.Env = []string{"PATH=" + os.Getenv("PATH")}
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", verb, err, out)
		}
	}
	pages := 0
	err = filepath.WalkDir(filepath.Join(dir, "web", "editions"), func(path string, d fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".html" {
			pages++
		}
		return err
	})
	if err != nil || pages < 100 {
		t.Errorf("%d pages were published, %v", pages, err)
	}
}

// into copies a file below another root.
func into(t *testing.T, root, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(root, filepath.FromSlash(to))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o755); err != nil {
		t.Fatal(err)
	}
}

func text(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
