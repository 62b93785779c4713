// Package report is the vocabulary of tongket: tables of numbers, documents
// made of blocks, and the locale that turns values into text. Every other
// package speaks it; it imports nothing but the standard library.
package report

import "fmt"

// Table is the result of one query, or the part of one that a block shows.
//
// Rows holds one slice per row, as long as Columns. A cell is nil (no value),
// bool, int64, float64, string, time.Time (a date, in UTC) or, in a Sparkline
// column, a Series; nothing else leaves the warehouse.
type Table struct {
	Name    string // the query's name, e.g. "progress_by_department"
	Title   string // in the programme's language, plain text
	Columns []Column
	Rows    [][]any
	Cut     int      // rows the block left out; every writer says so beside the table
	Notes   []string // warnings that travel with the numbers and are printed under them
	Source  Source
}

// Column says what the values of one column mean.
type Column struct {
	Name     string // as in SQL
	Title    string // as people see it; never empty
	Format   Format
	Decimals int    // digits after the decimal mark, for Number and Percent
	Unit     string // "mét", "đồng"; empty for none
	Total    bool   // the column may be summed, and its table's total row shows the sum
	Bar      bool   // pages draw a bar under the number; the column's largest fills it, in a column of shares 100% or what is above it
	Link     string // name of the column that holds the path of a page to link to, without extension; empty for none
	Hidden   bool   // carried for links and charts, never shown
}

// Format is how a column's values are written.
type Format string

// The formats of a column. Percent takes a share: 0.5 is written "50,0%".
const (
	Text    Format = "text"
	Integer Format = "integer"
	Number  Format = "number"
	Percent Format = "percent"
	Date    Format = "date"
	Period  Format = "period" // "2021-Q4", "2021-09", "2021-H1", "2021"
	Year    Format = "year"   // an integer that is never grouped
	Status  Format = "status" // a key of the catalog: "done", "on_track", "behind", "not_started", ...
	Boolean Format = "boolean"

	// Sparkline is a list of numbers, drawn as a small line in its cell.
	Sparkline Format = "sparkline"
)

// Formats lists every format, in the order the documentation does.
var Formats = []Format{Text, Integer, Number, Percent, Date, Period, Year, Status, Boolean, Sparkline}

// Statuses lists the keys of a Status column that have words, colours and
// signs of their own, from best to worst; any other text is shown as it is.
var Statuses = []string{"done", "on_track", "behind", "not_started", "no_report", "no_plan"}

// Numeric reports whether values of this format are aligned as numbers.
func (f Format) Numeric() bool { return f == Integer || f == Number || f == Percent }

// Source is the trail of a table: where its numbers come from.
type Source struct {
	Query  string   // file of the query, e.g. "queries/progress_total.sql"
	Tables []string // tables of the contract it reads, in alphabetical order
	Files  int      // files accepted into those tables
	Rows   int      // rows accepted into those tables
	Page   string   // path of the page that tells the trail, e.g. "nguon/progress_total"; empty for none
}

// Index returns the position of the column with this name, or -1.
func (t *Table) Index(name string) int {
	for i, c := range t.Columns {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// Shown returns the positions of the columns that are not hidden.
func (t *Table) Shown() []int {
	var shown []int
	for i, c := range t.Columns {
		if !c.Hidden {
			shown = append(shown, i)
		}
	}
	return shown
}

// All returns the positions of all columns, the hidden ones too.
func (t *Table) All() []int {
	all := make([]int, len(t.Columns))
	for i := range all {
		all[i] = i
	}
	return all
}

// Sum adds up a column. Missing values are passed over; ok is false when no
// row has a value.
func (t *Table) Sum(column int) (sum float64, ok bool) {
	for _, row := range t.Rows {
		if v, has := Float(row[column]); has {
			sum, ok = sum+v, true
		}
	}
	return sum, ok
}

// HasTotal reports whether any shown column carries a total.
func (t *Table) HasTotal() bool {
	for _, c := range t.Columns {
		if c.Total && !c.Hidden {
			return true
		}
	}
	return false
}

// Float returns a cell as a number; ok is false for text, dates and no value.
func Float(cell any) (v float64, ok bool) {
	switch x := cell.(type) {
	case int64:
		return float64(x), true
	case float64:
		return x, true
	case Exact:
		return x.float(), true
	}
	return 0, false
}

// Pick returns the table with only the named columns, in this order. Columns
// that they link to come along, hidden.
func (t *Table) Pick(names []string) (Table, error) {
	out := *t
	out.Columns, out.Rows = nil, nil
	var from []int
	add := func(name string, hidden bool) error {
		i := t.Index(name)
		if i < 0 {
			return fmt.Errorf("%s has no column %q", t.Name, name)
		}
		c := t.Columns[i]
		c.Hidden = hidden
		out.Columns, from = append(out.Columns, c), append(from, i)
		return nil
	}
	for _, name := range names {
		if err := add(name, false); err != nil {
			return out, err
		}
	}
	for _, c := range append([]Column(nil), out.Columns...) {
		if c.Link != "" && out.Index(c.Link) < 0 {
			if err := add(c.Link, true); err != nil {
				return out, err
			}
		}
	}
	for _, row := range t.Rows {
		cells := make([]any, len(from))
		for i, f := range from {
			cells[i] = row[f]
		}
		out.Rows = append(out.Rows, cells)
	}
	return out, nil
}
