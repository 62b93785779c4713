package ink

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Point is a place in pixels of the picture.
type Point struct{ X, Y float64 }

// Segment is a step of a path: 'M' and 'L' to one point, 'C' over two
// controls to a third, 'Z' home.
type Segment struct {
	Op byte
	To []Point
}

// matrix maps (x, y) to (a·x+c·y+e, b·x+d·y+f).
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

func (m matrix) apply(p Point) Point {
	return Point{m.a*p.X + m.c*p.Y + m.e, m.b*p.X + m.d*p.Y + m.f}
}

// times is m after n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m.a*n.a + m.c*n.b, m.b*n.a + m.d*n.b,
		m.a*n.c + m.c*n.d, m.b*n.c + m.d*n.d,
		m.a*n.e + m.c*n.f + m.e, m.b*n.e + m.d*n.f + m.f,
	}
}

func (m matrix) scale() float64 { return math.Sqrt(math.Abs(m.a*m.d - m.b*m.c)) }

// degrees is the clockwise turn of the x axis.
func (m matrix) degrees() float64 { return math.Atan2(m.b, m.a) * 180 / math.Pi }

func parseTransform(s string) (matrix, error) {
	m := identity
	for rest := strings.TrimLeft(s, " ,\n\t"); rest != ""; rest = strings.TrimLeft(rest, " ,\n\t") {
		name, tail, ok := strings.Cut(rest, "(")
		args, after, closed := strings.Cut(tail, ")")
		n, err := numbers(args)
		if !ok || !closed || err != nil {
			return identity, fmt.Errorf("transform %q cannot be read", s)
		}
		t, ok := transform(strings.TrimSpace(name), n)
		if !ok {
			return identity, fmt.Errorf("transform %q cannot be drawn", s)
		}
		m, rest = m.times(t), after
	}
	return m, nil
}

func transform(name string, n []float64) (matrix, bool) {
	switch {
	case name == "translate" && len(n) == 1:
		return matrix{1, 0, 0, 1, n[0], 0}, true
	case name == "translate" && len(n) == 2:
		return matrix{1, 0, 0, 1, n[0], n[1]}, true
	case name == "scale" && len(n) == 1:
		return matrix{n[0], 0, 0, n[0], 0, 0}, true
	case name == "scale" && len(n) == 2:
		return matrix{n[0], 0, 0, n[1], 0, 0}, true
	case name == "rotate" && (len(n) == 1 || len(n) == 3):
		sin, cos := math.Sincos(n[0] * math.Pi / 180)
		turn := matrix{cos, sin, -sin, cos, 0, 0}
		if len(n) == 3 {
			turn = matrix{1, 0, 0, 1, n[1], n[2]}.times(turn).times(matrix{1, 0, 0, 1, -n[1], -n[2]})
		}
		return turn, true
	case name == "matrix" && len(n) == 6:
		return matrix{n[0], n[1], n[2], n[3], n[4], n[5]}, true
	}
	return identity, false
}

// numbers reads a list as SVG writes it: "1,2 -3.5.5e1".
func numbers(s string) ([]float64, error) {
	var list []float64
	sc := scanner{s: s}
	for !sc.done() {
		n, err := sc.number()
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, nil
}

type scanner struct {
	s  string
	at int
}

func (sc *scanner) done() bool {
	for sc.at < len(sc.s) && strings.IndexByte(" ,\t\r\n", sc.s[sc.at]) >= 0 {
		sc.at++
	}
	return sc.at >= len(sc.s)
}

func (sc *scanner) number() (float64, error) {
	if sc.done() {
		return 0, fmt.Errorf("%q ends where a number should be", shorten(sc.s))
	}
	start, dot, exp := sc.at, false, false
	for ; sc.at < len(sc.s); sc.at++ {
		c := sc.s[sc.at]
		switch {
		case c >= '0' && c <= '9':
			continue
		case (c == '+' || c == '-') && (sc.at == start || exp && (sc.s[sc.at-1]|0x20) == 'e'):
			continue
		case c == '.' && !dot && !exp:
			dot = true
			continue
		case c|0x20 == 'e' && !exp && sc.at > start:
			exp = true
			continue
		}
		break
	}
	n, err := strconv.ParseFloat(sc.s[start:sc.at], 64)
	if err != nil || math.Abs(n) > far {
		return 0, fmt.Errorf("%q has no number at %d", shorten(sc.s), start)
	}
	return n, nil
}

// flag is a 0 or 1 that may touch what follows it.
func (sc *scanner) flag() (bool, error) {
	if sc.done() || sc.s[sc.at] != '0' && sc.s[sc.at] != '1' {
		return false, fmt.Errorf("%q has no flag at %d", shorten(sc.s), sc.at)
	}
	sc.at++
	return sc.s[sc.at-1] == '1', nil
}

func shorten(s string) string {
	if len(s) > 60 {
		return s[:60] + "…"
	}
	return s
}

// arity is how many numbers a path command takes; arcs are read apart.
var arity = map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'S': 4, 'Q': 4, 'T': 2, 'A': 7, 'Z': 0}

// parsePath reads the d of a path into lines and cubic curves.
func parsePath(d string) ([]Segment, error) {
	w := pathWriter{}
	sc := scanner{s: d}
	cmd := byte(0)
	for !sc.done() {
		c := sc.s[sc.at]
		if _, known := arity[c&^0x20]; known && (c|0x20) >= 'a' {
			cmd = c
			sc.at++
		} else if cmd == 0 || cmd|0x20 == 'z' {
			return nil, fmt.Errorf("path %q has no command at %d", shorten(d), sc.at)
		}
		n, err := sc.arguments(cmd &^ 0x20)
		if err != nil {
			return nil, fmt.Errorf("path %w", err)
		}
		if len(w.out) == 0 && cmd|0x20 != 'm' {
			return nil, fmt.Errorf("path %q does not begin with M", shorten(d))
		}
		w.step(cmd, n)
		if cmd == 'M' || cmd == 'm' {
			cmd-- // further pairs are lines: L, l
		}
	}
	return w.out, nil
}

func (sc *scanner) arguments(cmd byte) ([]float64, error) {
	n := make([]float64, arity[cmd])
	for i := range n {
		var err error
		if cmd == 'A' && (i == 3 || i == 4) {
			var on bool
			if on, err = sc.flag(); on {
				n[i] = 1
			}
		} else {
			n[i], err = sc.number()
		}
		if err != nil {
			return nil, err
		}
	}
	return n, nil
}

// pathWriter makes every command absolute and every curve cubic.
type pathWriter struct {
	out       []Segment
	at, start Point
	control   Point // of the last curve, for S and T
	last      byte  // the last command, upper case
}

func (w *pathWriter) step(cmd byte, n []float64) {
	base := Point{}
	if cmd >= 'a' {
		base = w.at
	}
	op := cmd &^ 0x20
	pt := func(i int) Point { return Point{base.X + n[i], base.Y + n[i+1]} }
	from := w.at
	switch op {
	case 'M':
		w.at = pt(0)
		w.start = w.at
		w.out = append(w.out, Segment{'M', []Point{w.at}})
	case 'L':
		w.line(pt(0))
	case 'H':
		w.line(Point{base.X + n[0], from.Y})
	case 'V':
		w.line(Point{from.X, base.Y + n[0]})
	case 'C':
		w.curve(pt(0), pt(2), pt(4))
	case 'S':
		w.curve(w.reflected("CS"), pt(0), pt(2))
	case 'Q':
		w.quadratic(pt(0), pt(2))
	case 'T':
		w.quadratic(w.reflected("QT"), pt(0))
	case 'A':
		w.arc(n, pt(5))
	case 'Z':
		w.at = w.start
		w.out = append(w.out, Segment{Op: 'Z'})
	}
	w.last = op
}

func (w *pathWriter) line(to Point) {
	w.at = to
	w.out = append(w.out, Segment{'L', []Point{to}})
}

func (w *pathWriter) curve(c1, c2, to Point) {
	w.control, w.at = c2, to
	w.out = append(w.out, Segment{'C', []Point{c1, c2, to}})
}

func (w *pathWriter) quadratic(c, to Point) {
	from := w.at
	w.curve(Point{from.X + 2.0/3*(c.X-from.X), from.Y + 2.0/3*(c.Y-from.Y)},
		Point{to.X + 2.0/3*(c.X-to.X), to.Y + 2.0/3*(c.Y-to.Y)}, to)
	w.control = c
}

// reflected is the last control mirrored, if the last command was such a curve.
func (w *pathWriter) reflected(after string) Point {
	if strings.IndexByte(after, w.last) < 0 {
		return w.at
	}
	return Point{2*w.at.X - w.control.X, 2*w.at.Y - w.control.Y}
}

// arc follows the SVG specification's conversion from end points to centre
// (SVG 1.1, F.6.5) and draws quarter turns as cubics.
func (w *pathWriter) arc(n []float64, to Point) {
	rx, ry, from := math.Abs(n[0]), math.Abs(n[1]), w.at
	if from == to {
		return
	}
	if rx == 0 || ry == 0 {
		w.line(to)
		return
	}
	sin, cos := math.Sincos(n[2] * math.Pi / 180)
	dx, dy := (from.X-to.X)/2, (from.Y-to.Y)/2
	x, y := cos*dx+sin*dy, -sin*dx+cos*dy
	if grow := math.Sqrt(x*x/(rx*rx) + y*y/(ry*ry)); grow > 1 {
		rx, ry = rx*grow, ry*grow
	}
	under := rx*rx*y*y + ry*ry*x*x
	k := math.Sqrt(max(0, rx*rx*ry*ry-under) / under)
	if n[3] == n[4] {
		k = -k
	}
	cx, cy := k*rx*y/ry, -k*ry*x/rx
	centre := matrix{cos, sin, -sin, cos, (from.X + to.X) / 2, (from.Y + to.Y) / 2}
	begin := math.Atan2((y-cy)/ry, (x-cx)/rx)
	sweep := math.Atan2((-y-cy)/ry, (-x-cx)/rx) - begin
	if n[4] == 1 && sweep < 0 {
		sweep += 2 * math.Pi
	} else if n[4] == 0 && sweep > 0 {
		sweep -= 2 * math.Pi
	}
	parts := int(math.Ceil(math.Abs(sweep)/(math.Pi/2) - 1e-9))
	step := sweep / float64(parts)
	reach := 4.0 / 3 * math.Tan(step/4)
	on := func(t float64, along float64) Point {
		s, c := math.Sincos(t)
		return centre.apply(Point{cx + rx*(c-along*s), cy + ry*(s+along*c)})
	}
	for i := range parts {
		t := begin + float64(i)*step
		end := on(t+step, 0)
		if i == parts-1 {
			end = to
		}
		w.curve(on(t, reach), on(t+step, -reach), end)
	}
}
