package edition

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"tongket/internal/warehouse"
)

// kept is manifest.json.
type kept struct {
	Program  string                 `json:"program"`
	Title    string                 `json:"title"`
	Edition  string                 `json:"edition"`
	Notice   string                 `json:"notice,omitempty"`
	Event    int64                  `json:"event"` // the last submission that counted
	Inputs   []warehouse.Submission `json:"inputs"`
	Queries  []keptQuery            `json:"queries"`
	Findings []Finding              `json:"findings"`
	Outputs  []output               `json:"outputs"`
}

type keptQuery struct {
	Name    string       `json:"name"`
	File    string       `json:"file"`
	Reads   []string     `json:"reads"`
	Columns []keptColumn `json:"columns"`
	Rows    int          `json:"rows"`
	Output  string       `json:"output"`
}

type keptColumn struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// previous reads the edition in a folder, to compare with.
func previous(folder string) (*warehouse.Previous, error) {
	if folder == "" {
		return nil, nil
	}
	text, err := os.ReadFile(filepath.Join(folder, "manifest.json"))
	if err != nil {
		return nil, fmt.Errorf("previous edition: %w", err)
	}
	var m kept
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, fmt.Errorf("previous edition: %s: %w", filepath.Join(folder, "manifest.json"), err)
	}
	p := &warehouse.Previous{Event: m.Event}
	for _, q := range m.Queries {
		if !filepath.IsLocal(filepath.FromSlash(q.Output)) || len(q.Columns) == 0 {
			continue
		}
		t := warehouse.Kept{Name: q.Name, Path: filepath.Join(folder, filepath.FromSlash(q.Output))}
		for _, c := range q.Columns {
			t.Columns = append(t.Columns, warehouse.KeptColumn(c))
		}
		p.Tables = append(p.Tables, t)
	}
	return p, nil
}

// manifest accounts for the edition: what came in, what was asked, what came
// out. It holds no time and no place, so that the same input gives the same
// bytes.
func manifest(version string, c *content, outputs []output) []byte {
	m := kept{"tongket " + version, c.site.Title, c.site.Edition, c.site.Notice, c.event, c.inputs, []keptQuery{}, append([]Finding{}, c.findings...), outputs}
	for i, t := range c.tables {
		columns := []keptColumn{}
		for _, x := range c.types[i] {
			columns = append(columns, keptColumn(x))
		}
		m.Queries = append(m.Queries, keptQuery{t.Name, t.Source.Query, append([]string{}, t.Source.Tables...), columns, len(t.Rows), "data/" + t.Name + ".csv"})
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
