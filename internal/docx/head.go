package docx

import (
	"fmt"
	"strings"

	"tongket/internal/decree"
	"tongket/internal/ink"
	"tongket/internal/report"
)

// measure is the width of a text, in mm.
func (b *builder) measure(text string, st ink.Style, size float64) float64 {
	return b.faces[st].Measure(b.faces[st].Clean(text)) * size * decree.MM
}

// text is a line of one look, outside any style of its own.
func text(s string, size float64, look ...string) string {
	return fmt.Sprintf(`<w:r><w:rPr>%s<w:sz w:val="%.0f"/><w:szCs w:val="%.0f"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, strings.Join(look, ""), 2*size, 2*size, escape(s))
}

const (
	bold   = "<w:b/>"
	italic = "<w:i/>"
)

// center is a centred line.
func center(runs string) string {
	return `<w:p><w:pPr><w:pStyle w:val="Center"/></w:pPr>` + runs + `</w:p>`
}

// rule is a line of this length in the middle of a width, both in mm, with
// little space of its own.
func rule(length, width float64) string {
	in := twips(max(width-length, 0) / 2)
	return fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="Center"/><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr><w:spacing w:before="50" w:after="0" w:line="60" w:lineRule="exact"/><w:ind w:left="%d" w:right="%d"/></w:pPr><w:r><w:rPr><w:sz w:val="4"/></w:rPr></w:r></w:p>`, in, in)
}

// side is a cell of a table without lines.
type side struct {
	width float64 // mm
	body  string  // paragraphs
}

// beside sets texts side by side, without lines.
func (b *builder) beside(rows ...[]side) {
	total := 0.0
	var grid, out strings.Builder
	for _, s := range rows[0] {
		total += s.width
		fmt.Fprintf(&grid, `<w:gridCol w:w="%d"/>`, twips(s.width))
	}
	fmt.Fprintf(&out, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>%s</w:tblGrid>`, twips(total), grid.String())
	for _, row := range rows {
		out.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for _, s := range row {
			fmt.Fprintf(&out, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>%s</w:tc>`, twips(s.width), s.body)
		}
		out.WriteString(`</w:tr>`)
	}
	out.WriteString(`</w:tbl>`)
	b.add(piece{xml: out.String()})
}

// letterhead is the head of page 1: bodies and nation, number and date, kind
// and subject, and whom it is for. A letter (công văn) has no kind: its subject
// stands under the number.
func (b *builder) letterhead() {
	p := b.doc.Paper
	width := b.width()
	right := b.measure(decree.Nation, ink.Bold, 13) + 2
	left := width - right
	var body, country strings.Builder
	for _, s := range p.Superior {
		body.WriteString(center(text(s, 13)))
	}
	last := 0.0
	for _, s := range decree.Filled(p.Agency...) {
		body.WriteString(center(text(s, 13, bold)))
		_, last = b.ruler().Balanced(s, decree.Look{Size: 13, Bold: true}, left)
	}
	body.WriteString(rule(last*decree.RuleShare, left))
	country.WriteString(center(text(decree.Nation, 13, bold)))
	country.WriteString(center(text(decree.Motto, 14, bold)))
	country.WriteString(rule(b.measure(decree.Motto, ink.Bold, 14), right))
	// Number and date share a row, so that they stand on one line.
	under := center(text(decree.Number(b.l, p), 13))
	if p.Letter() {
		under += `<w:p><w:pPr><w:pStyle w:val="Center"/><w:spacing w:before="120"/><w:ind w:left="340" w:right="340"/></w:pPr>` + text(decree.Regarding(b.l, p), 13) + `</w:p>`
	}
	b.beside(
		[]side{{left, body.String()}, {right, country.String()}},
		[]side{{left, under}, {right, center(text(decree.PlaceDate(b.l, p), 14, italic))}},
	)
	b.line("Plain", "")
	if !p.Letter() {
		b.subject()
	}
	b.addressees()
	b.line("Plain", "")
}

// subject is what the paper is and what it is about, on lines of about equal
// length.
func (b *builder) subject() {
	p, width := b.doc.Paper, b.width()
	b.add(piece{xml: center(text(decree.Filled(p.Kind)[0], 14, bold))})
	about := decree.Filled(p.Subject)[0]
	// Breaks rather than a narrow column: where another typeface stands in,
	// its lines are longer.
	lines, last := b.ruler().Balanced(about, decree.Look{Size: 14, Bold: true}, width-2*decree.SubjectIn)
	var runs strings.Builder
	for i, l := range lines {
		if i > 0 {
			runs.WriteString(`<w:r><w:br/></w:r>`)
		}
		runs.WriteString(text(l, 14, bold))
	}
	b.add(piece{xml: center(runs.String())})
	b.add(piece{xml: rule(last*decree.RuleShare, width)})
}

// addressees: one on the line of "Kính gửi:", more on lines of their own.
func (b *builder) addressees() {
	to := b.doc.Paper.To
	if len(to) == 0 {
		return
	}
	label := b.l.Say("paper.to")
	b.line("Plain", "")
	if len(to) == 1 {
		b.add(piece{xml: center(text(label+" "+to[0], 14))})
		return
	}
	items, widest := decree.Receivers(to), 0.0
	for _, s := range items {
		widest = max(widest, b.measure(s, ink.Regular, 14))
	}
	start, dashes := decree.Addressed(b.width(), b.measure(label, ink.Regular, 14), widest)
	b.paragraph(para{style: "Plain", left: twips(start)}, []report.Run{{Text: label}})
	for _, s := range items {
		b.paragraph(para{style: "Plain", left: twips(dashes)}, []report.Run{{Text: s}})
	}
}

// signature: who signs at the right, the receivers at the left, beginning on
// one level.
func (b *builder) signature() {
	p := b.doc.Paper
	if p == nil {
		return
	}
	const signs = decree.SignWidth
	var receivers, sign strings.Builder
	plain := func(run string) string {
		return `<w:p><w:pPr><w:pStyle w:val="Plain"/></w:pPr>` + run + `</w:p>`
	}
	if len(p.Recipients) > 0 {
		receivers.WriteString(plain(text(b.l.Say("paper.recipients"), 12, bold, italic)))
		for _, s := range decree.Receivers(p.Recipients) {
			receivers.WriteString(plain(text(s, 11)))
		}
	} else {
		receivers.WriteString(plain(""))
	}
	for _, s := range decree.Filled(p.Authority...) {
		sign.WriteString(center(text(s, 14, bold)))
	}
	for range 5 { // for the hand and the seal
		sign.WriteString(center(text("", 14)))
	}
	sign.WriteString(center(text(p.Signer, 14, bold)))
	b.keepLast(2)
	b.paragraph(para{style: "Plain", keep: true}, nil)
	b.beside([]side{{b.width() - signs, receivers.String()}, {signs, sign.String()}})
	b.add(piece{xml: low}) // a text ends with a paragraph
}

// annex begins pages of its own, numbered from 1 on an official paper.
func (b *builder) annex(a report.Annex) {
	b.turned = a.Landscape
	b.open(sheet{landscape: a.Landscape, restart: b.doc.Paper != nil, titled: true, official: b.doc.Paper != nil})
	label := decree.Annex(b.l, a.Number)
	b.paragraph(para{style: "AnnexTitle", first: -1, anchor: a.ID}, []report.Run{{Text: label}, {Break: true}, {Text: strings.ToUpper(a.Title)}})
	if b.doc.Paper != nil {
		b.add(piece{xml: center(text(decree.Enclosed(b.l, b.doc.Paper), 14, italic)), keep: true}.kept())
	}
	b.paragraph(para{style: "Plain", keep: true}, nil)
}
