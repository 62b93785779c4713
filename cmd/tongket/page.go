package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"tongket/internal/edition"
	"tongket/internal/report"
	"tongket/internal/warehouse"
)

// keepReport makes the answer that was given a part of the next edition: a
// query, unless it is one already, and a page. Both are written or none, and
// nothing is written over.
func (a *asking) keepReport(ctx context.Context, o edition.Order, q warehouse.Question) error {
	l := a.programme.Locale
	k := keepsake{name: a.report, title: a.title, answer: a.found}
	if there(filepath.Join(a.folder, filepath.FromSlash(k.reportFile()))) {
		return errors.New(l.Say("ask.save.there", "file", k.reportFile()))
	}
	if q.Query != "" {
		return a.keepPage(ctx, o, k, q)
	}
	t, err := a.tryQuery(ctx, o, k)
	if err != nil {
		return err
	}
	text, err := a.pageText(o.Programme, page{keepsake: k, query: k.name, table: t})
	if err != nil {
		return err
	}
	if err := a.put(k.queryFile(), a.queryText(k)); err != nil {
		return err
	}
	if err := a.put(k.reportFile(), text); err != nil {
		return errors.Join(err, os.Remove(filepath.Join(a.folder, filepath.FromSlash(k.queryFile()))))
	}
	fmt.Fprintln(a.s.err, l.Say("ask.saved", "file", k.queryFile(), "name", k.name))
	fmt.Fprintln(a.s.err, l.Say("ask.save.report", "file", k.reportFile()))
	return nil
}

// keepPage writes a page for a query of the programme.
func (a *asking) keepPage(ctx context.Context, o edition.Order, k keepsake, q warehouse.Question) error {
	l := a.programme.Locale
	if !k.named() {
		return errors.New(l.Say("ask.save.name", "name", clean(k.name)))
	}
	q.Limits.Rows, q.Limits.Cell = enough, 0
	found, err := a.reader.Ask(ctx, q)
	if err != nil {
		return err
	}
	t, err := found.Table(ctx)
	if err != nil {
		return err
	}
	if k.title == "" && len(q.Params) > 0 {
		var values []string
		for _, name := range slices.Sorted(maps.Keys(q.Params)) {
			values = append(values, q.Params[name])
		}
		k.title = found.Title + " (" + strings.Join(values, ", ") + ")"
	}
	text, err := a.pageText(o.Programme, page{keepsake: k, query: q.Query, params: q.Params, table: t})
	if err != nil {
		return err
	}
	if err := a.put(k.reportFile(), text); err != nil {
		return err
	}
	fmt.Fprintln(a.s.err, l.Say("ask.save.saved", "query", q.Query, "file", k.reportFile()))
	fmt.Fprintln(a.s.err, l.Say("ask.save.report", "file", k.reportFile()))
	return nil
}

// page is what a kept answer shows.
type page struct {
	keepsake
	query  string
	params map[string]string
	table  *report.Table // its first rows, to see what may be drawn
}

// pageText is the file of a page: its place in the menu, a chart if one was
// asked for, and the table.
func (a *asking) pageText(programme fs.FS, p page) ([]byte, error) {
	parent, order, err := menuPlace(programme)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	title := a.titleOf(p.keepsake)
	fmt.Fprintf(&b, "---\ntitle: %s\nmenu: %s\norder: %d\n", literal(title), literal(short(title)), order)
	if parent != "" {
		fmt.Fprintf(&b, "parent: %s\n", yaml(parent))
	}
	fmt.Fprintln(&b, "---")
	query := "query: " + p.query + "\n"
	if len(p.params) > 0 {
		var pairs []string
		for _, name := range slices.Sorted(maps.Keys(p.params)) {
			pairs = append(pairs, literal(name)+": "+literal(p.params[name]))
		}
		query += "params: {" + strings.Join(pairs, ", ") + "}\n"
	}
	if a.chart != "" {
		spec, err := a.spec(p.table)
		if err != nil {
			return nil, err
		}
		var y []string
		for _, name := range spec.Y {
			y = append(y, literal(name))
		}
		fmt.Fprintf(&b, "```chart\n%stype: %s\nx: %s\ny: [%s]\n", query, spec.Type, literal(spec.X), strings.Join(y, ", "))
		if spec.Horizontal {
			fmt.Fprintln(&b, "horizontal: true")
		}
		if most := 30; spec.Type == "bar" && len(p.table.Rows) > most {
			fmt.Fprintf(&b, "top: %d\n", most)
		}
		fmt.Fprint(&b, "```\n\n")
	}
	fmt.Fprintf(&b, "```table\n%s", query)
	if a.rows > 0 {
		fmt.Fprintf(&b, "top: %d\n", a.rows)
	}
	fmt.Fprintln(&b, "```")
	return b.Bytes(), nil
}

// literal writes a text in quotes in which nothing is an expression.
func literal(text string) string {
	return strings.ReplaceAll(yaml(text), "{{", `{{ "{{" }}`)
}

// short is a title as a menu has room for it.
func short(title string) string {
	const most = 32 // letters
	if len([]rune(title)) <= most {
		return title
	}
	cut := string([]rune(title)[:most])
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,.;:") + "…"
}

// menuPlace is where a new page stands in the menu: below the page on which readers
// explore or, without one, below the first, behind all others.
func menuPlace(programme fs.FS) (parent string, order int, err error) {
	files, err := fs.Glob(programme, "reports/*.md")
	if err != nil {
		return "", 0, fmt.Errorf("reports: %w", err)
	}
	type entry struct {
		path    string
		order   int
		explore bool
	}
	var pages []entry
	for _, file := range files {
		text, err := fs.ReadFile(programme, file)
		if err != nil {
			return "", 0, fmt.Errorf("reports: %w", err)
		}
		keys := frontKeys(string(text))
		n, _ := strconv.Atoi(keys["order"])
		order = max(order, n+1)
		if keys["menu"] == "" || keys["parent"] != "" {
			continue
		}
		pages = append(pages, entry{cmp.Or(keys["path"], strings.TrimSuffix(path.Base(file), ".md")), n, keys["explore"] != ""})
	}
	slices.SortStableFunc(pages, func(a, b entry) int {
		if a.explore != b.explore {
			return map[bool]int{true: -1, false: 1}[a.explore]
		}
		return cmp.Compare(a.order, b.order)
	})
	if len(pages) > 0 {
		parent = pages[0].path
	}
	return parent, order, nil
}

// frontKeys are the keys of a report's front matter that stand on one line.
func frontKeys(text string) map[string]string {
	out := map[string]string{}
	text = strings.TrimPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "\uFEFF")
	_, text, _ = strings.Cut(text, "\n")
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "---") {
			break
		}
		if key, value, found := strings.Cut(line, ":"); found && !strings.HasPrefix(key, " ") {
			out[key] = strings.Trim(strings.TrimSpace(value), `"'`)
		}
	}
	return out
}
