package chart

import (
	"math"
	"slices"
	"sort"
	"strconv"

	"tongket/internal/report"
)

// part is an area of a treemap: a row, or a group of them.
type part struct {
	name  string
	size  float64
	row   int
	group int
	parts []part
	box   box
}

// treemap draws each row as an area. Rows without a size, or with one of
// nothing, have none, and are counted below.
func (m *marks) treemap() report.SVG {
	width, height := float64(ScreenWidth), 420.0
	if m.chart.Spec.Height > 0 {
		height = float64(m.chart.Spec.Height)
	}
	if m.paper {
		width, height = PaperWidth, math.Round(height*PaperWidth/ScreenWidth)
	}
	parts, left := m.parts()
	top := 0.0
	if m.status >= 0 {
		top = m.legend(m.key(false), width)
	}
	sum := 0.0
	for _, p := range parts {
		sum += p.size
	}
	squarify(parts, box{0, top, width, height})
	for _, p := range parts {
		if m.chart.Spec.Group == "" {
			m.area(p)
			continue
		}
		m.groupOf(p, sum)
	}
	height += top + 4
	if left > 0 {
		height += 4 + m.note(m.locale.Say("chart.treemap.absent", "n", strconv.Itoa(left)), height+2, width)
	}
	return m.svg(width, math.Ceil(height))
}

// parts are the areas from the largest, by their groups where there are any.
func (m *marks) parts() (parts []part, left int) {
	group := m.table.Index(m.chart.Spec.Group)
	index := map[string]int{}
	for row := range m.table.Rows {
		v, ok := m.number(row)
		if !ok || v <= 0 {
			left++
			continue
		}
		p := part{name: m.cell(row, m.x), size: v, row: row}
		if group < 0 {
			parts = append(parts, p)
			continue
		}
		name := m.cell(row, group)
		i, known := index[name]
		if !known {
			i = len(parts)
			index[name] = i
			parts = append(parts, part{name: name, group: i})
		}
		p.group = i
		parts[i].size += v
		parts[i].parts = append(parts[i].parts, p)
	}
	bySize := func(list []part) {
		sort.SliceStable(list, func(a, b int) bool { return list[a].size > list[b].size })
	}
	bySize(parts)
	for _, p := range parts {
		bySize(p.parts)
	}
	return parts, left
}

// groupOf writes a group's name and share above its areas.
func (m *marks) groupOf(p part, sum float64) {
	b := p.box.inset(2)
	const head = 22.0
	inner := b
	if b.h > 2*head && b.w > 60 {
		text := p.name + " · " + m.locale.Percent(p.size/sum, 1)
		if m.measure(text, 12, true) > b.w-6 {
			text = m.cut(p.name, b.w-6, 12, true)
		}
		m.rect(box{b.x, b.y, b.w, 3}, pen{fill: m.groupToken(p.group)})
		m.text(b.x+3, b.y+13, text, font{size: 12, bold: true})
		inner = box{b.x, b.y + head, b.w, b.h - head}
	}
	squarify(p.parts, inner)
	for _, one := range p.parts {
		m.area(one)
	}
}

func (m *marks) groupToken(group int) string { return "series" + strconv.Itoa(group%seriesColors+1) }

// area is one row: its name and value, as far as they have room.
func (m *marks) area(p part) {
	b := p.box.inset(1)
	if b.w <= 0 || b.h <= 0 {
		return
	}
	token, state := m.color(p.row), m.state(p.row)
	if token == "" {
		token = m.groupToken(p.group)
		if m.status >= 0 {
			token = "status.no_report"
		}
	}
	m.mark(m.tell(p.row, m.x), func() {
		m.rect(b, pen{fill: token, opacity: 0.22})
		if state != "" && b.h > 30 {
			m.solid(box{b.x, b.y + b.h - 6, b.w, 6}, token)
		}
		m.rect(b.inset(0.5), pen{stroke: token, width: 1})
		m.words(p, b, state)
	})
}

func (m *marks) words(p part, b box, state string) {
	const size, line = 12.0, 15.0
	room, high := b.w-12, b.h-8
	if state != "" && b.h > 30 {
		high -= 8
	}
	if room < 26 || high < line-2 {
		return
	}
	if state != "" && b.w > 110 && b.h > 50 {
		m.sign(state, b.x+b.w-20, b.y+6, 14)
		room -= 16
	}
	most := int(high / line)
	value := m.write(p.row)
	if col := m.table.Columns[m.value]; col.Unit != "" && col.Format != report.Percent {
		if long := value + " " + clean(col.Unit); m.measure(long, size, false) <= room {
			value = long
		}
	}
	valued := most >= 2 && m.measure(value, size, false) <= b.w-12
	if valued {
		most--
	}
	lines := m.wrap(p.name, room, size, true, min(most, 3))
	if slices.Contains(lines, "") {
		return
	}
	y := b.y + 12
	for _, text := range lines {
		m.text(b.x+6, y, text, font{size: size, bold: true})
		y += line
	}
	if valued {
		m.text(b.x+6, y, value, font{size: size})
	}
}

// squarify lays parts, the largest first, into a box so that they are as near
// to squares as may be (Bruls, Huizing and van Wijk, 2000).
func squarify(parts []part, b box) {
	sum := 0.0
	for _, p := range parts {
		sum += p.size
	}
	for len(parts) > 0 && sum > 0 {
		scale := b.w * b.h / sum
		side := min(b.w, b.h)
		n, row := 1, parts[0].size
		for n < len(parts) && worst(parts[:n+1], row+parts[n].size, side, scale) <= worst(parts[:n], row, side, scale) {
			row += parts[n].size
			n++
		}
		thick := 0.0
		if side > 0 {
			thick = row * scale / side
		}
		along := 0.0
		for i := range parts[:n] {
			length := side * parts[i].size / row
			if b.w >= b.h {
				parts[i].box = box{b.x, b.y + along, thick, length}
			} else {
				parts[i].box = box{b.x + along, b.y, length, thick}
			}
			along += length
		}
		if b.w >= b.h {
			b.x, b.w = b.x+thick, max(b.w-thick, 0)
		} else {
			b.y, b.h = b.y+thick, max(b.h-thick, 0)
		}
		sum -= row
		parts = parts[n:]
	}
}

// worst is the greatest ratio of sides in a row of parts.
func worst(parts []part, sum, side, scale float64) float64 {
	thick := sum * scale / side
	out := 0.0
	for _, p := range parts {
		length := p.size * scale / thick
		out = max(out, thick/length, length/thick)
	}
	return out
}
