package ink

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"sync"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// PNG draws the picture on white, so many dots to a pixel of its own: for
// programs too old to show drawings.
func (p *Picture) PNG(scale float64) ([]byte, error) {
	const most = 20000 // dots; larger ones are mistakes
	w, h := int(math.Ceil(p.Width*scale)), int(math.Ceil(p.Height*scale))
	if w < 1 || h < 1 || w > most || h > most {
		return nil, fmt.Errorf("picture of %d by %d dots", w, h)
	}
	b := &board{to: image.NewRGBA(image.Rect(0, 0, w, h)), scale: scale}
	draw.Draw(b.to, b.to.Bounds(), image.White, image.Point{}, draw.Src)
	for _, t := range p.Things {
		if t.Label == nil {
			b.shape(t)
		} else if err := b.label(t.Label); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, b.to); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	return out.Bytes(), nil
}

// board is what is drawn on, in dots.
type board struct {
	to    *image.RGBA
	scale float64
}

// fill paints closed lines. Where they overlap they may turn either way as
// long as all turn the same.
func (b *board) fill(lines [][]Point, c RGB) {
	if len(lines) == 0 {
		return
	}
	box := b.to.Bounds()
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	for _, line := range lines {
		for i, p := range line {
			if i == 0 {
				r.MoveTo(float32(p.X), float32(p.Y))
			} else {
				r.LineTo(float32(p.X), float32(p.Y))
			}
		}
		r.ClosePath()
	}
	paint := image.NewUniform(color.RGBA{uint8(c.R), uint8(c.G), uint8(c.B), 255})
	r.Draw(b.to, box, paint, image.Point{})
}

func (b *board) shape(t Thing) {
	lines, closed := flat(t.Path, b.scale)
	if c, share := t.Paint.Fill, t.Paint.Opacity*t.Paint.FillOpacity; c != nil && share > 0 {
		b.fill(lines, Blend(*c, share))
	}
	c, share, width := t.Paint.Stroke, t.Paint.Opacity*t.Paint.StrokeOpacity, t.Paint.Width*b.scale
	if c == nil || share <= 0 || width <= 0 {
		return
	}
	var strokes [][]Point
	for i, line := range lines {
		if closed[i] && len(line) > 0 {
			line = append(line, line[0])
		}
		for _, part := range dashed(line, t.Paint.Dash, b.scale) {
			strokes = append(strokes, stroke(part, width, t.Paint.Cap)...)
		}
	}
	b.fill(strokes, Blend(*c, share))
}

// flat turns a path into straight lines, and tells which of them are closed.
func flat(path []Segment, scale float64) (lines [][]Point, closed []bool) {
	at := func(p Point) Point { return Point{p.X * scale, p.Y * scale} }
	for _, s := range path {
		last := len(lines) - 1
		switch s.Op {
		case 'M':
			lines, closed = append(lines, []Point{at(s.To[0])}), append(closed, false)
		case 'L':
			lines[last] = append(lines[last], at(s.To[0]))
		case 'C':
			from := lines[last][len(lines[last])-1]
			a, c, to := at(s.To[0]), at(s.To[1]), at(s.To[2])
			steps := min(max(int(math.Sqrt(math.Hypot(to.X-from.X, to.Y-from.Y)+math.Hypot(a.X-from.X, a.Y-from.Y))*2), 4), 64)
			for i := 1; i <= steps; i++ {
				lines[last] = append(lines[last], bezier(from, a, c, to, float64(i)/float64(steps)))
			}
		case 'Z':
			closed[last] = true
			// What follows without M begins where the closed line did.
			lines, closed = append(lines, []Point{lines[last][0]}), append(closed, false)
		}
	}
	for i := len(lines) - 1; i >= 0; i-- {
		if len(lines[i]) < 2 {
			lines, closed = append(lines[:i], lines[i+1:]...), append(closed[:i], closed[i+1:]...)
		}
	}
	return lines, closed
}

func bezier(a, b, c, d Point, t float64) Point {
	u := 1 - t
	w0, w1, w2, w3 := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
	return Point{w0*a.X + w1*b.X + w2*c.X + w3*d.X, w0*a.Y + w1*b.Y + w2*c.Y + w3*d.Y}
}

// dashed cuts a line into its dashes.
func dashed(line []Point, pattern []float64, scale float64) [][]Point {
	sum := 0.0
	for _, v := range pattern {
		sum += math.Abs(v) * scale
	}
	if sum < 0.1 || len(line) < 2 {
		return [][]Point{line}
	}
	var out [][]Point
	n, left, on := 0, math.Abs(pattern[0])*scale, true
	open := []Point{line[0]}
	for i := 1; i < len(line); i++ {
		from, to := line[i-1], line[i]
		for length := math.Hypot(to.X-from.X, to.Y-from.Y); length > 0; length = math.Hypot(to.X-from.X, to.Y-from.Y) {
			if left > length {
				left -= length
				break
			}
			from = Point{from.X + (to.X-from.X)*left/length, from.Y + (to.Y-from.Y)*left/length}
			if on {
				out = append(out, append(open, from))
			}
			n, on = n+1, !on
			left = max(math.Abs(pattern[n%len(pattern)])*scale, 1e-3)
			open = []Point{from}
		}
		if on {
			open = append(open, to)
		}
	}
	if on && len(open) > 1 {
		out = append(out, open)
	}
	return out
}

// stroke is the outline of a line: a box along each piece and a round joint
// between two.
func stroke(line []Point, width float64, end string) [][]Point {
	var out [][]Point
	half := width / 2
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		length := math.Hypot(b.X-a.X, b.Y-a.Y)
		if length == 0 {
			continue
		}
		dx, dy := (b.X-a.X)/length*half, (b.Y-a.Y)/length*half
		if end == "square" && i == 1 {
			a = Point{a.X - dx, a.Y - dy}
		}
		if end == "square" && i == len(line)-1 {
			b = Point{b.X + dx, b.Y + dy}
		}
		out = append(out, []Point{{a.X + dy, a.Y - dx}, {b.X + dy, b.Y - dx}, {b.X - dy, b.Y + dx}, {a.X - dy, a.Y + dx}})
		inner := i < len(line)-1
		if width > 1 && (inner || end == "round") {
			out = append(out, disc(b, half))
		}
		if width > 1 && end == "round" && i == 1 {
			out = append(out, disc(a, half))
		}
	}
	return out
}

// disc turns the way the boxes of stroke do.
func disc(c Point, r float64) []Point {
	const corners = 16
	out := make([]Point, corners)
	for i := range out {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		out[i] = Point{c.X + r*cos, c.Y + r*sin}
	}
	return out
}

func (b *board) label(l *Label) error {
	sin, cos := math.Sincos(l.Degrees * math.Pi / 180)
	for _, c := range l.Chunks {
		faces, err := Faces()
		if err != nil {
			return err
		}
		texts, widths, total := make([]string, len(c.Spans)), make([]float64, len(c.Spans)), 0.0
		for i, s := range c.Spans {
			texts[i] = faces[s.Style].Clean(s.Text)
			widths[i] = faces[s.Style].Measure(texts[i]) * s.Size
			total += widths[i] + s.DX
		}
		x, y := c.DX, c.DY
		switch c.Anchor {
		case "middle":
			x -= total / 2
		case "end":
			x -= total
		}
		for i, s := range c.Spans {
			x, y = x+s.DX, y+s.DY
			for _, letter := range texts[i] {
				place := func(p Point) Point {
					px, py := x+p.X, y+p.Y
					return Point{(l.At.X + px*cos - py*sin) * b.scale, (l.At.Y + px*sin + py*cos) * b.scale}
				}
				if err := b.letter(s, letter, place); err != nil {
					return err
				}
				x += faces[s.Style].Measure(string(letter)) * s.Size
			}
		}
	}
	return nil
}

// outlines are the fonts' letters as lines.
var outlines = sync.OnceValues(func() ([5]*sfnt.Font, error) {
	var all [5]*sfnt.Font
	faces, err := Faces()
	for i := range faces {
		if err == nil {
			all[i], err = sfnt.Parse(faces[i].TTF)
		}
	}
	return all, err
})

func (b *board) letter(s Span, letter rune, place func(Point) Point) error {
	fonts, err := outlines()
	if err != nil {
		return fmt.Errorf("font: %w", err)
	}
	const em = 2048
	var buf sfnt.Buffer
	glyph, err := fonts[s.Style].GlyphIndex(&buf, letter)
	if err != nil {
		return fmt.Errorf("font: %w", err)
	}
	segments, err := fonts[s.Style].LoadGlyph(&buf, glyph, fixed.I(em), &sfnt.LoadGlyphOptions{})
	if err != nil {
		return fmt.Errorf("font: %w", err)
	}
	at := func(p fixed.Point26_6) Point {
		k := s.Size / em / 64
		return place(Point{float64(p.X) * k, float64(p.Y) * k})
	}
	var lines [][]Point
	for _, g := range segments {
		last := len(lines) - 1
		switch g.Op {
		case sfnt.SegmentOpMoveTo:
			lines = append(lines, []Point{at(g.Args[0])})
		case sfnt.SegmentOpLineTo:
			lines[last] = append(lines[last], at(g.Args[0]))
		case sfnt.SegmentOpQuadTo:
			from, c, to := lines[last][len(lines[last])-1], at(g.Args[0]), at(g.Args[1])
			for i := 1; i <= 6; i++ {
				t := float64(i) / 6
				u := 1 - t
				lines[last] = append(lines[last], Point{u*u*from.X + 2*u*t*c.X + t*t*to.X, u*u*from.Y + 2*u*t*c.Y + t*t*to.Y})
			}
		case sfnt.SegmentOpCubeTo:
			from, c, d, to := lines[last][len(lines[last])-1], at(g.Args[0]), at(g.Args[1]), at(g.Args[2])
			for i := 1; i <= 8; i++ {
				lines[last] = append(lines[last], bezier(from, c, d, to, float64(i)/8))
			}
		}
	}
	b.fill(lines, s.Color)
	return nil
}
