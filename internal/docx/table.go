package docx

import (
	"fmt"
	"strconv"
	"strings"

	"tongket/internal/decree"
	"tongket/internal/report"
)

// tableBlock prints a table. One that is too wide is first set smaller, down
// to 9 pt, then on a turned page, then in several parts that repeat the first
// text column.
func (b *builder) tableBlock(t report.TableBlock) {
	g := decree.Table(b.l, b.doc, &t)
	g.Measure(b.ruler())
	landscape := b.turned || t.Landscape
	one, fits := g.Fit(sheet{landscape: landscape}.width())
	if !fits && !landscape {
		landscape = true
		one, fits = g.Fit(sheet{landscape: true}.width())
	}
	b.turn(landscape)
	b.mark(t.ID)
	caption, parts := b.count.Table(t.Caption), []decree.Part{one}
	if !fits {
		parts = g.Cut(b.width())
	}
	for i, part := range parts {
		title := caption
		if len(parts) > 1 {
			title = strings.TrimSpace(title + " " + b.l.Say("paper.part", "n", strconv.Itoa(i+1), "of", strconv.Itoa(len(parts))))
		}
		b.captioned(title)
		b.grid(&g, part)
		if i < len(parts)-1 {
			b.line("Note", "")
		}
	}
	b.under(t.Table)
}

// ruler measures what stands in tables.
func (b *builder) ruler() decree.Ruler {
	return decree.Ruler{Faces: b.faces, Mark: b.l.Say("number.decimal")}
}

func (b *builder) captioned(text string) {
	if text != "" {
		b.line("Caption", text)
	}
}

var sides = map[decree.Align]string{decree.Left: "left", decree.Right: "right", decree.Center: "center"}

// cell is one cell of a table.
type cell struct {
	width float64 // mm
	span  int     // columns
	side  string
	in    float64 // mm from the right edge, so that decimal marks stand in line
	text  string
	head  bool
	bold  bool
	keep  bool // stays on the page of the next row
}

func (c cell) write(out *strings.Builder, size float64) {
	fmt.Fprintf(out, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, twips(c.width))
	if c.span > 1 {
		fmt.Fprintf(out, `<w:gridSpan w:val="%d"/>`, c.span)
	}
	style := "TableText"
	if c.head {
		style = "TableHead"
		out.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="E7E7E7"/>`)
	}
	out.WriteString(`<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="` + style + `"/>`)
	if c.keep {
		out.WriteString(`<w:keepNext/>`)
	}
	if c.in > 0 {
		fmt.Fprintf(out, `<w:ind w:right="%d"/>`, twips(c.in))
	}
	out.WriteString(`<w:jc w:val="` + c.side + `"/></w:pPr><w:r><w:rPr>`)
	if c.bold {
		out.WriteString(`<w:b/>`)
	}
	fmt.Fprintf(out, `<w:sz w:val="%.0f"/><w:szCs w:val="%.0f"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r></w:p></w:tc>`, 2*size, 2*size, escape(c.text))
}

// grid writes the rows: the head repeats on each page, no row is split, what
// belongs together stays so.
func (b *builder) grid(g *decree.Grid, p decree.Part) {
	total := 0.0
	var columns, out strings.Builder
	for _, w := range p.Widths {
		total += w
		fmt.Fprintf(&columns, `<w:gridCol w:w="%d"/>`, twips(w))
	}
	fmt.Fprintf(&out, `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>%s</w:tblGrid>`, twips(total), columns.String())
	if len(g.Columns) > 1 || g.Columns[0].Head != "" {
		out.WriteString(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
		for i, at := range p.Columns {
			cell{width: p.Widths[i], side: "center", text: g.Columns[at].Head, head: true, bold: true, keep: true}.write(&out, p.Size)
		}
		out.WriteString(`</w:tr>`)
	}
	held := g.Held(decree.Several)
	for n, r := range g.Rows {
		out.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		across := cell{width: total, span: len(p.Columns), text: r.Text, keep: held[n]}
		switch r.Kind {
		case decree.Group:
			across.side, across.bold = "left", true
			across.write(&out, p.Size)
		case decree.Empty:
			across.side = "center"
			across.write(&out, p.Size)
		default:
			for _, c := range b.cells(g, p, r) {
				c.keep = held[n]
				c.write(&out, p.Size)
			}
		}
		out.WriteString(`</w:tr>`)
	}
	out.WriteString(`</w:tbl>`)
	b.add(piece{xml: out.String()})
}

// cells are those of a row of data or of sums. "Tổng cộng" stands across the
// cells before the first sum.
func (b *builder) cells(g *decree.Grid, p decree.Part, r decree.Row) []cell {
	var list []cell
	var columns []decree.Column
	face := r.Kind.Style()
	for i, at := range p.Columns {
		col := g.Columns[at]
		columns = append(columns, col)
		c := cell{width: p.Widths[i], side: sides[col.Align], text: r.Cells[at], bold: r.Kind.Sums()}
		if col.Tail > 0 && c.text != report.Missing {
			c.in = max(0, col.Tail*p.Size-b.ruler().Fraction(c.text, face, p.Size))
			if whole := b.measure(c.text, face, p.Size); whole+c.in > c.width-2*decree.Pad {
				c.in = 0
			}
		}
		list = append(list, c)
	}
	n := 0
	if r.Kind.Sums() {
		n = decree.Spanned(columns)
	}
	if n == 0 {
		return list
	}
	label := cell{span: n, side: "center", text: r.Text, bold: true}
	for _, c := range list[:n] {
		label.width += c.width
	}
	return append([]cell{label}, list[n:]...)
}
