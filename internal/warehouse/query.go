package warehouse

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"tongket/internal/report"
	"tongket/internal/strict"
)

// Query is one file of queries/: a header of comment lines that hold YAML, and
// one SELECT. Its name is the file's.
//
//	-- title: Tiến độ chỉnh lý theo sở, ngành
//	-- columns:
//	--   done_share: {title: Tỷ lệ hoàn thành, format: percent}
//	SELECT …
//
// Without params it is a table that others read by its name; with params it is
// a table macro, below('731').
type Query struct {
	Name        string
	File        string // "queries/progress_total.sql"
	Title       string
	Description string
	Params      []Param
	Columns     []Header
	Severity    string            // of a test: "stop" or "warn"; empty for a query
	Within      time.Duration     // longest that a test may take; 0: any time
	Slow        bool              // the test took longer and has no result
	titled      map[string]string // titles of columns that neither header nor contract knows, of a test of our own
	text        string            // the whole file: lines of an error are lines of the file
	reads       []reference
	told        []telling       // tables that it may tell in the units of another day
	made        map[string]bool // names that it gives to what it computes
	wants       []wanted        // values that it wants columns to have
	ordered     bool            // the SELECT orders its rows
	line        int             // of the title
	taken       bool            // apart: what it reads is known
}

// Param is one parameter of a query.
type Param struct{ Name, Title, Type string }

// Header is what a query's header says of a column. What it leaves open comes
// from the contract's field of the same name.
type Header struct {
	report.Column
	decimals bool // given
	line     int
}

type reference struct {
	name string
	at   int  // offset in the text
	call bool // with arguments
}

// ReadQueries reads *.sql of a programme's queries/ and queries/tests/. Every
// fault comes at once.
func ReadQueries(programme fs.FS) (queries, tests []*Query, err error) {
	queries, err1 := readFolder(programme, "queries", false)
	tests, err2 := readFolder(programme, "queries/tests", true)
	return queries, tests, errors.Join(err1, err2)
}

func readFolder(programme fs.FS, folder string, tests bool) ([]*Query, error) {
	files, err := fs.Glob(programme, folder+"/*.sql")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", folder, err)
	}
	var out []*Query
	var errs []error
	for _, file := range files {
		text, err := fs.ReadFile(programme, file)
		if err != nil {
			errs = append(errs, fmt.Errorf("query: %w", err))
			continue
		}
		q, err := parseQuery(file, string(text), tests)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		out = append(out, q)
	}
	return out, errors.Join(errs...)
}

func parseQuery(file, text string, test bool) (*Query, error) {
	q := &Query{Name: strings.TrimSuffix(path.Base(file), ".sql"), File: file, text: strings.TrimPrefix(text, "\uFEFF")}
	d, root := strict.Parse(file, 0, []byte(headerOf(q.text)))
	if strings.Trim(q.Name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		d.FaultAt(1, "the file's name is the query's: use small letters a-z, digits and _")
	}
	keys := strict.Keys{
		"title":       func(n strict.Node) { q.Title, q.line = d.Text(n), d.Line(n) },
		"description": func(n strict.Node) { q.Description = d.Text(n) },
		"params": func(n strict.Node) {
			d.Each(n, func(name string, _, value strict.Node) {
				p := Param{Name: name, Type: "string"}
				d.Map(value, strict.Keys{
					"title": func(n strict.Node) { p.Title = d.Text(n) },
					"type":  func(n strict.Node) { p.Type = d.OneOf(n, "string", "integer", "number", "date") },
				})
				q.Params = append(q.Params, p)
			})
		},
		"columns": func(n strict.Node) {
			d.Each(n, func(name string, keyNode, value strict.Node) {
				q.Columns = append(q.Columns, column(d, name, keyNode, value))
			})
		},
	}
	if test {
		keys["severity"] = func(n strict.Node) { q.Severity = d.OneOf(n, "stop", "warn") }
		d.Map(root, keys, "title", "severity")
	} else {
		d.Map(root, keys, "title")
	}
	if !root.Given() && d.Err() == nil {
		d.FaultAt(1, "no header: begin with `-- title: …`")
	}
	return q, d.Err()
}

func column(d *strict.Reader, name string, at, n strict.Node) Header {
	h := Header{line: d.Line(at)}
	h.Name = name
	var formats []string
	for _, f := range report.Formats {
		formats = append(formats, string(f))
	}
	d.Map(n, strict.Keys{
		"title":    func(n strict.Node) { h.Title = d.Text(n) },
		"format":   func(n strict.Node) { h.Format = report.Format(d.OneOf(n, formats...)) },
		"decimals": func(n strict.Node) { h.Decimals, h.decimals = d.Whole(n), true },
		"unit":     func(n strict.Node) { h.Unit = d.Text(n) },
		"total":    func(n strict.Node) { h.Total = d.Bool(n) },
		"bar":      func(n strict.Node) { h.Bar = d.Bool(n) },
		"link":     func(n strict.Node) { h.Link = d.Text(n) },
		"hidden":   func(n strict.Node) { h.Hidden = d.Bool(n) },
	})
	if h.decimals && (h.Decimals < 0 || h.Decimals > 9) {
		d.Fault(at, "%d digits after the decimal mark: 0 to 9 are possible", h.Decimals)
	}
	return h
}

// headerOf returns the leading comment lines without their dashes, and blank
// lines in place of the rest, so that YAML's lines are the file's.
func headerOf(text string) string {
	var b strings.Builder
	for _, line := range strings.Split(text, "\n") {
		comment, ok := strings.CutPrefix(strings.TrimRight(line, "\r"), "--")
		if !ok {
			break
		}
		b.WriteString(strings.TrimPrefix(comment, " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// lineOf returns the line of an offset in the query's text.
func (q *Query) lineOf(offset int) int {
	return 1 + strings.Count(q.text[:min(max(offset, 0), len(q.text))], "\n")
}

// body is the text without a semicolon at its end; the header stays, so that
// the engine's LINE n is the file's line.
func (q *Query) body() string {
	return strings.TrimRight(strings.TrimSpace(q.text), "; \t\r\n")
}
