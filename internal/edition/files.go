package edition

import (
	"bytes"
	"encoding/json"

	"tongket/internal/warehouse"
)

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
