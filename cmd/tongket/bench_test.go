package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The benchmarks run whole commands as processes of their own, so that their
// peak memory is theirs. make bench builds the program first.

// process is what a finished command cost.
type process struct {
	wall, cpu time.Duration
	peak      float64 // megabytes
}

func execute(b *testing.B, command string, args ...string) process {
	b.Helper()
	cmd := exec.Command(command, args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	if err := cmd.Run(); err != nil {
		b.Fatalf("%s %s: %v\n%s", command, strings.Join(args, " "), err, out.String())
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return process{time.Since(start), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), float64(usage.Maxrss) / 1024}
}

func binary(b *testing.B) string {
	b.Helper()
	path, err := filepath.Abs("../../bin/tongket")
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil {
		b.Skip("bin/tongket is not built: run make bench")
	}
	return path
}

func generate(b *testing.B, args ...string) {
	b.Helper()
	args = append([]string{"run", "../tongket-sample"}, args...)
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		b.Fatalf("generator: %v\n%s", err, out)
	}
}

// BenchmarkEdition makes the sample's edition from nothing, load and build, and
// once more after one unit has sent a file.
func BenchmarkEdition(b *testing.B) {
	tongket, dir := binary(b), b.TempDir()
	must(b, copySample(dir))
	var load, build, reload, rebuild []process
	for b.Loop() {
		for range 3 {
			must(b, os.RemoveAll(filepath.Join(dir, ".tongket")))
			must(b, os.RemoveAll(filepath.Join(dir, "data", "progress", later)))
			load = append(load, execute(b, tongket, "-C", dir, "load"))
			build = append(build, execute(b, tongket, "-C", dir, "build"))
			oneMore(b, dir, "SNV;2021-Q4;500;480")
			reload = append(reload, execute(b, tongket, "-C", dir, "load"))
			rebuild = append(rebuild, execute(b, tongket, "-C", dir, "build"))
		}
	}
	x, y := middle(load), middle(build)
	b.ReportMetric(share(middle(reload), middle(rebuild), x, y), "changed/cold")
	b.ReportMetric(x.wall.Seconds(), "load-s")
	b.ReportMetric(y.wall.Seconds(), "build-s")
	b.ReportMetric((x.wall + y.wall).Seconds(), "edition-s")
	b.ReportMetric(y.peak, "peak-MB")
	b.ReportMetric(0, "ns/op")
}

// later is a file that one unit sends after all others.
const later = "bo-sung.csv"

func oneMore(b *testing.B, dir, row string) {
	b.Helper()
	text := "Đơn vị;Kỳ báo cáo;Khối lượng tồn đọng (mét);Khối lượng đã chỉnh lý (mét)\n" + row + "\n"
	must(b, os.WriteFile(filepath.Join(dir, "data", "progress", later), []byte(text), 0o644))
}

// share is the time of the first two runs over that of the others.
func share(load, build, coldLoad, cold process) float64 {
	return (load.wall + build.wall).Seconds() / (coldLoad.wall + cold.wall).Seconds()
}

// BenchmarkUnits builds an edition of 4,000 units with a page each, once more
// after one of them has sent a file, and a PDF of each beside. BULK_UNITS sets
// another number.
func BenchmarkUnits(b *testing.B) {
	tongket, units := binary(b), 4000
	if text := os.Getenv("BULK_UNITS"); text != "" {
		units, _ = strconv.Atoi(text)
	}
	dir := b.TempDir()
	must(b, copySample(dir))
	contract, err := os.ReadFile(filepath.Join(dir, "data", "datapackage.yaml"))
	must(b, err)
	must(b, os.RemoveAll(filepath.Join(dir, "data")))
	generate(b, "-units", strconv.Itoa(units), "-months", "24", "-out", filepath.Join(dir, "data"))
	must(b, os.WriteFile(filepath.Join(dir, "data", "datapackage.yaml"), contract, 0o644))
	must(b, os.Remove(filepath.Join(dir, "reports", "phieu-don-vi.md"))) // papers are measured below
	loaded := execute(b, tongket, "-C", dir, "load")
	page := filepath.Join(dir, "reports", "don-vi.md")
	text, err := os.ReadFile(page)
	must(b, err)
	var html, reload, rebuild, both process
	for b.Loop() {
		html = execute(b, tongket, "-C", dir, "build")
		oneMore(b, dir, "U000001;2011-12;200,0;150,0")
		reload, rebuild = execute(b, tongket, "-C", dir, "load"), execute(b, tongket, "-C", dir, "build")
		must(b, os.WriteFile(page, bytes.Replace(text, []byte("---\n"), []byte("---\noutputs: [html, pdf]\n"), 1), 0o644))
		both = execute(b, tongket, "-C", dir, "build")
	}
	b.ReportMetric(float64(units)/html.wall.Seconds(), "pages/s")
	b.ReportMetric(share(reload, rebuild, loaded, html), "changed/cold")
	b.ReportMetric(float64(units)/(both.wall-rebuild.wall).Seconds(), "PDFs/s")
	b.ReportMetric(html.peak, "peak-MB")
	b.ReportMetric(both.peak, "peak-PDF-MB")
	b.ReportMetric(0, "ns/op")
}

func must(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// middle is the run with the median wall time.
func middle(runs []process) process {
	for i, r := range runs {
		faster, slower := 0, 0
		for j, other := range runs {
			if other.wall < r.wall || other.wall == r.wall && j < i {
				faster++
			} else if j != i {
				slower++
			}
		}
		if faster == slower || faster == slower+1 {
			return r
		}
	}
	return runs[0]
}
