package chart

import (
	"fmt"
	"math"
	"strings"

	"tongket/internal/report"
)

const tileGap = 6.0

// places draws a map: boundaries where there are any, else one tile a place.
func (m *marks) places() report.SVG {
	if m.chart.Spec.Shapes != nil {
		return m.shapes()
	}
	return m.tiles()
}

// tiles sets every place on its column and row. The picture is as wide as its
// tiles, up to that of a sheet.
func (m *marks) tiles() report.SVG {
	gx, gy := m.table.Index(m.chart.Spec.GridX), m.table.Index(m.chart.Spec.GridY)
	left, top := math.MaxInt, math.MaxInt
	right, bottom := math.MinInt, math.MinInt
	var absent []string
	missing := false
	for row := range m.table.Rows {
		x, y, ok := gridPlace(m.table.Rows[row], gx, gy)
		if !ok {
			absent = append(absent, m.cell(row, m.x))
			continue
		}
		missing = missing || m.color(row) == ""
		left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
	}
	columns := float64(max(right-left, 0) + 1)
	most := float64(ScreenWidth)
	if m.paper {
		most = PaperWidth
	}
	w := min(100, (most-(columns-1)*tileGap)/columns)
	if !m.paper {
		w = max(w, 88) // narrower ones hold no name; the box scrolls
	}
	const h = 74.0
	width := max(columns*(w+tileGap)-tileGap, 420)
	y0 := m.legend(m.key(missing), width)
	for row := range m.table.Rows {
		x, y, ok := gridPlace(m.table.Rows[row], gx, gy)
		if !ok {
			continue
		}
		b := box{float64(x-left) * (w + tileGap), y0 + float64(y-top)*(h+tileGap), w, h}
		m.mark(m.tell(row, m.x), func() { m.tile(b, row, m.cell(row, m.x)) })
	}
	height := y0
	if bottom >= top {
		height += float64(bottom-top+1)*(h+tileGap) - tileGap
	}
	height += 10
	height += m.note(m.locale.Say("chart.map.tiles"), height, width)
	height += m.absentNote(absent, height, width)
	return m.svg(width, math.Ceil(height))
}

// absentNote names the rows that the map has no place for.
func (m *marks) absentNote(names []string, y, width float64) float64 {
	if len(names) == 0 {
		return 0
	}
	const most = 6
	list := strings.Join(names[:min(len(names), most)], ", ")
	if len(names) > most {
		list = m.locale.Say("chart.say.more", "a", list, "n", fmt.Sprint(len(names)-most))
	}
	return m.note(m.locale.Say("chart.map.absent", "list", list), y, width)
}

// gridPlace is where a row stands on the grid.
func gridPlace(row []any, gx, gy int) (x, y int, ok bool) {
	fx, okX := finite(row[gx])
	fy, okY := finite(row[gy])
	if !okX || !okY || fx != math.Trunc(fx) || math.Abs(fx) > mostGrid {
		return 0, 0, false
	}
	return int(fx), int(fy), fy == math.Trunc(fy) && math.Abs(fy) <= mostGrid
}

// mostGrid is the farthest column or row of a grid.
const mostGrid = 100
