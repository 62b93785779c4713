package ink

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"tongket/internal/report"
)

// Picture is an SVG read: shapes and labels in drawing order, in its own
// pixels. What the converter does not know is an error, so that no chart is
// printed half.
type Picture struct {
	Width, Height float64
	Things        []Thing
}

// Thing is a shape or a label.
type Thing struct {
	Path  []Segment // a shape
	Paint Paint
	Label *Label // or a text
}

// Paint is what an element inherits and sets.
type Paint struct {
	Fill, Stroke               *RGB // nil: none
	FillOpacity, StrokeOpacity float64
	Opacity                    float64
	Width                      float64
	Dash                       []float64
	Cap, Join                  string
	EvenOdd                    bool
	fontSize                   float64
	bold, italic               bool
	anchor, baseline           string
	hidden                     bool
}

// Parse reads a drawing. Its errors name every element, colour, path and
// transform that is not understood.
func Parse(s report.SVG) (*Picture, error) {
	d := &svgReader{dec: xml.NewDecoder(bytes.NewReader(s.Markup))}
	start := Paint{Fill: &RGB{}, FillOpacity: 1, StrokeOpacity: 1, Opacity: 1, Width: 1, Cap: "butt", Join: "miter", fontSize: 16}
	for {
		tok, err := d.dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("svg: %w", err)
		}
		if el, ok := tok.(xml.StartElement); ok {
			if el.Name.Local != "svg" || d.pic != nil {
				return nil, fmt.Errorf("svg: <%s> where one <svg> should be", el.Name.Local)
			}
			if err := d.root(el, s, start); err != nil {
				return nil, err
			}
		}
	}
	if d.pic == nil {
		return nil, errors.New("svg: empty")
	}
	if err := errors.Join(d.errs...); err != nil {
		return nil, err
	}
	return d.pic, nil
}

type svgReader struct {
	dec  *xml.Decoder
	pic  *Picture
	errs []error
}

func (d *svgReader) fault(format string, args ...any) {
	d.errs = append(d.errs, fmt.Errorf("svg: "+format, args...))
}

// root reads size and viewBox, then what is inside.
func (d *svgReader) root(el xml.StartElement, s report.SVG, p Paint) error {
	a := attributes(el)
	x, y := 0.0, 0.0
	d.pic = &Picture{Width: d.number(a, "width", s.Width), Height: d.number(a, "height", s.Height)}
	at := identity
	if box := a["viewBox"]; box != "" {
		n, err := numbers(box)
		if err != nil || len(n) != 4 || n[2] <= 0 || n[3] <= 0 {
			return fmt.Errorf("svg: viewBox %q is not four numbers", box)
		}
		x, y, d.pic.Width, d.pic.Height = n[0], n[1], n[2], n[3]
		at = matrix{1, 0, 0, 1, -x, -y}
	}
	if !(d.pic.Width > 0 && d.pic.Height > 0) {
		return errors.New("svg: no size")
	}
	return d.children(d.paint(a, p), at)
}

// children reads elements up to the end of the open one.
func (d *svgReader) children(p Paint, at matrix) error {
	for {
		tok, err := d.dec.Token()
		if err != nil {
			return fmt.Errorf("svg: %w", err)
		}
		switch el := tok.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := d.element(el, p, at); err != nil {
				return err
			}
		}
	}
}

func (d *svgReader) element(el xml.StartElement, p Paint, at matrix) error {
	a := attributes(el)
	switch el.Name.Local {
	case "defs", "title", "desc", "metadata":
		return d.dec.Skip()
	case "style":
		return d.styleSheet()
	}
	p = d.paint(a, p)
	if t := a["transform"]; t != "" {
		m, err := parseTransform(t)
		if err != nil {
			d.fault("%v", err)
		}
		at = at.times(m)
	}
	switch name := el.Name.Local; name {
	case "g":
		return d.children(p, at)
	case "text":
		return d.text(a, p, at)
	case "path", "rect", "circle", "ellipse", "line", "polyline", "polygon":
		path, err := d.shape(name, a)
		if err != nil {
			d.fault("%v", err)
		}
		if name == "line" {
			p.Fill = nil
		}
		d.addShape(path, p, at)
	default:
		d.fault("<%s> cannot be drawn", name)
	}
	return d.dec.Skip()
}

// addShape transforms a path to the picture's pixels.
func (d *svgReader) addShape(path []Segment, p Paint, at matrix) {
	if len(path) == 0 || p.hidden {
		return
	}
	for i, s := range path {
		for j := range s.To {
			path[i].To[j] = at.apply(s.To[j])
			if p := path[i].To[j]; !(math.Abs(p.X)+math.Abs(p.Y) < far) {
				d.fault("a point lies at %g, %g", p.X, p.Y)
				return
			}
		}
	}
	p.Width *= at.scale()
	dash := make([]float64, len(p.Dash))
	for i, v := range p.Dash {
		dash[i] = v * at.scale()
	}
	p.Dash = dash
	d.pic.Things = append(d.pic.Things, Thing{Path: path, Paint: p})
}

// styleSheet passes over rules for the pointer, which paper has not; any
// other rule would change the picture.
func (d *svgReader) styleSheet() error {
	var css strings.Builder
	for {
		tok, err := d.dec.Token()
		if err != nil {
			return fmt.Errorf("svg: %w", err)
		}
		switch t := tok.(type) {
		case xml.CharData:
			css.Write(t)
		case xml.EndElement:
			for rule := range strings.SplitSeq(css.String(), "}") {
				selector, _, _ := strings.Cut(rule, "{")
				if s := strings.TrimSpace(selector); s != "" && !strings.HasSuffix(s, ":hover") {
					d.fault("style rule %q cannot be drawn", s)
				}
			}
			return nil
		}
	}
}

// attributes are an element's attributes with the declarations of style="…"
// above them.
func attributes(el xml.StartElement) map[string]string {
	a := map[string]string{}
	for _, at := range el.Attr {
		a[at.Name.Local] = strings.TrimSpace(at.Value)
	}
	for decl := range strings.SplitSeq(a["style"], ";") {
		if k, v, ok := strings.Cut(decl, ":"); ok {
			v = strings.TrimSuffix(strings.TrimSpace(v), "!important")
			a[strings.ToLower(strings.TrimSpace(k))] = strings.TrimSpace(v)
		}
	}
	return a
}

// paint applies an element's own attributes to what it inherits.
func (d *svgReader) paint(a map[string]string, p Paint) Paint {
	p.Fill, p.FillOpacity = d.color(a, "fill", p.Fill, p.FillOpacity)
	p.Stroke, p.StrokeOpacity = d.color(a, "stroke", p.Stroke, p.StrokeOpacity)
	p.Opacity *= d.share(a, "opacity", 1)
	p.FillOpacity = d.share(a, "fill-opacity", p.FillOpacity)
	p.StrokeOpacity = d.share(a, "stroke-opacity", p.StrokeOpacity)
	p.Width = d.number(a, "stroke-width", p.Width)
	p.fontSize = d.number(a, "font-size", p.fontSize)
	if v := a["stroke-dasharray"]; v == "none" {
		p.Dash = nil
	} else if v != "" {
		n, err := numbers(v)
		if err != nil {
			d.fault("stroke-dasharray %q is not numbers", v)
		}
		p.Dash = n
	}
	set(&p.Cap, a["stroke-linecap"])
	set(&p.Join, a["stroke-linejoin"])
	set(&p.anchor, a["text-anchor"])
	set(&p.baseline, a["dominant-baseline"])
	set(&p.baseline, a["alignment-baseline"])
	if v := a["fill-rule"]; v != "" {
		p.EvenOdd = v == "evenodd"
	}
	if v := a["font-weight"]; v != "" {
		n, err := strconv.Atoi(v)
		p.bold = v == "bold" || v == "bolder" || err == nil && n >= 600
	}
	if v := a["font-style"]; v != "" {
		p.italic = v == "italic" || v == "oblique"
	}
	if a["display"] == "none" || a["visibility"] == "hidden" {
		p.hidden = true
	}
	return p
}

func set(to *string, v string) {
	if v != "" && v != "inherit" {
		*to = v
	}
}

// number is an attribute in pixels; percentages and other units are faults.
func (d *svgReader) number(a map[string]string, name string, otherwise float64) float64 {
	v, ok := a[name]
	if !ok || v == "" || v == "inherit" {
		return otherwise
	}
	n, err := strconv.ParseFloat(strings.TrimSuffix(v, "px"), 64)
	if err != nil || n != n || n > far || n < -far {
		d.fault("%s %q is not a number of pixels", name, v)
		return otherwise
	}
	return n
}

// far bounds coordinates: beyond it a drawing is broken, not large.
const far = 1e7

// share is a number from 0 to 1 or a percentage.
func (d *svgReader) share(a map[string]string, name string, otherwise float64) float64 {
	v, ok := a[name]
	if !ok || v == "" || v == "inherit" {
		return otherwise
	}
	n, err := strconv.ParseFloat(strings.TrimSuffix(v, "%"), 64)
	if strings.HasSuffix(v, "%") {
		n /= 100
	}
	if err != nil || n != n {
		d.fault("%s %q is not a share", name, v)
		return otherwise
	}
	return min(max(n, 0), 1)
}
