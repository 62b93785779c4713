package chart

import (
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"tongket/internal/report"
)

// heatmap draws a table of coloured cells: one row for each value of y, one
// column for each of x. A cell without a value is drawn as such.
func (m *marks) heatmap() report.SVG {
	g := m.gridOf()
	if most := map[bool]int{false: 400, true: 60}[m.paper]; len(g.rows) > most {
		g.cut, g.rows = len(g.rows), g.rows[:most]
	}
	g.place(m)
	top := m.legend(m.key(g.missing), m.legendRoom(max(g.width, 380)))
	g.head(m, top)
	top += g.headHeight
	for i, name := range g.rows {
		y := top + float64(i)*g.h
		m.rowName(g, name, y)
		for k := range g.columns {
			m.heatCell(g, name, k, box{g.label + float64(k)*g.w, y, g.w, g.h}.inset(1))
		}
	}
	height := top + float64(len(g.rows))*g.h + 4
	if g.cut > 0 {
		height += 6 + m.note(m.locale.Say("chart.cut", "shown", strconv.Itoa(len(g.rows)), "all", strconv.Itoa(g.cut)), height+4, g.width)
	}
	return m.svg(math.Ceil(max(g.width, 380)), math.Ceil(height))
}

// grid is a heat map's rows and columns, and where they stand.
type grid struct {
	y          int      // the table's column of the rows
	rows       []string // their names, in the table's order
	first      map[string]int
	columns    []heatColumn
	cells      map[[2]string]int // row of the table by name and column
	missing    bool
	cut        int // rows there were before some were left out
	label      float64
	w, h       float64 // of a cell
	headHeight float64
	width      float64
	size       float64 // of the values; 0: they have no room
}

type heatColumn struct {
	key         string
	name, short string
	order       float64
}

func (m *marks) gridOf() *grid {
	g := &grid{y: m.table.Index(m.chart.Spec.Y[0]), first: map[string]int{}, cells: map[[2]string]int{}}
	for i, row := range m.table.Rows {
		name, key := m.cell(i, g.y), m.cell(i, m.x)
		if _, known := g.first[name]; !known {
			g.first[name] = i
			g.rows = append(g.rows, name)
		}
		if !slices.ContainsFunc(g.columns, func(c heatColumn) bool { return c.key == key }) {
			c := heatColumn{key: key, name: key, short: key, order: orderOf(row[m.x])}
			if p, ok := row[m.x].(string); ok && m.table.Columns[m.x].Format == report.Period {
				c.short = clean(m.locale.PeriodShort(p))
			}
			g.columns = append(g.columns, c)
		}
		g.cells[[2]string{name, key}] = i
	}
	if sequential(m.table.Columns[m.x]) {
		sort.SliceStable(g.columns, func(a, b int) bool { return g.columns[a].order < g.columns[b].order })
	}
	for _, name := range g.rows {
		for _, c := range g.columns {
			row, ok := g.cells[[2]string{name, c.key}]
			g.missing = g.missing || !ok || m.color(row) == ""
		}
	}
	return g
}

// orderOf is where a period, a year or a day stands in time: months by their
// end.
func orderOf(cell any) float64 {
	switch x := cell.(type) {
	case time.Time:
		return float64(x.Unix())
	case string:
		year, part, _ := strings.Cut(x, "-")
		y, _ := strconv.Atoi(year)
		n, _ := strconv.Atoi(strings.Trim(part, "QHM"))
		switch {
		case part == "":
			n = 12
		case part[0] == 'Q':
			n *= 3
		case part[0] == 'H':
			n *= 6
		}
		return float64(12*y + n)
	}
	v, _ := finite(cell)
	return v
}

// place finds the sizes. On a page a cell is as wide as its value, and what is
// wider than the page scrolls; on paper all has to fit.
func (g *grid) place(m *marks) {
	const name = 12.0
	most := map[bool]float64{false: 210, true: 170}[m.paper]
	for _, row := range g.rows {
		g.label = max(g.label, min(m.measure(row, name, false), most))
	}
	g.label = math.Ceil(g.label) + 10
	n, widest := float64(max(len(g.columns), 1)), 0.0
	g.size = 11
	for row := range m.table.Rows {
		widest = max(widest, m.measure(m.short(row), g.size, false))
	}
	g.h, g.w = 27, min(max(widest+10, 34), 92)
	if widest == 0 {
		g.w = 34
	}
	if len(g.columns) > 60 {
		g.w = 14
	}
	page := float64(ScreenWidth)
	if m.paper {
		page, g.h = PaperWidth, 21
		g.w = (page - g.label) / n
	}
	g.w = max(g.w, min((page-g.label)/n, 64))
	if m.paper {
		g.w = min(g.w, 64)
	}
	if widest+4 > g.w && m.paper {
		g.size = math.Floor(g.size*(g.w-3)/max(widest, 1)*2) / 2
	}
	if g.size < 6.5 || !m.paper && widest+4 > g.w {
		g.size = 0
	}
	g.width = g.label + n*g.w
}

// short is what a cell has room for: the value without its unit.
func (m *marks) short(row int) string {
	if _, ok := m.number(row); !ok {
		return ""
	}
	return m.write(row)
}

// head writes the columns' names; "IV/2021" becomes IV under 2021.
func (g *grid) head(m *marks, y float64) {
	const size = 11.0
	two := len(g.columns) > 0
	for _, c := range g.columns {
		if part, year, ok := strings.Cut(c.short, "/"); !ok || part == "" || year == "" {
			two = false
		}
	}
	g.headHeight = 22
	if !two {
		for k, c := range g.columns {
			text := m.cut(c.short, g.w-2, size, false)
			m.text(g.label+(float64(k)+0.5)*g.w, y+11, text, font{size: size, anchor: "middle"})
		}
		return
	}
	g.headHeight = 38
	for k := 0; k < len(g.columns); {
		_, year, _ := strings.Cut(g.columns[k].short, "/")
		n := k
		for n < len(g.columns) && strings.HasSuffix(g.columns[n].short, "/"+year) {
			part, _, _ := strings.Cut(g.columns[n].short, "/")
			m.text(g.label+(float64(n)+0.5)*g.w, y+28, m.cut(part, g.w, size, false), font{size: size, anchor: "middle"})
			n++
		}
		left, right := g.label+float64(k)*g.w+1, g.label+float64(n)*g.w-1
		m.text((left+right)/2, y+9, m.cut(year, right-left, size, true), font{size: size, bold: true, anchor: "middle"})
		m.path("M"+at(left)+" "+at(y+18)+"H"+at(right), pen{stroke: "axis", width: 1})
		k = n
	}
}

func (m *marks) rowName(g *grid, name string, y float64) {
	row := g.first[name]
	t := told{row: row, text: name, link: m.linked >= 0 && textAt(m.table.Rows[row], m.linked) != ""}
	text := name
	if cut := m.cut(name, g.label-10, 12, false); cut != "" {
		text = cut
	}
	m.mark(t, func() { m.text(g.label-8, y+g.h/2, text, font{size: 12, anchor: "end"}) })
}

func (m *marks) heatCell(g *grid, name string, k int, b box) {
	c := g.columns[k]
	row, ok := g.cells[[2]string{name, c.key}]
	token := ""
	if ok {
		token = m.color(row)
	}
	if token == "" {
		text := name + ", " + c.name + ": " + m.locale.Say("chart.say.nothing_short")
		m.mark(told{row: g.first[name], text: text}, func() { m.gap(b) })
		return
	}
	t := m.tell(row, g.y, m.x)
	t.link = false // its row's name leads to the page; hundreds of stops would be in the way
	m.mark(t, func() {
		f := font{size: g.size, anchor: "middle"}
		middle := b.y + b.h/2
		if state := m.state(row); state != "" {
			m.rect(b, pen{fill: token, opacity: 0.26})
			m.solid(box{b.x, b.y + b.h - 5, b.w, 5}, token)
			middle -= 2
			if m.short(row) == "" || g.size == 0 {
				if b.w >= 14 {
					m.sign(state, b.x+b.w/2-6, middle-6, 12)
				}
				return
			}
		} else {
			m.rect(b, pen{fill: token})
			f.color = onStep(token)
		}
		if g.size > 0 {
			m.text(b.x+b.w/2, middle, m.short(row), f)
		}
	})
}
