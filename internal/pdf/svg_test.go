package pdf

import (
	"bytes"
	"strings"
	"testing"

	"tongket/internal/ink"
	"tongket/internal/report"
)

func svg(inside string) report.SVG {
	return report.SVG{Width: 100, Height: 50, Markup: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">` + inside + `</svg>`)}
}

func chartDoc(s report.SVG) *report.Document {
	return &report.Document{Path: "hinh", Paper: paper(), Blocks: []report.Block{&report.Chart{ID: "c1", Caption: "Hình", Drawing: &report.Drawing{Paper: s}}}}
}

func TestADrawingThatIsNotUnderstoodIsNamed(t *testing.T) {
	err := Write(&bytes.Buffer{}, chartDoc(svg(`<image/><video/>`)), locale(t, "vi"))
	if err == nil || !strings.Contains(err.Error(), "chart c1") || !strings.Contains(err.Error(), "image") || !strings.Contains(err.Error(), "video") {
		t.Errorf("said: %v", err)
	}
}

func TestLabelsStandWhereTheyShould(t *testing.T) {
	file := written(t, chartDoc(svg(`<text x="50" y="25" text-anchor="middle" dominant-baseline="central" style="font-size:4px">Giữa</text>
		<text x="100" y="10" text-anchor="end" font-size="4">Phải</text><text transform="translate(10 20)" font-size="4" font-weight="bold">Trái<tspan x="0" dy="5">dưới</tspan></text>
		<text font-size="4" transform="rotate(-90 5 40)" x="5" y="40">Đứng</text>`)), "vi")
	s := sheets(t, file)[0]
	scale := 165.0 / 100
	top := s.find(t, "Phải").Y2 - 4*scale*ink.Descent - 10*scale // of the drawing
	near(t, "middle", s.find(t, "Giữa").middle(), 30+50*scale, 0.3)
	mid := s.find(t, "Giữa")
	near(t, "central", (mid.Y1+mid.Y2)/2, top+25*scale, 0.3)
	near(t, "end", s.find(t, "Phải").X2, 195, 0.3)
	near(t, "moved", s.find(t, "Trái").X1, 30+10*scale, 0.3)
	near(t, "tspan at x", s.find(t, "dưới").X1, 30+10*scale, 0.3)
	near(t, "tspan below", s.find(t, "dưới").Y1-s.find(t, "Trái").Y1, 5*scale, 0.3)
	near(t, "size", s.find(t, "Trái").size(), 4*scale/mm, 0.3)
	up := s.find(t, "Đứng")
	if up.Y2-up.Y1 < up.X2-up.X1 {
		t.Errorf("turned text lies flat: %+v", up)
	}
	near(t, "turned text begins", up.Y2, top+40*scale, 0.5)
}

func TestChartStaysWithItsCaption(t *testing.T) {
	for n := range 10 {
		doc := chartDoc(drawing(t, "bar.svg").Paper)
		c := doc.Blocks[0].(*report.Chart)
		c.Sentence = "Câu tóm tắt."
		for range n * 3 {
			doc.Blocks = append([]report.Block{para("Dòng.")}, doc.Blocks...)
		}
		whole := false
		for _, s := range sheets(t, written(t, doc, "vi")) {
			if _, ok := s.look("Hình 1. Hình"); ok {
				whole = true
				s.find(t, "Câu tóm tắt.")
				s.find(t, "700")
			}
		}
		if !whole {
			t.Error("no caption")
		}
	}
}

func TestWithoutADrawingTheTableIsPrinted(t *testing.T) {
	doc := &report.Document{Paper: paper(), Blocks: []report.Block{&report.Chart{ID: "c", Caption: "Tiến độ", Table: units(), Sentence: "Câu."}}}
	all := copied(t, written(t, doc, "vi"))
	for _, want := range []string{"Bảng 1. Tiến độ", "Thanh tra tỉnh", "Câu."} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q", want)
		}
	}
}
