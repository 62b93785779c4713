package pdf

import (
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// pen draws on the current page, in mm from its top left corner. Nothing else
// in the package touches the PDF library's drawing state.
type pen struct {
	pdf    *fpdf.Fpdf
	faces  *[5]face
	loaded [5]bool
	style  style
	places map[string]place // by the names of headings and annexes
	size   float64          // 0: no font chosen since the page or a saved state began
}

var families = [5]struct{ family, style string }{{"LiberationSerif", ""}, {"LiberationSerif", "B"}, {"LiberationSerif", "I"}, {"LiberationSerif", "BI"}, {"LiberationMono", ""}}

// font chooses a face. A face enters the document when it is first used: the
// library takes some milliseconds to parse each.
func (p *pen) font(st style, size float64) {
	if !p.loaded[st] {
		// The library writes into the bytes it is given.
		ttf := append([]byte(nil), p.faces[st].TTF...)
		p.pdf.AddUTF8FontFromBytes(families[st].family, families[st].style, ttf)
		p.loaded[st] = true
	}
	if p.style != st || p.size != size {
		p.pdf.SetFont(families[st].family, families[st].style, size)
		p.style, p.size = st, size
	}
}

// text writes clean text with its first letter standing on (x, y).
func (p *pen) text(x, y float64, s string, st style, size float64) {
	p.font(st, size)
	p.pdf.Text(x, y, strings.ReplaceAll(s, string(nbsp), " "))
}

var (
	black = rgb{}
	grey  = rgb{R: 228, G: 228, B: 228}
	faint = rgb{R: 90, G: 90, B: 90}
)

func (p *pen) ink(c rgb) { p.pdf.SetTextColor(c.R, c.G, c.B) }

// rule draws a line of this thickness.
func (p *pen) rule(x1, y1, x2, y2, thick float64) {
	p.pdf.SetDrawColor(0, 0, 0)
	p.pdf.SetLineWidth(thick)
	p.pdf.Line(x1, y1, x2, y2)
}

// fill paints a rectangle.
func (p *pen) fill(x, y, w, h float64, c rgb) {
	p.pdf.SetFillColor(c.R, c.G, c.B)
	p.pdf.Rect(x, y, w, h, "F")
}

// within keeps what draw paints inside a rectangle.
func (p *pen) within(x, y, w, h float64, draw func()) {
	p.restoring(func() {
		p.pdf.ClipRect(x, y, w, h, false)
		draw()
		p.pdf.ClipEnd()
	})
}

// turned runs draw with the page rotated clockwise around a point.
func (p *pen) turned(degrees, x, y float64, draw func()) {
	p.restoring(func() {
		p.pdf.TransformBegin()
		p.pdf.TransformRotate(-degrees, x, y)
		draw()
		p.pdf.TransformEnd()
	})
}

// restoring sets colours and lines anew after a state was saved and restored:
// the page is back at what held before, while the library goes on believing
// in what was set in between and leaves out the colours it thinks in force.
func (p *pen) restoring(draw func()) {
	fr, fg, fb := p.pdf.GetFillColor()
	dr, dg, db := p.pdf.GetDrawColor()
	tr, tg, tb := p.pdf.GetTextColor()
	width, ends, joints := p.pdf.GetLineWidth(), p.pdf.GetLineCapStyle(), p.pdf.GetLineJoinStyle()
	draw()
	p.pdf.SetFillColor(fr, fg, fb)
	p.pdf.SetDrawColor(dr, dg, db)
	p.pdf.SetTextColor(tr, tg, tb)
	p.pdf.SetLineWidth(width)
	p.pdf.SetLineCapStyle(ends)
	p.pdf.SetLineJoinStyle(joints)
	p.pdf.SetDashPattern([]float64{}, 0) // every dashed line sets its own
	p.size = 0
}
