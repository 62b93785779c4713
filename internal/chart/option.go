package chart

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"tongket/internal/report"
)

// seriesColors is how many series colours the palette has.
const seriesColors = 8

// mostRows is how many rows an option carries: more than any screen shows.
const mostRows = 1000

// longest is how many characters of a name a chart carries.
const longest = 200

// format is a column's format as the scripts read it.
type format struct {
	Kind     report.Format `json:"kind"`
	Decimals int           `json:"decimals"`
	Unit     string        `json:"unit"`
}

type seriesSpec struct {
	Role   string `json:"role"`  // "value", "plan", "status"
	Token  string `json:"token"` // colour: "series1", "plan", "status.done"
	Format format `json:"format"`
	Panel  int    `json:"panel"` // the small picture it stands in
}

// extra is what stands in the option under "tongket": what layout and words
// need besides ECharts' own keys. src/chart/spec.ts is the same in TypeScript.
type extra struct {
	Kind       string            `json:"kind"`
	Horizontal bool              `json:"horizontal"`
	Stack      bool              `json:"stack"`
	Sequence   bool              `json:"sequence"`
	Bullet     bool              `json:"bullet"`
	Panels     []string          `json:"panels"` // the names of small pictures; none: one picture
	Height     int               `json:"height"`
	Labels     []string          `json:"labels"`
	Names      []string          `json:"names"`
	Named      bool              `json:"named"` // the names are those of points
	Band       []float64         `json:"band"`  // a range behind the points: none, or its two ends
	Notes      []string          `json:"notes"`
	Status     []string          `json:"status"`
	All        int               `json:"all"`
	X          format            `json:"x"`
	XTitle     string            `json:"xTitle"`
	YTitle     string            `json:"yTitle"`
	Series     []seriesSpec      `json:"series"`
	Locale     map[string]string `json:"locale"`
}

// plot is a chart on its way to an option.
type plot struct {
	spec   report.ChartSpec
	table  *report.Table
	locale *report.Locale
	rows   [][]any
	extra  extra
	multi  charts.MultiSeries
}

// buildOption turns a chart into an ECharts option. Colours stay tokens
// ("@series1") for the scripts to resolve on each surface; what has no key in
// ECharts stands under "tongket".
func buildOption(c *report.Chart, l *report.Locale) ([]byte, error) {
	p := &plot{spec: c.Spec, table: &c.Table, locale: l, rows: c.Table.Rows}
	if len(p.rows) > mostRows {
		p.rows = p.rows[:mostRows]
	}
	bullet := p.spec.Type == "bullet"
	if bullet {
		p.spec.Type, p.spec.Horizontal = "bar", true
	}
	p.words()
	p.extra.Bullet = bullet
	if c.Spec.By != "" {
		p.panels()
		option := p.skeleton()
		option["tongket"] = p.extra
		return json.Marshal(option)
	}
	p.rowsOfX()
	if c.Spec.Color != "" {
		p.statusSeries()
	} else {
		p.valueSeries()
	}
	p.planSeries()
	p.forecastSeries()
	option := p.skeleton()
	option["tongket"] = p.extra
	return json.Marshal(option)
}

func (p *plot) words() {
	x := p.column(p.spec.X)
	p.extra = extra{
		Kind:       p.spec.Type,
		Horizontal: p.spec.Horizontal,
		Stack:      p.spec.Stack,
		Sequence:   sequential(x),
		Height:     p.spec.Height,
		Panels:     []string{},
		Labels:     []string{},
		Names:      []string{},
		Named:      p.spec.Name != "",
		Band:       p.band(),
		Notes:      []string{},
		Status:     []string{},
		All:        len(p.table.Rows),
		X:          formatOf(x),
		XTitle:     clean(x.Title),
		YTitle:     clean(p.column(p.firstValue()).Title),
		Series:     []seriesSpec{},
		Locale: map[string]string{
			"decimal": p.locale.Say("number.decimal"),
			"group":   p.locale.Say("number.group"),
			"missing": report.Missing,
			"million": p.locale.Say("chart.axis.million"),
			"billion": p.locale.Say("chart.axis.billion"),
			"cut":     p.locale.Say("chart.cut"),
		},
	}
}

// sequential reports whether a column is a course of time.
func sequential(c report.Column) bool {
	return c.Format == report.Period || c.Format == report.Date || c.Format == report.Year
}

func (p *plot) column(name string) report.Column { return p.table.Columns[p.table.Index(name)] }

func (p *plot) firstValue() string {
	for _, name := range p.spec.Y {
		if isValue(p.spec, name) {
			return name
		}
	}
	return p.spec.Y[0]
}

// rowsOfX writes what the rows are called and how they stand.
func (p *plot) rowsOfX() {
	x := p.table.Index(p.spec.X)
	col := p.table.Columns[x]
	status, named := p.table.Index(p.spec.Color), p.table.Index(p.spec.Name)
	for _, row := range p.rows {
		name, label := p.called(col, row[x])
		if named >= 0 {
			name = clean(p.locale.Cell(p.table.Columns[named], row[named]))
		}
		p.extra.Labels = append(p.extra.Labels, label)
		p.extra.Names = append(p.extra.Names, name)
		note := report.Missing
		if status >= 0 {
			key := textAt(row, status)
			p.extra.Status = append(p.extra.Status, tokenStatus(key))
			if key != "" {
				note = clean(p.locale.Cell(p.table.Columns[status], key))
			}
		}
		p.extra.Notes = append(p.extra.Notes, note)
	}
}

// called is what a row is named in full, and on an axis.
func (p *plot) called(col report.Column, cell any) (name, label string) {
	name = clean(p.locale.Cell(col, cell))
	if period, ok := cell.(string); ok && col.Format == report.Period {
		return name, clean(p.locale.PeriodShort(period))
	}
	return name, name
}

// band is the range behind the points of a scatter chart, as the first row that
// has one tells it.
func (p *plot) band() []float64 {
	if len(p.spec.Band) != 2 {
		return []float64{}
	}
	from, to := p.table.Index(p.spec.Band[0]), p.table.Index(p.spec.Band[1])
	for _, row := range p.rows {
		low, ok := finite(row[from])
		high, also := finite(row[to])
		if ok && also && low <= high {
			return []float64{low, high}
		}
	}
	return []float64{}
}

func textAt(row []any, i int) string {
	if i < 0 {
		return ""
	}
	text, _ := row[i].(string)
	return text
}

func (p *plot) valueSeries() {
	n := 0
	for _, name := range p.spec.Y {
		if !isValue(p.spec, name) {
			continue
		}
		col := p.column(name)
		n++
		s := charts.SingleSeries{Id: name, Name: clean(col.Title), Type: p.kind(), Data: p.data(name, nil)}
		if p.spec.Stack {
			s.Stack = "all"
		}
		token := "series" + strconv.Itoa((n-1)%seriesColors+1)
		if slices.Contains(report.Statuses, name) {
			token = "status." + name // a count of units in this status wears its colour
		}
		p.add(s, seriesSpec{Role: "value", Token: token, Format: formatOf(col)})
	}
}

// tokenStatus is the colour of a status. A word that has none of its own takes
// that of no report.
func tokenStatus(key string) string {
	if slices.Contains(report.Statuses, key) {
		return key
	}
	return "no_report"
}

// statusSeries makes one series of each status, one on top of the other, so
// that the legend names the colours in words.
func (p *plot) statusSeries() {
	name := p.firstValue()
	col, status := p.column(name), p.column(p.spec.Color)
	for _, token := range report.Statuses {
		if !slices.Contains(p.extra.Status, token) {
			continue
		}
		s := charts.SingleSeries{
			Id:   token,
			Name: clean(p.locale.Cell(status, token)),
			Type: p.kind(),
			Data: p.data(name, func(row int) bool { return p.extra.Status[row] == token }),
		}
		if p.spec.Type == "bar" {
			s.Stack = "status"
		}
		p.add(s, seriesSpec{Role: "status", Token: "status." + token, Format: formatOf(col)})
	}
}

func (p *plot) planSeries() {
	if p.spec.Plan == "" {
		return
	}
	col := p.column(p.spec.Plan)
	s := charts.SingleSeries{Id: p.spec.Plan, Name: clean(col.Title), Type: p.kind(), Data: p.data(p.spec.Plan, nil)}
	if p.spec.Type == "bar" {
		s.Type = "scatter"
	}
	p.add(s, seriesSpec{Role: "plan", Token: "plan", Format: formatOf(col)})
}

// forecastSeries goes on, dashed, in the colour of the line that it continues.
func (p *plot) forecastSeries() {
	if p.spec.Forecast == "" {
		return
	}
	col := p.column(p.spec.Forecast)
	s := charts.SingleSeries{Id: p.spec.Forecast, Name: clean(col.Title), Type: p.kind(), Data: p.data(p.spec.Forecast, nil)}
	p.add(s, seriesSpec{Role: "plan", Token: "series1", Format: formatOf(col)})
}

// add keeps names apart: ECharts takes two series of one name for one.
func (p *plot) add(s charts.SingleSeries, spec seriesSpec) {
	taken := func(name string) bool {
		return slices.ContainsFunc(p.multi, func(other charts.SingleSeries) bool { return other.Name == name })
	}
	for name, n := s.Name, 2; taken(s.Name); n++ {
		s.Name = name + " (" + strconv.Itoa(n) + ")"
	}
	p.multi = append(p.multi, s)
	p.extra.Series = append(p.extra.Series, spec)
}

func (p *plot) kind() string {
	if p.spec.Type == "area" {
		return "line"
	}
	return p.spec.Type
}

// data are the numbers of one series, null where there is none. Points of a
// scatter chart are pairs.
func (p *plot) data(name string, keep func(row int) bool) []any {
	x, y := p.table.Index(p.spec.X), p.table.Index(name)
	out := make([]any, len(p.rows))
	for i, row := range p.rows {
		v, ok := finite(row[y])
		if !ok || keep != nil && !keep(i) {
			continue
		}
		out[i] = v
		if p.spec.Type == "scatter" {
			out[i] = nil
			if across, ok := finite(row[x]); ok {
				out[i] = []float64{across, v}
			}
		}
	}
	return out
}

func finite(cell any) (float64, bool) {
	v, ok := report.Float(cell)
	return v, ok && !math.IsNaN(v) && !math.IsInf(v, 0)
}

// skeleton is the part that ECharts itself reads, from go-echarts' types.
func (p *plot) skeleton() map[string]any {
	categories, numbers := opts.XAxis{Type: "category", Data: p.extra.Labels}, opts.YAxis{Type: "value"}
	switch {
	case p.spec.Type == "scatter":
		categories = opts.XAxis{Type: "value"}
	case p.spec.Horizontal:
		categories = opts.XAxis{Type: "value"}
		numbers = opts.YAxis{Type: "category", Data: p.extra.Labels}
	}
	bar := charts.NewBar() // any chart on two axes; the series carry their own types
	bar.MultiSeries = p.multi
	bar.SetGlobalOptions(
		charts.WithXAxisOpts(categories),
		charts.WithYAxisOpts(numbers),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true)}),
	)
	option := bar.JSON()
	// Defaults of go-echarts that the scripts decide.
	for _, key := range []string{"title", "legend", "toolbox", "color"} {
		delete(option, key)
	}
	return option
}

func formatOf(c report.Column) format {
	decimals := c.Decimals
	if c.Format == report.Integer {
		decimals = 0
	}
	unit := clean(c.Unit)
	if c.Format == report.Percent {
		unit = ""
	}
	return format{Kind: c.Format, Decimals: max(0, min(decimals, 6)), Unit: unit}
}

// clean makes a value fit to stand in a picture: one line, no control or
// direction characters, not longer than a chart can carry.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == '\u200d': // joins the parts of one emoji
			return r
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs), r == unicode.ReplacementChar, r&0xfffe == 0xfffe:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > longest {
		s = strings.TrimSpace(string(runes[:longest])) + "…"
	}
	return s
}
