package chart

import (
	"math"

	"tongket/internal/report"
)

const (
	mapHeight  = 600.0 // most, in pixels, at the width of a page
	mostPoints = 8_000 // of a map: some 100 KB of SVG
	seen       = 0.35  // pixels: a point nearer to the line than this is not missed
	speck      = 0.4   // square pixels: a lesser part of a place is left out
)

// flatten lays degrees on a plane (equal distances along the middle parallel,
// which for a province is as good as any projection), fits them to the width
// of a page and thins them out until the picture is light.
func flatten(places []place) *report.Shapes {
	west, east, south, north := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, p := range places {
		for _, ring := range p.rings {
			for _, q := range ring {
				west, east = min(west, q[0]), max(east, q[0])
				south, north = min(south, q[1]), max(north, q[1])
			}
		}
	}
	narrow := math.Cos((south + north) / 2 * math.Pi / 180)
	across, up := max((east-west)*narrow, 1e-9), max(north-south, 1e-9)
	scale := min(ScreenWidth/across, mapHeight/up)
	s := &report.Shapes{Width: across * scale, Height: up * scale}
	flat := make([][][][2]float64, len(places))
	for i, p := range places {
		for _, ring := range p.rings {
			points := make([][2]float64, len(ring))
			for k, q := range ring {
				points[k] = [2]float64{(q[0] - west) * narrow * scale, (north - q[1]) * scale}
			}
			flat[i] = append(flat[i], points)
		}
	}
	for tolerance := seen; ; tolerance *= 1.5 {
		total := 0
		s.List = s.List[:0]
		for i, p := range places {
			shape := report.Shape{Key: p.key, Rings: thin(flat[i], tolerance)}
			for _, ring := range shape.Rings {
				total += len(ring)
			}
			s.List = append(s.List, shape)
		}
		if total <= mostPoints || tolerance > 20 {
			return s
		}
	}
}

// thin simplifies the rings of one place. Specks go, but the largest ring
// stays whatever its size: every place is on the map.
func thin(rings [][][2]float64, tolerance float64) [][][2]float64 {
	largest, most := 0, -1.0
	for i, ring := range rings {
		if a := area(ring); a > most {
			largest, most = i, a
		}
	}
	var out [][][2]float64
	for i, ring := range rings {
		if i != largest && area(ring) < max(speck, tolerance*tolerance) {
			continue
		}
		short := simplify(ring, tolerance)
		if len(short) < 3 {
			if i != largest {
				continue
			}
			short = dot(ring)
		}
		for k := range short {
			short[k] = [2]float64{math.Round(short[k][0]*10) / 10, math.Round(short[k][1]*10) / 10}
		}
		out = append(out, short)
	}
	if most < 4 && len(out) > 0 { // too small to be seen or pointed at
		return [][][2]float64{dot(rings[largest])}
	}
	return out
}

// dot is a small square in the place of a ring.
func dot(ring [][2]float64) [][2]float64 {
	const r = 2.0
	x, y := ring[0][0], ring[0][1]
	return [][2]float64{{x - r, y - r}, {x + r, y - r}, {x + r, y + r}, {x - r, y + r}}
}

func area(ring [][2]float64) float64 {
	sum := 0.0
	for i := range ring {
		p, q := ring[i], ring[(i+1)%len(ring)]
		sum += p[0]*q[1] - q[0]*p[1]
	}
	return math.Abs(sum) / 2
}

// simplify is Douglas and Peucker's on a closed ring, which is cut in two at
// the point farthest from its first. The ring comes back open.
func simplify(ring [][2]float64, tolerance float64) [][2]float64 {
	ring = ring[:len(ring)-1]
	far, most := 0, -1.0
	for i, p := range ring {
		if d := math.Hypot(p[0]-ring[0][0], p[1]-ring[0][1]); d > most {
			far, most = i, d
		}
	}
	if most <= tolerance {
		return nil
	}
	keep := make([]bool, len(ring)+1)
	keep[0], keep[far] = true, true
	closed := append(append([][2]float64(nil), ring...), ring[0])
	type span struct{ from, to int }
	// A stack of our own: a ring may have a million points.
	for todo := []span{{0, far}, {far, len(ring)}}; len(todo) > 0; {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		worst, distance := 0, tolerance
		for i := s.from + 1; i < s.to; i++ {
			if d := offLine(closed[i], closed[s.from], closed[s.to]); d > distance {
				worst, distance = i, d
			}
		}
		if worst > 0 {
			keep[worst] = true
			todo = append(todo, span{s.from, worst}, span{worst, s.to})
		}
	}
	var out [][2]float64
	for i, p := range ring {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}

// offLine is how far p lies from the segment a b.
func offLine(p, a, b [2]float64) float64 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = max(0, min(1, ((p[0]-a[0])*dx+(p[1]-a[1])*dy)/l))
	}
	return math.Hypot(p[0]-a[0]-t*dx, p[1]-a[1]-t*dy)
}
