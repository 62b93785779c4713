package chart

import (
	"fmt"
	"strings"
)

// signs are the shapes of the statuses, the same as in tables: none is told by
// colour alone. Each is drawn in a field of 16 by 16 pixels.
var signs = map[string]func(c *canvas, x, y, scale float64){
	"done": func(c *canvas, x, y, s float64) {
		c.disc(x+8*s, y+8*s, 7*s, pen{fill: "status.done"})
		c.strokes(x, y, s, "surface", [][2]float64{{4.5, 8.3}, {6.9, 10.7}, {11.5, 5.7}})
	},
	"on_track": func(c *canvas, x, y, s float64) {
		c.disc(x+8*s, y+8*s, 6.2*s, pen{fill: "surface", stroke: "status.on_track", width: 1.6 * s})
		c.strokes(x, y, s, "status.on_track", [][2]float64{{5, 8}, {10.6, 8}}, [][2]float64{{8, 5.4}, {10.7, 8}, {8, 10.6}})
	},
	"behind": func(c *canvas, x, y, s float64) {
		c.path(fmt.Sprintf("M%s %sL%s %sL%s %sZ", at(x+8*s), at(y+1.2*s), at(x+15.4*s), at(y+14.4*s), at(x+.6*s), at(y+14.4*s)), pen{fill: "status.behind"})
		c.strokes(x, y, s, "surface", [][2]float64{{8, 6}, {8, 10}}, [][2]float64{{8, 11.6}, {8, 12.8}})
	},
	"not_started": func(c *canvas, x, y, s float64) {
		c.disc(x+8*s, y+8*s, 6.2*s, pen{fill: "surface", stroke: "status.not_started", width: 1.6 * s})
		c.strokes(x, y, s, "status.not_started", [][2]float64{{5.6, 5.6}, {10.4, 10.4}}, [][2]float64{{10.4, 5.6}, {5.6, 10.4}})
	},
	"no_report": func(c *canvas, x, y, s float64) {
		c.disc(x+8*s, y+8*s, 6.2*s, pen{fill: "surface", stroke: "status.no_report", width: 1.6 * s, dash: "2.4 2.4"})
		c.strokes(x, y, s, "status.no_report", [][2]float64{{5.4, 8}, {10.6, 8}})
	},
	"no_plan": func(c *canvas, x, y, s float64) {
		c.path(fmt.Sprintf("M%s %sL%s %sL%s %sL%s %sZ", at(x+8*s), at(y+1.4*s), at(x+14.6*s), at(y+8*s), at(x+8*s), at(y+14.6*s), at(x+1.4*s), at(y+8*s)),
			pen{fill: "surface", stroke: "status.no_plan", width: 1.6 * s})
		c.strokes(x, y, s, "status.no_plan", [][2]float64{{5.8, 8}, {10.2, 8}})
	},
}

// sign draws a status' shape with its upper left corner at x, y.
func (c *canvas) sign(status string, x, y, size float64) { signs[status](c, x, y, size/16) }

func (c *canvas) disc(x, y, r float64, p pen) {
	fmt.Fprintf(&c.out, `<circle cx="%s" cy="%s" r="%s"%s></circle>`, at(x), at(y), at(r), c.paint(p))
}

// strokes draws open lines in a field of 16 pixels.
func (c *canvas) strokes(x, y, scale float64, token string, lines ...[][2]float64) {
	var d strings.Builder
	for _, line := range lines {
		for i, p := range line {
			letter := "L"
			if i == 0 {
				letter = "M"
			}
			fmt.Fprintf(&d, "%s%s %s", letter, at(x+p[0]*scale), at(y+p[1]*scale))
		}
	}
	c.path(d.String(), pen{stroke: token, width: 1.8 * scale})
}

// legendRoom is how wide a legend may be.
func (c *canvas) legendRoom(width float64) float64 {
	if c.paper {
		return width
	}
	return min(width, legendWidth)
}

// legendItem explains one colour.
type legendItem struct {
	text  string
	width float64 // of its swatch
	draw  func(c *canvas, b box)
}

const legendLine = 22.0

// legendWidth is what a narrow screen shows of a picture that is wider: its
// legend stays within.
const legendWidth = 430.0

// legend writes items side by side, on as many lines as they need, and returns
// the height they take.
func (c *canvas) legend(items []legendItem, width float64) float64 {
	const size, between = 12.0, 18.0
	x, y := 0.0, legendLine/2
	for _, item := range items {
		text := c.cut(item.text, width-item.width-6, size, false)
		need := item.width + 6 + c.measure(text, size, false)
		if x > 0 && x+need > width {
			x, y = 0, y+legendLine
		}
		item.draw(c, box{x, y - 6, item.width, 12})
		c.text(x+item.width+6, y, text, font{size: size})
		x += need + between
	}
	if len(items) == 0 {
		return 0
	}
	return y + legendLine/2 + 6
}
