package chart

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tongket/internal/report"
)

// sentence says in words what the chart shows: change for a course of time,
// highest and lowest for categories, how the plan was met. Every number is
// computed from the table, in full.
func sentence(c *report.Chart, l *report.Locale) string {
	if !hasValues(c) {
		return l.Say("chart.say.nothing")
	}
	s := &speaker{chart: c, table: &c.Table, locale: l, x: c.Table.Index(c.Spec.X)}
	var parts []string
	switch {
	case c.Spec.Type == "scatter":
		parts = s.cloud()
	case c.Spec.Type == "heatmap":
		parts = append(s.cells(), s.counts())
		return join(s.cutFirst(parts))
	case c.Spec.By != "":
		parts = s.panels()
		return join(s.cutFirst(parts))
	case c.Spec.Type == "treemap":
		parts = append(s.each(s.ranking), s.groups())
	case sequential(s.table.Columns[s.x]):
		parts = s.each(s.change)
	default:
		parts = s.each(s.ranking)
	}
	parts = append(parts, s.plan(), s.forecast(), s.counts(), s.gaps())
	return join(s.cutFirst(parts))
}

// cutFirst says before all else when some rows were left out.
func (s *speaker) cutFirst(parts []string) []string {
	if s.table.Cut == 0 {
		return parts
	}
	n := len(s.table.Rows)
	return append([]string{s.locale.Say("chart.say.cut", "shown", strconv.Itoa(n), "all", strconv.Itoa(n+s.table.Cut))}, parts...)
}

// join makes sentences of phrases: a capital first, a full stop last.
func join(parts []string) string {
	var whole []string
	for _, p := range parts {
		if p == "" {
			continue
		}
		r, size := utf8.DecodeRuneInString(p)
		whole = append(whole, string(unicode.ToUpper(r))+p[size:]+".")
	}
	return strings.Join(whole, " ")
}

type speaker struct {
	chart  *report.Chart
	table  *report.Table
	locale *report.Locale
	x      int
}

// point is one value and the row it stands in.
type point struct {
	row   int
	value float64
}

func (s *speaker) points(column int) []point {
	var points []point
	for i, row := range s.table.Rows {
		if v, ok := finite(row[column]); ok {
			points = append(points, point{i, v})
		}
	}
	return points
}

// mostSaid is how many series are enough for the ear; further ones are named.
const mostSaid = 5

// each says a phrase about every series but the plan, the series' title in
// front when there are several.
func (s *speaker) each(phrase func(column int, points []point) string) []string {
	var parts []string
	var further []string
	several := values(s.chart.Spec) > 1
	for _, name := range s.chart.Spec.Y {
		if !isValue(s.chart.Spec, name) {
			continue
		}
		column := s.table.Index(name)
		points := s.points(column)
		if len(points) == 0 {
			continue
		}
		if len(parts) == mostSaid {
			further = append(further, clean(s.table.Columns[column].Title))
			continue
		}
		text := phrase(column, points)
		if several {
			text = s.locale.Say("chart.say.series", "series", clean(s.table.Columns[column].Title), "text", text)
		}
		parts = append(parts, text)
	}
	if len(further) > 0 {
		parts = append(parts, s.locale.Say("chart.say.further", "list", strings.Join(further, ", ")))
	}
	return parts
}

// name is what a row is called within a sentence: a year is "năm 2014".
func (s *speaker) name(row int) string {
	col, cell := s.table.Columns[s.x], s.table.Rows[row][s.x]
	text := s.locale.Cell(col, cell)
	if col.Format == report.Year {
		text = s.locale.Period(text)
	}
	return clean(text)
}

// write is a value with its unit.
func (s *speaker) write(column int, v float64) string {
	col := s.table.Columns[column]
	text := s.locale.Cell(col, v)
	if col.Unit != "" && col.Format != report.Percent {
		text += " " + clean(col.Unit)
	}
	return text
}

// change compares the first and the last period that have a value, and names
// the peak and the low when they lie between.
func (s *speaker) change(column int, points []point) string {
	first, last := points[0], points[len(points)-1]
	if len(points) == 1 {
		return s.locale.Say("chart.say.one", "name", s.name(first.row), "value", s.write(column, first.value))
	}
	peak, low := highest(points), lowest(points)
	key := "chart.say.same"
	if peak.value > low.value {
		key = "chart.say.back"
	}
	if from, to := s.write(column, first.value), s.write(column, last.value); from != to {
		key = "chart.say.rise"
		if last.value < first.value {
			key = "chart.say.fall"
		}
	}
	text := s.locale.Say(key,
		"from", s.write(column, first.value), "start", s.name(first.row),
		"to", s.write(column, last.value), "end", s.name(last.row))
	if peak.value > max(first.value, last.value) {
		text += s.locale.Say("chart.say.peak", "value", s.write(column, peak.value), "name", s.name(peak.row))
	}
	if low.value < min(first.value, last.value) {
		text += s.locale.Say("chart.say.low", "value", s.write(column, low.value), "name", s.name(low.row))
	}
	return text
}

func highest(points []point) point {
	top := points[0]
	for _, p := range points {
		if p.value > top.value {
			top = p
		}
	}
	return top
}

func lowest(points []point) point {
	low := points[0]
	for _, p := range points {
		if p.value < low.value {
			low = p
		}
	}
	return low
}

// ranking names the highest and the lowest category, with the total where the
// column may be summed and the mean where it may not, but for shares.
func (s *speaker) ranking(column int, points []point) string {
	top, low := highest(points), lowest(points)
	if len(points) == 1 {
		return s.locale.Say("chart.say.one", "name", s.name(top.row), "value", s.write(column, top.value))
	}
	if top.value == low.value {
		return s.locale.Say("chart.say.equal", "n", strconv.Itoa(len(points)), "value", s.write(column, top.value))
	}
	sum := 0.0
	for _, p := range points {
		sum += p.value
	}
	key, whole := "chart.say.range_mean", sum/float64(len(points))
	switch {
	case s.table.Columns[column].Total:
		key, whole = "chart.say.range_total", sum
	case s.table.Columns[column].Format == report.Percent:
		key = "chart.say.range" // a mean of shares is not the share of the whole
	}
	return s.locale.Say(key,
		"top", s.names(points, top.value), "topvalue", s.write(column, top.value),
		"low", s.names(points, low.value), "lowvalue", s.write(column, low.value),
		"whole", s.write(column, whole))
}

// names lists the rows that share a value: three by name, more by their number.
func (s *speaker) names(points []point, value float64) string {
	var rows []int
	for _, p := range points {
		if p.value == value {
			rows = append(rows, p.row)
		}
	}
	switch len(rows) {
	case 1:
		return s.name(rows[0])
	case 2:
		return s.locale.Say("chart.say.and", "a", s.name(rows[0]), "b", s.name(rows[1]))
	case 3:
		return s.locale.Say("chart.say.and", "a", s.name(rows[0])+", "+s.name(rows[1]), "b", s.name(rows[2]))
	}
	return s.locale.Say("chart.say.more", "a", s.name(rows[0]), "n", strconv.Itoa(len(rows)-1))
}

// plan says how much of it was met: in the last period, or over all
// categories when both columns may be summed.
func (s *speaker) plan() string {
	if s.chart.Spec.Plan == "" {
		return ""
	}
	plan := s.table.Index(s.chart.Spec.Plan)
	actual := -1
	for _, name := range s.chart.Spec.Y {
		if isValue(s.chart.Spec, name) && actual < 0 {
			actual = s.table.Index(name)
		}
	}
	if actual < 0 {
		return ""
	}
	var sumActual, sumPlan float64
	last, both, met := -1, 0, 0
	for i, row := range s.table.Rows {
		a, okA := finite(row[actual])
		p, okP := finite(row[plan])
		if !okA || !okP {
			continue
		}
		last = i
		both++
		if a >= p {
			met++
		}
		sumActual, sumPlan = sumActual+a, sumPlan+p
	}
	switch {
	case both == 0:
		return ""
	case sequential(s.table.Columns[s.x]):
		a, _ := finite(s.table.Rows[last][actual])
		p, _ := finite(s.table.Rows[last][plan])
		if p <= 0 {
			return ""
		}
		return s.locale.Say("chart.say.plan_last", "name", s.name(last), "share", s.locale.Percent(a/p, 1))
	}
	count := s.locale.Say("chart.say.plan_count", "n", strconv.Itoa(met), "all", strconv.Itoa(both))
	if s.table.Columns[actual].Total && s.table.Columns[plan].Total && sumPlan > 0 {
		return s.locale.Say("chart.say.plan_total", "share", s.locale.Percent(sumActual/sumPlan, 1), "count", count)
	}
	return count
}

// forecast says what the line comes to, and when.
func (s *speaker) forecast() string {
	column := s.table.Index(s.chart.Spec.Forecast)
	if s.chart.Spec.Forecast == "" || column < 0 {
		return ""
	}
	points := s.points(column)
	if len(points) < 2 {
		return ""
	}
	last := points[len(points)-1]
	return s.locale.Say("chart.say.forecast", "value", s.write(column, last.value), "name", s.name(last.row))
}

// counts says how many rows stand in each status.
func (s *speaker) counts() string {
	column := s.table.Index(s.chart.Spec.Color)
	if s.chart.Spec.Color == "" || column < 0 {
		return ""
	}
	count, silent := map[string]int{}, 0
	for _, row := range s.table.Rows {
		key := textAt(row, column)
		if key == "" && drawnHere[s.chart.Spec.Type] != nil {
			silent++ // it is drawn as what has no figure
			continue
		}
		count[tokenStatus(key)]++
	}
	var parts []string
	for _, status := range report.Statuses {
		if count[status] > 0 {
			parts = append(parts, lower(s.locale.Cell(s.table.Columns[column], status))+" "+strconv.Itoa(count[status]))
		}
	}
	if silent > 0 && len(s.chart.Spec.Y) == 0 { // else gaps tell
		parts = append(parts, lower(s.locale.Say("chart.legend.missing"))+" "+strconv.Itoa(silent))
	}
	return s.locale.Say("chart.say.status", "list", strings.Join(parts, ", "))
}

func lower(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[size:]
}

// mostNamed is how many periods without a value are called by name.
const mostNamed = 3

// gaps says which rows have no value in the first series: periods by name,
// as long as they are few, categories by their number.
func (s *speaker) gaps() string {
	column := -1
	for _, name := range s.chart.Spec.Y {
		if isValue(s.chart.Spec, name) && column < 0 {
			column = s.table.Index(name)
		}
	}
	if column < 0 {
		return ""
	}
	var names []string
	ahead := s.table.Index(s.chart.Spec.Forecast)
	for i, row := range s.table.Rows {
		if ahead >= 0 {
			if _, ok := finite(row[ahead]); ok {
				continue // not yet
			}
		}
		if _, ok := finite(row[column]); !ok {
			names = append(names, s.name(i))
		}
	}
	switch n := len(names); {
	case n == 0:
		return ""
	case !sequential(s.table.Columns[s.x]):
		return s.locale.Say("chart.say.missing", "n", strconv.Itoa(n))
	case n > mostNamed:
		return s.locale.Say("chart.say.missing_periods_more", "list", strings.Join(names[:mostNamed], ", "), "n", strconv.Itoa(n-mostNamed))
	}
	return s.locale.Say("chart.say.missing_periods", "list", strings.Join(names, ", "))
}

// cloud gives the span of both axes of a scatter chart, over the points that
// have both values.
func (s *speaker) cloud() []string {
	return s.each(func(column int, _ []point) string {
		n := 0
		x1, x2, y1, y2 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
		for _, row := range s.table.Rows {
			x, okX := finite(row[s.x])
			y, okY := finite(row[column])
			if !okX || !okY {
				continue
			}
			n++
			x1, x2, y1, y2 = min(x1, x), max(x2, x), min(y1, y), max(y2, y)
		}
		if n == 0 {
			return s.locale.Say("chart.say.nothing_short")
		}
		return s.locale.Say("chart.say.cloud", "n", strconv.Itoa(n),
			"x", inText(s.table.Columns[s.x].Title), "xs", s.span(s.x, x1, x2),
			"y", inText(s.table.Columns[column].Title), "ys", s.span(column, y1, y2))
	})
}

// span tells from where to where the figures of a column reach; a single point
// reaches nowhere.
func (s *speaker) span(column int, from, to float64) string {
	first, last := s.write(column, from), s.write(column, to)
	if first == last {
		return s.locale.Say("chart.say.at", "value", first)
	}
	return s.locale.Say("chart.say.span", "from", first, "to", last)
}

// inText is a title within a sentence; an abbreviation ("GRDP") stays.
func inText(title string) string {
	title = clean(title)
	_, size := utf8.DecodeRuneInString(title)
	if second, _ := utf8.DecodeRuneInString(title[size:]); unicode.IsUpper(second) {
		return title
	}
	return lower(title)
}
