package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tongket/internal/edition"
	"tongket/internal/warehouse"
)

const killContract = `name: kill
resources:
  - name: units
    path: units.csv
    names: [name]
    schema: {primaryKey: code, fields: [{name: code}, {name: name}]}
  - name: progress
    path: progress/*.csv
    schema:
      primaryKey: [unit, period]
      foreignKeys: [{fields: unit, reference: {resource: units, fields: code}}]
      fields: [{name: unit}, {name: period, period: true}, {name: metres, type: number, scale: 2}]
`

const killRows = 400

// killProgramme is a small programme of eight quarters; every second file goes
// through the intake, for a total stands below it.
func killProgramme(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("tongket.yaml", "title: Kill\nlang: en\n")
	put("data/datapackage.yaml", killContract)
	var units strings.Builder
	units.WriteString("code,name\n")
	for u := range killRows {
		fmt.Fprintf(&units, "U%d,Unit %d\n", u, u)
	}
	put("data/units.csv", units.String())
	for q := range 8 {
		var rows strings.Builder
		rows.WriteString("unit,period,metres\n")
		for u := range killRows {
			fmt.Fprintf(&rows, "U%d,%d-Q%d,%d.5\n", u, 2020+q/4, q%4+1, u+q)
		}
		if q%2 == 1 {
			rows.WriteString("Total,,\n")
		}
		put(fmt.Sprintf("data/progress/%d.csv", q), rows.String())
	}
	put("queries/by_file.sql", "-- title: Rows by file\n-- columns:\n--   submission: {title: Number, format: integer}\n--   n: {title: Rows, format: integer}\nSELECT submission, count(*) AS n FROM progress GROUP BY ALL ORDER BY ALL\n")
	put("reports/index.md", "---\ntitle: Kill\n---\n```table\nquery: by_file\n```\n\n```chart\nquery: by_file\ntype: bar\nx: submission\ny: [n]\n```\n")
	return dir
}

// TestKilled kills load, and then build, at many moments. What was
// acknowledged is there whole, nothing is there in part, the edition that
// stood still stands, and the next run completes.
func TestKilled(t *testing.T) {
	t.Parallel() // most of the time is spent waiting for disks and starts
	kills := 200
	if testing.Short() {
		kills = 20
	}
	random := rand.New(rand.NewPCG(1, 2))
	dir := killProgramme(t)
	full := timed(t, dir, "load")
	timed(t, dir, "build") // the first
	built := timed(t, dir, "build")
	for i := range kills {
		if i%2 == 1 {
			interrupt(t, dir, time.Duration(random.Int64N(int64(built))), "build")
			standing(t, filepath.Join(dir, "dist"), i)
			continue
		}
		if i%8 == 0 {
			if err := os.RemoveAll(filepath.Join(dir, ".tongket")); err != nil {
				t.Fatal(err)
			}
		}
		said := interrupt(t, dir, time.Duration(random.Int64N(int64(full))), "load")
		whole(t, dir, i, said)
		if i%8 == 6 {
			complete(t, dir)
		}
	}
	complete(t, dir)
	timed(t, dir, "build")
	if leftover, err := filepath.Glob(filepath.Join(dir, ".dist-*")); err != nil || len(leftover) > 0 {
		t.Errorf("left behind: %v, %v", leftover, err)
	}
}

// timed runs a command to its end and tells how long it took.
func timed(t testing.TB, dir string, verb ...string) time.Duration {
	t.Helper()
	start := time.Now()
	if out, err := exec.Command("tongket", append([]string{"-C", dir}, verb...)...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", verb, err, out)
	}
	return time.Since(start)
}

// interrupt kills a command after a while and returns what it had said.
func interrupt(t testing.TB, dir string, after time.Duration, verb ...string) string {
	t.Helper()
	var said strings.Builder
	ctx, cancel := context.WithTimeout(t.Context(), after)
	defer cancel()
	c := exec.CommandContext(ctx, "tongket", append([]string{"-C", dir}, verb...)...)
	c.Stdout = &said
	_ = c.Run() // killed, or done before that
	return said.String()
}

// whole checks that the warehouse holds every acknowledged file, and no file
// in part.
func whole(t testing.TB, dir string, kill int, said string) {
	t.Helper()
	var fault strings.Builder
	c := exec.Command("tongket", "-C", dir, "log", "--json")
	c.Stderr = &fault
	out, err := c.Output()
	if err != nil {
		t.Fatalf("kill %d: the warehouse does not open: %v\n%s", kill, err, fault.String())
	}
	var log []warehouse.Entry
	if err := json.Unmarshal(out, &log); err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, e := range log {
		there[e.Path] = true
		if e.Accepted != killRows {
			t.Errorf("kill %d: %s is there with %d rows", kill, e.Path, e.Accepted)
		}
	}
	for line := range strings.Lines(said) {
		if file, _, ok := strings.Cut(line, ": rows read"); ok && !there[file] {
			t.Errorf("kill %d: %s was acknowledged and is not there", kill, file)
		}
	}
	if !there["units.csv"] {
		return
	}
	for _, n := range byFile(t, dir) {
		if n != killRows {
			t.Errorf("kill %d: a file is there with %d rows", kill, n)
		}
	}
}

func byFile(t testing.TB, dir string) []int64 {
	t.Helper()
	ctx := t.Context()
	programme := os.DirFS(dir)
	p, err := edition.Open(programme, os.DirFS("../../templates"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := warehouse.OpenReader(ctx, warehouse.Asked{Path: edition.Warehouse(dir), Contract: p.Contract, Locale: p.Locale})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	queries, _, err := warehouse.ReadQueries(programme)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Define(ctx, queries, nil); err != nil {
		t.Fatal(err)
	}
	table, err := r.Query(ctx, "by_file", nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []int64
	for _, row := range table.Rows {
		out = append(out, row[1].(int64))
	}
	return out
}

// complete runs load to its end: all files are there.
func complete(t testing.TB, dir string) {
	t.Helper()
	timed(t, dir, "load")
	if n := byFile(t, dir); len(n) != 8 {
		t.Errorf("after the last run there are %d files", len(n))
	}
}

// standing checks that an edition is whole: every file of its manifest is
// there as it was written, and no other.
func standing(t testing.TB, dir string, kill int) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatalf("kill %d of build: %v", kill, err)
	}
	var m struct {
		Outputs, Carried []struct{ Path, SHA256 string }
	}
	if err := json.Unmarshal(text, &m); err != nil || len(m.Outputs) == 0 {
		t.Fatalf("kill %d of build: manifest of %d files, %v", kill, len(m.Outputs), err)
	}
	want := map[string]string{"manifest.json": ""}
	for _, o := range append(m.Outputs, m.Carried...) {
		want[o.Path] = o.SHA256
	}
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		sum, listed := want[filepath.ToSlash(name)]
		if hash := sha256.Sum256(text); !listed || sum != "" && sum != hex.EncodeToString(hash[:]) {
			t.Errorf("kill %d of build: %s is not what the manifest says", kill, name)
		}
		delete(want, filepath.ToSlash(name))
		return nil
	})
	if err != nil || len(want) > 0 {
		t.Errorf("kill %d of build: missing %v, %v", kill, want, err)
	}
}

// BenchmarkKills kills a load half-way and runs it again to its end, over and
// over. The figure is how often a minute, and that as a share of how often the
// load alone runs.
func BenchmarkKills(b *testing.B) {
	random := rand.New(rand.NewPCG(3, 4))
	dir := killProgramme(b)
	fresh := func() {
		if err := os.RemoveAll(filepath.Join(dir, ".tongket")); err != nil {
			b.Fatal(err)
		}
	}
	var alone, killed time.Duration
	const rounds = 30
	for b.Loop() {
		for range rounds {
			fresh()
			took := timed(b, dir, "load")
			alone += took
			fresh()
			start := time.Now()
			interrupt(b, dir, time.Duration(random.Int64N(int64(took))), "load")
			timed(b, dir, "load")
			killed += time.Since(start)
		}
	}
	n := float64(b.N * rounds)
	b.ReportMetric(n/killed.Minutes(), "kills-and-recoveries/min")
	b.ReportMetric(killed.Seconds()/alone.Seconds(), "killed/alone")
	b.ReportMetric(0, "ns/op")
}
