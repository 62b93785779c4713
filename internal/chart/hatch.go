package chart

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// hatch is a pattern of straight lines over a bar, so that bars differ
// without their colour too. The lines are computed, not a pattern element:
// every reader of SVG can draw lines.
type hatch struct {
	angles []float64 // degrees, 0 is level, counted upwards
	gap    float64   // pixels between two lines
	width  float64
}

// Statuses carry their hatch on every surface. "Done" is plain.
var screenHatch = map[string]hatch{
	"status.on_track":    {angles: []float64{45}, gap: 8, width: 1.2},
	"status.behind":      {angles: []float64{-45}, gap: 5, width: 1.4},
	"status.not_started": {angles: []float64{90}, gap: 5, width: 1.4},
	"status.no_report":   {angles: []float64{0}, gap: 5, width: 1.4},
	"status.no_plan":     {angles: []float64{45, -45}, gap: 8, width: 1.2},
}

// On paper the series of a chart carry one as well. The first two differ
// enough in lightness.
var paperHatch = map[string]hatch{
	"status.on_track":    screenHatch["status.on_track"],
	"status.behind":      screenHatch["status.behind"],
	"status.not_started": screenHatch["status.not_started"],
	"status.no_report":   screenHatch["status.no_report"],
	"status.no_plan":     screenHatch["status.no_plan"],
	"series3":            {angles: []float64{45}, gap: 5, width: 1},
	"series4":            {angles: []float64{-45}, gap: 5, width: 1},
	"series5":            {angles: []float64{0}, gap: 4, width: 1},
	"series6":            {angles: []float64{45, -45}, gap: 6, width: 1},
	"series7":            {angles: []float64{90}, gap: 4, width: 1},
	"series8":            {angles: []float64{0, 90}, gap: 5, width: 1},
}

// hatching returns the lines over a bar, or nothing when the element is not
// one.
func (c *cleaner) hatching(attrs map[string]string) string {
	h, ok := c.style.hatch[c.tokens[attrs["fill"]]]
	if !ok {
		return ""
	}
	x, y, w, height, ok := rectangle(attrs["d"])
	if !ok || w < 2 || height < 2 {
		return ""
	}
	var d strings.Builder
	for _, angle := range h.angles {
		for _, l := range hatchLines(w, height, angle, h.gap) {
			fmt.Fprintf(&d, "M%s %sL%s %s", at(x+l[0]), at(y+l[1]), at(x+l[2]), at(y+l[3]))
		}
	}
	if d.Len() == 0 {
		return ""
	}
	extra := ""
	if c.classes {
		extra = ` class="s-surface"`
	}
	return fmt.Sprintf(`<path%s d="%s" fill="none" stroke="%s" stroke-width="%g"></path>`, extra, d.String(), c.colors["surface"], h.width)
}

// hatchLines are the lines of one direction clipped to a box of this size at
// the origin, each as x1, y1, x2, y2.
func hatchLines(w, h, degrees, gap float64) [][4]float64 {
	sin, cos := math.Sincos(-degrees * math.Pi / 180)
	// n·p = offset is one line; n is its normal.
	nx, ny := -sin, cos
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range [][2]float64{{0, 0}, {w, 0}, {0, h}, {w, h}} {
		offset := nx*p[0] + ny*p[1]
		low, high = min(low, offset), max(high, offset)
	}
	var lines [][4]float64
	for offset := low + gap/2; offset < high; offset += gap {
		from, to := math.Inf(-1), math.Inf(1)
		px, py := nx*offset, ny*offset
		from, to = clip(px, cos, w, from, to)
		from, to = clip(py, sin, h, from, to)
		if to-from > 0.5 {
			lines = append(lines, [4]float64{px + from*cos, py + from*sin, px + to*cos, py + to*sin})
		}
	}
	return lines
}

// clip narrows the part [from, to] of a line start+t·slope to 0…size.
func clip(start, slope, size, from, to float64) (float64, float64) {
	if math.Abs(slope) < 1e-9 {
		if start < 0 || start > size {
			return 0, 0
		}
		return from, to
	}
	a, b := -start/slope, (size-start)/slope
	return max(from, min(a, b)), min(to, max(a, b))
}

func at(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
}

var cornerAndSides = regexp.MustCompile(`^M(-?[\d.]+) (-?[\d.]+)l(-?[\d.]+) 0l0 (-?[\d.]+)l(-?[\d.]+) 0Z$`)

// rectangle reads a path that is an upright box.
func rectangle(d string) (x, y, w, h float64, ok bool) {
	m := cornerAndSides.FindStringSubmatch(d)
	if m == nil {
		return 0, 0, 0, 0, false
	}
	x, y, w, h = number(m[1]), number(m[2]), number(m[3]), number(m[4])
	if w < 0 {
		x, w = x+w, -w
	}
	if h < 0 {
		y, h = y+h, -h
	}
	return x, y, w, h, true
}

func number(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64)
	return v
}
