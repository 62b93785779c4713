package docx

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tongket/internal/decree"
	"tongket/internal/ink"
	"tongket/internal/report"
)

// tableBlock prints a table. One that is too wide is first set smaller, down
// to 9 pt, then on a turned page, then in several parts that repeat the first
// text column.
func (b *builder) tableBlock(t report.TableBlock) {
	g := decree.Table(b.l, b.doc, &t)
	landscape := b.turned || t.Landscape
	widths, size, fits := b.fit(g, sheet{landscape: landscape}.width())
	if !fits && !landscape {
		landscape = true
		widths, size, fits = b.fit(g, sheet{landscape: true}.width())
	}
	b.turn(landscape)
	b.mark(t.ID)
	caption := b.count.Table(t.Caption)
	if fits {
		b.captioned(caption)
		b.grid(g, widths, size)
	} else {
		list := b.cut(g, b.width())
		for i, part := range list {
			of := b.l.Say("paper.part", "n", strconv.Itoa(i+1), "of", strconv.Itoa(len(list)))
			b.captioned(strings.TrimSpace(caption + " " + of))
			widths, size, _ := b.fit(part, b.width())
			b.grid(part, widths, size)
			if i < len(list)-1 {
				b.line("Note", "")
			}
		}
	}
	b.under(t.Table)
}

func (b *builder) captioned(text string) {
	if text != "" {
		b.line("Caption", text)
	}
}

// cut divides a table by columns at 9 pt; each part begins with the running
// number and the first text column.
func (b *builder) cut(g decree.Grid, width float64) []decree.Grid {
	const size = 9.0
	all := b.needs(g)
	var first []int
	for i, c := range g.Columns {
		if c.Index < 0 || c.Align == decree.Left {
			first = append(first, i)
		}
		if c.Index >= 0 && c.Align == decree.Left {
			break
		}
	}
	var list [][]int
	open, used := slices.Clone(first), 0.0
	for i, n := range all {
		if slices.Contains(first, i) {
			continue
		}
		need := n.least*size + pad
		if len(open) > len(first) && used+need > width {
			list, open = append(list, open), slices.Clone(first)
		}
		if len(open) == len(first) {
			used = 0
			for _, f := range first {
				used += all[f].least*size + pad
			}
		}
		open, used = append(open, i), used+need
	}
	list = append(list, open)
	var out []decree.Grid
	for _, columns := range list {
		var part decree.Grid
		for _, i := range columns {
			part.Columns = append(part.Columns, g.Columns[i])
		}
		for _, r := range g.Rows {
			if r.Cells != nil {
				cells := make([]string, len(columns))
				for at, i := range columns {
					cells[at] = r.Cells[i]
				}
				r.Cells = cells
			}
			part.Rows = append(part.Rows, r)
		}
		out = append(out, part)
	}
	return out
}

// needs are the least width of a column at 1 pt, in mm, and the one it would
// like to have.
type needs struct{ least, likes float64 }

const (
	pad  = 3.2 // mm, left and right in a cell together
	most = 62  // mm, what a text may ask for
)

func (b *builder) needs(g decree.Grid) []needs {
	out := make([]needs, len(g.Columns))
	words := func(n *needs, text string, st ink.Style) {
		for _, w := range strings.Fields(text) {
			n.least = max(n.least, min(b.measure(w, st, 1), 4))
		}
	}
	for i, c := range g.Columns {
		n := &out[i]
		words(n, c.Head, ink.Bold)
		n.likes = max(n.least, b.measure(c.Head, ink.Bold, 1)*0.55) // two lines
		for _, r := range g.Rows {
			if r.Cells == nil {
				continue
			}
			st := ink.Regular
			if r.Kind.Sums() {
				st = ink.Bold
			}
			whole := b.measure(r.Cells[i], st, 1)
			n.likes = max(n.likes, whole)
			if c.Align != decree.Left {
				n.least = max(n.least, min(whole, 8)) // figures stay on one line
			} else {
				words(n, r.Cells[i], st)
			}
		}
	}
	return out
}

// fit divides a width, in mm, by what stands in the columns, at the largest
// size that goes into it.
func (b *builder) fit(g decree.Grid, width float64) (widths []float64, size float64, fits bool) {
	all := b.needs(g)
	sizes := []float64{12, 11, 10, 9}
	for _, size = range sizes {
		sum := 0.0
		for _, n := range all {
			sum += n.least*size + pad
		}
		if fits = sum <= width; fits {
			break
		}
	}
	widths = make([]float64, len(all))
	used, wish := 0.0, 0.0
	for i, n := range all {
		widths[i] = n.least*size + pad
		used += widths[i]
		wish += max(min(n.likes*size+pad, most)-widths[i], 0)
	}
	for i, n := range all {
		switch more := max(min(n.likes*size+pad, most)-widths[i], 0); {
		case !fits:
			widths[i] *= width / used
		case wish > width-used:
			widths[i] += more * (width - used) / wish
		default:
			widths[i] += more + (width-used-wish)/float64(len(all))
		}
	}
	return widths, size, fits
}

var sides = map[decree.Align]string{decree.Left: "left", decree.Right: "right", decree.Center: "center"}

// grid writes the rows: the head repeats on each page, no row is split, a
// group stays with the row below it.
func (b *builder) grid(g decree.Grid, widths []float64, size float64) {
	total := 0.0
	var columns, out strings.Builder
	for _, w := range widths {
		total += w
		fmt.Fprintf(&columns, `<w:gridCol w:w="%d"/>`, twips(w))
	}
	fmt.Fprintf(&out, `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>%s</w:tblGrid>`, twips(total), columns.String())
	cell := func(width float64, span int, style, side, text string, strong, keep bool) {
		fmt.Fprintf(&out, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, twips(width))
		if span > 1 {
			fmt.Fprintf(&out, `<w:gridSpan w:val="%d"/>`, span)
		}
		if style == "TableHead" {
			out.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="E7E7E7"/>`)
		}
		out.WriteString(`<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="` + style + `"/>`)
		if keep {
			out.WriteString(`<w:keepNext/>`)
		}
		out.WriteString(`<w:jc w:val="` + side + `"/></w:pPr><w:r><w:rPr>`)
		if strong {
			out.WriteString(`<w:b/>`)
		}
		fmt.Fprintf(&out, `<w:sz w:val="%.0f"/><w:szCs w:val="%.0f"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r></w:p></w:tc>`, 2*size, 2*size, escape(text))
	}
	if len(g.Columns) > 1 || g.Columns[0].Head != "" {
		out.WriteString(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
		for i, c := range g.Columns {
			cell(widths[i], 1, "TableHead", "center", c.Head, true, true)
		}
		out.WriteString(`</w:tr>`)
	}
	for n, r := range g.Rows {
		out.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		followed := n+1 < len(g.Rows) && g.Rows[n+1].Kind.Sums() // a sum is not left alone
		switch r.Kind {
		case decree.Group:
			cell(total, len(widths), "TableText", "left", r.Text, true, true)
		case decree.Empty:
			cell(total, len(widths), "TableText", "center", r.Text, false, false)
		case decree.Subtotal, decree.Total:
			before, across := 0, 0.0
			for before < len(g.Columns) && !g.Columns[before].Total {
				across += widths[before]
				before++
			}
			if before > 0 {
				cell(across, before, "TableText", "center", r.Text, true, followed)
			}
			for i := before; i < len(g.Columns); i++ {
				cell(widths[i], 1, "TableText", sides[g.Columns[i].Align], r.Cells[i], true, followed)
			}
		default:
			for i, text := range r.Cells {
				cell(widths[i], 1, "TableText", sides[g.Columns[i].Align], text, false, followed)
			}
		}
		out.WriteString(`</w:tr>`)
	}
	out.WriteString(`</w:tbl>`)
	b.add(piece{xml: out.String()})
}
