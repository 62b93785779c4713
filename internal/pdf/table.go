package pdf

import (
	"strconv"
	"strings"

	"tongket/internal/decree"
	"tongket/internal/report"
)

const (
	pad  = decree.Pad
	padY = 0.9 // mm, above and below in a cell
	thin = 0.2 // mm, the rules of a table
)

// part is a table, or some of its columns, fitted to a width.
type part struct {
	decree.Part
	grid *decree.Grid
	air  float64 // mm, above and below in a cell
}

// tableBlock prints a table. One that is too wide is first set smaller, down
// to 9 pt, then on turned pages, then in several parts that repeat the first
// text column.
func (b *builder) tableBlock(t report.TableBlock) {
	b.attach(t.Table)
	g := decree.Table(b.l, b.doc, &t)
	g.Measure(b.ruler())
	sheet := section{landscape: t.Landscape || b.turned}
	width, _ := sheet.body()
	one, ok := g.Fit(width)
	if !ok && !sheet.landscape {
		sheet.landscape = true
		width, _ = sheet.body()
		one, ok = g.Fit(width)
	}
	parts := []decree.Part{one}
	if !ok {
		parts = g.Cut(width)
	}
	b.turn(sheet.landscape)

	caption := b.count.Table(t.Caption)
	for i, p := range parts {
		title := caption
		if len(parts) > 1 {
			title = strings.TrimLeft(title+" ", " ") + b.l.Say("paper.part", "n", strconv.Itoa(i+1), "of", strconv.Itoa(len(parts)))
		}
		set := setting{12, bold, center}
		lines := b.balance(b.plain(title, set), width, set)
		b.add(keepAll(b.text(lines, frame{setting: set, width: width, gap: b.look.gap + 1.5, spacing: 1.05}))...)
		b.add(piece{height: 1, keep: true})
		b.add(b.wellEnded(part{p, &g, padY})...)
	}
	b.under(t.Table)
}

// ruler measures what stands in tables.
func (b *builder) ruler() decree.Ruler {
	return decree.Ruler{Faces: b.faces, Mark: b.l.Say("number.decimal")}
}
