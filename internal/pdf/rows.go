package pdf

import (
	"tongket/internal/decree"
	"tongket/internal/report"
)

var aligns = [...]align{decree.Left: left, decree.Right: right, decree.Center: center}

// box is a cell ready to draw: its lines and where it stands in the row.
type box struct {
	x, width float64
	lines    []line
	set      setting
	shift    float64 // mm from the right edge, so that decimal marks stand in line
	spark    report.Series
}

// tablePieces makes the head and one piece of each row. Rows are not split
// unless one is taller than a page.
func (b *builder) tablePieces(p part) []piece {
	_, page := b.room()
	head := b.headBoxes(p)
	headPiece := b.rowPiece(head, p, true)
	headPiece.keep = true
	again, pieces := []piece{headPiece}, []piece{headPiece}
	if headPiece.height > page/3 {
		again, pieces = nil, b.slices(head, p, true, page, nil)
	}
	limit := page
	for _, a := range again {
		limit -= a.height
	}
	for _, r := range p.grid.Rows {
		boxes := b.rowBoxes(r, p)
		one := piece{height: p.tall(boxes), again: again}
		// The lines of a long table's rows would fill the memory: they are
		// broken again when the page is drawn.
		one.draw = func(pn *pen, x, y float64) { b.rowPiece(b.rowBoxes(r, p), p, false).draw(pn, x, y) }
		switch {
		case one.height > limit:
			pieces = append(pieces, b.slices(boxes, p, false, limit, again)...)
			continue
		case r.Kind == decree.Group:
			one.keep = true
		case r.Kind.Sums():
			pieces[len(pieces)-1].keep = true
		}
		pieces = append(pieces, one)
	}
	pieces[len(pieces)-1].keep = true // with the small print below
	holdTogether(pieces, p.grid, page)
	return pieces
}

// holdTogether keeps a table of few rows whole, if it is not high.
func holdTogether(pieces []piece, g *decree.Grid, page float64) {
	whole := decree.Few
	switch height := heightOf(pieces); {
	case height < page/3:
		whole = decree.Several
	case height >= page/2:
		whole = 0
	}
	if len(pieces) != len(g.Rows)+1 {
		return // a row taller than a page is in strips
	}
	for i, held := range g.Held(whole) {
		pieces[1+i].keep = pieces[1+i].keep || held
	}
}

func (b *builder) headBoxes(p part) []box {
	var boxes []box
	x := 0.0
	for i, c := range p.Columns {
		set := setting{p.Size, bold, center}
		boxes = append(boxes, box{x, p.Widths[i], b.breakText(p.grid.Columns[c].Head, p.Widths[i]-2*pad, set), set, 0, nil})
		x += p.Widths[i]
	}
	return boxes
}

func (b *builder) rowBoxes(r decree.Row, p part) []box {
	full := 0.0
	for _, w := range p.Widths {
		full += w
	}
	switch r.Kind {
	case decree.Group, decree.Empty:
		set := setting{p.Size, bold, left}
		if r.Kind == decree.Empty {
			set = setting{p.Size, italic, center}
		}
		return []box{{0, full, b.breakText(r.Text, full-2*pad, set), set, 0, nil}}
	}
	st := r.Kind.Style()
	var boxes []box
	x := 0.0
	for i, c := range p.Columns {
		col := p.grid.Columns[c]
		set, text, bx := setting{p.Size, st, aligns[col.Align]}, r.Cells[c], box{x: x, width: p.Widths[i]}
		if col.Tail > 0 && text != report.Missing {
			bx.shift = max(0, col.Tail*p.Size-b.ruler().Fraction(text, st, p.Size))
		}
		bx.set, bx.lines = set, b.breakText(text, bx.width-2*pad-sparkRoom(col, p.Size), set)
		if r.Lines != nil {
			bx.spark = r.Lines[c]
		}
		boxes = append(boxes, bx)
		x += bx.width
	}
	if r.Kind.Sums() {
		boxes = b.label(boxes, r.Text, p)
	}
	return boxes
}

// label writes "Tổng cộng" across the cells before the first sum.
func (b *builder) label(boxes []box, text string, p part) []box {
	var columns []decree.Column
	for _, c := range p.Columns {
		columns = append(columns, p.grid.Columns[c])
	}
	n, width := decree.Spanned(columns), 0.0
	for _, bx := range boxes[:n] {
		width += bx.width
	}
	if n == 0 {
		return boxes
	}
	set := setting{p.Size, bold, center}
	return append([]box{{0, width, b.breakText(text, width-2*pad, set), set, 0, nil}}, boxes[n:]...)
}

// tall is the height of a row, in mm.
func (p part) tall(boxes []box) float64 {
	most := 1
	for _, bx := range boxes {
		most = max(most, len(bx.lines))
	}
	return float64(most)*lineHeight(p.Size, 1.0) + 2*p.air
}

// rowPiece draws a row with its frame.
func (b *builder) rowPiece(boxes []box, p part, head bool) piece {
	step, height := lineHeight(p.Size, 1.0), p.tall(boxes)
	spaces := [5]float64{}
	for st := range spaces {
		spaces[st] = b.width(" ", style(st), p.Size)
	}
	return piece{height: height, draw: func(pn *pen, x, y float64) {
		pn.ink(black)
		end := boxes[len(boxes)-1]
		if head {
			pn.fill(x, y, end.x+end.width, height, grey)
		}
		pn.grid(x, y, height, boxes)
		for _, bx := range boxes {
			top := y + (height-float64(len(bx.lines))*step)/2
			room := bx.width - 2*pad
			if bx.spark != nil {
				pn.spark(bx.spark, x+bx.x+bx.width-pad, y+(height-step)/2, p.Size)
			}
			for i, l := range bx.lines {
				shift := bx.shift
				if l.width+shift > room {
					shift = 0
				}
				pn.drawLine(l, x+bx.x+pad, top+float64(i)*step+baseline(p.Size, step), room-shift, bx.set, spaces[bx.set.style])
			}
		}
	}}
}

// grid draws the rules around the cells of one row.
func (p *pen) grid(x, y, height float64, boxes []box) {
	end := boxes[len(boxes)-1]
	p.pdf.SetDrawColor(0, 0, 0)
	p.pdf.SetLineWidth(thin)
	p.pdf.Rect(x, y, end.x+end.width, height, "D")
	for _, bx := range boxes[1:] {
		p.pdf.Line(x+bx.x, y, x+bx.x, y+height)
	}
}

// slices cuts a row that is taller than a page into strips of lines.
func (b *builder) slices(boxes []box, p part, head bool, room float64, again []piece) []piece {
	step := lineHeight(p.Size, 1.0)
	fit := max(1, int((room-2*p.air-1)/step))
	most := 0
	for _, bx := range boxes {
		most = max(most, len(bx.lines))
	}
	var pieces []piece
	for from := 0; from < most; from += fit {
		strip := append([]box(nil), boxes...)
		for i := range strip {
			n := len(strip[i].lines)
			strip[i].lines = strip[i].lines[min(from, n):min(from+fit, n)]
		}
		one := b.rowPiece(strip, p, head)
		one.again = again
		pieces = append(pieces, one)
	}
	return pieces
}
