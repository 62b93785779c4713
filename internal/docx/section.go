package docx

import (
	"strings"
)

// piece is a paragraph or a table of the main part.
type piece struct {
	xml  string
	keep bool // stays on the page of the next piece
	brk  bool // begins a page
}

// section is a run of pages of one orientation.
type section struct {
	sheet
	pieces []piece
}

// low is a paragraph that takes next to no room.
const low = `<w:p><w:pPr><w:pStyle w:val="Plain"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>`

// kept makes the text of a piece stay with what follows; of a table, its last
// row.
func (p piece) kept() piece {
	from := max(strings.LastIndex(p.xml, "<w:tr>"), 0)
	var out strings.Builder
	out.WriteString(p.xml[:from])
	for i, part := range strings.SplitAfter(p.xml[from:], "<w:pPr>") {
		if i > 0 && !strings.Contains(part[:strings.Index(part, "</w:pPr>")], "<w:keepNext/>") {
			style := strings.Index(part, "/>") + len("/>")
			part = part[:style] + "<w:keepNext/>" + part[style:]
		}
		out.WriteString(part)
	}
	return piece{xml: out.String(), keep: true, brk: p.brk}
}

func (b *builder) now() *section { return b.sections[len(b.sections)-1] }

// width is that of the text being written, in mm.
func (b *builder) width() float64 { return b.now().width() }

func (b *builder) add(p piece) {
	if b.marks != "" {
		at := strings.Index(p.xml, "</w:pPr>") + len("</w:pPr>")
		p.xml, b.marks = p.xml[:at]+b.marks+p.xml[at:], ""
	}
	b.now().pieces = append(b.now().pieces, p)
}

// keepLast makes the last pieces stay with what follows.
func (b *builder) keepLast(n int) {
	list := b.now().pieces
	for i := max(len(list)-n, 0); i < len(list); i++ {
		list[i] = list[i].kept()
	}
}

// open begins a section.
func (b *builder) open(next sheet) {
	if len(b.now().pieces) == 0 {
		b.now().sheet = next
		return
	}
	b.sections = append(b.sections, &section{sheet: next})
}

// turn makes the next pieces stand on pages of this orientation. Headings that
// wait for what follows them come along.
func (b *builder) turn(landscape bool) {
	old := b.now()
	if old.landscape == landscape {
		return
	}
	cut := len(old.pieces)
	for cut > 0 && old.pieces[cut-1].keep {
		cut--
	}
	if cut == 0 {
		old.landscape = landscape
		return
	}
	next := &section{sheet: sheet{landscape: landscape, official: old.official}, pieces: append([]piece(nil), old.pieces[cut:]...)}
	old.pieces = old.pieces[:cut]
	b.sections = append(b.sections, next)
}

// text is the main part: every section but the last ends in its last
// paragraph, unless that is a heading.
func (b *builder) text() string {
	var out strings.Builder
	for i, s := range b.sections {
		list := s.pieces
		for len(list) > 0 && list[0].brk { // where a page begins anyway
			list = list[1:]
		}
		for len(list) > 0 && list[len(list)-1].brk {
			list = list[:len(list)-1]
		}
		if i == len(b.sections)-1 {
			writePieces(&out, list)
			out.WriteString(s.properties())
			break
		}
		if len(list) == 0 || list[len(list)-1].keep || !strings.HasPrefix(list[len(list)-1].xml, "<w:p>") {
			list = append(list[:len(list):len(list)], piece{xml: low})
		}
		writePieces(&out, list[:len(list)-1])
		last := list[len(list)-1].xml
		end := strings.Index(last, "</w:pPr>")
		out.WriteString(last[:end] + s.properties() + last[end:])
	}
	return out.String()
}

func writePieces(out *strings.Builder, list []piece) {
	for _, p := range list {
		out.WriteString(p.xml)
	}
}
