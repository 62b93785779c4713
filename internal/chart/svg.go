package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"tongket/internal/report"
)

// style is how one of the two drawings is dressed.
type style struct {
	colors  map[string]string // token → colour
	family  string            // of all text
	classes bool              // give each palette colour a class: f-series1 (fill), s-axis (stroke)
	hatch   map[string]hatch  // by token
}

// kept are the elements a drawing may have and the attributes that mean
// something on them. Everything else is dropped.
var kept = map[string][]string{
	"path":   {"d", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "opacity"},
	"circle": {"cx", "cy", "r", "fill", "fill-opacity", "stroke", "stroke-width", "opacity"},
	"text":   {"x", "y", "transform", "text-anchor", "dominant-baseline", "font-size", "font-weight", "fill"},
}

// cleanSVG gives what the engine drew the classes or hatches of the palette,
// and lets nothing through but shapes and texts with presentation attributes:
// no style, id, script, link or definition.
func cleanSVG(markup string, s style) (report.SVG, error) {
	c := &cleaner{style: s, tokens: map[string]string{}}
	for token, color := range s.colors {
		c.tokens[color] = token
	}
	decoder := xml.NewDecoder(strings.NewReader(markup))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return report.SVG{}, fmt.Errorf("svg: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := c.open(t); err != nil {
				return report.SVG{}, err
			}
		case xml.EndElement:
			c.close(t.Name.Local)
		case xml.CharData:
			if c.skip == 0 && c.inText {
				xml.EscapeText(&c.out, t)
			}
		}
	}
	if c.svg.Width == 0 || c.svg.Height == 0 {
		return report.SVG{}, errors.New("svg: no size")
	}
	c.svg.Markup = bytes.Clone(c.out.Bytes())
	return c.svg, nil
}

type cleaner struct {
	style
	tokens map[string]string // colour → token
	out    bytes.Buffer
	svg    report.SVG
	skip   int // depth inside an element that is dropped
	inText bool
	hatch  string // to be drawn after the element that is open
}

func (c *cleaner) open(t xml.StartElement) error {
	name := t.Name.Local
	attrs := attributes(t)
	switch {
	case c.skip > 0:
		c.skip++
	case name == "svg":
		return c.root(attrs)
	case kept[name] == nil || invisible(name, attrs):
		c.skip = 1
	default:
		c.element(name, attrs)
	}
	return nil
}

func (c *cleaner) close(name string) {
	if c.skip > 0 {
		c.skip--
		return
	}
	fmt.Fprintf(&c.out, "</%s>", name)
	if name == "text" {
		c.inText = false
	}
	c.out.WriteString(c.hatch)
	c.hatch = ""
}

func (c *cleaner) root(attrs map[string]string) error {
	var err error
	if c.svg.Width, err = strconv.ParseFloat(attrs["width"], 64); err != nil {
		return fmt.Errorf("svg: width: %w", err)
	}
	if c.svg.Height, err = strconv.ParseFloat(attrs["height"], 64); err != nil {
		return fmt.Errorf("svg: height: %w", err)
	}
	fmt.Fprintf(&c.out, `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="%g" height="%g" viewBox="0 0 %g %g" font-family="%s">`,
		c.svg.Width, c.svg.Height, c.svg.Width, c.svg.Height, c.family)
	return nil
}

func attributes(t xml.StartElement) map[string]string {
	attrs := map[string]string{}
	for _, a := range t.Attr {
		if a.Name.Space == "" {
			attrs[a.Name.Local] = a.Value
		}
	}
	return attrs
}

// invisible reports whether a bar has no length.
func invisible(name string, attrs map[string]string) bool {
	if name != "path" || !none(attrs["stroke"]) {
		return false
	}
	_, _, w, h, ok := rectangle(attrs["d"])
	return ok && (w < 0.01 || h < 0.01)
}

func none(color string) bool { return color == "" || color == "none" || color == "transparent" }

func (c *cleaner) element(name string, attrs map[string]string) {
	if name == "text" {
		c.inText = true
	}
	// An area without outline: its opacity may stand for the whole element,
	// which more readers of SVG understand.
	if attrs["fill-opacity"] != "" && none(attrs["stroke"]) && attrs["opacity"] == "" {
		attrs["opacity"] = attrs["fill-opacity"]
		delete(attrs, "fill-opacity")
	}
	c.out.WriteByte('<')
	c.out.WriteString(name)
	if c.classes {
		c.class(attrs)
	}
	for _, key := range kept[name] {
		value, ok := attrs[key]
		if !ok {
			continue
		}
		fmt.Fprintf(&c.out, ` %s="`, key)
		xml.EscapeText(&c.out, []byte(value))
		c.out.WriteByte('"')
	}
	c.out.WriteByte('>')
	if name == "path" {
		c.hatch = c.hatching(attrs)
	}
}

// class names the palette's colours of an element, so that a style sheet can
// give them other values in a dark theme.
func (c *cleaner) class(attrs map[string]string) {
	var names []string
	if token, ok := c.tokens[attrs["fill"]]; ok {
		names = append(names, "f-"+className(token))
	}
	if token, ok := c.tokens[attrs["stroke"]]; ok {
		names = append(names, "s-"+className(token))
	}
	if len(names) > 0 {
		fmt.Fprintf(&c.out, ` class="%s"`, strings.Join(names, " "))
	}
}

// className turns "status.on_track" into "status-on-track".
func className(token string) string {
	return strings.NewReplacer(".", "-", "_", "-").Replace(token)
}
