package main

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// block is a fenced block of a guide.
type block struct {
	kind, text string
	saved      string // the file that the sentence before says it is
}

var saveAs = regexp.MustCompile("Lưu thành `([^`]+)`|[Ll]ưu thành `([^`]+)`")

// blocks reads the fenced blocks of a guide in order.
func blocks(text string) (out []block) {
	var open *block
	fence, last := "", ""
	for line := range strings.Lines(text) {
		trimmed := strings.TrimRight(line, "\n")
		switch {
		case open == nil && strings.HasPrefix(trimmed, "```"):
			fence = trimmed[:len(trimmed)-len(strings.TrimLeft(trimmed, "`"))]
			open = &block{kind: strings.TrimPrefix(trimmed, fence)}
			if m := saveAs.FindStringSubmatch(last); m != nil {
				open.saved = m[1] + m[2]
			}
		case open != nil && trimmed == fence:
			out, open, last = append(out, *open), nil, ""
		case open != nil:
			open.text += line
		case trimmed != "":
			last = trimmed
		}
	}
	return out
}

// TestGuides follows each guide word for word in a copy of the sample: what is
// to be saved is saved, and each command is given.
func TestGuides(t *testing.T) {
	guides, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(guides) == 0 {
		t.Fatalf("%d guides, %v", len(guides), err)
	}
	for _, guide := range guides {
		t.Run(filepath.Base(guide), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(guide)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if err := copySample(dir); err != nil {
				t.Fatal(err)
			}
			given(t, dir, "tongket load --received 2022-01-20T08:00:00Z") // as the sample's files came
			commands := 0
			for _, b := range blocks(string(text)) {
				switch {
				case b.saved != "":
					save(t, filepath.Join(dir, filepath.FromSlash(b.saved)), b.text, os.O_TRUNC)
				case b.kind == "yaml":
					save(t, filepath.Join(dir, "tongket.yaml"), "\n"+b.text, os.O_APPEND)
				case b.kind == "sh":
					for line := range strings.Lines(b.text) {
						given(t, dir, strings.TrimSpace(line))
						commands++
					}
				}
			}
			if commands < 2 {
				t.Errorf("%d commands", commands)
			}
		})
	}
}

func save(t *testing.T, path, text string, how int) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|how, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

// given runs a line of a guide. What runs until it is stopped is stopped when
// it has said something.
func given(t *testing.T, dir, line string) {
	t.Helper()
	words := strings.Fields(strings.NewReplacer(`"0 6 * * 1"`, "0\x006\x00*\x00*\x001").Replace(line))
	for i, w := range words {
		words[i] = strings.ReplaceAll(w, "\x00", " ")
	}
	c := exec.Command(words[0], words[1:]...)
	c.Dir = dir
	if !strings.Contains(line, " serve") && !strings.Contains(line, " --cron") {
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", line, err, out)
		}
		return
	}
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Errorf("%s says nothing", line)
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
	}
	if err := c.Wait(); err != nil {
		t.Errorf("%s: %v", line, err)
	}
}
