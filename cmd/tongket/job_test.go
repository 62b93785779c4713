package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tongket/internal/edition"
	"tongket/internal/lock"
)

// jobProgramme is killProgramme with a place to publish and hooks that keep
// what they are told.
func jobProgramme(t testing.TB) string {
	t.Helper()
	dir := killProgramme(t)
	settings := "title: Kill\nlang: en\npublish: {target: site}\nrun:\n  success: cat >> ok.json\n  failure: cat >> bad.json\n"
	if err := os.WriteFile(filepath.Join(dir, "tongket.yaml"), []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-time.Hour) // nobody writes these any more
	err := filepath.WalkDir(filepath.Join(dir, "data"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return os.Chtimes(path, long, long)
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// runOnce runs the job and returns its summary and exit code.
func runOnce(t testing.TB, dir string) (o outcome, code int) {
	t.Helper()
	c := exec.Command("tongket", "-C", dir, "run", "--json")
	var errs strings.Builder
	c.Stderr = &errs
	out, err := c.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &o); err != nil {
		t.Fatalf("summary %q: %v; %s", out, err, errs.String())
	}
	return o, c.ProcessState.ExitCode()
}

func summaries(t testing.TB, path string) (out []outcome) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		var o outcome
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatalf("%s: %v: %s", path, err, line)
		}
		out = append(out, o)
	}
	return out
}

// TestRun: what is new is published, what is not is left, and what must not be
// seen is kept back; each time the log and the hook are told.
func TestRun(t *testing.T) {
	dir := jobProgramme(t)
	o, code := runOnce(t, dir)
	if code != done || o.Result != "published" || o.Files != 9 || o.Edition == "" {
		t.Fatalf("first: %d %+v", code, o)
	}
	first := o.Edition
	if o, code = runOnce(t, dir); code != done || o.Result != "unchanged" || o.Edition != first || o.Known != 9 {
		t.Errorf("again: %d %+v", code, o)
	}
	lay(t, dir, "data/progress/8.csv", "unit,period,metres\nU0,2022-Q1,9.5\nU1,2022-Q1,abc\n")
	if o, code = runOnce(t, dir); code != done || o.Result != "published" || o.Edition == first || o.Rejected != 1 || o.Accepted != 1 {
		t.Errorf("with a file more: %d %+v", code, o)
	}
	second := o.Edition
	lay(t, dir, "queries/tests/never.sql", "-- title: Never\n-- severity: stop\n-- columns: {n: {title: N}}\nSELECT 1 AS n\n")
	if o, code = runOnce(t, dir); code != gateClosed || o.Result != "refused" || len(o.Findings) == 0 {
		t.Errorf("with the gate closed: %d %+v", code, o)
	}
	if err := os.Remove(filepath.Join(dir, "queries", "tests", "never.sql")); err != nil {
		t.Fatal(err)
	}
	lay(t, dir, "reports/index.md", "---\ntitle: Kill\n---\n```table\nquery: nothing\n```\n")
	broken := func(f edition.Finding) bool {
		return len(f.Faults) == 1 && strings.HasPrefix(f.Faults[0], "reports/index.md:5")
	}
	if o, code = runOnce(t, dir); code != gateClosed || o.Result != "refused" || !slices.ContainsFunc(o.Findings, broken) {
		t.Errorf("with a broken report: %d %+v", code, o)
	}
	lay(t, dir, "queries/broken.sql", "-- title: x\nSELECT nothing\n")
	if o, code = runOnce(t, dir); code != inputFault || o.Result != "failed" || !strings.Contains(o.Error, "queries/broken.sql:2") {
		t.Errorf("with a broken query: %d %+v", code, o)
	}
	text, err := os.ReadFile(filepath.Join(dir, "site", "current.json"))
	if err != nil || !strings.Contains(string(text), second) {
		t.Errorf("the current edition is %s, want %s; %v", text, second, err)
	}
	results := func(all []outcome) (out string) {
		for _, o := range all {
			out += o.Result + " "
		}
		return out
	}
	if got := results(summaries(t, filepath.Join(dir, ".tongket", "run.log"))); got != "published unchanged published refused refused failed " {
		t.Errorf("the log tells %s", got)
	}
	if got := results(summaries(t, filepath.Join(dir, "ok.json"))) + "| " + results(summaries(t, filepath.Join(dir, "bad.json"))); got != "published unchanged published | refused refused failed " {
		t.Errorf("the hooks were told %s", got)
	}
}

// TestRunTellsOfHooks: a hook that fails is in the log, and the failure hook is
// called even when it is the settings that are at fault.
func TestRunTellsOfHooks(t *testing.T) {
	dir := jobProgramme(t)
	settings := "title: Kill\nlang: en\npublish: {target: site}\nrun:\n  success: exit 7\n  failure: cat >> bad.json\n"
	lay(t, dir, "tongket.yaml", settings)
	if o, code := runOnce(t, dir); code != inputFault || o.Result != "published" || !strings.Contains(o.Hook, "exit status 7") {
		t.Errorf("with a hook that fails: %d %+v", code, o)
	}
	lay(t, dir, "tongket.yaml", settings+"keep: 3\n")
	if o, code := runOnce(t, dir); code != inputFault || !strings.Contains(o.Error, "tongket.yaml:7") {
		t.Errorf("with a fault in the settings: %d %+v", code, o)
	}
	if told := summaries(t, filepath.Join(dir, "bad.json")); len(told) != 1 || told[0].Result != "failed" {
		t.Errorf("the hook was told %+v", told)
	}
	lay(t, dir, "tongket.yaml", strings.Replace(settings, "cat >> bad.json", "exit 8", 1))
	lay(t, dir, "queries/tests/never.sql", "-- title: Never\n-- severity: stop\n-- columns: {n: {title: N}}\nSELECT 1 AS n\n")
	if o, code := runOnce(t, dir); code != gateClosed || o.Result != "refused" || o.Hook == "" {
		t.Errorf("refused, with a hook that fails: %d %+v", code, o)
	}
	if last := summaries(t, journal(dir)); len(last) != 3 || last[0].Hook == "" || last[2].Hook == "" {
		t.Errorf("the log: %+v", last)
	}
}

func lay(t testing.TB, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-time.Hour)
	if err := os.Chtimes(path, long, long); err != nil {
		t.Fatal(err)
	}
}

// TestRunWaits leaves a file that is being written to the next run.
func TestRunWaits(t *testing.T) {
	dir := jobProgramme(t)
	path := filepath.Join(dir, "data", "progress", "9.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	stop, stopped := make(chan bool), make(chan error)
	go func() { // a row a moment, as a slow line delivers them
		_, err := f.WriteString("unit,period,metres\n")
		for i := 0; err == nil; i++ {
			select {
			case <-stop:
				stopped <- errors.Join(err, f.Close())
				return
			case <-time.After(50 * time.Millisecond):
				_, err = fmt.Fprintf(f, "U%d,2023-Q1,1\n", i)
			}
		}
		stopped <- err
	}()
	o, code := runOnce(t, dir)
	if code != done || len(o.Waiting) != 1 || o.Waiting[0] != "progress/9.csv" || o.Files != 9 {
		t.Errorf("while the file is written: %d %+v", code, o)
	}
	stop <- true
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
	if o, code = runOnce(t, dir); code != done || len(o.Waiting) != 0 || o.Files != 1 {
		t.Errorf("when it lies still: %d %+v", code, o)
	}
}

// TestRunAtIntervals: it goes on by itself, refuses a second one beside it,
// and ends in order when it is asked to.
func TestRunAtIntervals(t *testing.T) {
	dir := jobProgramme(t)
	c := exec.Command("tongket", "-C", dir, "run", "--every", "1s", "--json")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer c.Process.Kill()
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for i, want := range []string{"published", "unchanged", "unchanged"} {
		var o outcome
		if !lines.Scan() || json.Unmarshal(lines.Bytes(), &o) != nil || o.Result != want {
			t.Fatalf("run %d: %s, want %s", i, lines.Text(), want)
		}
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() { // what was under way when it was asked
	}
	if err := c.Wait(); err != nil {
		t.Errorf("stopped: %v", err)
	}
}

// TestRunMissed: what was due while it was off is made up for at once.
func TestRunMissed(t *testing.T) {
	dir := jobProgramme(t)
	old := outcome{Started: time.Now().AddDate(-2, 0, 0).UTC(), Result: "published"}
	if err := old.log(journal(dir)); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("tongket", "-C", dir, "run", "--cron", "0 0 1 1 *", "--json")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer c.Process.Kill()
	var o outcome
	if err := json.NewDecoder(out).Decode(&o); err != nil || o.Result != "published" {
		t.Fatalf("%+v, %v", o, err)
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("stopped: %v", err)
	}
}

// TestRunsAtOnce: of two runs one works and the other says so.
func TestRunsAtOnce(t *testing.T) {
	dir := jobProgramme(t)
	if err := os.MkdirAll(filepath.Join(dir, ".tongket"), 0o755); err != nil {
		t.Fatal(err)
	}
	held, err := lock.Acquire(filepath.Join(dir, ".tongket", "run.lock"))
	if err != nil {
		t.Fatal(err)
	}
	o, code := runOnce(t, dir)
	if code != inputFault || !o.Busy || !strings.Contains(o.Error, "another run of this programme is under way (process ") {
		t.Errorf("beside another run: %d %+v", code, o)
	}
	if err := held.Release(); err != nil {
		t.Fatal(err)
	}
	if o, code = runOnce(t, dir); code != done || o.Result != "published" {
		t.Errorf("after it: %d %+v", code, o)
	}
}

// TestRunKilled kills the whole job at many moments: what readers see is whole,
// what was taken in is there, and the next run completes.
func TestRunKilled(t *testing.T) {
	t.Parallel() // most of the time is spent waiting for disks and starts
	kills := 100 // publishing alone is killed as often again
	if testing.Short() {
		kills = 20
	}
	random := rand.New(rand.NewPCG(5, 6))
	dir := jobProgramme(t)
	took := timed(t, dir, "run")
	site := filepath.Join(dir, "site")
	for i := range kills {
		lay(t, dir, "data/progress/0.csv", fmt.Sprintf("unit,period,metres\nU0,2020-Q1,%d.5\n", i))
		interrupt(t, dir, time.Duration(random.Int64N(int64(took))), "run")
		if id := currentEdition(t, site); id != "" {
			standing(t, filepath.Join(site, "editions", id), i)
		} else {
			t.Fatalf("kill %d: no edition is current", i)
		}
		if i%20 == 19 {
			timed(t, dir, "run")
		}
	}
	timed(t, dir, "run")
	if o, code := runOnce(t, dir); code != done || o.Result != "unchanged" {
		t.Errorf("at the end: %d %+v", code, o)
	}
	if left, err := filepath.Glob(filepath.Join(site, "editions", ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func currentEdition(t testing.TB, site string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(site, "current.json"))
	if err != nil {
		t.Fatal(err)
	}
	var pointer struct{ Edition string }
	if err := json.Unmarshal(text, &pointer); err != nil {
		t.Fatal(err)
	}
	return pointer.Edition
}
