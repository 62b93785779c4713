package pdf

import (
	"bytes"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"tongket/internal/ink"
	"tongket/internal/report"
)

// onePager is the n-th of many papers of one page, each with a chart, two
// tables and a text of its own.
func onePager(n int, chart *report.Drawing) *report.Document {
	few := units()
	few.Rows = few.Rows[:8]
	small, _ := few.Pick([]string{"unit_name", "backlog_m", "arranged_m", "done_share"})
	for i, row := range small.Rows {
		small.Rows[i] = append([]any{fmt.Sprintf("%v, phòng %d", row[0], n)}, row[1:]...)
		small.Rows[i][1] = float64(300 + (n*37+i)%900)
	}
	less := small
	less.Rows = less.Rows[:5]
	head := paper()
	head.Number, head.Subject = itoa(n+1), fmt.Sprintf("Kết quả chỉnh lý tài liệu của đơn vị số %d", n+1)
	return &report.Document{Path: "don-vi/" + itoa(n), Title: "Kết quả của đơn vị", Paper: head, Blocks: []report.Block{
		para(fmt.Sprintf("Đến hết quý IV/2021, đơn vị số %d đã chỉnh lý 236,5 mét trong tổng số %d,0 mét tài liệu tồn đọng.", n+1, 300+n)),
		&report.Chart{ID: "c", Caption: "Tiến độ", Sentence: "Tăng đều.", Table: small, Drawing: chart},
		report.TableBlock{Table: small, Caption: "Kết quả", ID: "t"},
		report.TableBlock{Table: less, Caption: "Kiểm tra", ID: "u"},
	}}
}

// BenchmarkPapers writes papers of a page on all cores, and beside it the same
// tables by a plain loop over the library, without chart, layout and archive.
// What is in use after 1,000 papers and after 4,000 tells whether anything is
// kept of them.
func BenchmarkPapers(b *testing.B) {
	l, chart := locale(b, "vi"), drawing(b, "line.svg")
	const papers, early = 4000, 1000
	inUse := func() float64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / (1 << 20)
	}
	var done atomic.Int64
	var sampled [2]float64
	top := watch()
	ours := perSecond(papers, func(n int) {
		if err := Write(&bytes.Buffer{}, onePager(n, chart), l); err != nil {
			b.Error(err)
		}
		switch done.Add(1) {
		case early:
			sampled[0] = inUse()
		case papers:
			sampled[1] = inUse()
		}
	})
	peak := top()
	faces, err := ink.Faces()
	if err != nil {
		b.Fatal(err)
	}
	doc := onePager(0, chart)
	floor := perSecond(papers/10, func(int) {
		pdf := fpdf.New("P", "mm", "A4", "")
		pdf.AddUTF8FontFromBytes("f", "", append([]byte(nil), faces[regular].TTF...))
		pdf.AddPage()
		pdf.SetFont("f", "", 11)
		for _, block := range doc.Blocks {
			t, ok := block.(report.TableBlock)
			if !ok {
				continue
			}
			for _, row := range t.Table.Rows {
				for i, v := range row {
					pdf.CellFormat(30, 6, l.Cell(t.Table.Columns[i], v), "1", 0, "", false, 0, "")
				}
				pdf.Ln(-1)
			}
		}
		if err := pdf.Output(&bytes.Buffer{}); err != nil {
			b.Error(err)
		}
	})
	for b.Loop() {
	}
	b.ReportMetric(ours, "papers/s")
	b.ReportMetric(ours/floor, "of-plain-fpdf")
	b.ReportMetric(sampled[0], "MB-at-1000")
	b.ReportMetric(sampled[1], "MB-at-4000")
	b.ReportMetric(peak, "MB-peak")
	b.ReportMetric(0, "ns/op")
}

func perSecond(papers int, work func(n int)) float64 {
	start := time.Now()
	var wg sync.WaitGroup
	for w := range runtime.NumCPU() {
		wg.Go(func() {
			for i := w; i < papers; i += runtime.NumCPU() {
				work(i)
			}
		})
	}
	wg.Wait()
	return float64(papers) / time.Since(start).Seconds()
}

// watch looks at the heap all the time; the function it returns ends that and
// tells the most that was in use, in MB.
func watch() (top func() float64) {
	end, most := make(chan struct{}), make(chan uint64)
	go func() {
		var peak uint64
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapAlloc)
			select {
			case <-end:
				most <- peak
				return
			case <-tick.C:
			}
		}
	}()
	return func() float64 {
		close(end)
		return float64(<-most) / (1 << 20)
	}
}

// lengthy is an annex of one table.
func lengthy(rows int) *report.Document {
	long := units()
	first := long.Rows[0]
	long.Rows = nil
	for i := range rows {
		row := append([]any(nil), first...)
		row[0] = fmt.Sprintf("Đơn vị số %d", i+1)
		long.Rows = append(long.Rows, row)
	}
	return &report.Document{Path: "x", Title: "x", Paper: paper(), Blocks: []report.Block{report.Annex{Number: "I", Title: "Toàn tỉnh", ID: "a"}, report.TableBlock{Table: long, Caption: "Kết quả", ID: "t", Numbered: true}}}
}

// TestALongTableIsSmallInMemory: of the rows of 50,000 nothing is kept but what
// stands on the pages.
func TestALongTableIsSmallInMemory(t *testing.T) {
	const most = 500.0 // MB, with what waits to be collected
	l, doc := locale(t, "vi"), lengthy(50_000)
	var out bytes.Buffer
	runtime.GC()
	top := watch()
	if err := Write(&out, doc, l); err != nil {
		t.Fatal(err)
	}
	peak := top()
	t.Logf("%.0f MB at most, %d MB of file", peak, out.Len()>>20)
	if peak > most {
		t.Errorf("%.0f MB in use, want at most %.0f", peak, most)
	}
}

// BenchmarkAnnex writes an annex of some 300 pages.
func BenchmarkAnnex(b *testing.B) {
	l, doc := locale(b, "vi"), lengthy(9000)
	var out bytes.Buffer
	start := time.Now()
	for b.Loop() {
		out.Reset()
		if err := Write(&out, doc, l); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(time.Since(start).Seconds()/float64(b.N), "s")
	b.ReportMetric(float64(bytes.Count(out.Bytes(), []byte("/Type /Page\n"))), "pages")
	b.ReportMetric(0, "ns/op")
}
