package main

import (
	"io"
	"os/exec"
	"slices"
	"testing"
	"time"
)

// BenchmarkFirstRow asks for saved queries of the sample, from the start of
// the process to the first letter of the answer, beside a process that only
// tells its version.
func BenchmarkFirstRow(b *testing.B) {
	tongket, dir := binary(b), b.TempDir()
	must(b, copySample(dir))
	execute(b, tongket, "-C", dir, "load")
	first := func(args ...string) float64 {
		c := exec.Command(tongket, append([]string{"-C", dir}, args...)...)
		out, err := c.StdoutPipe()
		must(b, err)
		start := time.Now()
		must(b, c.Start())
		_, err = io.ReadFull(out, make([]byte, 1))
		took := time.Since(start)
		must(b, err)
		_, err = io.Copy(io.Discard, out)
		must(b, err)
		must(b, c.Wait())
		return float64(took.Microseconds()) / 1000
	}
	took := map[string][]float64{}
	for b.Loop() {
		for range 9 {
			for _, name := range []string{"thresholds", "progress_by_department", "progress_total"} {
				took[name] = append(took[name], first("query", name))
			}
			took["version"] = append(took["version"], first("version"))
		}
	}
	for name, times := range took {
		slices.Sort(times)
		b.ReportMetric(times[len(times)/2], name+"-ms")
	}
	b.ReportMetric(0, "ns/op")
}
