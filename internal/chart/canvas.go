package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"tongket/internal/report"
)

// theme is the dress of what is drawn without the engine: the same colours,
// hatches and fonts as the engine's pictures have.
type theme struct {
	style
	paper  bool
	widths map[string]map[rune]float64 // by weight, "400" and "600": advance widths in thousandths of the size
}

// measure is the width of a text in pixels. A character that the font lacks
// comes from another one: emoji and Chinese are about as wide as high.
func (t *theme) measure(text string, size float64, bold bool) float64 {
	weight := "400"
	if bold {
		weight = "600"
	}
	sum := 0.0
	for _, r := range text {
		if w, ok := t.widths[weight][r]; ok {
			sum += w
		} else {
			sum += 1000
		}
	}
	return sum * size / 1000
}

// cut shortens a text to a width, with an ellipsis; nothing is left of one
// that cannot keep a few letters.
func (t *theme) cut(text string, width, size float64, bold bool) string {
	if t.measure(text, size, bold) <= width {
		return text
	}
	runes := []rune(text)
	for n := len(runes) - 1; n >= 3; n-- {
		short := strings.TrimSpace(string(runes[:n])) + "…"
		if t.measure(short, size, bold) <= width {
			return short
		}
	}
	return ""
}

// wrap breaks a text between words into at most so many lines; the last one is
// cut.
func (t *theme) wrap(text string, width, size float64, bold bool, most int) []string {
	var lines []string
	words := strings.Fields(text)
	for len(words) > 0 {
		n := len(words)
		if len(lines) < most-1 {
			n = 1
			for n < len(words) && t.measure(strings.Join(words[:n+1], " "), size, bold) <= width {
				n++
			}
		}
		lines = append(lines, t.cut(strings.Join(words[:n], " "), width, size, bold))
		words = words[n:]
	}
	return lines
}

// canvas is a picture being drawn. Colours are tokens of the palette.
type canvas struct {
	*theme
	out bytes.Buffer
}

// box is an upright rectangle in pixels.
type box struct{ x, y, w, h float64 }

// inset is the box without a margin all around.
func (b box) inset(by float64) box { return box{b.x + by, b.y + by, b.w - 2*by, b.h - 2*by} }

// pen says how a shape is painted; an empty token paints nothing.
type pen struct {
	fill, stroke string
	width        float64 // of the stroke
	opacity      float64 // 0: opaque
	tint         float64 // opacity of the fill alone; 0: opaque
	dash         string
}

func (c *canvas) paint(p pen) string {
	var names []string
	var b strings.Builder
	fill, stroke := "none", ""
	if p.fill != "" {
		fill, names = c.colors[p.fill], append(names, "f-"+className(p.fill))
	}
	fmt.Fprintf(&b, ` fill="%s"`, fill)
	if p.tint > 0 {
		fmt.Fprintf(&b, ` fill-opacity="%s"`, at(p.tint))
	}
	if p.stroke != "" {
		stroke, names = c.colors[p.stroke], append(names, "s-"+className(p.stroke))
		fmt.Fprintf(&b, ` stroke="%s" stroke-width="%s"`, stroke, at(p.width))
	}
	if p.dash != "" {
		fmt.Fprintf(&b, ` stroke-dasharray="%s"`, p.dash)
	}
	if p.opacity > 0 && p.opacity < 1 {
		fmt.Fprintf(&b, ` opacity="%s"`, at(p.opacity))
	}
	if c.classes && len(names) > 0 {
		return fmt.Sprintf(` class="%s"`, strings.Join(names, " ")) + b.String()
	}
	return b.String()
}

func (c *canvas) rect(b box, p pen) {
	fmt.Fprintf(&c.out, `<rect x="%s" y="%s" width="%s" height="%s"%s></rect>`, at(b.x), at(b.y), at(b.w), at(b.h), c.paint(p))
}

func (c *canvas) path(d string, p pen) {
	fmt.Fprintf(&c.out, `<path d="%s"%s></path>`, d, c.paint(p))
}

// solid is a box in a colour, with the hatch that its token carries.
func (c *canvas) solid(b box, token string) {
	c.rect(b, pen{fill: token})
	h, ok := c.hatch[token]
	if !ok {
		return
	}
	var d strings.Builder
	for _, angle := range h.angles {
		for _, l := range hatchLines(b.w, b.h, angle, h.gap) {
			fmt.Fprintf(&d, "M%s %sL%s %s", at(b.x+l[0]), at(b.y+l[1]), at(b.x+l[2]), at(b.y+l[3]))
		}
	}
	if d.Len() > 0 {
		c.path(d.String(), pen{stroke: "surface", width: h.width})
	}
}

// gap is the dress of a place without a value: empty, with thin slanted lines.
func (c *canvas) gap(b box) {
	c.rect(b, pen{fill: "surface", stroke: "grid", width: 1})
	var d strings.Builder
	for _, l := range hatchLines(b.w, b.h, 45, 6) {
		fmt.Fprintf(&d, "M%s %sL%s %s", at(b.x+l[0]), at(b.y+l[1]), at(b.x+l[2]), at(b.y+l[3]))
	}
	c.path(d.String(), pen{stroke: "axis", width: 0.7, opacity: 0.7})
}

// font is how a text is set; anchor is "start", "middle" or "end".
type font struct {
	size   float64
	bold   bool
	anchor string
	color  string // token; empty: that of text
}

// text writes one line; y is the middle of its small letters.
func (c *canvas) text(x, y float64, text string, f font) {
	if text == "" {
		return
	}
	if f.color == "" {
		f.color = "text"
	}
	class, weight, anchor := "", "", ""
	if c.classes {
		class = fmt.Sprintf(` class="f-%s"`, className(f.color))
	}
	if f.bold {
		weight = ` font-weight="600"`
	}
	if f.anchor != "" && f.anchor != "start" {
		anchor = fmt.Sprintf(` text-anchor="%s"`, f.anchor)
	}
	fmt.Fprintf(&c.out, `<text%s x="%s" y="%s"%s dominant-baseline="central" font-size="%s"%s fill="%s">`,
		class, at(x), at(y), anchor, at(f.size), weight, c.colors[f.color])
	xml.EscapeText(&c.out, []byte(text))
	c.out.WriteString("</text>")
}

// told is what a mark says of itself when it is pointed at or read aloud.
type told struct {
	row  int // of the table
	text string
	link bool // the row has a page
}

// mark draws what stands for a row. On a page it tells itself, and leads to the
// row's page: the writer of pages knows where that lies.
func (c *canvas) mark(t told, draw func()) {
	if c.paper {
		draw()
		return
	}
	name := "g"
	if t.link {
		name = "a"
	}
	fmt.Fprintf(&c.out, `<%s data-row="%d"><title>`, name, t.row)
	xml.EscapeText(&c.out, []byte(t.text))
	c.out.WriteString("</title>")
	draw()
	fmt.Fprintf(&c.out, "</%s>", name)
}

// svg closes the picture.
func (c *canvas) svg(width, height float64) report.SVG {
	head := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" role="img" width="%[1]s" height="%[2]s" viewBox="0 0 %[1]s %[2]s" font-family="%[3]s">`,
		at(width), at(height), c.family)
	return report.SVG{Width: width, Height: height, Markup: append([]byte(head), append(c.out.Bytes(), "</svg>"...)...)}
}
