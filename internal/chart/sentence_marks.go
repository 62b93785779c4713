package chart

import (
	"fmt"
	"strconv"

	"tongket/internal/report"
)

// cells speaks of a heat map: the highest and the lowest row in the last
// column, and how many cells have no value.
func (s *speaker) cells() []string {
	m := &marks{table: s.table, locale: s.locale, chart: s.chart, x: s.x, value: -1, status: -1}
	value := s.table.Index(s.chart.Spec.Value)
	if s.table.Columns[value].Format == report.Status {
		m.status = value
	} else {
		m.value = value
	}
	g := m.gridOf()
	filled, last := 0, -1
	for k, c := range g.columns {
		for _, name := range g.rows {
			row, ok := g.cells[[2]string{name, c.key}]
			if ok && s.table.Rows[row][value] != nil {
				filled++
				last = k
			}
		}
	}
	var parts []string
	if last >= 0 && m.value >= 0 {
		var points []point
		for _, name := range g.rows {
			if row, ok := g.cells[[2]string{name, g.columns[last].key}]; ok {
				if v, ok := finite(s.table.Rows[row][value]); ok {
					points = append(points, point{row, v})
				}
			}
		}
		named := *s
		named.x = g.y
		parts = append(parts, s.locale.Say("chart.say.series", "series", g.columns[last].name, "text", named.ranking(value, points)))
	}
	if all := len(g.rows) * len(g.columns); filled < all {
		parts = append(parts, s.locale.Say("chart.say.cells_missing", "n", strconv.Itoa(all-filled), "all", strconv.Itoa(all)))
	}
	if m.status >= 0 {
		named := *s
		named.chart = &report.Chart{Spec: report.ChartSpec{Type: "heatmap", Y: s.chart.Spec.Y, Color: s.chart.Spec.Value}}
		parts = append(parts, named.counts())
	}
	return parts
}

// groups names the largest group of a treemap and its share.
func (s *speaker) groups() string {
	group := s.table.Index(s.chart.Spec.Group)
	if group < 0 {
		return ""
	}
	value := s.table.Index(s.chart.Spec.Y[0])
	sums, total := map[string]float64{}, 0.0
	top := ""
	for _, row := range s.table.Rows {
		if v, ok := finite(row[value]); ok && v > 0 {
			name := clean(s.locale.Cell(s.table.Columns[group], row[group]))
			sums[name] += v
			total += v
			if top == "" || sums[name] > sums[top] {
				top = name
			}
		}
	}
	if total == 0 {
		return ""
	}
	return s.locale.Say("chart.say.group", "group", top, "share", s.locale.Percent(sums[top]/total, 1))
}

// panels compares small pictures by where their first series has come to.
func (s *speaker) panels() []string {
	by := s.table.Index(s.chart.Spec.By)
	column := -1
	for _, name := range s.chart.Spec.Y {
		if isValue(s.chart.Spec, name) && column < 0 {
			column = s.table.Index(name)
		}
	}
	var last []point
	for _, value := range panelsOf(s.table, by) {
		found := point{row: -1}
		for i, row := range s.table.Rows {
			if v, ok := finite(row[column]); ok && fmt.Sprint(row[by]) == fmt.Sprint(value) {
				found = point{i, v}
			}
		}
		if found.row >= 0 {
			last = append(last, found)
		}
	}
	if len(last) == 0 {
		return nil
	}
	named := *s
	named.x = by
	title := clean(s.table.Columns[column].Title)
	if sequential(s.table.Columns[s.x]) {
		title = s.locale.Say("chart.say.latest", "title", title)
	}
	return []string{s.locale.Say("chart.say.series", "series", title, "text", named.ranking(column, last))}
}
