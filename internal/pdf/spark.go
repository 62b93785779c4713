package pdf

import (
	"tongket/internal/decree"
	"tongket/internal/report"
)

// The line of a sparkline stands at the right of its cell, beside its first
// and last number, with this space before it, in em.
const sparkSpace = 0.6

// sparkRoom is what a column of sparklines needs beyond its text, in mm.
func sparkRoom(c decree.Column, size float64) float64 {
	if !c.Spark {
		return 0
	}
	return decree.SparkRoom * size * mm
}

// spark draws a series into a cell whose line of text begins at y and is so
// high. A lone number is a dot.
func (p *pen) spark(s report.Series, right, y, size float64) {
	const margin = 0.7
	width, height := (decree.SparkRoom-sparkSpace)*size*mm-2*margin, lineHeight(size, 1)-2*margin
	left, top := right-width-margin, y+margin
	p.pdf.SetDrawColor(faint.R, faint.G, faint.B)
	p.pdf.SetLineWidth(0.3)
	var endX, endY float64
	for _, line := range s.Lines(width, height) {
		for i, at := range line {
			endX, endY = left+at[0], top+at[1]
			if i == 0 {
				p.pdf.MoveTo(endX, endY)
			} else {
				p.pdf.LineTo(endX, endY)
			}
		}
		if len(line) > 1 {
			p.pdf.DrawPath("S")
		} else {
			p.dot(endX, endY, 0.3)
		}
	}
	p.dot(endX, endY, 0.5)
}

// dot paints a black disc.
func (p *pen) dot(x, y, radius float64) {
	p.pdf.SetFillColor(black.R, black.G, black.B)
	p.pdf.Circle(x, y, radius, "F")
}
