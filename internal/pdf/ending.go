package pdf

import (
	"slices"

	"tongket/internal/decree"
)

// straggling is how many rows, sums among them, look lost on a page of their own.
const straggling = 6

// wellEnded makes the pieces of a table. Where no more than a few of many rows
// would go over to a further page, the table is set closer if that brings them
// back.
func (b *builder) wellEnded(p part) []piece {
	pieces := b.tablePieces(p)
	pages, last := b.ending(pieces)
	if pages < 2 || last > straggling || len(p.grid.Rows) <= 2*straggling {
		return pieces
	}
	full := 0.0
	for _, w := range p.Widths {
		full += w
	}
	for _, less := range []float64{0, 0.5, 1, 1.5} {
		close := part{decree.Part{Columns: p.Columns, Widths: p.Widths, Size: p.Size - less}, p.grid, padY / 2}
		if close.Size < 9 {
			break
		}
		if less > 0 {
			close.Widths = p.grid.Spread(p.Columns, close.Size, full)
		}
		closer := b.tablePieces(close)
		if now, _ := b.ending(closer); now < pages {
			return closer
		}
	}
	return pieces
}

// ending tells how many pages a table would be on, after what stands in the
// section by now, and how many rows on the last of them.
func (b *builder) ending(table []piece) (pages, rows int) {
	const sources = 9.0   // mm, what is told below a table
	const longest = 3_000 // pieces; of a longer section nobody sees the end
	now := b.now()
	if len(now.pieces)+len(table) > longest {
		return 0, 0
	}
	trial := slices.Concat(now.pieces, table, []piece{{height: sources}})
	f := filler{section: &section{landscape: now.landscape, pieces: trial}}
	f.fill()
	first := len(trial) - len(table) - 1
	seen := 0
	for _, pg := range f.pages {
		seen += len(pg.placed) - repeated(pg)
		if seen > first {
			pages++
		}
	}
	end := f.pages[len(f.pages)-1]
	return pages, min(len(end.placed)-repeated(end), len(table)+1) - 1
}

// repeated counts the pieces that stand again at the top of a page.
func repeated(pg page) int {
	if len(pg.placed) == 0 {
		return 0
	}
	for i, it := range pg.placed {
		if len(it.again) > 0 {
			if i == len(it.again) {
				return i
			}
			return 0
		}
	}
	return 0
}
