package ink

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Label is a text of a picture: its anchor point, in pixels.
type Label struct {
	At      Point
	Degrees float64
	Chunks  []Chunk
}

// Chunk is text that shares one anchor.
type Chunk struct {
	DX, DY float64 // from the label's point, unturned
	Anchor string
	Spans  []Span
}

// Span is text of one look.
type Span struct {
	Text   string
	Style  Style
	Size   float64 // pixels
	Color  RGB
	DX, DY float64 // moved from where the text before it ends
}

// shape makes the path of a basic shape.
func (d *svgReader) shape(name string, a map[string]string) ([]Segment, error) {
	n := func(key string) float64 { return d.number(a, key, 0) }
	switch name {
	case "path":
		return parsePath(a["d"])
	case "line":
		return []Segment{{'M', []Point{{n("x1"), n("y1")}}}, {'L', []Point{{n("x2"), n("y2")}}}}, nil
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
	var path []Segment
	for i := 0; i < len(list); i += 2 {
		op := byte('L')
		if i == 0 {
			op = 'M'
		}
		path = append(path, Segment{op, []Point{{list[i], list[i+1]}}})
	}
	if name == "polygon" && len(path) > 0 {
		path = append(path, Segment{Op: 'Z'})
	}
	return path, nil
}

func rectPath(x, y, w, h, rx, ry float64) []Segment {
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

func ellipsePath(cx, cy, rx, ry float64) []Segment {
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
func (d *svgReader) text(a map[string]string, p Paint, at matrix) error {
	origin := Point{d.number(a, "x", 0), d.number(a, "y", 0)}
	l := &Label{At: at.apply(origin), Degrees: at.degrees()}
	l.Chunks = []Chunk{{Anchor: p.anchor, DX: d.length(a, "dx", p), DY: d.length(a, "dy", p) + drop(p.baseline)*p.fontSize}}
	keep := a["space"] == "preserve" || strings.HasPrefix(a["white-space"], "pre")
	if err := d.spans(l, p, origin, keep, Point{}); err != nil {
		return err
	}
	for i := range l.Chunks {
		c := &l.Chunks[i]
		c.DX, c.DY = c.DX*at.scale(), c.DY*at.scale()
		for j := range c.Spans {
			s := &c.Spans[j]
			s.Size, s.DX, s.DY = s.Size*at.scale(), s.DX*at.scale(), s.DY*at.scale()
		}
	}
	if !(math.Abs(l.At.X)+math.Abs(l.At.Y)+at.scale() < far) {
		d.fault("a text lies at %g, %g", l.At.X, l.At.Y)
	} else if !p.hidden {
		d.pic.Things = append(d.pic.Things, Thing{Label: l})
	}
	return nil
}

// spans reads text up to the end of the open element.
func (d *svgReader) spans(l *Label, p Paint, origin Point, keep bool, move Point) error {
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
			if s == "" || p.Fill == nil {
				continue
			}
			c := &l.Chunks[len(l.Chunks)-1]
			c.Spans = append(c.Spans, Span{s, Regular.With(p.bold, p.italic), p.fontSize, Blend(*p.Fill, p.Opacity*p.FillOpacity), move.X, move.Y})
			move = Point{}
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
			step := Point{d.length(a, "dx", inner), d.length(a, "dy", inner)}
			if a["x"] != "" || a["y"] != "" {
				l.Chunks = append(l.Chunks, Chunk{Anchor: inner.anchor,
					DX: d.number(a, "x", origin.X) - origin.X + step.X,
					DY: d.number(a, "y", origin.Y) - origin.Y + step.Y + drop(inner.baseline)*inner.fontSize})
				step = Point{}
			}
			if err := d.spans(l, inner, origin, keep, step); err != nil {
				return err
			}
		}
	}
}

// length is a number of pixels or of em.
func (d *svgReader) length(a map[string]string, name string, p Paint) float64 {
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
		return (Ascent - Descent) / 2
	case "middle":
		return 0.23 // half the height of an x
	case "hanging", "text-before-edge", "before-edge", "text-top", "top":
		return Ascent
	case "text-after-edge", "after-edge", "ideographic", "text-bottom", "bottom":
		return -Descent
	}
	return 0
}

// names are the colours of HTML 4 and the few more that charts use.
var names = map[string]RGB{
	"black": {}, "silver": {192, 192, 192}, "gray": {128, 128, 128}, "grey": {128, 128, 128}, "white": {255, 255, 255},
	"maroon": {128, 0, 0}, "red": {255, 0, 0}, "purple": {128, 0, 128}, "fuchsia": {255, 0, 255}, "magenta": {255, 0, 255},
	"green": {0, 128, 0}, "lime": {0, 255, 0}, "olive": {128, 128, 0}, "yellow": {255, 255, 0}, "navy": {0, 0, 128},
	"blue": {0, 0, 255}, "teal": {0, 128, 128}, "aqua": {0, 255, 255}, "cyan": {0, 255, 255}, "orange": {255, 165, 0},
	"lightgray": {211, 211, 211}, "lightgrey": {211, 211, 211}, "darkgray": {169, 169, 169}, "currentcolor": {},
}

// color reads fill or stroke; rgba's alpha becomes its opacity.
func (d *svgReader) color(a map[string]string, name string, otherwise *RGB, opacity float64) (*RGB, float64) {
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
			return &RGB{int(n >> 16), int(n >> 8 & 255), int(n & 255)}, opacity
		}
	}
	kind, args, _ := strings.Cut(strings.TrimSuffix(v, ")"), "(")
	if n, err := numbers(args); err == nil && (kind == "rgb" && len(n) == 3 || kind == "rgba" && len(n) == 4) {
		if kind == "rgba" {
			opacity = min(max(n[3], 0), 1)
		}
		channel := func(v float64) int { return int(min(max(math.Round(v), 0), 255)) }
		return &RGB{channel(n[0]), channel(n[1]), channel(n[2])}, opacity
	}
	d.fault("%s %q is not a colour", name, v)
	return otherwise, opacity
}

// RGB is a colour of 0–255 a channel.
type RGB struct{ R, G, B int }

// Blend lays a colour of some opacity over white paper: no transparency is
// written to the file.
func Blend(c RGB, opacity float64) RGB {
	mix := func(v int) int { return int(math.Round(float64(v)*opacity + 255*(1-opacity))) }
	return RGB{mix(c.R), mix(c.G), mix(c.B)}
}
