package html

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"tongket/internal/report"
)

// AskFile is the place of the tables that the reader of a page of this path
// may question.
func AskFile(page string) string { return page + ".data.json" }

// askView is the desk at which questions are put.
type askView struct {
	ID                     string
	Words                  map[string]string
	Worker, Engine, Tables string // addresses
	Bytes                  int    // of the engine
	Size                   string // of all that is fetched at the first question
	Explore                string // address of the page for those who know no SQL; empty for none
	Files                  []menuView
	Listed                 []askedView
	Examples               []report.Example
}

type askedView struct {
	Name, Title string
	Columns     []askedColumn
}

// askedColumn is a column as the page lists it and as scripts read it.
type askedColumn struct {
	Name     string        `json:"name"`
	Title    string        `json:"title"`
	Type     string        `json:"type"`
	Format   report.Format `json:"format"`
	Decimals int           `json:"decimals"`
	Unit     string        `json:"unit"`
	// What people read for a value: "2021-Q4" is "quý IV/2021".
	Words map[string]string `json:"words,omitempty"`
	// The values of a column that has few, for those who want to ask for one.
	Values string `json:"-"`
}

// kept are the engine's types that tables keep on their way to the browser;
// all others come as texts.
var kept = regexp.MustCompile(`^(?:U?(?:TINY|SMALL|BIG)INT|U?INTEGER|DOUBLE|FLOAT|DECIMAL\(\d+,\d+\)|DATE|BOOLEAN|VARCHAR)$`)

func askedColumns(t *report.AskTable) (columns []askedColumn, places []int) {
	for i, c := range t.Columns {
		if c.Format == report.Sparkline {
			continue // a drawing, nothing to count
		}
		kind := "VARCHAR"
		if i < len(t.Types) && kept.MatchString(t.Types[i]) {
			kind = t.Types[i]
		} else if i < len(t.Types) && t.Types[i] == "HUGEINT" {
			kind = "DECIMAL(38,0)"
		}
		columns = append(columns, askedColumn{Name: c.Name, Title: c.Title, Type: kind, Format: c.Format, Decimals: c.Decimals, Unit: c.Unit})
		places = append(places, i)
	}
	return columns, places
}

// asked shows where the files of a page's questions lie.
func (w *Writer) asked(at place, a report.Ask) (*askView, error) {
	v := &askView{
		ID: a.ID, Words: w.locale.Phrases("ui.ask.script."), Examples: a.Examples,
		Worker: at.file(w.names["engine.js"]), Engine: at.file(w.names["engine.wasm.gz"]), Tables: at.file(AskFile(at.self)),
	}
	v.Bytes = w.size("engine.wasm.gz")
	loads := v.Bytes + w.size("engine.js")
	var tables bytes.Buffer
	if err := w.Asked(&tables, a); err != nil {
		return nil, err
	}
	v.Size = w.locale.Number(float64(loads+tables.Len())/1e6, 1) + " MB"
	v.Words["run.first"] = w.locale.Say("ui.ask.run.first", "size", v.Size)
	if at.explore != "" {
		v.Explore = at.page(at.explore)
	}
	for i := range a.Tables {
		t := &a.Tables[i]
		columns, places := askedColumns(t)
		one := askedView{Name: t.Name, Title: t.Title}
		for i, c := range columns {
			if !t.Columns[places[i]].Hidden {
				c.Values = fewValues(t, places[i])
				one.Columns = append(one.Columns, c)
			}
		}
		v.Listed = append(v.Listed, one)
		if slices.Contains(at.data, t.Name) {
			v.Files = append(v.Files, menuView{Label: t.Title, Href: at.file("data/" + t.Name + ".csv")})
		}
	}
	return v, nil
}

// fewValues are the values of a column of words that has few.
func fewValues(t *report.AskTable, column int) string {
	const most, longest = 8, 40 // values, letters of one
	var out []string
	for _, row := range t.Rows {
		text, is := row[column].(string)
		switch {
		case row[column] == nil || slices.Contains(out, text):
		case !is || len(out) == most || utf8.RuneCountInString(text) > longest:
			return ""
		default:
			out = append(out, text)
		}
	}
	if len(out) == len(t.Rows) {
		return "" // another one in each row: nothing to choose by
	}
	return strings.Join(out, ", ")
}

// size is that of a file of the bundle, in bytes.
func (w *Writer) size(name string) int {
	for _, asset := range w.assets {
		if asset.Path == w.names[name] {
			return len(asset.Data)
		}
	}
	return 0
}

// Asked writes the tables of an Ask block. Values are escaped by JSON; numbers
// stand there to their last digit.
func (w *Writer) Asked(out io.Writer, a report.Ask) error {
	type table struct {
		Name    string        `json:"name"`
		Title   string        `json:"title"`
		Columns []askedColumn `json:"columns"`
		Rows    [][]any       `json:"rows"`
	}
	var all struct {
		Tables []table `json:"tables"`
	}
	for i := range a.Tables {
		t := &a.Tables[i]
		columns, places := askedColumns(t)
		one := table{t.Name, t.Title, columns, [][]any{}}
		for _, row := range t.Rows {
			var cells []any
			for k, at := range places {
				cells = append(cells, askedCell(row[at]))
				if text, is := row[at].(string); is && (t.Columns[at].Format == report.Period || t.Columns[at].Format == report.Status) {
					if columns[k].Words == nil {
						columns[k].Words = map[string]string{}
					}
					columns[k].Words[text] = w.locale.Cell(t.Columns[at], text)
				}
			}
			one.Rows = append(one.Rows, cells)
		}
		all.Tables = append(all.Tables, one)
	}
	text, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("tables to question: %w", err)
	}
	_, err = out.Write(append(text, '\n'))
	return err
}

func askedCell(cell any) any {
	switch x := cell.(type) {
	case float64:
		return json.RawMessage(strconv.FormatFloat(x, 'f', -1, 64))
	case report.Exact:
		return json.RawMessage(x)
	case time.Time:
		return x.Format(time.DateOnly)
	case nil, bool, int64, string:
		return x
	}
	return fmt.Sprint(cell)
}
