package mcp

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"tongket/internal/answer"
	"tongket/internal/report"
	"tongket/internal/warehouse"
)

// Limits of an answer: an assistant reads all of it.
const (
	fewRows  = 200
	mostRows = 2000
	mostText = 500     // letters of a cell
	mostData = 1 << 20 // bytes
)

// reply is an answer for programs. Rows hold one list a row, with a value for
// each column: shares as 0 to 1, dates as 2021-12-31, decimals exactly.
type reply struct {
	Query   string   `json:"query,omitempty"`
	Title   string   `json:"title,omitempty"`
	Columns []column `json:"columns"`
	Rows    [][]any  `json:"rows"`
	Total   int64    `json:"total_rows,omitempty"` // where rows were left out and could be counted
	Cut     []string `json:"cut,omitempty"`        // what was left out, in words
	Notices []string `json:"notices,omitempty"`
	Source  source   `json:"source"`
}

type column struct {
	Name   string        `json:"name"`
	Title  string        `json:"title"`
	Unit   string        `json:"unit,omitempty"`
	Format report.Format `json:"format"`
	Type   string        `json:"type"`
}

type source struct {
	File   string   `json:"file,omitempty"` // of the saved query
	Tables []string `json:"tables,omitempty"`
	Files  int      `json:"files"`
	Rows   int      `json:"rows"`
}

// answer asks a question and gives the answer twice: as data, and as a table
// that people can read.
func (d *Desk) answer(ctx context.Context, day string, q warehouse.Question, rows int) (*mcp.CallToolResult, any, error) {
	var r reply
	var table strings.Builder
	err := d.open(ctx, day, func(reader *warehouse.Reader) error {
		q.Limits = d.limits(rows)
		found, err := reader.Ask(ctx, q)
		if err != nil {
			return err
		}
		t, err := found.Table(ctx)
		if err != nil {
			return err
		}
		if err := found.Remarks(ctx); err != nil {
			return err
		}
		r = d.reply(found, t)
		r.Notices = append(d.notices(ctx, reader, day), r.Notices...)
		if day != "" {
			r.Notices = append(r.Notices, d.Programme.Locale.Say("mcp.as_of", "day", day))
		}
		return answer.Sheet{Table: *t, Notes: d.notes(r)}.Text(&table, d.Programme.Locale)
	})
	if err != nil {
		return nil, nil, d.told(err)
	}
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: table.String()}}}, r, nil
}

func (d *Desk) limits(rows int) warehouse.Limits {
	if rows <= 0 {
		rows = fewRows
	}
	return warehouse.Limits{Time: d.Timeout, Rows: int64(min(rows, mostRows)), Cell: mostText, Bytes: mostData}
}

func (d *Desk) reply(found *warehouse.Answer, t *report.Table) reply {
	r := reply{Title: printable(found.Title), Columns: []column{}, Rows: [][]any{}, Total: found.Cut.Total, Cut: d.cut(found),
		Source: source{File: found.Source.Query, Tables: found.Source.Tables, Files: found.Source.Files, Rows: found.Source.Rows}}
	if found.Source.Query != "" {
		r.Query = found.Name
	}
	for _, note := range slices.Concat(found.Hints, found.Notes) {
		r.Notices = append(r.Notices, printable(note))
	}
	for i, c := range found.Columns {
		r.Columns = append(r.Columns, column{c.Name, c.Title, c.Unit, c.Format, found.Types[i]})
	}
	for _, row := range t.Rows {
		cells := make([]any, len(row))
		for i, v := range row {
			cells[i] = v
			if day, ok := v.(time.Time); ok {
				cells[i] = day.Format(time.DateOnly)
			}
		}
		r.Rows = append(r.Rows, cells)
	}
	return r
}

// cut says what was left out.
func (d *Desk) cut(found *warehouse.Answer) []string {
	l := d.Programme.Locale
	n := func(v int64) string { return l.Number(float64(v), 0) }
	var out []string
	switch {
	case found.Cut.Bytes:
		out = append(out, l.Say("mcp.cut.bytes", "shown", n(found.Rows)))
	case found.Cut.More && found.Cut.Total > 0:
		out = append(out, l.Say("mcp.cut.rows", "shown", n(found.Rows), "total", n(found.Cut.Total), "most", n(mostRows)))
	case found.Cut.More:
		out = append(out, l.Say("mcp.cut.more", "shown", n(found.Rows), "most", n(mostRows)))
	}
	if found.Cut.Cells > 0 {
		out = append(out, l.Say("ask.cut.cells", "n", n(found.Cut.Cells)))
	}
	return out
}

// notes stand under the table for people.
func (d *Desk) notes(r reply) []string {
	l := d.Programme.Locale
	n := func(v int) string { return l.Number(float64(v), 0) }
	out := append(append([]string{}, r.Cut...), r.Notices...)
	switch s := r.Source; {
	case s.File != "":
		out = append(out, l.Say("paper.source", "query", s.File, "files", n(s.Files), "rows", n(s.Rows)))
	case s.Files > 0:
		out = append(out, l.Say("ask.source", "files", n(s.Files), "rows", n(s.Rows)))
	}
	return out
}

// printable takes out what a terminal would obey; lines stay.
func printable(text string) string { return report.Tame(text, "\n\t") }

// errParam is about a parameter that is no plain value.
func (d *Desk) errParam(name string) error {
	return errors.New(d.Programme.Locale.Say("mcp.param", "name", name))
}
