package pdf

import (
	"bytes"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"tongket/internal/ink"
	"tongket/internal/report"
)

// onePager is a paper of one page with a chart and two tables.
func onePager(b *testing.B, chart *report.Drawing) *report.Document {
	few := units()
	few.Rows = few.Rows[:8]
	small, _ := few.Pick([]string{"unit_name", "backlog_m", "arranged_m", "done_share"})
	less := small
	less.Rows = less.Rows[:5]
	return &report.Document{Path: "don-vi/1", Title: "Kết quả của đơn vị", Paper: paper(), Blocks: []report.Block{
		para("Đến hết quý IV/2021, đơn vị đã chỉnh lý 236,5 mét trong tổng số 300,0 mét tài liệu tồn đọng."),
		&report.Chart{ID: "c", Caption: "Tiến độ", Sentence: "Tăng đều.", Table: small, Drawing: chart},
		report.TableBlock{Table: small, Caption: "Kết quả", ID: "t"},
		report.TableBlock{Table: less, Caption: "Kiểm tra", ID: "u"},
	}}
}

// BenchmarkPapers writes papers of a page on all cores, and beside it the same
// tables by a plain loop over the library, without chart, layout and archive.
func BenchmarkPapers(b *testing.B) {
	l := locale(b, "vi")
	doc := onePager(b, drawing(b, "line.svg"))
	const papers = 400
	ours := perSecond(papers, func() {
		if err := Write(&bytes.Buffer{}, doc, l); err != nil {
			b.Error(err)
		}
	})
	faces, err := ink.Faces()
	if err != nil {
		b.Fatal(err)
	}
	floor := perSecond(papers, func() {
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
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(ours, "papers/s")
	b.ReportMetric(ours/floor, "of-plain-fpdf")
	b.ReportMetric(float64(m.Sys)/(1<<20), "MB")
	b.ReportMetric(0, "ns/op")
}

func perSecond(n int, work func()) float64 {
	work() // fonts are read once
	start := time.Now()
	var wg sync.WaitGroup
	for w := range runtime.NumCPU() {
		wg.Go(func() {
			for i := w; i < n; i += runtime.NumCPU() {
				work()
			}
		})
	}
	wg.Wait()
	return float64(n) / time.Since(start).Seconds()
}

// BenchmarkAnnex writes an annex of some 300 pages.
func BenchmarkAnnex(b *testing.B) {
	l := locale(b, "vi")
	long := units()
	first := long.Rows[0]
	long.Rows = nil
	for i := range 9000 {
		row := append([]any(nil), first...)
		row[0] = fmt.Sprintf("Đơn vị số %d", i+1)
		long.Rows = append(long.Rows, row)
	}
	doc := &report.Document{Path: "x", Title: "x", Paper: paper(), Blocks: []report.Block{report.Annex{Number: "I", Title: "Toàn tỉnh", ID: "a"}, report.TableBlock{Table: long, Caption: "Kết quả", ID: "t", Numbered: true}}}
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
