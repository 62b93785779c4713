package chart

import (
	"math"
	"slices"
	"strings"

	"tongket/internal/report"
)

// drawn lists the types that are drawn here, without the engine: they have no
// axes of numbers, and their marks lead to pages.
var drawnHere = map[string]func(*marks) report.SVG{"map": (*marks).places, "heatmap": (*marks).heatmap, "treemap": (*marks).treemap}

// marks draws the rows of a chart as marks on a canvas.
type marks struct {
	canvas
	chart  *report.Chart
	table  *report.Table
	locale *report.Locale
	x      int // the column of the names
	value  int // the column of the numbers; -1: none
	status int // the column of the statuses; -1: none
	linked int // the column of the pages; -1: none
	steps  *steps
}

func (r *Renderer) marks(c *report.Chart, t *theme) *marks {
	m := &marks{canvas: canvas{theme: t}, chart: c, table: &c.Table, locale: r.locale, x: c.Table.Index(c.Spec.X), value: -1, status: -1, linked: -1}
	if value := shownBy(c.Spec); value != "" {
		m.value = c.Table.Index(value)
	}
	if c.Spec.Color != "" {
		m.status = c.Table.Index(c.Spec.Color)
	}
	if m.value >= 0 && c.Table.Columns[m.value].Format == report.Status {
		m.status, m.value = m.value, -1
	}
	for _, col := range c.Table.Columns {
		if col.Link != "" && m.linked < 0 {
			m.linked = c.Table.Index(col.Link)
		}
	}
	if m.value >= 0 && m.status < 0 && c.Spec.Type != "treemap" {
		m.steps = newSteps(m.table, m.value)
	}
	return m
}

// shownBy is the column whose values the marks show; empty for none.
func shownBy(spec report.ChartSpec) string {
	switch {
	case spec.Type == "heatmap":
		return spec.Value
	case len(spec.Y) > 0:
		return spec.Y[0]
	}
	return ""
}

// number is the value of a row.
func (m *marks) number(row int) (float64, bool) {
	if m.value < 0 {
		return 0, false
	}
	return finite(m.table.Rows[row][m.value])
}

// state is the status of a row as the palette knows it; empty for none.
func (m *marks) state(row int) string {
	if m.status < 0 {
		return ""
	}
	if key := textAt(m.table.Rows[row], m.status); key != "" {
		return tokenStatus(key)
	}
	return ""
}

// color is the token of a row's mark; empty when there is nothing to show.
func (m *marks) color(row int) string {
	if m.status >= 0 {
		if state := m.state(row); state != "" {
			return "status." + state
		}
		return ""
	}
	v, ok := m.number(row)
	if !ok || m.steps == nil {
		return ""
	}
	return stepToken(m.steps.of(v))
}

func (m *marks) cell(row, column int) string {
	return clean(m.locale.Cell(m.table.Columns[column], m.table.Rows[row][column]))
}

// write is a row's value with its unit, as it stands in a mark.
func (m *marks) write(row int) string {
	if m.value < 0 {
		return ""
	}
	return m.cell(row, m.value)
}

// tell is all that a row says: its names, its value, its status.
func (m *marks) tell(row int, names ...int) told {
	var said []string
	for _, column := range names {
		said = append(said, m.cell(row, column))
	}
	text := strings.Join(said, ", ")
	var facts []string
	if m.value >= 0 {
		col := m.table.Columns[m.value]
		fact := clean(col.Title) + " " + m.write(row)
		if _, ok := m.number(row); ok && col.Unit != "" && col.Format != report.Percent {
			fact += " " + clean(col.Unit)
		}
		facts = append(facts, fact)
	}
	if m.status >= 0 {
		facts = append(facts, m.cell(row, m.status))
	}
	t := told{row: row, text: text + ": " + strings.Join(facts, "; ")}
	t.link = m.linked >= 0 && textAt(m.table.Rows[row], m.linked) != ""
	return t
}

// key explains the colours that the rows have: statuses from best to worst,
// or steps of the scale, and what is missing.
func (m *marks) key(missing bool) []legendItem {
	var items []legendItem
	switch {
	case m.status >= 0:
		col := m.table.Columns[m.status]
		for _, status := range report.Statuses {
			n := 0
			for row := range m.table.Rows {
				if m.state(row) == status {
					n++
				}
			}
			if n == 0 {
				continue
			}
			items = append(items, legendItem{clean(m.locale.Cell(col, status)), 38, func(c *canvas, b box) {
				c.solid(box{b.x, b.y, 18, b.h}, "status."+status)
				c.sign(status, b.x+23, b.y-1, 14)
			}})
		}
	case m.steps != nil:
		for i := range m.steps.count() {
			items = append(items, legendItem{m.steps.name(i, m.locale), 18, func(c *canvas, b box) {
				c.rect(b, pen{fill: stepToken(i), stroke: "axis", width: 0.5})
			}})
		}
	}
	if missing {
		items = append(items, legendItem{m.locale.Say("chart.legend.missing"), 18, (*canvas).gap})
	}
	return items
}

// tile is a mark with words: a tint, a band in the full colour at its foot, a
// sign, so that it is read without its colour.
func (m *marks) tile(b box, row int, name string) {
	const size = 14.0
	token, state := m.color(row), m.state(row)
	ink := "text"
	switch {
	case token == "":
		m.gap(b)
		m.rect(b.inset(0.5), pen{stroke: "axis", width: 1, dash: "3 2"})
	case state != "":
		m.rect(b, pen{fill: token, opacity: 0.2})
		m.solid(box{b.x, b.y + b.h - 7, b.w, 7}, token)
		m.rect(b.inset(0.5), pen{stroke: token, width: 1})
		m.sign(state, b.x+b.w-22, b.y+7, 15)
	default:
		m.rect(b, pen{fill: token})
		m.rect(b.inset(0.5), pen{stroke: "axis", width: 0.6})
		ink = onStep(token)
	}
	room := b.w - 14
	lines := m.wrap(name, room-14, size, true, 2)
	y := b.y + 16
	for _, line := range lines {
		m.plate(line, b.x+7, y, font{size: size, bold: true, color: ink}, token == "")
		y += 16
	}
	value := m.write(row)
	if value == "" || value == report.Missing && m.status >= 0 {
		value = ""
		if m.status >= 0 {
			value = m.cell(row, m.status)
		}
	}
	m.plate(m.cut(value, room, size, false), b.x+7, max(y+2, b.y+b.h-18), font{size: size, color: ink}, token == "")
}

// plate is a text that stands on something of its own where what is below it
// has lines.
func (m *marks) plate(text string, x, y float64, f font, lined bool) {
	if lined && text != "" {
		w := m.measure(text, f.size, f.bold)
		left := map[string]float64{"middle": x - w/2, "end": x - w}[f.anchor]
		if f.anchor == "" || f.anchor == "start" {
			left = x
		}
		m.rect(box{left - 2, y - f.size*0.62, w + 4, f.size * 1.24}, pen{fill: "surface", opacity: 0.88})
	}
	m.text(x, y, text, f)
}

// note writes a remark below the picture, over as many lines as it needs, and
// returns the height it takes.
func (m *marks) note(text string, y, width float64) float64 {
	const size = 12.0
	lines := m.wrap(text, width, size, false, 4)
	for i, line := range lines {
		m.text(0, y+float64(i)*15+8, line, font{size: size})
	}
	return float64(len(lines))*15 + 4
}

// steps is a scale of five colours, from least to most.
type steps struct {
	column report.Column
	bounds []float64 // of the steps from below, and the end of the last
	high   bool      // some value lies above the last
}

const mostSteps = 5

func newSteps(t *report.Table, column int) *steps {
	s := &steps{column: t.Columns[column]}
	low, high := math.Inf(1), math.Inf(-1)
	for _, row := range t.Rows {
		if v, ok := finite(row[column]); ok {
			low, high = min(low, v), max(high, v)
		}
	}
	if low > high {
		return s
	}
	if s.column.Format == report.Percent && low >= 0 && high > 0.25 {
		s.bounds, s.high = []float64{0, 0.2, 0.4, 0.6, 0.8, 1}, high > 1
		return s
	}
	if low > 0 && low < high/2 {
		low = 0
	}
	size := roundUp((high - low) / mostSteps)
	for v := math.Floor(low/size) * size; len(s.bounds) <= mostSteps; v += size {
		s.bounds = append(s.bounds, v)
		if len(s.bounds) > 1 && v >= high {
			break
		}
	}
	s.high = high > s.bounds[len(s.bounds)-1]
	return s
}

// roundUp is the next of 1, 2, 2.5, 5 and 10 times a power of ten.
func roundUp(v float64) float64 {
	if !(v > 0) {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, lead := range []float64{1, 2, 2.5, 5} {
		if v <= lead*power*(1+1e-9) {
			return lead * power
		}
	}
	return 10 * power
}

func (s *steps) count() int { return max(len(s.bounds)-1, 0) }

// of is the step of a value.
func (s *steps) of(v float64) int {
	i, found := slices.BinarySearch(s.bounds, v)
	if !found {
		i--
	}
	return max(0, min(i, s.count()-1))
}

// name is what a step holds, in words: "20–40%". The last has all above it.
func (s *steps) name(i int, l *report.Locale) string {
	write := func(v float64) string {
		c := s.column
		c.Decimals = decimalsOf(s.bounds, c.Format == report.Percent)
		if c.Format == report.Integer {
			c.Format = report.Number
		}
		return l.Cell(c, v)
	}
	unit := clean(s.column.Unit)
	if s.column.Format == report.Percent {
		unit = ""
	}
	if unit != "" {
		unit = " " + unit
	}
	if s.high && i == s.count()-1 {
		return l.Say("chart.legend.from", "from", write(s.bounds[i])+unit)
	}
	return l.Say("chart.legend.range", "from", strings.TrimSuffix(write(s.bounds[i]), "%"), "to", write(s.bounds[i+1])+unit)
}

// decimalsOf is how many decimals tell bounds apart.
func decimalsOf(bounds []float64, percent bool) int {
	scale := 1.0
	if percent {
		scale = 100
	}
	for n := range 6 {
		whole := func(v float64) bool {
			v *= scale * math.Pow(10, float64(n))
			return math.Abs(v-math.Round(v)) < 1e-6
		}
		if !slices.ContainsFunc(bounds, func(v float64) bool { return !whole(v) }) {
			return n
		}
	}
	return 6
}

func stepToken(i int) string { return "step" + string(rune('1'+i)) }

// onStep is the ink that is read on a step of the scale.
func onStep(token string) string {
	if token == "step4" || token == "step5" {
		return "surface"
	}
	return "text"
}
