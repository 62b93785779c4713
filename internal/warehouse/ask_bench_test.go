package warehouse

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"tongket/internal/contract"
	"tongket/internal/sample"
)

// BenchmarkAsk puts questions to ten million rows, and the same to the engine
// alone in the same process, over a plain table in a file.
func BenchmarkAsk(b *testing.B) {
	rows := bulkRows(10_000_000)
	dir := b.TempDir()
	if err := sample.WriteRows(dir, rows); err != nil {
		b.Fatal(err)
	}
	ctx := context.Background()
	c, err := contract.Read(fstest.MapFS{contract.File: {Data: []byte(bulkContract)}})
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(dir, "ask.duckdb")
	w, err := Open(ctx, path, c, locale(b))
	if err != nil {
		b.Fatal(err)
	}
	for i, name := range []string{"units.csv", "progress/bulk.csv"} {
		if _, err := w.Load(ctx, Delivery{Path: filepath.Join(dir, filepath.FromSlash(name)), Name: name, Resource: c.Resources[i], Received: time.Unix(0, 0)}); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	bare, err := attach(ctx, filepath.Join(dir, "bare.duckdb"), "")
	if err != nil {
		b.Fatal(err)
	}
	defer bare.Close()
	for _, s := range []string{"ATTACH " + lit(path) + " AS source (READ_ONLY)", "CREATE TABLE warehouse.plain AS SELECT * EXCLUDE (since) FROM source.progress", "CHECKPOINT warehouse", "DETACH source"} {
		if _, err := bare.Exec(s); err != nil {
			b.Fatal(err)
		}
	}
	r, err := OpenReader(ctx, Asked{Path: path, Contract: c, Locale: locale(b), Room: Room{Memory: 1 << 30, Spill: 4 << 30}})
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	asked := func(sql string, give func(*Answer) error) float64 {
		start := time.Now()
		a, err := r.Ask(ctx, Question{SQL: sql, Limits: Limits{Time: time.Hour}})
		if err == nil {
			err = give(a)
		}
		if err != nil {
			b.Fatal(err)
		}
		return time.Since(start).Seconds()
	}
	plain := func(sql string) float64 {
		start := time.Now()
		result, err := bare.Query(sql)
		if err != nil {
			b.Fatal(err)
		}
		names, err := result.Columns()
		if err != nil {
			b.Fatal(err)
		}
		cells, to := make([]any, len(names)), make([]any, len(names))
		for i := range cells {
			to[i] = &cells[i]
		}
		for result.Next() {
			if err := result.Scan(to...); err != nil {
				b.Fatal(err)
			}
		}
		if err := errors.Join(result.Err(), result.Close()); err != nil {
			b.Fatal(err)
		}
		return time.Since(start).Seconds()
	}
	var alone, sums, files []float64
	var peak int64
	for b.Loop() {
		for range 9 {
			alone = append(alone, plain("SELECT period, count(*), sum(backlog_m), sum(arranged_m) FROM warehouse.plain GROUP BY period ORDER BY period"))
			took := asked("SELECT period, count(*) AS n, sum(backlog_m) AS backlog_m, sum(arranged_m) AS arranged_m FROM progress GROUP BY period ORDER BY period", func(a *Answer) error {
				_, err := a.Table(ctx)
				return err
			})
			sums = append(sums, took)
		}
		for range 3 {
			alone := plain("COPY (SELECT * FROM warehouse.plain) TO " + lit(filepath.Join(dir, "bare.csv")))
			var took float64
			high := grown(func() {
				took = asked("SELECT * FROM progress", func(a *Answer) error {
					f, err := os.Create(filepath.Join(dir, "asked.csv"))
					if err != nil {
						return err
					}
					return errors.Join(a.Write(ctx, f, CSV), f.Close())
				})
			})
			files, peak = append(files, took/alone), max(peak, high)
			b.Logf("COPY alone %.1f s, asked %.1f s, %d MB more at most", alone, took, high>>20)
		}
	}
	b.Logf("group alone %.3f s, asked %.3f s", slices.Min(alone), slices.Min(sums))
	b.ReportMetric(slices.Min(sums)/slices.Min(alone), "group/bare") // the quickest of each: it takes a moment, and any other work would tell
	b.ReportMetric(median(files), "csv/bare")
	b.ReportMetric(float64(peak)/(1<<20), "csv-peak-MB")
	b.ReportMetric(0, "ns/op")
}

// grown is by how many bytes the process was larger at most while work was
// done.
func grown(work func()) int64 {
	before := resident()
	var high atomic.Int64
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(10 * time.Millisecond):
				high.Store(max(high.Load(), resident()-before))
			}
		}
	}()
	work()
	close(done)
	return high.Load()
}
