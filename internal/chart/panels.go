package chart

import (
	"fmt"
	"slices"
	"sort"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
)

// panels makes one small picture for each value of a column: the same series
// in each, over the categories of all, on a common scale.
func (p *plot) panels() {
	x, by := p.table.Index(p.spec.X), p.table.Index(p.spec.By)
	col, place := p.table.Columns[x], map[string]int{}
	var first []int // the row in which each category comes first
	for i, row := range p.rows {
		if key := fmt.Sprint(row[x]); !slices.ContainsFunc(first, func(f int) bool { return fmt.Sprint(p.rows[f][x]) == key }) {
			first = append(first, i)
		}
	}
	if sequential(col) {
		sort.SliceStable(first, func(a, b int) bool { return orderOf(p.rows[first[a]][x]) < orderOf(p.rows[first[b]][x]) })
	}
	for n, row := range first {
		name, label := p.called(col, p.rows[row][x])
		p.extra.Names, p.extra.Labels, p.extra.Notes = append(p.extra.Names, name), append(p.extra.Labels, label), append(p.extra.Notes, "")
		place[fmt.Sprint(p.rows[row][x])] = n
	}
	p.extra.All = len(first)
	for panel, value := range panelsOf(p.table, by) {
		p.extra.Panels = append(p.extra.Panels, clean(p.locale.Cell(p.table.Columns[by], value)))
		for n, name := range p.spec.Y {
			col, y := p.column(name), p.table.Index(name)
			data := make([]any, len(first))
			for _, row := range p.rows {
				if v, ok := finite(row[y]); ok && fmt.Sprint(row[by]) == fmt.Sprint(value) {
					data[place[fmt.Sprint(row[x])]] = v
				}
			}
			s := charts.SingleSeries{Id: name + " " + strconv.Itoa(panel), Name: clean(col.Title), Type: p.kind(), Data: data, XAxisIndex: panel, YAxisIndex: panel}
			spec := seriesSpec{Role: "value", Token: "series" + strconv.Itoa(n%seriesColors+1), Format: formatOf(col), Panel: panel}
			if name == p.spec.Plan {
				s.Type, spec.Role, spec.Token = "line", "plan", "plan"
			}
			if p.spec.Stack && name != p.spec.Plan {
				s.Stack = "all " + strconv.Itoa(panel)
			}
			p.multi, p.extra.Series = append(p.multi, s), append(p.extra.Series, spec)
		}
	}
}
