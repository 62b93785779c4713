package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"tongket": main,
	})
}

// TestScripts runs testdata/*.txtar: each is a story told on the command line.
// $SAMPLE is a copy of the sample programme.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			sample := filepath.Join(e.WorkDir, "sample")
			e.Setenv("SAMPLE", sample)
			return copySample(sample)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"copy":     copyTree,
			"sametree": sameTree,
			"replace":  replace,
		},
	})
}

// copySample copies the parts of the repository that are a programme.
func copySample(to string) error {
	root := os.DirFS("../..")
	for _, part := range []string{"data", "queries", "reports"} {
		sub, err := fs.Sub(root, part)
		if err != nil {
			return err
		}
		if err := os.CopyFS(filepath.Join(to, part), sub); err != nil {
			return err
		}
	}
	settings, err := fs.ReadFile(root, "tongket.yaml")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, "tongket.yaml"), settings, 0o644)
}

func copyTree(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: copy FROM TO")
	}
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), os.DirFS(ts.MkAbs(args[0]))))
}

// replace FILE OLD NEW changes every OLD of a file; one must be there.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	path := ts.MkAbs(args[0])
	text, err := os.ReadFile(path)
	ts.Check(err)
	if !strings.Contains(string(text), args[1]) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(path, []byte(strings.ReplaceAll(string(text), args[1], args[2])), 0o644))
}

// sameTree compares two folders byte by byte.
func sameTree(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: sametree A B")
	}
	a, b := tree(ts, args[0]), tree(ts, args[1])
	same := len(a) == len(b)
	for name, text := range a {
		if b[name] != text {
			same = false
			if !neg {
				ts.Logf("%s differs", name)
			}
		}
	}
	if same == neg {
		ts.Fatalf("%s and %s: same is %t", args[0], args[1], same)
	}
}

func tree(ts *testscript.TestScript, dir string) map[string]string {
	out := map[string]string{}
	root := os.DirFS(ts.MkAbs(dir))
	ts.Check(fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, name)
		out[name] = string(text)
		return err
	}))
	return out
}
