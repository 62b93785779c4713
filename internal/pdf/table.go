package pdf

import (
	"strconv"
	"strings"

	"tongket/internal/report"
)

const (
	pad  = 1.5 // mm, left and right in a cell
	padY = 0.9 // above and below
	thin = 0.2 // mm, the rules of a table
)

// part is a table, or some of its columns, fitted to a width.
type part struct {
	grid   *grid
	cols   []int // of the grid
	widths []float64
	size   float64 // pt
	air    float64 // mm, above and below in a cell
}

// tableBlock prints a table. One that is too wide is first set smaller, down
// to 9 pt, then on turned pages, then in several parts that repeat the first
// text column.
func (b *builder) tableBlock(t report.TableBlock) {
	b.attach(t.Table)
	g := b.newGrid(&t)
	all := make([]int, len(g.cols))
	for i := range all {
		all[i] = i
	}
	sheet := section{landscape: t.Landscape || b.turned}
	width, _ := sheet.body()
	parts, ok := b.fit(g, all, width)
	if !ok && !sheet.landscape {
		sheet.landscape = true
		width, _ = sheet.body()
		parts, ok = b.fit(g, all, width)
	}
	if !ok {
		parts = b.cut(g, width)
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
		b.add(b.wellEnded(p)...)
	}
	b.under(t.Table)
}

// fit sets columns as large as they go into a width; false if 9 pt is still
// too large.
func (b *builder) fit(g *grid, cols []int, width float64) ([]part, bool) {
	for _, size := range []float64{12, 11.5, 11, 10.5, 10, 9.5, 9} {
		if need := need(g, cols, size); need <= width {
			return []part{{g, cols, spread(g, cols, size, width), size, padY}}, true
		}
	}
	return nil, false
}

func need(g *grid, cols []int, size float64) (w float64) {
	for _, c := range cols {
		w += g.cols[c].least*size + 2*pad
	}
	return w
}

// cut divides a table by columns at 9 pt; each part begins with the row
// number and the first text column.
func (b *builder) cut(g *grid, width float64) []part {
	const size = 9.0
	var first []int
	if g.cols[0].index < 0 {
		first = append(first, 0)
	}
	for i, c := range g.cols {
		if c.index >= 0 && c.align == left {
			first = append(first, i)
			break
		}
	}
	repeated := map[int]bool{}
	for _, c := range first {
		repeated[c] = true
	}
	var parts []part
	open := append([]int(nil), first...)
	end := func() {
		parts = append(parts, part{g, open, spread(g, open, size, width), size, padY})
		open = append([]int(nil), first...)
	}
	for i, c := range g.cols {
		if repeated[i] {
			continue
		}
		if len(open) > len(first) && need(g, open, size)+c.least*size+2*pad > width {
			end()
		}
		open = append(open, i)
	}
	if len(open) > len(first) || len(parts) == 0 {
		end()
	}
	for i := range parts {
		squeeze(parts[i].widths, width)
	}
	return parts
}

// squeeze is for the one column that is wider than the page by itself: it is
// made to fit and its text wraps, since nothing may be cut.
func squeeze(widths []float64, width float64) {
	sum := 0.0
	for _, w := range widths {
		sum += w
	}
	if sum <= width {
		return
	}
	over, large := sum-width, 0
	for i, w := range widths {
		if w > widths[large] {
			large = i
		}
	}
	if widths[large]-over > 20 {
		widths[large] -= over
		return
	}
	for i := range widths {
		widths[i] *= width / sum
	}
}
