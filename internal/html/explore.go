package html

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"tongket/internal/report"
)

// ExploreFile is the place of the data that a page of this path lets its
// readers put together.
func ExploreFile(page string) string { return page + ".data.js" }

// exploreView is the frame that scripts fill; without them, links to the data.
type exploreView struct {
	ID    string
	Files []menuView
}

func exploring(at place, e report.Explore) *exploreView {
	v := &exploreView{ID: e.ID}
	for _, t := range e.Tables {
		if slices.Contains(at.data, t.Name) {
			v.Files = append(v.Files, menuView{Label: t.Title, Href: at.file("data/" + t.Name + ".csv")})
		}
	}
	return v
}

// explored is one query's result as scripts read it.
type explored struct {
	Name    string           `json:"name"`
	Title   string           `json:"title"`
	Columns []exploredColumn `json:"columns"`
	Rows    [][]any          `json:"rows"`
	Cut     int              `json:"cut"`
}

// exploredColumn is a measure, or a dimension whose cells are places in Keys
// and Words.
type exploredColumn struct {
	Name     string        `json:"name"`
	Title    string        `json:"title"`
	Format   report.Format `json:"format"`
	Decimals int           `json:"decimals"`
	Unit     string        `json:"unit"`
	Keys     []string      `json:"keys,omitempty"`
	Words    []string      `json:"words,omitempty"`
}

// Explored writes the data of an Explore block: a script, because pages that
// are opened from a disk may load nothing else. Values are escaped by JSON.
func (w *Writer) Explored(out io.Writer, e report.Explore) error {
	list := []explored{}
	for i := range e.Tables {
		list = append(list, w.explored(&e.Tables[i]))
	}
	text, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("data to explore: %w", err)
	}
	_, err = fmt.Fprintf(out, "window.tongketExplore=%s;\n", text)
	return err
}

func (w *Writer) explored(t *report.Table) explored {
	out := explored{Name: t.Name, Title: t.Title, Cut: t.Cut, Rows: make([][]any, len(t.Rows))}
	for _, i := range t.Shown() {
		c := t.Columns[i]
		if c.Format == report.Sparkline {
			continue // a drawing, nothing to count or to choose
		}
		column := exploredColumn{Name: c.Name, Title: c.Title, Format: c.Format, Decimals: c.Decimals, Unit: c.Unit}
		if c.Format == report.Integer {
			column.Decimals = 0
		}
		places := map[string]int{}
		if !c.Format.Numeric() {
			for n, value := range inOrder(t, i) {
				key := filterKey(value)
				places[key] = n
				column.Keys = append(column.Keys, key)
				column.Words = append(column.Words, w.locale.Cell(c, value))
			}
		}
		for n, row := range t.Rows {
			if c.Format.Numeric() {
				out.Rows[n] = append(out.Rows[n], figureOf(row[i]))
			} else {
				out.Rows[n] = append(out.Rows[n], places[filterKey(row[i])])
			}
		}
		out.Columns = append(out.Columns, column)
	}
	return out
}

// inOrder are the values of a column, each once: states from best to worst,
// periods and days in their order, text as the table has it, none last.
func inOrder(t *report.Table, column int) []any {
	var values []any
	known := map[string]bool{}
	for _, row := range t.Rows {
		if key := filterKey(row[column]); !known[key] {
			known[key] = true
			values = append(values, row[column])
		}
	}
	c := t.Columns[column]
	slices.SortStableFunc(values, func(a, b any) int {
		switch {
		case a == nil && b == nil:
			return 0
		case a == nil:
			return 1
		case b == nil:
			return -1
		}
		return strings.Compare(sortValue(c, a), sortValue(c, b))
	})
	return values
}

// figureOf is a number as JSON can hold it, or nothing.
func figureOf(cell any) any {
	v, ok := report.Float(cell)
	if !ok || math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return v
}
