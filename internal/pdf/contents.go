package pdf

import (
	"strconv"
	"strings"

	"tongket/internal/decree"
)

// place is where a heading or an annex came to stand.
type place struct {
	page   int     // of the file, from 1
	number string  // of the page, as it is printed
	y      float64 // mm from the top of the sheet
	link   int
}

// contents lists the parts of the paper with their pages. Each line leads to
// its part; the pages are filled in when all pieces have their places.
func (b *builder) contents() {
	entries := decree.Contents(b.l, b.doc)
	if len(entries) == 0 {
		return
	}
	width, _ := b.room()
	head := setting{14, bold, center}
	b.add(keepAll(b.text(b.breakText(b.l.Say("paper.contents"), width, head), frame{setting: head, width: width, gap: b.look.gap + 1.5, spacing: 1.1}))...)
	for _, e := range entries {
		b.add(b.contentsLine(e, width)...)
	}
	b.add(piece{height: 2})
}

func (b *builder) contentsLine(e decree.Entry, width float64) []piece {
	const step, numbers = 7.0, 14.0 // mm: of a level, and for the page's number
	set := setting{13, regular, left}
	if e.Level == 0 {
		set.style = bold
	}
	in := step * float64(e.Level)
	lines := b.breakText(e.Text, width-in-numbers, set)
	pieces := shift(b.text(lines, frame{setting: set, width: width - in - numbers, gap: 1, spacing: 1.05}), in)
	for i, l := range lines {
		last, draw, height := i == len(lines)-1, pieces[i].draw, pieces[i].height
		pieces[i].draw = func(p *pen, x, y float64) {
			draw(p, x, y)
			at, known := p.places[e.ID]
			if !known {
				return
			}
			p.pdf.Link(x+in, y, width-in, height, at.link)
			if last && e.Numbered {
				b.leader(p, x+in+l.width, x+width, y+baseline(set.size, height), at.number)
			}
		}
	}
	return pieces
}

// leader leads the eye from one place of a line to the number at its end.
func (b *builder) leader(p *pen, from, to, y float64, number string) {
	const size = 13.0
	p.ink(black)
	start := to - b.width(number, regular, size)
	p.text(start, y, number, regular, size)
	dot := b.width(" .", regular, size)
	if n := int((start - from - 3*dot) / dot); n > 0 {
		p.text(start-dot*float64(n)-dot, y, strings.Repeat(" .", n), regular, size)
	}
}

// settle tells the pen where everything that may be led to stands.
func (p *pen) settle(pages []page) {
	p.places = map[string]place{}
	for i, pg := range pages {
		for _, it := range pg.placed {
			if it.mark != nil && it.mark.id != "" {
				at := place{i + 1, strconv.Itoa(pg.number), it.y, p.pdf.AddLink()}
				p.pdf.SetLink(at.link, at.y, at.page)
				p.places[it.mark.id] = at
			}
		}
	}
}
