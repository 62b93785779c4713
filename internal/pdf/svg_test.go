package pdf

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"tongket/internal/report"
)

func svg(inside string) report.SVG {
	return report.SVG{Width: 100, Height: 50, Markup: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">` + inside + `</svg>`)}
}

func chartDoc(s report.SVG) *report.Document {
	return &report.Document{Path: "hinh", Paper: paper(), Blocks: []report.Block{&report.Chart{ID: "c1", Caption: "Hình", Drawing: &report.Drawing{Paper: s}}}}
}

func TestUnknownPartsOfADrawingAreNamed(t *testing.T) {
	for inside, want := range map[string]string{
		`<image href="x"/>`:                           "<image>",
		`<use href="#a"/><filter/>`:                   "<filter>",
		`<text>a<a>b</a></text>`:                      "<a>",
		`<rect width="1" height="1" fill="url(#g)"/>`: "url(#g)",
		`<path d="M0 0 K 3"/>`:                        "path",
		`<path d="L0 0"/>`:                            "does not begin with M",
		`<path d="M0 0L1e99 0"/>`:                     "path",
		`<path d="M0 0A1 1 0 2 0 3 3"/>`:              "no flag",
		`<g transform="skewX(3)"/>`:                   "skewX",
		`<rect width="5cm" height="1"/>`:              "5cm",
		`<style>.a{fill:red}</style>`:                 ".a",
		`<polygon points="1 2 3"/>`:                   "pairs",
		`<rect`:                                       "svg",
		`</svg><svg>`:                                 "one <svg>",
	} {
		err := Write(&bytes.Buffer{}, chartDoc(svg(inside)), locale(t, "vi"))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "chart c1") {
			t.Errorf("%s: %v, want %q", inside, err, want)
		}
	}
	err := Write(&bytes.Buffer{}, chartDoc(svg(`<image/><video/>`)), locale(t, "vi"))
	if err == nil || !strings.Contains(err.Error(), "image") || !strings.Contains(err.Error(), "video") {
		t.Errorf("not all faults at once: %v", err)
	}
}

func TestPaths(t *testing.T) {
	end := func(d string) point {
		t.Helper()
		path, err := parsePath(d)
		if err != nil {
			t.Fatalf("%s: %v", d, err)
		}
		to := path[len(path)-1].to
		return to[len(to)-1]
	}
	for d, want := range map[string]point{
		"M1,2":                      {1, 2},
		"M1 2 3 4":                  {3, 4},
		"m1 2 3 4":                  {4, 6},
		"M1 2L3 4l-1-1":             {2, 3},
		"M0 0H5V6h-1v-1":            {4, 5},
		"M0 0C1 1 2 2 3 3s1 1 2 2":  {5, 5},
		"M0 0Q1 1 2 0T4 0":          {4, 0},
		"M0 0q1 1 2 0t2 0":          {4, 0},
		"M10 10a5 5 0 0110 0":       {20, 10},
		"M10 10A5 5 0 1 0 20 10":    {20, 10},
		"M10 10A0 5 0 1 0 20 10":    {20, 10},
		"M.5.5-1.5e1 2":             {-15, 2},
		"M10 10A1 1 30 1 1 20 11":   {20, 11},
		"M0 0L5 5ZL7 7":             {7, 7},
		"M0 0c.5.5.5.5 1 1z m 2 2 ": {2, 2},
	} {
		if got := end(d); math.Abs(got.x-want.x)+math.Abs(got.y-want.y) > 1e-9 {
			t.Errorf("%s ends at %v, want %v", d, got, want)
		}
	}
	// A half circle bulges to where SVG says: sweep 1 turns clockwise.
	path, _ := parsePath("M0 0A5 5 0 0 1 10 0")
	if top := path[1].to[2]; math.Abs(top.x-5) > 1e-9 || math.Abs(top.y+5) > 1e-9 {
		t.Errorf("the arc passes %v, want (5, -5)", top)
	}
}

func TestTransforms(t *testing.T) {
	for s, want := range map[string]point{
		"translate(3)":                      {4, 1},
		"translate(3,4) scale(2)":           {5, 6},
		"scale(2,3)":                        {2, 3},
		"rotate(90)":                        {-1, 1},
		"rotate(90 1 0)":                    {0, 0},
		"matrix(1 2 3 4 5 6)":               {9, 12},
		"translate(1 1),rotate(180)":        {0, 0},
		" matrix(1,0,0,1,-2,-2) scale(.5) ": {-1.5, -1.5},
	} {
		m, err := parseTransform(s)
		if got := m.apply(point{1, 1}); err != nil || math.Abs(got.x-want.x)+math.Abs(got.y-want.y) > 1e-9 {
			t.Errorf("%s: (1, 1) goes to %v (%v), want %v", s, got, err, want)
		}
	}
}

func TestPaint(t *testing.T) {
	pic, err := parseSVG(svg(`<defs><linearGradient id="x"/></defs><title>t</title>
		<g fill="#f00" opacity="0.5" style="stroke: rgb(0, 128, 255); stroke-width:2px"><rect width="10" height="10" rx="2" fill-opacity="0.5"/>
		<path d="M0 0L1 1" fill="none" stroke="rgba(0,0,0,0.25)" stroke-dasharray="4,2"/></g><circle r="3" fill="Navy" display="none"/>`))
	if err != nil {
		t.Fatal(err)
	}
	if len(pic.things) != 2 {
		t.Fatalf("%d things", len(pic.things))
	}
	r, l := pic.things[0].paint, pic.things[1].paint
	if got := blend(*r.fill, r.opacity*r.fillOpacity); got != (rgb{255, 191, 191}) {
		t.Errorf("fill %v", got)
	}
	if *r.stroke != (rgb{0, 128, 255}) || r.width != 2 {
		t.Errorf("stroke %v %v", *r.stroke, r.width)
	}
	if l.fill != nil || l.strokeOpacity != 0.25 || len(l.dash) != 2 {
		t.Errorf("line %+v", l)
	}
}

func TestLabelsStandWhereTheyShould(t *testing.T) {
	file := written(t, chartDoc(svg(`<text x="50" y="25" text-anchor="middle" dominant-baseline="central" style="font-size:4px">Giữa</text>
		<text x="100" y="10" text-anchor="end" font-size="4">Phải</text><text transform="translate(10 20)" font-size="4" font-weight="bold">Trái<tspan x="0" dy="5">dưới</tspan></text>
		<text font-size="4" transform="rotate(-90 5 40)" x="5" y="40">Đứng</text>`)), "vi")
	s := sheets(t, file)[0]
	scale := 165.0 / 100
	top := s.find(t, "Phải").Y2 - 4*scale*descent - 10*scale // of the drawing
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

func FuzzSVG(f *testing.F) {
	for _, s := range []string{`<path d="M0 0a5 5 0 0110 0z"/>`, `<g transform="rotate(3)"><text x="1">a<tspan dy="1em">b</tspan></text></g>`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, inside string) {
		pic, err := parseSVG(svg(inside))
		if err != nil {
			return
		}
		for _, th := range pic.things {
			for _, s := range th.path {
				for _, p := range s.to {
					if math.IsNaN(p.x + p.y) {
						t.Fatalf("%q has a point that is no number", inside)
					}
				}
			}
		}
	})
}
