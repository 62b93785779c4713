package pdf

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

// picture is an SVG read: shapes and labels in drawing order, in its own
// pixels. What the converter does not know is an error, so that no chart is
// printed half.
type picture struct {
	width, height float64
	things        []thing
}

// thing is a shape or a label.
type thing struct {
	path  []segment // a shape
	paint paint
	label *label // or a text
}

// paint is what an element inherits and sets.
type paint struct {
	fill, stroke               *rgb // nil: none
	fillOpacity, strokeOpacity float64
	opacity                    float64
	width                      float64
	dash                       []float64
	cap, join                  string
	evenOdd                    bool
	fontSize                   float64
	bold, italic               bool
	anchor, baseline           string
	hidden                     bool
}

// parseSVG reads a drawing. Its errors name every element, colour, path and
// transform that is not understood.
func parseSVG(s report.SVG) (*picture, error) {
	d := &svgReader{dec: xml.NewDecoder(bytes.NewReader(s.Markup))}
	start := paint{fill: &rgb{}, fillOpacity: 1, strokeOpacity: 1, opacity: 1, width: 1, cap: "butt", join: "miter", fontSize: 16}
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
	pic  *picture
	errs []error
}

func (d *svgReader) fault(format string, args ...any) {
	d.errs = append(d.errs, fmt.Errorf("svg: "+format, args...))
}

// root reads size and viewBox, then what is inside.
func (d *svgReader) root(el xml.StartElement, s report.SVG, p paint) error {
	a := attributes(el)
	x, y := 0.0, 0.0
	d.pic = &picture{width: d.number(a, "width", s.Width), height: d.number(a, "height", s.Height)}
	at := identity
	if box := a["viewBox"]; box != "" {
		n, err := numbers(box)
		if err != nil || len(n) != 4 || n[2] <= 0 || n[3] <= 0 {
			return fmt.Errorf("svg: viewBox %q is not four numbers", box)
		}
		x, y, d.pic.width, d.pic.height = n[0], n[1], n[2], n[3]
		at = matrix{1, 0, 0, 1, -x, -y}
	}
	if !(d.pic.width > 0 && d.pic.height > 0) {
		return errors.New("svg: no size")
	}
	return d.children(d.paint(a, p), at)
}

// children reads elements up to the end of the open one.
func (d *svgReader) children(p paint, at matrix) error {
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

func (d *svgReader) element(el xml.StartElement, p paint, at matrix) error {
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
			p.fill = nil
		}
		d.addShape(path, p, at)
	default:
		d.fault("<%s> cannot be drawn", name)
	}
	return d.dec.Skip()
}

// addShape transforms a path to the picture's pixels.
func (d *svgReader) addShape(path []segment, p paint, at matrix) {
	if len(path) == 0 || p.hidden {
		return
	}
	for i, s := range path {
		for j := range s.to {
			path[i].to[j] = at.apply(s.to[j])
			if p := path[i].to[j]; !(math.Abs(p.x)+math.Abs(p.y) < far) {
				d.fault("a point lies at %g, %g", p.x, p.y)
				return
			}
		}
	}
	p.width *= at.scale()
	dash := make([]float64, len(p.dash))
	for i, v := range p.dash {
		dash[i] = v * at.scale()
	}
	p.dash = dash
	d.pic.things = append(d.pic.things, thing{path: path, paint: p})
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
func (d *svgReader) paint(a map[string]string, p paint) paint {
	p.fill, p.fillOpacity = d.color(a, "fill", p.fill, p.fillOpacity)
	p.stroke, p.strokeOpacity = d.color(a, "stroke", p.stroke, p.strokeOpacity)
	p.opacity *= d.share(a, "opacity", 1)
	p.fillOpacity = d.share(a, "fill-opacity", p.fillOpacity)
	p.strokeOpacity = d.share(a, "stroke-opacity", p.strokeOpacity)
	p.width = d.number(a, "stroke-width", p.width)
	p.fontSize = d.number(a, "font-size", p.fontSize)
	if v := a["stroke-dasharray"]; v == "none" {
		p.dash = nil
	} else if v != "" {
		n, err := numbers(v)
		if err != nil {
			d.fault("stroke-dasharray %q is not numbers", v)
		}
		p.dash = n
	}
	set(&p.cap, a["stroke-linecap"])
	set(&p.join, a["stroke-linejoin"])
	set(&p.anchor, a["text-anchor"])
	set(&p.baseline, a["dominant-baseline"])
	set(&p.baseline, a["alignment-baseline"])
	if v := a["fill-rule"]; v != "" {
		p.evenOdd = v == "evenodd"
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
