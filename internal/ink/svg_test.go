package ink

import (
	"math"
	"strings"
	"testing"

	"tongket/internal/report"
)

func svg(inside string) report.SVG {
	return report.SVG{Width: 100, Height: 50, Markup: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">` + inside + `</svg>`)}
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
		_, err := Parse(svg(inside))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", inside, err, want)
		}
	}
	_, err := Parse(svg(`<image/><video/>`))
	if err == nil || !strings.Contains(err.Error(), "image") || !strings.Contains(err.Error(), "video") {
		t.Errorf("not all faults at once: %v", err)
	}
}

func TestPaths(t *testing.T) {
	end := func(d string) Point {
		t.Helper()
		path, err := parsePath(d)
		if err != nil {
			t.Fatalf("%s: %v", d, err)
		}
		to := path[len(path)-1].To
		return to[len(to)-1]
	}
	for d, want := range map[string]Point{
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
		if got := end(d); math.Abs(got.X-want.X)+math.Abs(got.Y-want.Y) > 1e-9 {
			t.Errorf("%s ends at %v, want %v", d, got, want)
		}
	}
	// A half circle bulges to where SVG says: sweep 1 turns clockwise.
	path, _ := parsePath("M0 0A5 5 0 0 1 10 0")
	if top := path[1].To[2]; math.Abs(top.X-5) > 1e-9 || math.Abs(top.Y+5) > 1e-9 {
		t.Errorf("the arc passes %v, want (5, -5)", top)
	}
}

func TestTransforms(t *testing.T) {
	for s, want := range map[string]Point{
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
		if got := m.apply(Point{1, 1}); err != nil || math.Abs(got.X-want.X)+math.Abs(got.Y-want.Y) > 1e-9 {
			t.Errorf("%s: (1, 1) goes to %v (%v), want %v", s, got, err, want)
		}
	}
}

func TestPaint(t *testing.T) {
	pic, err := Parse(svg(`<defs><linearGradient id="x"/></defs><title>t</title>
		<g fill="#f00" opacity="0.5" style="stroke: rgb(0, 128, 255); stroke-width:2px"><rect width="10" height="10" rx="2" fill-opacity="0.5"/>
		<path d="M0 0L1 1" fill="none" stroke="rgba(0,0,0,0.25)" stroke-dasharray="4,2"/></g><circle r="3" fill="Navy" display="none"/>`))
	if err != nil {
		t.Fatal(err)
	}
	if len(pic.Things) != 2 {
		t.Fatalf("%d things", len(pic.Things))
	}
	r, l := pic.Things[0].Paint, pic.Things[1].Paint
	if got := Blend(*r.Fill, r.Opacity*r.FillOpacity); got != (RGB{255, 191, 191}) {
		t.Errorf("fill %v", got)
	}
	if *r.Stroke != (RGB{0, 128, 255}) || r.Width != 2 {
		t.Errorf("stroke %v %v", *r.Stroke, r.Width)
	}
	if l.Fill != nil || l.StrokeOpacity != 0.25 || len(l.Dash) != 2 {
		t.Errorf("line %+v", l)
	}
}

func FuzzSVG(f *testing.F) {
	for _, s := range []string{`<path d="M0 0a5 5 0 0110 0z"/>`, `<g transform="rotate(3)"><text x="1">a<tspan dy="1em">b</tspan></text></g>`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, inside string) {
		pic, err := Parse(svg(inside))
		if err != nil {
			return
		}
		for _, th := range pic.Things {
			for _, s := range th.Path {
				for _, p := range s.To {
					if math.IsNaN(p.X + p.Y) {
						t.Fatalf("%q has a point that is no number", inside)
					}
				}
			}
		}
	})
}
