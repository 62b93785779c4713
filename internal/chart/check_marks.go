package chart

import (
	"fmt"
	"slices"
	"strings"

	"tongket/internal/report"
)

// cells checks a heat map: one column of rows, one of values, and no two
// values for one cell.
func (c *checker) cells() {
	if len(c.spec.Y) != 1 {
		c.fault("y: a heat map takes one column, that of its rows")
	}
	y, okY := -1, false
	for _, name := range c.spec.Y {
		if _, okY = c.column("y", name); okY {
			y = c.table.Index(name)
		}
	}
	if c.spec.Value == "" {
		c.fault("value: missing; the column of the cells, numbers or a status")
	} else if col, ok := c.column("value", c.spec.Value); ok && !col.Format.Numeric() && col.Format != report.Status {
		c.fault("value: column %q is %s; a cell shows a number or a status", col.Name, col.Format)
	} else if ok && col.Format == report.Status && c.spec.Color != "" {
		c.fault("color: the value is a status already")
	}
	x := c.table.Index(c.spec.X)
	if x < 0 || y < 0 || len(c.faults) > 0 {
		return
	}
	seen := map[[2]string]bool{}
	for _, row := range c.table.Rows {
		key := [2]string{fmt.Sprint(row[y]), fmt.Sprint(row[x])}
		if seen[key] {
			c.fault("y: two rows stand for %q and %q; a cell shows one", clean(key[0]), clean(key[1]))
			return
		}
		seen[key] = true
	}
}

// parts checks what only some kinds have.
func (c *checker) parts() {
	if c.spec.Value != "" && c.spec.Type != "heatmap" {
		c.fault("value: only for heat maps; the numbers of others are y")
	}
	c.points()
	if c.spec.Group != "" {
		c.column("group", c.spec.Group)
		if c.spec.Type != "treemap" {
			c.fault("group: only for treemaps")
		}
	}
	if (c.spec.Type == "treemap" || c.spec.Type == "bullet") && values(c.spec) > 1 {
		c.fault("y: a %s shows one column of numbers", c.spec.Type)
	}
	if c.spec.By == "" {
		return
	}
	if !slices.Contains([]string{"bar", "line", "area"}, c.spec.Type) || c.spec.Horizontal {
		c.fault("by: only for upright bars, lines and areas")
	}
	if c.spec.Forecast != "" {
		c.fault("forecast: not with by; small pictures have no room for it")
	}
	if _, ok := c.column("by", c.spec.By); ok {
		if n := len(panelsOf(c.table, c.table.Index(c.spec.By))); n > mostPanels {
			c.fault("by: %q has %d values; at most %d small pictures can be told apart", c.spec.By, n, mostPanels)
		}
	}
}

// points checks what only a scatter chart has: names and a range.
func (c *checker) points() {
	if c.spec.Name != "" {
		if col, ok := c.column("name", c.spec.Name); ok && col.Format != report.Text {
			c.fault("name: column %q is %s, not a text", col.Name, col.Format)
		}
	}
	if (c.spec.Name != "" || len(c.spec.Band) > 0) && c.spec.Type != "scatter" {
		c.fault("name, band: only for scatter charts")
	}
	if n := len(c.spec.Band); n != 0 && n != 2 {
		c.fault("band: %d columns; give two, the lowest and the highest value of the range", n)
	}
	for _, name := range c.spec.Band {
		col, ok := c.column("band", name)
		if y := c.table.Index(strings.Join(c.spec.Y, "")); ok && y >= 0 && measureOf(col) != measureOf(c.table.Columns[y]) {
			c.fault("band: %q is in %s, the points are in %s", name, measureOf(col), measureOf(c.table.Columns[y]))
		}
	}
}

// mostPanels is how many small pictures stand side by side.
const mostPanels = 60

// panelsOf are the values of a column in the order of the rows.
func panelsOf(t *report.Table, column int) (values []any) {
	seen := map[string]bool{}
	for _, row := range t.Rows {
		if key := fmt.Sprint(row[column]); !seen[key] {
			seen[key] = true
			values = append(values, row[column])
		}
	}
	return values
}

// places checks a map: names, something to show, and where each place lies.
func (c *checker) places() {
	if c.spec.X == "" {
		c.fault("name: missing; the column of the places' names")
	} else {
		c.column("name", c.spec.X)
	}
	if len(c.spec.Y) == 0 && c.spec.Color == "" {
		c.fault("value: missing; a column of numbers, or color: a column of statuses")
	}
	for _, name := range c.spec.Y {
		if col, ok := c.column("value", name); ok && !col.Format.Numeric() {
			c.fault("value: column %q is %s, not a number", name, col.Format)
		}
	}
	if c.spec.Color != "" {
		if col, ok := c.column("color", c.spec.Color); ok && col.Format != report.Status {
			c.fault("color: column %q is %s, not a status", col.Name, col.Format)
		}
	}
	if c.spec.Shapes != nil {
		c.keys()
		return
	}
	_, okX := c.column("grid_x", c.spec.GridX)
	_, okY := c.column("grid_y", c.spec.GridY)
	if okX && okY {
		c.tiles()
	}
}

// keys holds the rows' keys against those of the boundaries. Some rows may lie
// elsewhere, but not all.
func (c *checker) keys() {
	if c.spec.Key == "" {
		c.fault("key: missing; the column that names a row's shape in %s", c.spec.Shapes.File)
		return
	}
	if _, ok := c.column("key", c.spec.Key); !ok || len(c.table.Rows) == 0 {
		return
	}
	var keys, ours []string
	for _, s := range c.spec.Shapes.List {
		keys = append(keys, s.Key)
	}
	for _, row := range c.table.Rows {
		k := keyOf(row[c.table.Index(c.spec.Key)])
		if slices.Contains(keys, k) {
			return
		}
		ours = append(ours, clean(k))
	}
	c.fault("key: no value of %q (%s…) is one of %s (%s…)", c.spec.Key,
		strings.Join(ours[:min(3, len(ours))], ", "), c.spec.Shapes.File, strings.Join(keys[:min(3, len(keys))], ", "))
}

// tiles checks that every tile has a place of its own.
func (c *checker) tiles() {
	gx, gy, name := c.table.Index(c.spec.GridX), c.table.Index(c.spec.GridY), c.table.Index(c.spec.X)
	first := map[[2]int]int{}
	for i, row := range c.table.Rows {
		x, y, ok := gridPlace(row, gx, gy)
		switch other, taken := first[[2]int{x, y}]; {
		case !ok && (row[gx] != nil || row[gy] != nil):
			c.fault("grid_x, grid_y: %v, %v of row %d are no place on the grid; whole numbers up to %d are", row[gx], row[gy], i+1, mostGrid)
		case ok && taken:
			c.fault("grid_x, grid_y: %q and %q both stand at column %d, row %d", clean(nameAt(c.table.Rows[other], name)), clean(nameAt(row, name)), x, y)
		case ok:
			first[[2]int{x, y}] = i
		}
		if len(c.faults) == mostFaults {
			return
		}
	}
	if len(first) == 0 && len(c.table.Rows) > 0 && len(c.faults) == 0 {
		c.fault("grid_x, grid_y: no row has a place on the grid")
	}
}

func nameAt(row []any, i int) string {
	if i < 0 {
		return ""
	}
	return fmt.Sprint(row[i])
}
