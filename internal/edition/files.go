package edition

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"tongket/internal/report"
	"tongket/internal/warehouse"
)

// csvOf writes a table for machines: names as in SQL, numbers with a decimal
// point, dates as 2006-01-02. It begins with a byte order mark, so that a
// spreadsheet reads the letters right.
func csvOf(t *report.Table) []byte {
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	w := csv.NewWriter(&b)
	row := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		row[i] = c.Name
	}
	w.Write(row) // a bytes.Buffer does not fail
	for _, cells := range t.Rows {
		for i, cell := range cells {
			row[i] = cellOf(cell)
		}
		w.Write(row)
	}
	w.Flush()
	return b.Bytes()
}

func cellOf(cell any) string {
	switch x := cell.(type) {
	case bool:
		return strconv.FormatBool(x)
	case int64:
		return strconv.FormatInt(x, 10)
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case time.Time:
		return x.Format(time.DateOnly)
	case string:
		return defused(x)
	}
	return ""
}

// defused keeps a spreadsheet from taking a text for a formula.
func defused(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// manifest accounts for the edition: what came in, what was asked, what came
// out. It holds no time and no place, so that the same input gives the same
// bytes.
func manifest(version string, c *content, outputs []output) []byte {
	type query struct {
		Name   string   `json:"name"`
		File   string   `json:"file"`
		Reads  []string `json:"reads"`
		Rows   int      `json:"rows"`
		Output string   `json:"output"`
	}
	m := struct {
		Program  string                 `json:"program"`
		Title    string                 `json:"title"`
		Edition  string                 `json:"edition"`
		Notice   string                 `json:"notice,omitempty"`
		Inputs   []warehouse.Submission `json:"inputs"`
		Queries  []query                `json:"queries"`
		Findings []Finding              `json:"findings"`
		Outputs  []output               `json:"outputs"`
	}{"tongket " + version, c.site.Title, c.site.Edition, c.site.Notice, c.inputs, []query{}, append([]Finding{}, c.findings...), outputs}
	for _, t := range c.tables {
		m.Queries = append(m.Queries, query{t.Name, t.Source.Query, append([]string{}, t.Source.Tables...), len(t.Rows), "data/" + t.Name + ".csv"})
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(m); err != nil {
		panic(err) // plain texts and numbers only
	}
	return b.Bytes()
}
