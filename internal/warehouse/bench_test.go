package warehouse

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"tongket/internal/contract"
	"tongket/internal/sample"
)

const bulkContract = `name: bulk
resources:
  - name: units
    path: units.csv
    dialect: {delimiter: ";"}
    names: [name, short_name]
    schema:
      primaryKey: code
      fields: [{name: code, title: Mã đơn vị}, {name: name, title: Tên đơn vị}, {name: short_name, title: Tên viết tắt}, {name: kind, title: Loại đơn vị}, {name: block, title: Khối}]
  - name: progress
    path: progress/*.csv
    dialect: {delimiter: ";"}
    schema:
      primaryKey: [unit, period]
      missingValues: ["", "-"]
      foreignKeys: [{fields: unit, reference: {resource: units, fields: code}}]
      fields:
        - {name: unit, title: Đơn vị, constraints: {required: true}}
        - {name: period, title: Kỳ báo cáo, period: true, constraints: {required: true}}
        - {name: reported_on, title: Ngày báo cáo, type: date, format: "%d/%m/%Y"}
        - {name: backlog_m, title: Khối lượng tồn đọng, type: number, decimalChar: ",", scale: 2, unit: mét, constraints: {required: true, minimum: 0}}
        - {name: arranged_m, title: Khối lượng đã chỉnh lý, type: number, decimalChar: ",", scale: 2, unit: mét, constraints: {minimum: 0}}
        - {name: files_permanent, title: Hồ sơ bảo quản vĩnh viễn, type: integer, constraints: {minimum: 0}}
        - {name: files_fixed_term, title: Hồ sơ bảo quản có thời hạn, type: integer, constraints: {minimum: 0}}
        - {name: boxes, title: Số hộp, type: integer, constraints: {minimum: 0}}
    rules:
      - {condition: arranged_m <= backlog_m, message: Chỉnh lý nhiều hơn tồn đọng, severity: error}
`

// TestMain lets the benchmark run one half of its comparison in a process of
// its own, so that peak memory is that half's.
func TestMain(m *testing.M) {
	half, dir := os.Getenv("TONGKET_BENCH"), os.Getenv("TONGKET_BENCH_DIR")
	if half == "" {
		os.Exit(m.Run())
	}
	if err := map[string]func(string) error{"bare": bare, "load": loadBulk}[half](dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// bare is what the engine does with the file alone: every column as text.
func bare(dir string) error {
	db, err := attach(context.Background(), filepath.Join(dir, "bare.duckdb"), "")
	if err != nil {
		return err
	}
	if _, err := db.Exec("CREATE TABLE warehouse.bare AS SELECT * FROM read_csv(" + lit(filepath.Join(dir, "progress", "bulk.csv")) + ", all_varchar=true)"); err != nil {
		return err
	}
	return db.Close()
}

// loadBulk is what tongket load does with it.
func loadBulk(dir string) error {
	ctx := context.Background()
	c, err := contract.Read(fstest.MapFS{contract.File: {Data: []byte(bulkContract)}})
	if err != nil {
		return err
	}
	w, err := Open(ctx, filepath.Join(dir, "load.duckdb"), c, locale(&testing.B{}))
	if err != nil {
		return err
	}
	for _, name := range []string{"units.csv", "progress/bulk.csv"} {
		resource := c.Resources[0]
		if name != "units.csv" {
			resource = c.Resources[1]
		}
		r, err := w.Load(ctx, Delivery{Path: filepath.Join(dir, filepath.FromSlash(name)), Name: name, Resource: resource, Received: time.Now()})
		if err != nil {
			return err
		}
		if r.Accepted == 0 || r.Rejected > 0 || r.Warned > 0 {
			return fmt.Errorf("%s: %+v", name, r)
		}
	}
	return w.Close()
}

// BenchmarkLoad loads ten million rows, typed, checked, with their units found
// and their lines known, beside a bare CREATE TABLE AS of the same file as
// text. BULK_ROWS sets another number.
func BenchmarkLoad(b *testing.B) {
	rows := 10_000_000
	if text := os.Getenv("BULK_ROWS"); text != "" {
		rows, _ = strconv.Atoi(text)
	}
	dir := b.TempDir()
	if err := sample.WriteRows(dir, rows); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "progress", "bulk.csv"))
	if err != nil {
		b.Fatal(err)
	}
	var ratios, bares, loads, peaks []float64
	for b.Loop() {
		for range 3 { // in turn, so that a slow minute meets both
			x, _ := half(b, "bare", dir)
			y, peak := half(b, "load", dir)
			ratios, bares, loads, peaks = append(ratios, y/x), append(bares, x), append(loads, y), append(peaks, peak)
		}
	}
	b.ReportMetric(float64(info.Size())/1e6, "MB")
	b.ReportMetric(median(bares), "bare-s")
	b.ReportMetric(median(loads), "load-s")
	b.ReportMetric(median(ratios), "load/bare")
	b.ReportMetric(median(peaks), "peak-MB")
	b.ReportMetric(0, "ns/op")
}

// half runs one half in its own process: seconds, and peak memory in MB.
func half(b *testing.B, name, dir string) (seconds, peak float64) {
	b.Helper()
	for _, f := range []string{name + ".duckdb", name + ".duckdb.wal"} {
		os.Remove(filepath.Join(dir, f))
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "TONGKET_BENCH="+name, "TONGKET_BENCH_DIR="+dir)
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%s: %v\n%s", name, err, out)
	}
	return time.Since(start).Seconds(), float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / 1024
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
