package pdf

import (
	"math"

	"tongket/internal/ink"
)

// picture draws a picture at (x, y), mm to a pixel.
func (p *pen) picture(pic *ink.Picture, x, y, scale float64) {
	p.within(x, y, pic.Width*scale, pic.Height*scale, func() {
		to := func(q ink.Point) (float64, float64) { return x + q.X*scale, y + q.Y*scale }
		for _, t := range pic.Things {
			if t.Label != nil {
				p.label(t.Label, to, scale)
			} else {
				p.shape(t, to, scale)
			}
		}
	})
}

func (p *pen) shape(t ink.Thing, to func(ink.Point) (float64, float64), scale float64) {
	op := ""
	if c, share := t.Paint.Fill, t.Paint.Opacity*t.Paint.FillOpacity; c != nil && share > 0 {
		v := ink.Blend(*c, share)
		p.pdf.SetFillColor(v.R, v.G, v.B)
		op = "f"
	}
	if c, share := t.Paint.Stroke, t.Paint.Opacity*t.Paint.StrokeOpacity; c != nil && share > 0 && t.Paint.Width > 0 {
		v := ink.Blend(*c, share)
		p.pdf.SetDrawColor(v.R, v.G, v.B)
		p.pdf.SetLineWidth(t.Paint.Width * scale)
		p.pdf.SetLineCapStyle(t.Paint.Cap)
		p.pdf.SetLineJoinStyle(t.Paint.Join)
		p.pdf.SetDashPattern(dashes(t.Paint.Dash, scale), 0)
		op = map[string]string{"": "S", "f": "B"}[op]
	}
	if op == "" {
		return
	}
	for _, s := range t.Path {
		switch s.Op {
		case 'M':
			p.pdf.MoveTo(to(s.To[0]))
		case 'L':
			p.pdf.LineTo(to(s.To[0]))
		case 'C':
			x1, y1 := to(s.To[0])
			x2, y2 := to(s.To[1])
			x3, y3 := to(s.To[2])
			p.pdf.CurveBezierCubicTo(x1, y1, x2, y2, x3, y3)
		case 'Z':
			p.pdf.ClosePath()
		}
	}
	if t.Paint.EvenOdd && op != "S" {
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

func (p *pen) label(l *ink.Label, to func(ink.Point) (float64, float64), scale float64) {
	x, y := to(l.At)
	draw := func() {
		for _, c := range l.Chunks {
			p.chunk(c, x+c.DX*scale, y+c.DY*scale, scale)
		}
	}
	if math.Abs(l.Degrees) < 0.01 {
		draw()
		return
	}
	p.turned(l.Degrees, x, y, draw)
}

func (p *pen) chunk(c ink.Chunk, x, y, scale float64) {
	texts, widths, total := make([]string, len(c.Spans)), make([]float64, len(c.Spans)), 0.0
	for i, s := range c.Spans {
		texts[i] = p.faces[s.Style].Clean(s.Text)
		widths[i] = p.faces[s.Style].Measure(texts[i]) * s.Size * scale
		total += widths[i] + s.DX*scale
	}
	switch c.Anchor {
	case "middle":
		x -= total / 2
	case "end":
		x -= total
	}
	for i, s := range c.Spans {
		x, y = x+s.DX*scale, y+s.DY*scale
		if pt := s.Size * scale / mm; pt >= 0.5 {
			p.ink(s.Color)
			p.text(x, y, texts[i], s.Style, pt)
		}
		x += widths[i]
	}
}
