package pdf

import (
	"fmt"

	"tongket/internal/decree"
	"tongket/internal/ink"
	"tongket/internal/report"
)

// small is the size of what stands under tables and figures, pt.
const small = 10.0

// headline sets figures side by side between two rules, as many to a row as
// their numbers allow.
func (b *builder) headline(f report.Figures) {
	width, _ := b.room()
	const pad = 3.0
	columns := min(len(f.Items), 4)
	for columns > 1 && !b.fits(f.Items, width/float64(columns)-2*pad) {
		columns--
	}
	for i := 0; i < len(f.Items); i += columns {
		row := f.Items[i:min(i+columns, len(f.Items))]
		b.add(b.figureRow(row, width/float64(columns), pad, i == 0))
	}
	b.under(report.Table{Notes: f.Notes, Source: f.Source})
}

// fits reports whether every value stands on one line.
func (b *builder) fits(items []report.Figure, room float64) bool {
	for _, it := range items {
		if b.width(b.faces[bold].Clean(it.Value), bold, 16)+b.width(b.faces[regular].Clean(" "+it.Unit), regular, 11) > room {
			return false
		}
	}
	return true
}

func (b *builder) figureRow(items []report.Figure, cell, pad float64, top bool) piece {
	cells := make([]*rows, len(items))
	height := 0.0
	for i, it := range items {
		r := &rows{b: b, width: cell - 2*pad, height: 2}
		r.line(it.Label, setting{11, regular, left}, 1)
		r.mixed([]report.Run{{Text: it.Value, Bold: true}}, " "+it.Unit)
		if it.Meter {
			r.meter(it.Share)
		}
		if note := decree.Remark(b.l, it); note != "" {
			r.line(note, setting{small, italic, left}, 1)
		}
		for _, c := range it.Change {
			r.line(c.Arrow()+" "+c.Text, setting{small, regular, left}, 1)
		}
		r.space(2)
		cells[i], height = r, max(height, r.height)
	}
	total := cell * float64(len(items))
	pc := piece{height: height, keep: true, draw: func(p *pen, x, y float64) {
		if top {
			p.rule(x, y, x+total, y, 0.4)
		}
		p.rule(x, y+height, x+total, y+height, 0.4)
		for i, r := range cells {
			at := x + float64(i)*cell
			if i > 0 {
				p.rule(at, y+2, at, y+height-2, 0.2)
			}
			r.draw(p, at+pad, y)
		}
	}}
	if top {
		pc.gap = b.look.gap + 1
	}
	return pc
}

// mixed adds a large number with its unit behind it.
func (r *rows) mixed(value []report.Run, unit string) {
	big, height := setting{16, regular, left}, lineHeight(16, 1.05)
	words := r.b.words(value, big)
	after := setting{11, regular, left}
	tail := r.b.lines(r.b.plain(unit, after), r.width, r.width, after)
	lines := r.b.lines(words, r.width, r.width, big)
	space := r.b.width(" ", regular, 11)
	fits := len(tail) == 1 && len(lines) == 1 && lines[0].width+space+tail[0].width <= r.width
	for _, l := range lines {
		at := r.height
		r.draws = append(r.draws, func(p *pen, x, y float64) {
			p.drawLine(l, x, y+at+baseline(16, height), r.width, big, space)
			if fits {
				p.drawLine(tail[0], x+l.width+space, y+at+baseline(16, height), r.width, after, space)
			}
		})
		r.height += height
	}
	if !fits {
		r.line(unit, after, 1)
	}
}

// meter adds a bar filled to a share.
func (r *rows) meter(part float64) {
	at := r.height + 0.8
	part = min(max(part, 0), 1)
	r.draws = append(r.draws, func(p *pen, x, y float64) {
		p.fill(x, y+at, r.width, 1.6, grey)
		p.fill(x, y+at, r.width*part, 1.6, faint)
	})
	r.height += 3.2
}

// chart is its drawing with number, caption and sentence below, all on one
// page; without a drawing it is its table.
func (b *builder) chart(c *report.Chart) {
	if c.Drawing == nil {
		b.tableBlock(decree.Undrawn(c))
		if c.Sentence != "" {
			b.turn(b.turned)
			b.paragraph([]report.Run{{Text: c.Sentence}}, 0)
		}
		return
	}
	pic, err := ink.Parse(c.Drawing.Paper)
	if err != nil {
		b.errs = append(b.errs, fmt.Errorf("chart %s: %w", c.ID, err))
		return
	}
	b.attach(c.Table)
	width, room := b.room()
	cap := &rows{b: b, width: width}
	cap.space(1)
	cap.line(b.count.Figure(c.Caption), setting{12, bold, center}, 1.05)
	if c.Sentence != "" {
		set := setting{12, italic, center}
		if b.width(b.faces[italic].Clean(c.Sentence), italic, 12) > 1.9*width {
			set.align = justify
		}
		cap.line(c.Sentence, set, 1.05)
	}
	scale := min(width/pic.Width, max(room-cap.height-20, 40)/pic.Height)
	b.add(drawn(pic, scale, cap))
	b.under(c.Table)
}

// drawn is a picture with its caption. It may shrink to three quarters.
func drawn(pic *ink.Picture, scale float64, cap *rows) piece {
	w, h := pic.Width*scale, pic.Height*scale
	return piece{
		gap: cap.b.look.gap + 1, height: h + cap.height, keep: true, slack: h / 4,
		lower: func(by float64) piece {
			less := drawn(pic, scale*(h-by)/h, cap)
			less.slack = 0
			return less
		},
		draw: func(p *pen, x, y float64) {
			p.picture(pic, x+(cap.width-w)/2, y, scale)
			cap.draw(p, x, y+h)
		},
	}
}

// under prints in small type what doubts, limits or explains a table.
func (b *builder) under(t report.Table) {
	set := setting{small, regular, left}
	texts, source := decree.Under(b.l, b.doc, t)
	if source != "" {
		texts = append(texts, source)
	}
	width, _ := b.room()
	for i, s := range texts {
		if i == len(texts)-1 && source != "" {
			set.style = italic
		}
		pieces := b.text(b.breakText(s, width, set), frame{setting: set, width: width, gap: 0.8, spacing: 1})
		if len(texts) < 8 && i < len(texts)-1 {
			keepAll(pieces)
		}
		b.add(pieces...)
	}
	b.add(piece{height: 1.5})
}
