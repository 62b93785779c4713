package chart

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"tongket/internal/report"
)

// Types lists the chart types, in the order the documentation does.
var Types = []string{"bar", "line", "area", "scatter", "bullet", "heatmap", "treemap"}

// Check reports everything in a chart's specification that its table cannot
// answer: an unknown type, a column that is missing or has the wrong format,
// series that cannot share an axis. Each fault is one line that names what
// would be right.
func Check(spec report.ChartSpec, t report.Table) error {
	c := checker{spec: spec, table: &t}
	if spec.Type == "map" { // a block of its own
		c.places()
		return errors.Join(c.faults...)
	}
	c.kind()
	c.x()
	if spec.Type == "heatmap" {
		c.cells()
	} else {
		c.y()
	}
	c.plan()
	c.forecast()
	c.color()
	c.parts()
	c.options()
	return errors.Join(c.faults...)
}

type checker struct {
	spec   report.ChartSpec
	table  *report.Table
	faults []error
}

func (c *checker) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf(format, args...))
}

// column finds a column and reports the ones there are when it is missing.
func (c *checker) column(key, name string) (report.Column, bool) {
	if i := c.table.Index(name); i >= 0 {
		return c.table.Columns[i], true
	}
	var names []string
	for _, col := range c.table.Columns {
		names = append(names, col.Name)
	}
	c.fault("%s: %s has no column %q%s", key, c.table.Name, name, report.Suggest(name, names))
	return report.Column{}, false
}

func (c *checker) kind() {
	switch {
	case c.spec.Type == "":
		c.fault("type: missing; one of %s", strings.Join(Types, ", "))
	case !slices.Contains(Types, c.spec.Type):
		c.fault("type: %q is not a chart type%s", c.spec.Type, report.Suggest("", Types))
	}
}

func (c *checker) x() {
	if c.spec.X == "" {
		c.fault("x: missing; the column of the categories or periods")
		return
	}
	col, ok := c.column("x", c.spec.X)
	if ok && c.spec.Type == "scatter" && !col.Format.Numeric() && col.Format != report.Year {
		c.fault("x: column %q is %s; a scatter chart needs a number", col.Name, col.Format)
	}
}

func (c *checker) y() {
	if len(c.spec.Y) == 0 {
		c.fault("y: empty; at least one column of numbers")
	}
	seen := map[string]bool{}
	var first *report.Column
	for _, name := range c.spec.Y {
		if seen[name] {
			c.fault("y: column %q stands there twice", name)
			continue
		}
		seen[name] = true
		col, ok := c.column("y", name)
		if !ok {
			continue
		}
		if !col.Format.Numeric() {
			c.fault("y: column %q is %s, not a number", name, col.Format)
			continue
		}
		if first == nil {
			first = &col
		} else if measureOf(col) != measureOf(*first) {
			c.fault("y: %q is in %s and %q in %s; series of one chart share one axis, make two charts", first.Name, measureOf(*first), name, measureOf(col))
		}
	}
	if n := len(c.spec.Y); n > seriesColors+1 {
		c.fault("y: %d series; at most %d can be told apart", n, seriesColors)
	}
}

// measureOf names what a column counts: two columns with the same one can
// share an axis.
func measureOf(c report.Column) string {
	switch {
	case c.Format == report.Percent:
		return "percent"
	case c.Unit == "":
		return "plain numbers"
	}
	return c.Unit
}

// isValue reports whether a column of y is told for itself, and is neither the
// plan nor a forecast.
func isValue(spec report.ChartSpec, name string) bool {
	return name != spec.Plan && name != spec.Forecast
}

func (c *checker) forecast() {
	switch {
	case c.spec.Forecast == "":
	case c.spec.Type != "line":
		c.fault("forecast: only for line charts")
	case !slices.Contains(c.spec.Y, c.spec.Forecast):
		c.fault("forecast: %q is not one of y (%s)", c.spec.Forecast, strings.Join(c.spec.Y, ", "))
	case c.spec.Forecast == c.spec.Plan, values(c.spec) != 1:
		c.fault("forecast: it continues one column of y; give one beside it and the plan")
	}
}

func (c *checker) plan() {
	switch {
	case c.spec.Plan == "" && c.spec.Type == "bullet":
		c.fault("target: missing; the column of what each bar is to reach")
	case c.spec.Plan == "":
	case c.spec.Type == "heatmap" || c.spec.Type == "treemap":
		c.fault("plan: a %s has none", c.spec.Type)
	case !slices.Contains(c.spec.Y, c.spec.Plan):
		c.fault("plan: %q is not one of y (%s)", c.spec.Plan, strings.Join(c.spec.Y, ", "))
	case len(c.spec.Y) == 1:
		c.fault("plan: %q is the only column of y; there is nothing to compare with it", c.spec.Plan)
	case c.spec.Type == "scatter":
		c.fault("plan: a scatter chart has none")
	}
}

func (c *checker) color() {
	if c.spec.Color == "" {
		return
	}
	col, ok := c.column("color", c.spec.Color)
	if ok && col.Format != report.Status {
		c.fault("color: column %q is %s, not a status", col.Name, col.Format)
	}
	if c.spec.Type == "line" || c.spec.Type == "area" {
		c.fault("color: a line takes no colours from a status")
	}
	if c.spec.By != "" {
		c.fault("color: not with by; the small pictures have one colour")
	}
	if values(c.spec) > 1 && c.spec.Type != "heatmap" {
		c.fault("color: with %d series the colours already tell the series apart; keep one", values(c.spec))
	}
}

func (c *checker) options() {
	if c.spec.Horizontal && c.spec.Type != "bar" && c.spec.Type != "bullet" {
		c.fault("horizontal: only for bar charts")
	}
	if c.spec.Stack && c.spec.Type != "bar" && c.spec.Type != "area" {
		c.fault("stack: only for bar and area charts")
	}
	if c.spec.Height < 0 || c.spec.Height > 0 && c.spec.Height < 120 || c.spec.Height > 4000 {
		c.fault("height: %d; from 120 to 4000 pixels, or left out", c.spec.Height)
	}
}

// values counts the series that are not the plan.
func values(spec report.ChartSpec) int {
	n := 0
	for _, name := range spec.Y {
		if isValue(spec, name) {
			n++
		}
	}
	return n
}
