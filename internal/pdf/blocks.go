package pdf

import (
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"tongket/internal/decree"
	"tongket/internal/report"
)

// look is the typography of a kind of document; lengths in mm.
type look struct {
	size    float64 // of the body, pt
	spacing float64 // of lines, in natural line heights
	indent  float64 // of the first line of a paragraph
	gap     float64 // between paragraphs
}

// The decree asks for 13–14 pt, a first line set in by 1 or 1.27 cm, at least
// 6 pt between paragraphs, and single to one and a half spacing.
var official = look{size: 14, spacing: 1.12, indent: 12.7, gap: 6.2 * mm}

var ordinary = look{size: 12, spacing: 1.18, gap: 2.6}

// builder turns the blocks of a document into sections of pieces.
type builder struct {
	doc      *report.Document
	l        *report.Locale
	faces    *[5]face
	look     look
	sections []*section
	turned   bool // the running text stands on landscape pages: in a turned annex
	count    decree.Count
	attached []fpdf.Attachment
	names    map[string]bool // of the attached files
	errs     []error
}

func newBuilder(doc *report.Document, l *report.Locale, faces *[5]face) *builder {
	b := &builder{doc: doc, l: l, faces: faces, look: ordinary, count: decree.Count{Locale: l}, names: map[string]bool{}}
	if doc.Paper != nil {
		b.look = official
	}
	b.sections = []*section{{}}
	return b
}

// room is the text block of the section being filled, in mm.
func (b *builder) room() (width, height float64) { return b.now().body() }

func (b *builder) now() *section { return b.sections[len(b.sections)-1] }

func (b *builder) add(pieces ...piece) { b.now().pieces = append(b.now().pieces, pieces...) }

// turn makes the next pieces stand on pages of this orientation. Headings
// that wait for what follows them come along.
func (b *builder) turn(landscape bool) {
	old := b.now()
	if old.landscape == landscape {
		return
	}
	cut := len(old.pieces)
	for cut > 0 && old.pieces[cut-1].keep {
		cut--
	}
	next := &section{landscape: landscape, pieces: append([]piece(nil), old.pieces[cut:]...)}
	if old.pieces = old.pieces[:cut]; cut > 0 {
		b.sections = append(b.sections, next)
		return
	}
	next.restart, next.label = old.restart, old.label
	b.sections[len(b.sections)-1] = next
}

func (b *builder) document() {
	if b.doc.Paper != nil {
		b.letterhead()
	} else {
		b.title()
	}
	blocks := report.NotesOnce(b.doc.Warned(), decree.OpensPart)
	for i, block := range blocks {
		b.block(block, 0)
		if a, ok := block.(report.Annex); ok {
			b.count.Annex(a, blocks[i+1:])
		}
	}
}

// block lays out one block, set in from the left by so many mm.
func (b *builder) block(block report.Block, indent float64) {
	if t, ok := block.(report.TableBlock); ok {
		b.tableBlock(t)
		return
	}
	switch block.(type) {
	case report.Annex, report.PageBreak: // what follows them tells how its pages lie
	default:
		b.turn(b.turned)
	}
	b.count.Other()
	switch x := block.(type) {
	case report.Heading:
		b.heading(x)
		b.count.Heading(report.Plain(x.Text))
	case report.Paragraph:
		b.paragraph(x.Text, indent)
	case report.List:
		b.list(x, indent, 0)
	case report.Figures:
		b.headline(x)
	case *report.Chart:
		b.chart(x)
	case report.Code:
		b.code(x, indent)
	case report.Notice:
		b.notice(x)
	case report.Annex:
		b.annex(x)
	case report.PageBreak:
		b.add(piece{brk: true, keep: true})
	case report.Signature:
		b.signature()
	case report.Contents:
		b.contents()
	}
}

// title opens a plain report.
func (b *builder) title() {
	width, _ := b.room()
	if b.doc.Title != "" {
		set := setting{20, bold, left}
		pieces := b.text(b.balance(b.plain(b.doc.Title, set), width, set), frame{setting: set, width: width, spacing: 1})
		if len(pieces) > 0 {
			pieces[0].mark = &mark{text: b.printable(b.doc.Title)}
		}
		b.add(keepAll(pieces)...)
	}
	if b.doc.Description != "" {
		set := setting{12, italic, left}
		lines := b.breakText(b.doc.Description, width, set)
		b.add(keepAll(b.text(lines, frame{setting: set, width: width, gap: 1.5, spacing: 1.1}))...)
	}
	b.add(piece{gap: 2.5, height: 3, keep: true, draw: func(p *pen, x, y float64) { p.rule(x, y, x+width, y, 0.4) }})
}

func (b *builder) heading(h report.Heading) {
	level := min(max(h.Level, 1), 4)
	told := decree.Headings(b.doc)[level-1]
	set := setting{told.Size, regular.With(told.Bold, told.Italic), left}
	gap, indent := b.look.gap+[4]float64{1.4, 0.7, 0, 0}[level-1], b.look.indent
	if decree.PartHeading(b.doc, h) {
		set.align, indent = center, 0
	}
	if b.doc.Paper == nil {
		gap *= 1.6
	}
	width, _ := b.room()
	lines := b.lines(b.words(h.Text, set), width-indent, width, set)
	pieces := b.text(lines, frame{setting: set, width: width, first: indent, gap: gap, spacing: b.look.spacing})
	if len(pieces) == 0 {
		return
	}
	pieces[0].mark = &mark{text: b.printable(report.Plain(h.Text)), level: level - 1, id: h.ID}
	b.add(keepAll(pieces)...)
}

// printable is a text fit for the outline and the file's properties.
func (b *builder) printable(s string) string { return strings.TrimSpace(b.faces[regular].Clean(s)) }

func keepAll(pieces []piece) []piece {
	for i := range pieces {
		pieces[i].keep = true
	}
	return pieces
}

func (b *builder) paragraph(runs []report.Run, indent float64) {
	width, _ := b.room()
	b.running(runs, indent, frame{width: width - indent, first: b.look.indent, gap: b.look.gap})
}

// code sets a text with its lines and the spaces before them.
func (b *builder) code(c report.Code, indent float64) {
	var runs []report.Run
	for text := range strings.SplitSeq(strings.ReplaceAll(c.Text, "\t", "    "), "\n") {
		words := strings.TrimLeft(text, " ")
		runs = append(runs, report.Run{Text: strings.Repeat(string(nbsp), len(text)-len(words)) + words, Code: true}, report.Run{Break: true})
	}
	width, _ := b.room()
	if c.Caption != "" {
		set := setting{12, bold, center}
		b.add(keepAll(b.text(b.balance(b.plain(c.Caption, set), width, set), frame{setting: set, width: width, gap: b.look.gap + 1.5, spacing: 1.05}))...)
	}
	f := frame{setting: setting{small, regular, left}, width: width - indent, gap: b.look.gap, spacing: 1}
	b.add(shift(b.text(b.lines(b.words(runs, f.setting), f.width, f.width, f.setting), f), indent)...)
}

// running sets body text in a frame.
func (b *builder) running(runs []report.Run, indent float64, f frame) {
	f.setting, f.spacing = setting{b.look.size, regular, justify}, b.look.spacing
	lines := b.lines(b.words(runs, f.setting), f.width-f.first, f.width, f.setting)
	b.add(shift(b.text(lines, f), indent)...)
}

// frame is where and how lines are set; lengths in mm.
type frame struct {
	setting
	width   float64
	first   float64 // the first line stands in so far, or out
	gap     float64 // above
	spacing float64 // of lines, in natural line heights
}

// text makes a piece of each line. The first two lines and the last two are
// not parted.
func (b *builder) text(lines []line, f frame) []piece {
	height, space := lineHeight(f.size, f.spacing), b.width(" ", f.style, f.size)
	pieces := make([]piece, len(lines))
	for i, l := range lines {
		in := 0.0
		if i == 0 {
			in = f.first
		}
		pieces[i] = piece{height: height, keep: len(lines) > 1 && (i == 0 || i == len(lines)-2)}
		pieces[i].draw = func(p *pen, x, y float64) {
			p.ink(black)
			p.drawLine(l, x+in, y+baseline(f.size, height), f.width-in, f.setting, space)
		}
	}
	if len(pieces) > 0 {
		pieces[0].gap = f.gap
	}
	return pieces
}

// shift moves pieces to the right.
func shift(pieces []piece, by float64) []piece {
	if by == 0 {
		return pieces
	}
	for i, pc := range pieces {
		if draw := pc.draw; draw != nil {
			pieces[i].draw = func(p *pen, x, y float64) { draw(p, x+by, y) }
		}
	}
	return pieces
}

func (b *builder) list(l report.List, indent float64, depth int) {
	for i, item := range l.Items {
		marker := decree.Marker(l, l.Start+i, depth)
		if len(item) == 0 {
			continue
		}
		if _, ok := item[0].(report.Paragraph); !ok {
			item = append([]report.Block{report.Paragraph{}}, item...)
		}
		for _, block := range item {
			switch x := block.(type) {
			case report.Paragraph:
				b.item(marker, x, indent)
			case report.List:
				b.list(x, indent+b.step(), depth+1)
			default:
				b.block(block, indent+b.step())
			}
			marker = ""
		}
	}
}

// step is how far a list stands in from its parent: nothing on an official
// paper, where the marker alone tells.
func (b *builder) step() float64 {
	if b.doc.Paper != nil {
		return 0
	}
	return 6
}

// item is a paragraph behind a marker. On an official paper it runs like any
// other paragraph; on a plain report its lines hang beside the marker.
func (b *builder) item(marker string, x report.Paragraph, indent float64) {
	width, _ := b.room()
	f := frame{width: width - indent, first: b.look.indent, gap: b.look.gap}
	if marker != "" {
		x.Text = append([]report.Run{{Text: marker + string(nbsp)}}, x.Text...)
	}
	if b.doc.Paper == nil {
		indent += b.step()
		f = frame{width: width - indent, gap: b.look.gap * 0.6}
		if marker != "" {
			f.first = -b.width(marker+string(nbsp), regular, b.look.size)
		}
	}
	b.running(x.Text, indent, f)
}

// notice is a framed paragraph; where a page ends the frame stays open.
func (b *builder) notice(n report.Notice) {
	const pad = 3
	width, _ := b.room()
	set := setting{b.look.size - 1, regular, left}
	label := report.Run{Text: b.l.Say("paper.notice."+n.Severity) + ": ", Bold: true}
	lines := b.lines(b.words(append([]report.Run{label}, n.Text...), set), width-2*pad, width-2*pad, set)
	pieces := shift(b.text(lines, frame{setting: set, width: width - 2*pad, spacing: 1.1}), pad)
	if len(pieces) == 0 {
		return
	}
	edge := piece{height: pad / 2}
	pieces = append(append([]piece{edge}, pieces...), edge)
	for i := range pieces {
		first, last, height, draw := i == 0, i == len(pieces)-1, pieces[i].height, pieces[i].draw
		pieces[i].draw = func(p *pen, x, y float64) {
			p.rule(x, y, x, y+height, 0.3)
			p.rule(x+width, y, x+width, y+height, 0.3)
			if first {
				p.rule(x, y, x+width, y, 0.3)
			}
			if last {
				p.rule(x, y+height, x+width, y+height, 0.3)
			}
			if draw != nil {
				draw(p, x, y)
			}
		}
	}
	pieces[0].gap, pieces[0].keep = b.look.gap+1, true
	pieces[len(pieces)-2].keep = true
	b.add(pieces...)
	b.add(piece{height: 1})
}
