package docx

import (
	"encoding/xml"
	"fmt"
	"strings"

	"tongket/internal/decree"
	"tongket/internal/report"
)

// escape makes a text fit to stand in the file, whatever it holds.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // to memory
	return b.String()
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

func (b *builder) title() {
	if b.doc.Title != "" {
		b.line("Title", b.doc.Title)
	}
	if b.doc.Description != "" {
		b.line("Subtitle", b.doc.Description)
	}
}

// block writes one block, of a list so deep.
func (b *builder) block(block report.Block, depth int) {
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
		b.paragraph(para{style: "Normal"}, x.Text)
	case report.List:
		b.list(x, depth)
	case report.Figures:
		b.headline(x)
	case *report.Chart:
		b.chart(x)
	case report.Code:
		b.code(x)
	case report.Notice:
		label := report.Run{Text: b.l.Say("paper.notice."+x.Severity) + ": ", Bold: true}
		b.paragraph(para{style: "Notice"}, append([]report.Run{label}, x.Text...))
	case report.Annex:
		b.annex(x)
	case report.PageBreak:
		b.add(piece{xml: `<w:p><w:pPr><w:pStyle w:val="Plain"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>`, keep: true, brk: true})
	case report.Signature:
		b.signature()
	case report.Contents:
		b.contents()
	}
}

// para is how one paragraph departs from its style. Lengths are twips.
type para struct {
	style  string
	align  string
	left   int
	hang   int // the first line stands out so far
	first  int // the first line stands in so far; -1: not at all
	before int
	after  int
	keep   bool
	rule   string // a rule above, as borders are written
	anchor string
}

func (p para) open() string {
	var s strings.Builder
	fmt.Fprintf(&s, `<w:p><w:pPr><w:pStyle w:val="%s"/>`, p.style)
	if p.keep {
		s.WriteString(`<w:keepNext/>`)
	}
	s.WriteString(p.rule)
	if p.before > 0 || p.after > 0 {
		fmt.Fprintf(&s, `<w:spacing w:before="%d" w:after="%d"/>`, p.before, p.after)
	}
	switch {
	case p.hang > 0:
		fmt.Fprintf(&s, `<w:ind w:left="%d" w:hanging="%d"/>`, p.left, p.hang)
	case p.first < 0:
		fmt.Fprintf(&s, `<w:ind w:left="%d" w:firstLine="0"/>`, p.left)
	case p.left > 0:
		fmt.Fprintf(&s, `<w:ind w:left="%d"/>`, p.left)
	}
	if p.align != "" {
		fmt.Fprintf(&s, `<w:jc w:val="%s"/>`, p.align)
	}
	s.WriteString(`</w:pPr>`)
	return s.String()
}

func (b *builder) paragraph(p para, runs []report.Run) {
	b.mark(p.anchor)
	b.add(piece{xml: p.open() + b.runs(runs) + `</w:p>`, keep: p.keep || b.keeps[p.style]})
}

// line is a paragraph of plain text.
func (b *builder) line(style, text string) {
	b.paragraph(para{style: style}, []report.Run{{Text: text}})
}

// runs writes text with its styles and links. A link to another page, or to
// what is not in the paper, leads nowhere from a file of its own, and is left
// as text.
func (b *builder) runs(runs []report.Run) string {
	var s strings.Builder
	for _, r := range runs {
		if r.Break {
			s.WriteString(`<w:r><w:br/></w:r>`)
			continue
		}
		inside, linked := b.bookmarks.link(r.Href)
		outside := strings.Contains(r.Href, "://") || strings.HasPrefix(r.Href, "mailto:")
		look := ""
		if r.Code {
			look += `<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>`
		}
		if linked || outside {
			look = `<w:rStyle w:val="Hyperlink"/>` + look
		}
		if r.Bold {
			look += `<w:b/>`
		}
		if r.Italic {
			look += `<w:i/>`
		}
		if look != "" {
			look = `<w:rPr>` + look + `</w:rPr>`
		}
		run := `<w:r>` + look + `<w:t xml:space="preserve">` + escape(r.Text) + `</w:t></w:r>`
		switch {
		case linked:
			run = `<w:hyperlink w:anchor="` + inside + `">` + run + `</w:hyperlink>`
		case outside:
			run = `<w:hyperlink r:id="` + b.relate("hyperlink", r.Href, "External") + `">` + run + `</w:hyperlink>`
		}
		s.WriteString(run)
	}
	return s.String()
}

func (b *builder) heading(h report.Heading) {
	level := min(max(h.Level, 1), 4)
	p := para{style: fmt.Sprintf("Heading%d", level), anchor: h.ID}
	if decree.PartHeading(b.doc, h) {
		p.align, p.first = "center", -1
	}
	b.paragraph(p, h.Text)
}

// list writes its markers as text, as Vietnamese offices do: they survive
// every copy into another paper.
func (b *builder) list(l report.List, depth int) {
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
				p, text := para{style: "ListParagraph"}, x.Text
				if marker != "" {
					text = append([]report.Run{{Text: marker + "\u00a0"}}, text...)
				}
				if b.doc.Paper == nil {
					p.left, p.hang = 340*(depth+1), 227
					if marker == "" {
						p.hang, p.first = 0, -1
					}
				}
				b.paragraph(p, text)
			case report.List:
				b.list(x, depth+1)
			default:
				b.block(block, depth+1)
			}
			marker = ""
		}
	}
}

func (b *builder) code(c report.Code) {
	b.mark(c.ID)
	b.captioned(c.Caption)
	for text := range strings.SplitSeq(strings.ReplaceAll(c.Text, "\t", "    "), "\n") {
		b.paragraph(para{style: "Code"}, []report.Run{{Text: text, Code: true}})
	}
}

// under writes what doubts, limits or explains a table.
func (b *builder) under(t report.Table) {
	notes, source := decree.Under(b.l, b.doc, t)
	for _, n := range notes {
		b.line("Note", n)
	}
	if source != "" {
		b.line("Source", source)
	} else {
		b.line("Note", "") // between two tables, else they are one
	}
}
