package pdf

import (
	"strings"

	"tongket/internal/decree"
	"tongket/internal/report"
)

// rows collects lines set one under the other in a column, to be drawn as
// one piece.
type rows struct {
	b      *builder
	width  float64
	height float64
	draws  []func(p *pen, x, y float64)
}

// line adds a text of one style, balanced when it needs several lines, and
// returns the width of the last.
func (r *rows) line(text string, set setting, spacing float64) (last float64) {
	words := r.b.plain(text, set)
	lines := r.b.lines(words, r.width, r.width, set)
	if set.align == center {
		lines = r.b.balance(words, r.width, set)
	}
	height, space := lineHeight(set.size, spacing), r.b.width(" ", set.style, set.size)
	for _, l := range lines {
		at := r.height
		r.draws = append(r.draws, func(p *pen, x, y float64) {
			p.drawLine(l, x, y+at+baseline(set.size, height), r.width, set, space)
		})
		r.height += height
		last = l.width
	}
	return last
}

// rule adds a centred line of this length under what stands there.
func (r *rows) rule(length float64) {
	at := r.height + 0.8
	r.draws = append(r.draws, func(p *pen, x, y float64) {
		p.rule(x+(r.width-length)/2, y+at, x+(r.width+length)/2, y+at, 0.25)
	})
	r.height += 1.2
}

func (r *rows) space(h float64) { r.height += h }

func (r *rows) draw(p *pen, x, y float64) {
	p.ink(black)
	for _, d := range r.draws {
		d(p, x, y)
	}
}

// letterhead is the head of page 1: bodies and nation, number and date, kind
// and subject, and whom it is for. A letter (công văn) has no kind: its subject
// stands under the number.
func (b *builder) letterhead() {
	paper := b.doc.Paper
	width, _ := b.room()
	rightWidth := b.width(decree.Nation, bold, 13) + 1
	leftWidth := width - rightWidth - 5

	body := &rows{b: b, width: leftWidth}
	for _, s := range paper.Superior {
		body.line(s, setting{13, regular, center}, 1)
	}
	last := 0.0
	for _, s := range decree.Filled(paper.Agency...) {
		last = body.line(s, setting{13, bold, center}, 1)
	}
	body.rule(last * decree.RuleShare)
	country := &rows{b: b, width: rightWidth}
	country.line(decree.Nation, setting{13, bold, center}, 1)
	country.rule(country.line(decree.Motto, setting{14, bold, center}, 1))
	top := max(body.height, country.height)
	body.height, country.height = top+3, top+3
	letter := paper.Letter()

	// Number and date share a line, so the larger date decides where both stand.
	body.line(decree.Number(b.l, paper), setting{13, regular, center}, 14.0/13)
	country.line(decree.PlaceDate(b.l, paper), setting{14, italic, center}, 1)
	outline := strings.TrimSpace(paper.Kind + " " + paper.Subject)
	var named *mark
	if letter {
		outline = decree.Regarding(b.l, paper)
		named = &mark{text: b.printable(outline)}
		body.space(6 * mm)
		body.line(outline, setting{13, regular, center}, 1)
	}
	b.add(piece{height: max(body.height, country.height) + 4, keep: true, mark: named, draw: func(p *pen, x, y float64) {
		body.draw(p, x, y)
		country.draw(p, x+width-rightWidth, y)
	}})

	if letter {
		b.addressees()
		return
	}
	subject := &rows{b: b, width: width - 2*decree.SubjectIn}
	subject.line(decree.Filled(paper.Kind)[0], setting{14, bold, center}, 1.1)
	if last := subject.line(decree.Filled(paper.Subject)[0], setting{14, bold, center}, 1.1); last > 0 {
		subject.rule(last * decree.RuleShare)
	}
	b.add(piece{gap: 2, height: subject.height + 3, keep: true, mark: &mark{text: b.printable(outline)},
		draw: func(p *pen, x, y float64) { subject.draw(p, x+decree.SubjectIn, y) }})
	b.addressees()
}

// addressees: one on the line of "Kính gửi:", more on lines of their own with
// the dashes under the colon.
func (b *builder) addressees() {
	to := b.doc.Paper.To
	if len(to) == 0 {
		return
	}
	width, _ := b.room()
	set := setting{14, regular, left}
	label := b.l.Say("paper.to")
	if len(to) == 1 {
		r := &rows{b: b, width: width - 20}
		r.line(label+" "+to[0], setting{14, regular, center}, b.look.spacing)
		b.add(piece{gap: 2, height: r.height + 2, keep: true, draw: func(p *pen, x, y float64) { r.draw(p, x+10, y) }})
		return
	}
	items := decree.Receivers(to)
	widest := 0.0
	for _, s := range items {
		widest = max(widest, b.width(b.faces[regular].Clean(s), regular, 14))
	}
	start, dashes := decree.Addressed(width, b.width(b.printable(label), regular, 14), widest)
	head, list := &rows{b: b, width: width - start}, &rows{b: b, width: width - dashes}
	head.line(label, set, b.look.spacing)
	list.height = head.height
	for _, s := range items {
		list.line(s, set, b.look.spacing)
	}
	b.add(piece{gap: 2, height: list.height + 2, keep: true, draw: func(p *pen, x, y float64) {
		head.draw(p, x+start, y)
		list.draw(p, x+dashes, y)
	}})
}

// signature stands with the last lines of the text: who signs at the right,
// the receivers at the left, beginning on one level.
func (b *builder) signature() {
	paper := b.doc.Paper
	if paper == nil {
		return
	}
	width, room := b.room()
	const signWidth = decree.SignWidth
	sign := &rows{b: b, width: signWidth}
	for _, s := range decree.Filled(paper.Authority...) {
		sign.line(s, setting{14, bold, center}, 1)
	}
	sign.space(30) // for the hand and the seal
	sign.line(paper.Signer, setting{14, bold, center}, 1)

	receivers := &rows{b: b, width: width - signWidth - 4}
	if len(paper.Recipients) > 0 {
		receivers.line(b.l.Say("paper.recipients"), setting{12, boldItalic, left}, 14.0/12) // level with the signer's title
	}
	// A list longer than the page goes on below the block, at full width.
	items, long := decree.Receivers(paper.Recipients), 0
	for long < len(items) && receivers.height < room/2 {
		receivers.line(items[long], setting{11, regular, left}, 1)
		long++
	}
	pieces := b.now().pieces
	for i := len(pieces) - 1; i >= 0 && i >= len(pieces)-2; i-- {
		pieces[i].keep = true
	}
	b.add(piece{gap: 6, height: max(sign.height, receivers.height), draw: func(p *pen, x, y float64) {
		receivers.draw(p, x, y)
		sign.draw(p, x+width-signWidth, y)
	}})
	for _, s := range items[long:] {
		set := setting{11, regular, left}
		b.add(b.text(b.breakText(s, width, set), frame{setting: set, width: width, spacing: 1})...)
	}
}

// annex begins pages of its own, numbered from 1 on an official paper.
func (b *builder) annex(a report.Annex) {
	b.turned = a.Landscape
	s := &section{landscape: a.Landscape, restart: b.doc.Paper != nil, label: token(a.Number)}
	if len(b.now().pieces) == 0 {
		b.sections[len(b.sections)-1] = s
	} else {
		b.sections = append(b.sections, s)
	}
	width, _ := b.room()
	label := decree.Annex(b.l, a.Number)
	head := &rows{b: b, width: width}
	head.line(label, setting{14, bold, center}, 1.1)
	head.line(upper(a.Title), setting{14, bold, center}, 1.1)
	if b.doc.Paper != nil {
		head.line(decree.Enclosed(b.l, b.doc.Paper), setting{14, italic, center}, 1.1)
	}
	outline := label
	if a.Title != "" {
		outline += ". " + a.Title
	}
	b.add(piece{height: head.height + 3, keep: true, mark: &mark{text: b.printable(outline), id: a.ID}, draw: head.draw})
}

func upper(s string) string { return strings.ToUpper(s) }
