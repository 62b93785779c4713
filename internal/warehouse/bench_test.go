package warehouse

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"

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
	halves := map[string]func(string) error{
		"bare": bare, "load": loadOf("progress/bulk.csv"),
		"plain": loadOf("progress/plain.csv"), "tcvn3": loadOf("progress/tcvn3.csv"), "tidied": loadOf("progress/tidied.csv"),
		"sheet": loadOf("progress/sheet.xlsx"), "excelize": readSheet,
	}
	if err := halves[half](dir); err != nil {
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

// loadOf is what tongket load does with a file.
func loadOf(file string) func(dir string) error {
	return func(dir string) error { return loadBulk(dir, file) }
}

func loadBulk(dir, file string) error {
	ctx := context.Background()
	c, err := contract.Read(fstest.MapFS{contract.File: {Data: []byte(bulkContract)}})
	if err != nil {
		return err
	}
	w, err := Open(ctx, filepath.Join(dir, filepath.Base(file)+".duckdb"), c, locale(&testing.B{}))
	if err != nil {
		return err
	}
	for _, name := range []string{"units.csv", file} {
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
	rows := bulkRows(10_000_000)
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
	old, err := filepath.Glob(filepath.Join(dir, "*.duckdb*"))
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range old {
		os.Remove(f)
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

// BenchmarkLetters loads 200 MB of reports in TCVN3, beside the same reports
// in UTF-8 that the engine's reader takes as they are, and beside those with a
// printed total, which go through the intake in UTF-8. BULK_ROWS sets another
// number of rows.
func BenchmarkLetters(b *testing.B) {
	rows := bulkRows(3_000_000)
	dir := b.TempDir()
	if err := sample.WriteRows(dir, rows); err != nil {
		b.Fatal(err)
	}
	bytes := named(b, dir)
	metrics := map[string][]float64{}
	add := func(name string, v float64) { metrics[name] = append(metrics[name], v) }
	for b.Loop() {
		for range 3 {
			plain, base := half(b, "plain", dir)
			tcvn3, peak := half(b, "tcvn3", dir)
			tidied, _ := half(b, "tidied", dir)
			add("plain-s", plain)
			add("tcvn3-s", tcvn3)
			add("tcvn3/plain", tcvn3/plain)
			add("tidied/plain", tidied/plain)
			add("peak-above-plain-MB", peak-base)
			add("peak-MB", peak)
		}
	}
	b.ReportMetric(bytes/1e6, "MB")
	for name, values := range metrics {
		b.ReportMetric(median(values), name)
	}
	b.ReportMetric(0, "ns/op")
}

// named writes progress/plain.csv, tidied.csv and tcvn3.csv: the rows of
// bulk.csv with the units' names in place of their codes and a remark, so that
// there are letters in every row.
func named(b *testing.B, dir string) (bytes float64) {
	b.Helper()
	in, err := os.Open(filepath.Join(dir, "progress", "bulk.csv"))
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	tcvn3 := strings.NewReplacer("Đ", "\xA7", "ơ", "\xAC", "ị", "\xDE", "ỳ", "\xFA", "á", "\xB8", "à", "\xB5", "ố", "\xE8", "ư", "\xAD", "ợ", "\xEE",
		"ồ", "\xE5", "ọ", "\xE4", "ã", "\xB7", "ỉ", "\xD8", "ý", "\xFD", "ồ", "\xE5", "ả", "\xB6", "ả", "\xB6", "ĩ", "\xDC", "ễ", "\xD4", "ờ", "\xEA", "ạ", "\xB9", "ó", "\xE3", "ộ", "\xE9", "ă", "\xA8", "ê", "\xAA", "đ", "\xAE", "ô", "\xAB", "é", "\xD0", "\uFEFF", "")
	outs := map[string]*bufio.Writer{}
	for _, name := range []string{"plain", "tidied", "tcvn3"} {
		f, err := os.Create(filepath.Join(dir, "progress", name+".csv"))
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		outs[name] = bufio.NewWriterSize(f, 1<<20)
	}
	lines := bufio.NewScanner(in)
	for first := true; lines.Scan(); first = false {
		text := lines.Text()
		if first {
			text += ";Ghi chú"
		} else {
			code, rest, _ := strings.Cut(text, ";")
			text = "Đơn vị " + code + ";" + rest + ";đã báo cáo đủ"
		}
		for _, out := range outs {
			line := text
			if out == outs["tcvn3"] {
				line = tcvn3.Replace(text)
				bytes += float64(len(line) + 1)
			}
			out.WriteString(line + "\n")
		}
	}
	outs["tidied"].WriteString("Tổng cộng;;;;;;;;\n")
	for _, out := range outs {
		if err := out.Flush(); err != nil {
			b.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(dir, "progress", "bulk.csv")); err != nil {
		b.Fatal(err)
	}
	return bytes
}

func bulkRows(usual int) int {
	if text := os.Getenv("BULK_ROWS"); text != "" {
		n, _ := strconv.Atoi(text)
		return n
	}
	return usual
}

// BenchmarkSheet loads a workbook of 100,000 rows beside what excelize takes
// to read its cells as texts.
func BenchmarkSheet(b *testing.B) {
	rows := bulkRows(100_000)
	dir := b.TempDir()
	if err := sample.WriteRows(dir, rows); err != nil {
		b.Fatal(err)
	}
	workbook(b, dir)
	var loads, reads, ratios, peaks []float64
	for b.Loop() {
		for range 3 {
			x, _ := half(b, "excelize", dir)
			y, peak := half(b, "sheet", dir)
			reads, loads, ratios, peaks = append(reads, x), append(loads, y), append(ratios, y/x), append(peaks, peak)
		}
	}
	b.ReportMetric(median(loads), "load-s")
	b.ReportMetric(median(reads), "excelize-s")
	b.ReportMetric(median(ratios), "load/excelize")
	b.ReportMetric(median(peaks), "peak-MB")
	b.ReportMetric(0, "ns/op")
}

// workbook writes the rows of bulk.csv as progress/sheet.xlsx, figures as
// numbers.
func workbook(b *testing.B, dir string) {
	b.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "progress", "bulk.csv"))
	if err != nil {
		b.Fatal(err)
	}
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(strings.TrimPrefix(string(text), "\uFEFF")), "\n") {
		var cells []any
		for c, text := range strings.Split(strings.TrimSuffix(line, "\r"), ";") {
			v, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
			if err != nil || c < 2 || i == 0 {
				cells = append(cells, text)
				continue
			}
			cells = append(cells, v)
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			b.Fatal(err)
		}
	}
	if err := errors.Join(w.Flush(), f.SaveAs(filepath.Join(dir, "progress", "sheet.xlsx"))); err != nil {
		b.Fatal(err)
	}
}

// readSheet goes over the cells of a workbook with excelize.
func readSheet(dir string) error {
	f, err := excelize.OpenFile(filepath.Join(dir, "progress", "sheet.xlsx"))
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := f.Rows("Sheet1")
	if err != nil {
		return err
	}
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			return err
		}
	}
	return rows.Close()
}

// BenchmarkHistory sums figures of each unit as of the third day, of today, and
// in a plain table with the same rows as today, after ten corrections of a million rows.
func BenchmarkHistory(b *testing.B) {
	rows := bulkRows(1_000_000)
	dir := b.TempDir()
	if err := sample.WriteRows(dir, rows); err != nil {
		b.Fatal(err)
	}
	ctx := context.Background()
	c, err := contract.Read(fstest.MapFS{contract.File: {Data: []byte(bulkContract)}})
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(dir, "history.duckdb")
	w, err := Open(ctx, path, c, locale(b))
	if err != nil {
		b.Fatal(err)
	}
	first := time.Date(2022, 1, 1, 8, 0, 0, 0, time.UTC)
	load := func(resource, name string, at time.Time) {
		r, err := w.Load(ctx, Delivery{Path: filepath.Join(dir, filepath.FromSlash(name)), Name: name, Resource: c.Resource(resource), Received: at})
		if err != nil || r.Accepted == 0 {
			b.Fatalf("%s: %+v, %v", name, r, err)
		}
	}
	load("units", "units.csv", first)
	text, err := os.ReadFile(filepath.Join(dir, "progress", "bulk.csv"))
	if err != nil {
		b.Fatal(err)
	}
	for i := range 11 {
		name := fmt.Sprintf("progress/%d.csv", i)
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), append(text, strings.Repeat("\n", i)...), 0o644); err != nil {
			b.Fatal(err)
		}
		load("progress", name, first.AddDate(0, 0, i))
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	// The plain table lies in a file too: reading one is what is compared.
	bare, err := attach(ctx, path, "")
	if err != nil {
		b.Fatal(err)
	}
	if _, err := bare.Exec("CREATE TABLE warehouse.plain AS SELECT * EXCLUDE (since) FROM warehouse.progress"); err != nil {
		b.Fatal(err)
	}
	if err := bare.Close(); err != nil {
		b.Fatal(err)
	}
	r, err := OpenReader(ctx, Asked{Path: path, Contract: c, Locale: locale(b)})
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	took := func(from string) float64 {
		start := time.Now()
		for range 10 {
			var units, n int64
			err := r.db.QueryRow("SELECT count(*), sum(n)::BIGINT FROM (SELECT unit, count(*) AS n, sum(backlog_m), sum(arranged_m) FROM "+from+" GROUP BY unit)").Scan(&units, &n)
			if err != nil || n != int64(rows) {
				b.Fatalf("%s: %d rows, %v", from, n, err)
			}
		}
		return time.Since(start).Seconds()
	}
	var today, then []float64
	for b.Loop() {
		for range 5 {
			plain := took("warehouse.plain")
			today = append(today, took("progress")/plain)
			then = append(then, took("progress_as_of('2022-01-03')")/plain)
		}
	}
	b.Logf("plain %.1f ms", took("warehouse.plain")*100)
	b.ReportMetric(median(today), "today/plain")
	b.ReportMetric(median(then), "as-of/plain")
	b.ReportMetric(0, "ns/op")
}
