package decree

// Part is a table, or some of its columns, fitted to a width.
type Part struct {
	Columns []int     // of the grid
	Widths  []float64 // mm
	Size    float64   // pt
}

// smallest is the size below which no table is set, in pt.
const smallest = 9.0

// Fit sets all columns as large as they go into a width, in mm; false if 9 pt
// is still too large.
func (g *Grid) Fit(width float64) (Part, bool) {
	all := make([]int, len(g.Columns))
	for i := range all {
		all[i] = i
	}
	for size := 12.0; size >= smallest; size -= 0.5 {
		if g.need(all, size) <= width {
			return Part{all, g.Spread(all, size, width), size}, true
		}
	}
	return Part{}, false
}

func (g *Grid) need(columns []int, size float64) (w float64) {
	for _, c := range columns {
		w += g.Columns[c].least*size + 2*Pad
	}
	return w
}

// Cut divides a table by columns at 9 pt; each part begins with the running
// number and the first text column.
func (g *Grid) Cut(width float64) []Part {
	var first []int
	if g.Columns[0].Index < 0 {
		first = append(first, 0)
	}
	for i, c := range g.Columns {
		if c.Index >= 0 && c.Align == Left {
			first = append(first, i)
			break
		}
	}
	repeated := map[int]bool{}
	for _, c := range first {
		repeated[c] = true
	}
	var parts []Part
	open := append([]int(nil), first...)
	end := func() {
		widths := g.Spread(open, smallest, width)
		squeeze(widths, width)
		parts = append(parts, Part{open, widths, smallest})
		open = append([]int(nil), first...)
	}
	for i, c := range g.Columns {
		if repeated[i] {
			continue
		}
		if len(open) > len(first) && g.need(open, smallest)+c.least*smallest+2*Pad > width {
			end()
		}
		open = append(open, i)
	}
	if len(open) > len(first) || len(parts) == 0 {
		end()
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

// How many rows of data a small table has that stays on one page, and one that
// does if its rows are low.
const (
	Few     = 3
	Several = 6
)

// Held tells which rows stay on the page of the next one: all of a table of no
// more rows of data than whole; a longer one may begin near the foot of a page
// with two rows, and ends with two, a long one with four. The last stays with
// the small print below the table.
func (g *Grid) Held(whole int) []bool {
	held, data := make([]bool, len(g.Rows)), 0
	for _, r := range g.Rows {
		if r.Kind == Data {
			data++
		}
	}
	for i, seen := 0, 0; i+1 < len(g.Rows); i++ {
		if g.Rows[i].Kind == Data {
			seen++
		}
		held[i] = seen < 2 || data <= whole || g.Rows[i].Kind == Group || g.Rows[i+1].Kind.Sums()
	}
	least := 2
	if data >= 4*Few {
		least = Few + 1
	}
	for i, seen := len(g.Rows)-1, 0; i >= 0 && seen < least; i-- {
		if g.Rows[i].Kind == Data {
			seen++
		}
		held[i] = true
	}
	return held
}
