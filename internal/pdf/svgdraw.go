package pdf

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// label is a text of a picture: its anchor point, in pixels.
type label struct {
	at      point
	degrees float64
	chunks  []chunk
}

// chunk is text that shares one anchor.
type chunk struct {
	dx, dy float64 // from the label's point, unturned
	anchor string
	spans  []labelSpan
}

type labelSpan struct {
	text   string
	style  style
	size   float64 // pixels
	color  rgb
	dx, dy float64 // moved from where the text before it ends
}

// shape makes the path of a basic shape.
func (d *svgReader) shape(name string, a map[string]string) ([]segment, error) {
	n := func(key string) float64 { return d.number(a, key, 0) }
	switch name {
	case "path":
		return parsePath(a["d"])
	case "line":
		return []segment{{'M', []point{{n("x1"), n("y1")}}}, {'L', []point{{n("x2"), n("y2")}}}}, nil
	case "rect":
		return rectPath(n("x"), n("y"), n("width"), n("height"), d.number(a, "rx", n("ry")), d.number(a, "ry", n("rx"))), nil
	case "circle":
		return ellipsePath(n("cx"), n("cy"), n("r"), n("r")), nil
	case "ellipse":
		return ellipsePath(n("cx"), n("cy"), n("rx"), n("ry")), nil
	}
	list, err := numbers(a["points"])
	if err != nil || len(list)%2 != 0 {
		return nil, fmt.Errorf("points %q are not pairs of numbers", shorten(a["points"]))
	}
	var path []segment
	for i := 0; i < len(list); i += 2 {
		op := byte('L')
		if i == 0 {
			op = 'M'
		}
		path = append(path, segment{op, []point{{list[i], list[i+1]}}})
	}
	if name == "polygon" && len(path) > 0 {
		path = append(path, segment{op: 'Z'})
	}
	return path, nil
}

func rectPath(x, y, w, h, rx, ry float64) []segment {
	if w <= 0 || h <= 0 {
		return nil
	}
	rx, ry = min(max(rx, 0), w/2), min(max(ry, 0), h/2)
	p := pathWriter{}
	p.step('M', []float64{x + rx, y})
	p.step('H', []float64{x + w - rx})
	corner := func(dx, dy float64) {
		if rx > 0 && ry > 0 {
			p.step('a', []float64{rx, ry, 0, 0, 1, dx, dy})
		}
	}
	corner(rx, ry)
	p.step('V', []float64{y + h - ry})
	corner(-rx, ry)
	p.step('H', []float64{x + rx})
	corner(-rx, -ry)
	p.step('V', []float64{y + ry})
	corner(rx, -ry)
	p.step('Z', nil)
	return p.out
}

func ellipsePath(cx, cy, rx, ry float64) []segment {
	if rx <= 0 || ry <= 0 {
		return nil
	}
	p := pathWriter{}
	p.step('M', []float64{cx - rx, cy})
	p.step('A', []float64{rx, ry, 0, 1, 1, cx + rx, cy})
	p.step('A', []float64{rx, ry, 0, 1, 1, cx - rx, cy})
	p.step('Z', nil)
	return p.out
}

// text reads a text element with its tspans.
func (d *svgReader) text(a map[string]string, p paint, at matrix) error {
	origin := point{d.number(a, "x", 0), d.number(a, "y", 0)}
	l := &label{at: at.apply(origin), degrees: at.degrees()}
	l.chunks = []chunk{{anchor: p.anchor, dx: d.length(a, "dx", p), dy: d.length(a, "dy", p) + drop(p.baseline)*p.fontSize}}
	keep := a["space"] == "preserve" || strings.HasPrefix(a["white-space"], "pre")
	if err := d.spans(l, p, origin, keep, point{}); err != nil {
		return err
	}
	for i := range l.chunks {
		c := &l.chunks[i]
		c.dx, c.dy = c.dx*at.scale(), c.dy*at.scale()
		for j := range c.spans {
			s := &c.spans[j]
			s.size, s.dx, s.dy = s.size*at.scale(), s.dx*at.scale(), s.dy*at.scale()
		}
	}
	if !(math.Abs(l.at.x)+math.Abs(l.at.y)+at.scale() < far) {
		d.fault("a text lies at %g, %g", l.at.x, l.at.y)
	} else if !p.hidden {
		d.pic.things = append(d.pic.things, thing{label: l})
	}
	return nil
}

// spans reads text up to the end of the open element.
func (d *svgReader) spans(l *label, p paint, origin point, keep bool, move point) error {
	for {
		tok, err := d.dec.Token()
		if err != nil {
			return fmt.Errorf("svg: %w", err)
		}
		switch el := tok.(type) {
		case xml.EndElement:
			return nil
		case xml.CharData:
			s := string(el)
			if !keep {
				s = strings.Join(strings.Fields(s), " ")
			}
			if s == "" || p.fill == nil {
				continue
			}
			c := &l.chunks[len(l.chunks)-1]
			c.spans = append(c.spans, labelSpan{s, regular.with(p.bold, p.italic), p.fontSize, blend(*p.fill, p.opacity*p.fillOpacity), move.x, move.y})
			move = point{}
		case xml.StartElement:
			switch el.Name.Local {
			case "title", "desc":
				if err := d.dec.Skip(); err != nil {
					return fmt.Errorf("svg: %w", err)
				}
				continue
			case "tspan":
			default:
				d.fault("<%s> in a text cannot be drawn", el.Name.Local)
				if err := d.dec.Skip(); err != nil {
					return fmt.Errorf("svg: %w", err)
				}
				continue
			}
			a := attributes(el)
			inner := d.paint(a, p)
			step := point{d.length(a, "dx", inner), d.length(a, "dy", inner)}
			if a["x"] != "" || a["y"] != "" {
				l.chunks = append(l.chunks, chunk{anchor: inner.anchor,
					dx: d.number(a, "x", origin.x) - origin.x + step.x,
					dy: d.number(a, "y", origin.y) - origin.y + step.y + drop(inner.baseline)*inner.fontSize})
				step = point{}
			}
			if err := d.spans(l, inner, origin, keep, step); err != nil {
				return err
			}
		}
	}
}

// length is a number of pixels or of em.
func (d *svgReader) length(a map[string]string, name string, p paint) float64 {
	if v, ok := strings.CutSuffix(a[name], "em"); ok {
		if n, err := strconv.ParseFloat(v, 64); err == nil {
			return n * p.fontSize
		}
	}
	return d.number(a, name, 0)
}

// drop is how far below its point a text's letters stand, in em.
func drop(baseline string) float64 {
	switch baseline {
	case "central":
		return (ascent - descent) / 2
	case "middle":
		return 0.23 // half the height of an x
	case "hanging", "text-before-edge", "before-edge", "text-top", "top":
		return ascent
	case "text-after-edge", "after-edge", "ideographic", "text-bottom", "bottom":
		return -descent
	}
	return 0
}

// names are the colours of HTML 4 and the few more that charts use.
var names = map[string]rgb{
	"black": {}, "silver": {192, 192, 192}, "gray": {128, 128, 128}, "grey": {128, 128, 128}, "white": {255, 255, 255},
	"maroon": {128, 0, 0}, "red": {255, 0, 0}, "purple": {128, 0, 128}, "fuchsia": {255, 0, 255}, "magenta": {255, 0, 255},
	"green": {0, 128, 0}, "lime": {0, 255, 0}, "olive": {128, 128, 0}, "yellow": {255, 255, 0}, "navy": {0, 0, 128},
	"blue": {0, 0, 255}, "teal": {0, 128, 128}, "aqua": {0, 255, 255}, "cyan": {0, 255, 255}, "orange": {255, 165, 0},
	"lightgray": {211, 211, 211}, "lightgrey": {211, 211, 211}, "darkgray": {169, 169, 169}, "currentcolor": {},
}

// color reads fill or stroke; rgba's alpha becomes its opacity.
func (d *svgReader) color(a map[string]string, name string, otherwise *rgb, opacity float64) (*rgb, float64) {
	v := strings.ToLower(a[name])
	switch v {
	case "", "inherit":
		return otherwise, opacity
	case "none", "transparent":
		return nil, opacity
	}
	if c, ok := names[v]; ok {
		return &c, opacity
	}
	if hex, ok := strings.CutPrefix(v, "#"); ok {
		if len(hex) == 3 {
			hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
		}
		if n, err := strconv.ParseUint(hex, 16, 32); err == nil && len(hex) == 6 {
			return &rgb{int(n >> 16), int(n >> 8 & 255), int(n & 255)}, opacity
		}
	}
	kind, args, _ := strings.Cut(strings.TrimSuffix(v, ")"), "(")
	if n, err := numbers(args); err == nil && (kind == "rgb" && len(n) == 3 || kind == "rgba" && len(n) == 4) {
		if kind == "rgba" {
			opacity = min(max(n[3], 0), 1)
		}
		channel := func(v float64) int { return int(min(max(math.Round(v), 0), 255)) }
		return &rgb{channel(n[0]), channel(n[1]), channel(n[2])}, opacity
	}
	d.fault("%s %q is not a colour", name, v)
	return otherwise, opacity
}

// blend lays a colour of some opacity over white paper: no transparency is
// written to the file.
func blend(c rgb, opacity float64) rgb {
	mix := func(v int) int { return int(math.Round(float64(v)*opacity + 255*(1-opacity))) }
	return rgb{mix(c.r), mix(c.g), mix(c.b)}
}

// picture draws a picture at (x, y), mm to a pixel.
func (p *pen) picture(pic *picture, x, y, scale float64) {
	p.within(x, y, pic.width*scale, pic.height*scale, func() {
		to := func(q point) (float64, float64) { return x + q.x*scale, y + q.y*scale }
		for _, t := range pic.things {
			if t.label != nil {
				p.label(t.label, to, scale)
			} else {
				p.shape(t, to, scale)
			}
		}
	})
}

func (p *pen) shape(t thing, to func(point) (float64, float64), scale float64) {
	op := ""
	if c, share := t.paint.fill, t.paint.opacity*t.paint.fillOpacity; c != nil && share > 0 {
		v := blend(*c, share)
		p.pdf.SetFillColor(v.r, v.g, v.b)
		op = "f"
	}
	if c, share := t.paint.stroke, t.paint.opacity*t.paint.strokeOpacity; c != nil && share > 0 && t.paint.width > 0 {
		v := blend(*c, share)
		p.pdf.SetDrawColor(v.r, v.g, v.b)
		p.pdf.SetLineWidth(t.paint.width * scale)
		p.pdf.SetLineCapStyle(t.paint.cap)
		p.pdf.SetLineJoinStyle(t.paint.join)
		p.pdf.SetDashPattern(dashes(t.paint.dash, scale), 0)
		op = map[string]string{"": "S", "f": "B"}[op]
	}
	if op == "" {
		return
	}
	for _, s := range t.path {
		switch s.op {
		case 'M':
			p.pdf.MoveTo(to(s.to[0]))
		case 'L':
			p.pdf.LineTo(to(s.to[0]))
		case 'C':
			x1, y1 := to(s.to[0])
			x2, y2 := to(s.to[1])
			x3, y3 := to(s.to[2])
			p.pdf.CurveBezierCubicTo(x1, y1, x2, y2, x3, y3)
		case 'Z':
			p.pdf.ClosePath()
		}
	}
	if t.paint.evenOdd && op != "S" {
		op += "*"
	}
	p.pdf.DrawPath(op)
}

// dashes that add up to nothing mean a solid line.
func dashes(list []float64, scale float64) []float64 {
	out, sum := make([]float64, len(list)), 0.0
	for i, v := range list {
		out[i] = math.Abs(v) * scale
		sum += out[i]
	}
	if sum < 1e-6 {
		return []float64{}
	}
	return out
}

func (p *pen) label(l *label, to func(point) (float64, float64), scale float64) {
	x, y := to(l.at)
	draw := func() {
		for _, c := range l.chunks {
			p.chunk(c, x+c.dx*scale, y+c.dy*scale, scale)
		}
	}
	if math.Abs(l.degrees) < 0.01 {
		draw()
		return
	}
	p.turned(l.degrees, x, y, draw)
}

func (p *pen) chunk(c chunk, x, y, scale float64) {
	texts, widths, total := make([]string, len(c.spans)), make([]float64, len(c.spans)), 0.0
	for i, s := range c.spans {
		texts[i] = p.faces[s.style].clean(s.text)
		widths[i] = p.faces[s.style].measure(texts[i]) * s.size * scale
		total += widths[i] + s.dx*scale
	}
	switch c.anchor {
	case "middle":
		x -= total / 2
	case "end":
		x -= total
	}
	for i, s := range c.spans {
		x, y = x+s.dx*scale, y+s.dy*scale
		if pt := s.size * scale / mm; pt >= 0.5 {
			p.ink(s.color)
			p.text(x, y, texts[i], s.style, pt)
		}
		x += widths[i]
	}
}
