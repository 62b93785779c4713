package html

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tongket/internal/cell"
	"tongket/internal/report"
)

// filterView is the bar that chooses the rows of a page's charts and tables.
type filterView struct {
	ID      string
	Columns []filterColumn // those in which there is something to choose
}

// filterColumn is one choice. Place is its place in the rows' keys.
type filterColumn struct {
	Place       int
	Name, Title string
	Chips       bool // states are pressed, other values picked from a list
	Sort        bool // the values are words: scripts put them in alphabetical order
	Values      []filterValue
}

type filterValue struct{ Key, Text, Icon string }

func filterOf(blocks []report.Block) []string {
	for _, b := range blocks {
		if f, ok := b.(report.Filter); ok {
			return f.Columns
		}
	}
	return nil
}

// filter gathers what can be chosen from all charts and tables of a page.
func (w *Writer) filter(blocks []report.Block) *filterView {
	names := filterOf(blocks)
	v := &filterView{ID: "filter"}
	for place, name := range names {
		column := filterColumn{Place: place, Name: name}
		order := map[string]string{} // of the values
		for _, b := range blocks {
			t := tableIn(b)
			if t == nil || t.Index(name) < 0 {
				continue
			}
			i := t.Index(name)
			c := t.Columns[i]
			if column.Title == "" {
				column.Title, column.Chips, column.Sort = c.Title, c.Format == report.Status, c.Format == report.Text
			}
			for _, row := range t.Rows {
				key := filterKey(row[i])
				if _, known := order[key]; known {
					continue
				}
				value := filterValue{Key: key, Text: w.locale.Cell(c, row[i])}
				order[key] = filterOrder(c, row[i])
				if column.Chips {
					value.Icon = statusOf(row[i])
				}
				column.Values = append(column.Values, value)
			}
		}
		if len(column.Values) < 2 {
			continue
		}
		slices.SortStableFunc(column.Values, func(a, b filterValue) int { return strings.Compare(order[a.Key], order[b.Key]) })
		v.Columns = append(v.Columns, column)
	}
	return v
}

func tableIn(b report.Block) *report.Table {
	switch b := b.(type) {
	case *report.Chart:
		return &b.Table
	case report.TableBlock:
		return &b.Table
	}
	return nil
}

// filterKey names a value in addresses and in the keys of rows.
func filterKey(value any) string {
	switch x := value.(type) {
	case nil:
		return ""
	case time.Time:
		return x.Format(time.DateOnly)
	case float64:
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	return fmt.Sprint(value)
}

// filterOrder puts states from best to worst, and the latest period first.
func filterOrder(c report.Column, value any) string {
	text, _ := value.(string)
	switch c.Format {
	case report.Status:
		if i := slices.Index(report.Statuses, text); i >= 0 {
			return strconv.Itoa(i)
		}
		return "9"
	case report.Period:
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return '9' - r + '0'
			}
			return r
		}, cmp.Or(cell.PeriodEnd(text), text))
	}
	return "" // as they come
}

// filterKeys are the values by which a row is chosen, as a list in JSON: null
// where the table lacks the column.
func filterKeys(at place, t *report.Table, row []any) string {
	if len(at.filter) == 0 {
		return ""
	}
	keys := make([]*string, len(at.filter))
	any := false
	for i, name := range at.filter {
		if c := t.Index(name); c >= 0 {
			key := filterKey(row[c])
			keys[i], any = &key, true
		}
	}
	if !any {
		return ""
	}
	text, _ := json.Marshal(keys) // texts and nulls only
	return string(text)
}
