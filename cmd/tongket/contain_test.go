package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// endless are questions that would never end, or take all memory or disk.
var endless = map[string]string{
	"a cross join":              `SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range + b.range = -1`,
	"a cross join of tables":    `SELECT count(*) FROM progress a, progress b, progress c, progress d, progress e`,
	"a recursion":               `WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r`,
	"a growing recursion":       `WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r, range(10)) SELECT count(*) FROM r`,
	"one long text":             `SELECT length(repeat('x', 4000000000)) + length(repeat('y', 4000000000)) + length(repeat('z', 4000000000))`,
	"many long texts":           `SELECT max(length(repeat('x', 1000000000 + i::INT))) FROM range(1000) t(i)`,
	"a padded text":             `SELECT length(lpad('x', 2000000000, 'y')) FROM range(100)`,
	"a formatted text":          `SELECT length(printf('%1900000000d', 1)) + length(format('{:>1900000000}', 'x'))`,
	"texts put together":        `SELECT length(string_agg(repeat('x', 100000), ',')) FROM range(1000000)`,
	"a long list":               `SELECT len(range(3000000000))`,
	"a list gathered":           `SELECT len(list(i)) FROM range(3000000000) t(i)`,
	"a list sorted":             `SELECT list_sort(range(300000000))[1]`,
	"lists of lists":            `SELECT sum(len(list_transform(range(i), lambda x: range(x)))) FROM range(100000) t(i)`,
	"two long texts compared":   `SELECT levenshtein(repeat('a', 3000000), repeat('b', 3000000))`,
	"a sort beyond memory":      `SELECT i FROM range(3000000000) t(i) ORDER BY hash(i)::VARCHAR || repeat('x', 200)`,
	"a group for each row":      `SELECT count(*) FROM (SELECT hash(i)::VARCHAR || repeat('x', 100) AS h FROM range(3000000000) t(i) GROUP BY h)`,
	"a window over all":         `SELECT max(s) FROM (SELECT sum(hash(i)::DOUBLE) OVER (ORDER BY hash(i + 1)) AS s FROM range(2000000000) t(i))`,
	"a plan that is never made": "SELECT " + strings.Repeat("(SELECT ", 24) + "1" + strings.Repeat(")", 24),
}

// TestEndless: whatever is asked, the process ends in time, in bounded memory,
// and leaves nothing behind.
func TestEndless(t *testing.T) {
	dir := t.TempDir()
	if err := copySample(dir); err != nil {
		t.Fatal(err)
	}
	given(t, dir, "tongket load --received 2022-01-20T08:00:00Z")
	temp := t.TempDir()
	before := names(t, dir)
	for name, sql := range endless {
		t.Run(name, func(t *testing.T) {
			const limit, patience = 2 * time.Second, 90 * time.Second
			ctx, cancel := context.WithTimeout(t.Context(), patience) // far beyond the limit: only what never ends gets there
			defer cancel()
			c := exec.CommandContext(ctx, "tongket", "query", sql, "--timeout", limit.String())
			c.Dir, c.Env = dir, append(os.Environ(), "TMPDIR="+temp)
			var out, errs bytes.Buffer
			c.Stdout, c.Stderr = &out, &errs
			err := c.Run()
			var exit *exec.ExitError
			if ctx.Err() != nil || !errors.As(err, &exit) || exit.ExitCode() != inputFault {
				t.Fatalf("%v: %s%s", err, out.String(), errs.String())
			}
			if peak := exit.SysUsage().(*syscall.Rusage).Maxrss / 1024; peak > 5000 {
				t.Errorf("%d MB", peak)
			}
			if text := errs.String(); !strings.Contains(text, "đã dừng") && !strings.Contains(text, "vượt giới hạn") && !strings.Contains(text, "lồng nhau quá nhiều") {
				t.Errorf("it does not say why: %s", text)
			}
		})
	}
	if after := names(t, dir); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("left behind: %v", after)
	}
	if left := names(t, temp); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// names lists the files and folders below a folder.
func names(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if path != dir {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
