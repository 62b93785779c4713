// Package chart draws a chart block: its table becomes an ECharts option, and
// the script that lays it out for ECharts in the reader's browser runs here
// too, in a JavaScript engine inside the binary, to draw it as SVG for paper,
// for print and for pages without scripts (templates/src/chart/still.ts). It is
// the only door to go-echarts and to the engine.
package chart

import (
	"fmt"
	"io/fs"
	"slices"

	"tongket/internal/report"
)

// Widths of the drawings in CSS pixels. Paper is the 165 mm between the
// margins of Nghị định 30/2020/NĐ-CP at 96 pixels an inch.
const (
	ScreenWidth = 720
	PaperWidth  = 624
)

// Renderer draws charts in one locale. It may be used by several goroutines
// at once; Close releases its engines.
type Renderer struct {
	pool          *pool
	locale        *report.Locale
	screen, paper *theme
}

// New makes a renderer with up to so many engines, each started when it is
// first needed. The bundle is templates/dist; an
// error tells when it has not been made.
func New(bundle fs.FS, engines int, l *report.Locale) (*Renderer, error) {
	script, err := fs.ReadFile(bundle, "ssr.js")
	if err != nil {
		return nil, fmt.Errorf("charts: the scripts' bundle is missing, run make: %w", err)
	}
	widths, err := paperWidths()
	if err != nil {
		return nil, fmt.Errorf("charts: the paper's font: %w", err)
	}
	screen, paper, err := themes(bundle, widths)
	if err != nil {
		return nil, err
	}
	return &Renderer{pool: newPool(string(script), widths, engines), locale: l, screen: screen, paper: paper}, nil
}

// Close stops the engines. Charts being drawn are finished first.
func (r *Renderer) Close() error { return r.pool.close() }

// Surface is where a drawing will stand.
type Surface int

// The surfaces of a drawing.
const (
	Screen Surface = iota
	Paper
)

// Draw fills in the chart's Sentence and Drawing, for these surfaces or for
// both when none is named: a picture of the engine's costs some 2 ms, one that
// is drawn here less than one. The specification must have passed Check. A table without any value gets a picture that says so and
// no option.
func (r *Renderer) Draw(c *report.Chart, surfaces ...Surface) error {
	c.Sentence = sentence(c, r.locale)
	if !hasValues(c) {
		c.Drawing = emptyDrawing(r.locale)
		return nil
	}
	wanted := func(s Surface) bool { return len(surfaces) == 0 || slices.Contains(surfaces, s) }
	if draw := drawnHere[c.Spec.Type]; draw != nil {
		c.Drawing = &report.Drawing{}
		if wanted(Screen) {
			c.Drawing.Screen = draw(r.marks(c, r.screen))
		}
		if wanted(Paper) {
			c.Drawing.Paper = draw(r.marks(c, r.paper))
		}
		return nil
	}
	option, err := buildOption(c, r.locale)
	if err != nil {
		return fmt.Errorf("chart %s: option: %w", c.ID, err)
	}
	e, err := r.pool.take()
	if err != nil {
		return fmt.Errorf("chart %s: %w", c.ID, err)
	}
	defer r.pool.give(e)
	drawing := &report.Drawing{Option: option}
	if wanted(Screen) {
		if drawing.Screen, err = e.draw(option, sheet{Width: ScreenWidth}); err != nil {
			return fmt.Errorf("chart %s: %w", c.ID, err)
		}
	}
	if wanted(Paper) {
		if drawing.Paper, err = e.draw(option, sheet{Width: PaperWidth, Paper: true}); err != nil {
			return fmt.Errorf("chart %s on paper: %w", c.ID, err)
		}
	}
	c.Drawing = drawing
	return nil
}

// hasValues reports whether there is anything to draw.
func hasValues(c *report.Chart) bool {
	names := c.Spec.Y
	if c.Spec.Type == "heatmap" {
		names = []string{c.Spec.Value}
	}
	for _, name := range names {
		if _, ok := c.Table.Sum(c.Table.Index(name)); ok {
			return true
		}
	}
	if drawnHere[c.Spec.Type] == nil {
		return false
	}
	for i, col := range c.Table.Columns {
		said := func(row []any) bool { return textAt(row, i) != "" }
		if col.Format == report.Status && slices.ContainsFunc(c.Table.Rows, said) {
			return true
		}
	}
	return false
}
