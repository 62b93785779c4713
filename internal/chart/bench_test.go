package chart

import (
	"strconv"
	"sync"
	"testing"

	"tongket/internal/report"
)

// BenchmarkDraw draws both pictures of a chart, with one engine and with two.
func BenchmarkDraw(b *testing.B) {
	for _, engines := range []int{1, 2} {
		b.Run(strconv.Itoa(engines), func(b *testing.B) {
			r := renderer(b, engines, "vi")
			kinds := []func() *report.Chart{ranked, stacked, func() *report.Chart { return course("line") }, cloud}
			draw := func(i int) {
				if err := r.Draw(kinds[i%len(kinds)]()); err != nil {
					b.Error(err)
				}
			}
			var warm sync.WaitGroup
			for i := range 4 * engines {
				warm.Go(func() { draw(i) })
			}
			warm.Wait()
			b.ResetTimer()
			jobs := make(chan int)
			var workers sync.WaitGroup
			for range engines {
				workers.Go(func() {
					for i := range jobs {
						draw(i)
					}
				})
			}
			for i := range b.N {
				jobs <- i
			}
			close(jobs)
			workers.Wait()
		})
	}
}
