package pdf

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongket/internal/report"
)

// printed is a page as it comes off a printer: 100 dots to the inch, 0 black
// to 255 white.
type printed struct {
	width, height int
	dots          []byte
}

func printouts(t *testing.T, file string) []printed {
	t.Helper()
	dir := t.TempDir()
	tool(t, "pdftoppm", "-r", "100", "-gray", file, filepath.Join(dir, "page"))
	names, err := filepath.Glob(filepath.Join(dir, "page-*.pgm"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no pages were printed: %v", err)
	}
	pages := make([]printed, len(names)) // in order: the numbers have leading zeros
	for i, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		p := &pages[i]
		if _, err := fmt.Fscanf(bytes.NewReader(data), "P5\n%d %d\n255\n", &p.width, &p.height); err != nil {
			t.Fatal(err)
		}
		p.dots = data[len(data)-p.width*p.height:]
	}
	return pages
}

// darkest is the darkest dot in a box.
func (p printed) darkest(box seen) byte {
	const dots = 100 / 25.4 // to the mm
	darkest := byte(255)
	for y := max(0, int(box.Y1*dots)); y < min(p.height, int(box.Y2*dots)+1); y++ {
		for x := max(0, int(box.X1*dots)); x < min(p.width, int(box.X2*dots)+1); x++ {
			darkest = min(darkest, p.dots[y*p.width+x])
		}
	}
	return darkest
}

// A head of a table is grey, a drawing has colours of its own: neither may
// rub off on the text that follows.
func TestTextAfterDrawingsIsBlack(t *testing.T) {
	doc := summary(t)
	all := units()
	all.Rows = all.Rows[:3]
	doc.Blocks = append([]report.Block{
		report.TableBlock{Table: all, Caption: "Ba đơn vị"},
		&report.Chart{ID: "line", Caption: "Chú thích dưới hình", Sentence: "Câu tính từ số liệu.", Table: all, Drawing: drawing(t, "line.svg")},
		para("Đoạn sau hình."),
	}, doc.Blocks...)
	file := written(t, doc, "vi")
	pages := printouts(t, file)
	words, found := 0, 0
	for i, s := range sheets(t, file) {
		for _, phrase := range []string{"Chú thích dưới hình", "Câu tính từ số liệu.", "truy vấn progress_by_unit.", "Đoạn sau hình."} {
			if at, ok := s.look(phrase); ok {
				found++
				if d := pages[i].darkest(at); d > 40 {
					t.Errorf("page %d: %q is printed in grey %d", i+1, phrase, d)
				}
			}
		}
		for _, w := range s.Words {
			if strings.Trim(w.Text, "–-.,;:/()□") == "" {
				continue
			}
			words++
			if d := pages[i].darkest(w); d > 150 {
				t.Errorf("page %d: %q is printed in grey %d", i+1, w.Text, d)
			}
		}
	}
	if words < 1000 || found < 6 {
		t.Errorf("only %d words and %d phrases were looked at", words, found)
	}
}

// The head of a table leaves grey behind. A drawing that ends with black, in
// itself or in a turned label, must not make it pass for black.
func TestColoursHoldAfterDrawings(t *testing.T) {
	all := units()
	all.Rows = all.Rows[:3]
	svg := `<svg width="300" height="100"><rect x="0" y="0" width="20" height="20" fill="#eeeeee"/>` +
		`<text transform="rotate(-45 40 60)" x="40" y="60" fill="#123456">nghiêng</text>` +
		`<text x="150" y="50" fill="#eeeeee">nhạt</text><text x="150" y="80" fill="#000000">đậm</text>` +
		`<rect x="280" y="80" width="20" height="20" fill="#000000"/></svg>`
	doc := &report.Document{Blocks: []report.Block{
		report.TableBlock{Table: all, Caption: "Ba đơn vị"},
		&report.Chart{ID: "c", Caption: "Chú thích", Table: all, Drawing: &report.Drawing{Paper: report.SVG{Width: 300, Height: 100, Markup: []byte(svg)}}},
		para("Đoạn sau."),
	}}
	file := written(t, doc, "vi")
	page, s := printouts(t, file)[0], sheets(t, file)[0]
	for word, dark := range map[string]bool{"nhạt": false, "đậm": true, "thích": true, "Đoạn": true} {
		if d := page.darkest(s.find(t, word)); (d < 60) != dark {
			t.Errorf("%q is printed in grey %d", word, d)
		}
	}
}
