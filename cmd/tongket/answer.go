package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"tongket/internal/answer"
	"tongket/internal/chart"
	"tongket/internal/machine"
	"tongket/internal/report"
	"tongket/internal/warehouse"
	"tongket/internal/xlsx"
	"tongket/templates"
)

// drawable are the charts of an answer.
var drawable = []string{"bar", "line", "area", "scatter"}

// write writes the answer in its format. What was left out stands under what
// people read, and goes to the terminal beside what machines read.
func (a *asking) write(ctx context.Context, found *warehouse.Answer, to io.Writer) error {
	switch form := warehouse.Form(a.format); form {
	case warehouse.CSV, warehouse.JSON, warehouse.NDJSON, warehouse.Parquet:
		if err := errors.Join(found.Write(ctx, to, form), found.Remarks(ctx)); err != nil {
			return err
		}
		a.aside(found)
		return nil
	}
	t, err := found.Table(ctx)
	if err != nil {
		return err
	}
	l := a.programme.Locale
	s := answer.Sheet{Table: *t, Wide: a.wide()}
	if a.title != "" {
		s.Table.Title = a.title
	}
	if a.format == "table" && a.chart == "" { // the rows first: what stands under them takes time
		if err := s.Text(to, l); err != nil {
			return err
		}
		if err := found.Remarks(ctx); err != nil {
			return err
		}
		for _, note := range a.notes(found) {
			fmt.Fprintln(to, clean(note))
		}
		return nil
	}
	if err := found.Remarks(ctx); err != nil {
		return err
	}
	s.Notes, s.Table.Notes, s.Table.Source = a.notes(found), found.Notes, found.Source
	switch a.format {
	case "markdown":
		return s.Markdown(to, l)
	case "xlsx":
		a.aside(found)
		return a.workbook(s, to)
	case "html":
		return buffered(to, func(to io.Writer) error { return a.page(s, found, to) })
	}
	spec, err := a.spec(t)
	if err != nil {
		return err
	}
	return s.Bars(to, spec, l, a.width())
}

// notes are what is said under an answer.
func (a *asking) notes(found *warehouse.Answer) []string {
	l := a.programme.Locale
	out := append(a.cut(found), found.Hints...)
	if notice := a.programme.Notice; notice != "" {
		out = append(out, notice)
	}
	out = append(out, found.Notes...)
	if s := found.Source; s.Files > 0 && s.Query != "" {
		out = append(out, l.Say("paper.source", "query", s.Query, "files", l.Number(float64(s.Files), 0), "rows", l.Number(float64(s.Rows), 0)))
	} else if s.Files > 0 {
		out = append(out, l.Say("ask.source", "files", l.Number(float64(s.Files), 0), "rows", l.Number(float64(s.Rows), 0)))
	}
	return out
}

// cut says what was left out.
func (a *asking) cut(found *warehouse.Answer) []string {
	l := a.programme.Locale
	n := func(v int64) string { return l.Number(float64(v), 0) }
	var out []string
	const sheet = 1048000
	switch {
	case found.Cut.Bytes, a.format == "xlsx" && found.Cut.More && found.Rows == sheet:
		out = append(out, l.Say("ask.cut.large", "shown", n(found.Rows)))
	case found.Cut.More && found.Cut.Total > 0:
		out = append(out, l.Say("ask.cut.rows", "shown", n(found.Rows), "total", n(found.Cut.Total)))
	case found.Cut.More:
		out = append(out, l.Say("ask.cut.more", "shown", n(found.Rows)))
	}
	if found.Cut.Cells > 0 {
		out = append(out, l.Say("ask.cut.cells", "n", n(found.Cut.Cells)))
	}
	return out
}

// aside says on the terminal what has no place in the answer.
func (a *asking) aside(found *warehouse.Answer) {
	for _, line := range slices.Concat(a.cut(found), found.Hints, found.Notes) {
		fmt.Fprintln(a.s.err, clean(line))
	}
}

func (a *asking) workbook(s answer.Sheet, to io.Writer) error {
	l := a.programme.Locale
	title := s.Table.Title
	if title == "" {
		title = l.Say("ask.answer")
	}
	doc := &report.Document{Path: s.Table.Name, Title: title, Blocks: []report.Block{report.TableBlock{Table: s.Table, Caption: title, ID: "answer"}}}
	return xlsx.Write(to, doc, &report.Site{Agency: a.programme.Agency, Notice: a.programme.Notice}, l)
}

// page writes the answer as a page, with a picture if one is wanted.
func (a *asking) page(s answer.Sheet, found *warehouse.Answer, to io.Writer) (err error) {
	l := a.programme.Locale
	p := answer.Page{Sheet: s, Heading: l.Say("ask.answer"), SQL: found.SQL()}
	if a.chart == "" {
		return p.HTML(to, l)
	}
	spec, err := a.spec(&s.Table)
	if err != nil {
		return err
	}
	bundle, err := fs.Sub(templates.Files, "dist")
	if err != nil {
		return fmt.Errorf("bundle: %w", err)
	}
	r, err := chart.New(bundle, 1, l)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	t, err := s.Table.Pick(append([]string{spec.X}, spec.Y...))
	if err != nil {
		return err
	}
	c := &report.Chart{ID: "answer", Spec: spec, Table: t, Caption: l.Say("ask.answer")}
	if err := r.Draw(c, chart.Screen); err != nil {
		return err
	}
	p.Drawing, p.Sentence = c.Drawing.Screen.Markup, c.Sentence
	return p.HTML(to, l)
}

// spec says what to draw: the first column of names against the first one of
// numbers, where nothing else is asked for.
func (a *asking) spec(t *report.Table) (report.ChartSpec, error) {
	spec := report.ChartSpec{Type: a.chart, X: a.x, Y: a.y, Horizontal: a.chart == "bar" && len(t.Rows) > 8}
	var numbers, words []string
	for _, i := range t.Shown() {
		c := t.Columns[i]
		switch {
		case c.Format.Numeric() && c.Name != spec.X:
			numbers = append(numbers, c.Name)
		case strings.HasSuffix(c.Name, "short_name"): // people know these, not the codes
			words = slices.Insert(words, 0, c.Name)
		default:
			words = append(words, c.Name)
		}
	}
	if spec.X == "" && a.chart != "scatter" && len(words) > 0 {
		spec.X = words[0]
	}
	if spec.X == "" && len(numbers) > 1 {
		spec.X, numbers = numbers[0], numbers[1:]
	}
	if len(spec.Y) == 0 && len(numbers) > 0 {
		spec.Y = numbers[:1]
	}
	if spec.X == "" || len(spec.Y) == 0 {
		return spec, errors.New(a.programme.Locale.Say("ask.chart"))
	}
	if err := chart.Check(spec, *t); err != nil && len(t.Rows) > 0 {
		return spec, fmt.Errorf("--chart: %w", err)
	}
	return spec, nil
}

// width is how many places a line of the terminal has.
func (a *asking) width() int {
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 20 {
		return min(n, 400)
	}
	if f, ok := a.s.out.(*os.File); ok {
		if n := machine.Columns(f); n > 20 {
			return n
		}
	}
	return 80
}

// wide is that of a terminal; a file or a pipe takes lines of any length.
func (a *asking) wide() int {
	if !a.terminal() {
		return 0
	}
	return a.width()
}

// terminal reports whether the answer goes to one.
func (a *asking) terminal() bool {
	f, ok := a.s.out.(*os.File)
	return ok && machine.Columns(f) > 0
}
