package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"tongket/internal/report"
)

// shapes draws real boundaries. Places without a row are drawn as places
// without a value; rows without a place are named below.
func (m *marks) shapes() report.SVG {
	s := m.chart.Spec.Shapes
	scale := 1.0
	if m.paper {
		scale = min(1, PaperWidth/max(s.Width, 1))
	}
	width := max(s.Width*scale, 380)
	rows, absent := m.rowsOfShapes(s)
	missing := slices.ContainsFunc(s.List, func(p report.Shape) bool {
		row, ok := rows[p.Key]
		return !ok || m.color(row) == ""
	})
	top := m.legend(m.key(missing), m.legendRoom(width))
	type named struct {
		row   int
		rings [][][2]float64
	}
	var labels []named
	for _, p := range s.List {
		rings := moved(p.Rings, scale, top)
		row, ok := rows[p.Key]
		if !ok {
			m.outline(rings, "")
			continue
		}
		m.mark(m.tell(row, m.x), func() { m.outline(rings, m.color(row)) })
		labels = append(labels, named{row, rings})
	}
	for _, l := range labels { // above all boundaries
		m.inside(m.cell(l.row, m.x), l.rings, m.color(l.row))
	}
	height := top + s.Height*scale + 10
	height += m.absentNote(absent, height, width)
	return m.svg(math.Ceil(width), math.Ceil(height))
}

func (m *marks) rowsOfShapes(s *report.Shapes) (rows map[string]int, absent []string) {
	known := map[string]bool{}
	for _, p := range s.List {
		known[p.Key] = true
	}
	key := m.table.Index(m.chart.Spec.Key)
	rows = map[string]int{}
	for row := range m.table.Rows {
		k := keyOf(m.table.Rows[row][key])
		if _, twice := rows[k]; !known[k] || twice {
			absent = append(absent, m.cell(row, m.x))
			continue
		}
		rows[k] = row
	}
	return rows, absent
}

// keyOf is a cell as the property of a file of boundaries writes it.
func keyOf(cell any) string {
	if v, ok := finite(cell); ok {
		return at(v)
	}
	text, _ := cell.(string)
	return text
}

func moved(rings [][][2]float64, scale, down float64) [][][2]float64 {
	out := make([][][2]float64, len(rings))
	for i, ring := range rings {
		out[i] = make([][2]float64, len(ring))
		for k, p := range ring {
			out[i][k] = [2]float64{p[0] * scale, p[1]*scale + down}
		}
	}
	return out
}

// outline fills a place and draws its boundary. A status has its hatch, what
// has no value a thin one.
func (m *marks) outline(rings [][][2]float64, token string) {
	// One path for both, since it is by far the longest thing in the picture.
	shape := func(p pen) {
		p.stroke, p.width = "plan", 0.7
		fmt.Fprintf(&m.out, `<path fill-rule="evenodd" d="%s"%s></path>`, ringPath(rings), m.paint(p))
	}
	switch h, hatched := m.hatch[token]; {
	case token == "":
		shape(pen{fill: "surface"})
		m.stripes(rings, hatch{angles: []float64{45}, gap: 6}, pen{stroke: "axis", width: 0.6, opacity: 0.7})
	case strings.HasPrefix(token, "status."):
		shape(pen{fill: token, tint: 0.42})
		if hatched {
			m.stripes(rings, h, pen{stroke: token, width: 1})
		}
	default:
		shape(pen{fill: token})
	}
}

func ringPath(rings [][][2]float64) string {
	var d strings.Builder
	for _, ring := range rings {
		var px, py float64
		for i, p := range ring {
			x, y := math.Round(p[0]*10)/10, math.Round(p[1]*10)/10
			if i == 0 {
				fmt.Fprintf(&d, "M%s %s", at(x), at(y))
			} else {
				fmt.Fprintf(&d, "l%s %s", at(x-px), at(y-py))
			}
			px, py = x, y
		}
		d.WriteString("Z")
	}
	return d.String()
}

// stripes are lines across a place, inside its boundary.
func (m *marks) stripes(rings [][][2]float64, h hatch, p pen) {
	var d strings.Builder
	for _, angle := range h.angles {
		sin, cos := math.Sincos(-angle * math.Pi / 180)
		// Turned so that the lines are level.
		turned := make([][][2]float64, len(rings))
		low, high := math.Inf(1), math.Inf(-1)
		for i, ring := range rings {
			for _, q := range ring {
				t := [2]float64{q[0]*cos + q[1]*sin, -q[0]*sin + q[1]*cos}
				turned[i] = append(turned[i], t)
				low, high = min(low, t[1]), max(high, t[1])
			}
		}
		// Counted from the same origin everywhere, so that neighbours match.
		for y := (math.Floor(low/h.gap) + 0.5) * h.gap; y < high; y += h.gap {
			for _, s := range crossings(turned, y) {
				if s[1]-s[0] < 1 {
					continue
				}
				fmt.Fprintf(&d, "M%s %sL%s %s", tenth(s[0]*cos-y*sin), tenth(s[0]*sin+y*cos), tenth(s[1]*cos-y*sin), tenth(s[1]*sin+y*cos))
			}
		}
	}
	if d.Len() > 0 {
		m.path(d.String(), p)
	}
}

func tenth(v float64) string { return at(math.Round(v*10) / 10) }

// crossings are the parts of a level line inside a place, from left to right.
func crossings(rings [][][2]float64, y float64) [][2]float64 {
	var xs []float64
	for _, ring := range rings {
		for i := range ring {
			p, q := ring[i], ring[(i+1)%len(ring)]
			if (p[1] > y) != (q[1] > y) {
				xs = append(xs, p[0]+(y-p[1])/(q[1]-p[1])*(q[0]-p[0]))
			}
		}
	}
	slices.Sort(xs)
	var parts [][2]float64
	for i := 0; i+1 < len(xs); i += 2 {
		parts = append(parts, [2]float64{xs[i], xs[i+1]})
	}
	return parts
}

// inside writes a name where its place is widest; one that has no room there
// is left to the pointer and the table.
func (m *marks) inside(name string, rings [][][2]float64, token string) {
	const size = 10.5
	low, high := math.Inf(1), math.Inf(-1)
	for _, ring := range rings {
		for _, p := range ring {
			low, high = min(low, p[1]), max(high, p[1])
		}
	}
	text := m.measure(name, size, false)
	best, middle, line := 0.0, 0.0, 0.0
	const tries = 24
	for i := 1; i < tries; i++ {
		y := low + (high-low)*float64(i)/tries
		for _, part := range roomAt(rings, y, size) {
			// Near the middle of the place, when there is room for the name.
			score := min(part[1]-part[0], text+14) - math.Abs(y-(low+high)/2)*0.2
			if part[1]-part[0] >= text+2 && score > best {
				best, middle, line = score, (part[0]+part[1])/2, y
			}
		}
	}
	if best <= 0 {
		return
	}
	f := font{size: size, anchor: "middle", color: onStep(token)}
	m.plate(name, middle, line, f, token == "" || strings.HasPrefix(token, "status."))
}

// roomAt are the parts of a place in which a line of text of this size can
// stand at y.
func roomAt(rings [][][2]float64, y, size float64) [][2]float64 {
	parts := crossings(rings, y)
	for _, edge := range []float64{y - size*0.55, y + size*0.55} {
		var both [][2]float64
		for _, a := range parts {
			for _, b := range crossings(rings, edge) {
				if from, to := max(a[0], b[0]), min(a[1], b[1]); to > from {
					both = append(both, [2]float64{from, to})
				}
			}
		}
		parts = both
	}
	return parts
}
