package author

import (
	"bytes"
	"math"
	"reflect"
	"sort"
	"strings"
	"text/template"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"

	"tongket/internal/report"
)

// run makes the documents of one report, one after the other.
type run struct {
	Context
	faults    *faults
	markdown  parser.Parser
	templates map[*template.Template]*template.Template // bound to this run

	line   int // of the expression at work
	out    bytes.Buffer
	marks  []mark
	values values
}

// mark says where in the output the text of a line begins.
type mark struct{ offset, line int }

func newRun(c Context, file string) *run {
	return &run{
		Context:   c,
		faults:    &faults{file: file},
		markdown:  goldmark.New(goldmark.WithExtensions(extension.Table)).Parser(),
		templates: map[*template.Template]*template.Template{},
	}
}

// execute runs a template into run.out. A fault leaves what came before it.
func (run *run) execute(t *template.Template, dot *scope) {
	run.out.Reset()
	run.marks = run.marks[:0]
	run.values.list = run.values.list[:0]
	bound := run.templates[t]
	if bound == nil {
		bound = template.Must(t.Clone()).Funcs(run.functions()).Funcs(run.inner())
		run.templates[t] = bound
	}
	if err := bound.Execute(&run.out, dot); err != nil {
		f := syntaxFault(run.faults.file, err, nil)
		run.faults.add(f.line, "%s", f.text)
	}
}

// text returns a phrase with its values as people read them.
func (run *run) text(p phrase, dot *scope) string { return run.phrase(p, dot, run.values.fill) }

// raw returns a phrase with its values as paths need them.
func (run *run) raw(p phrase, dot *scope) string { return run.phrase(p, dot, run.values.raw) }

func (run *run) phrase(p phrase, dot *scope, fill func(string) string) string {
	if p.tmpl == nil {
		return plain(p.source)
	}
	run.execute(p.tmpl, dot)
	return plain(fill(strings.TrimLeft(run.out.String(), "\n")))
}

// lineAt returns the line in the file of a place in run.out.
func (run *run) lineAt(offset int) int {
	i := sort.Search(len(run.marks), func(i int) bool { return run.marks[i].offset > offset }) - 1
	if i < 0 {
		return 1
	}
	m := run.marks[i]
	return m.line + bytes.Count(run.out.Bytes()[m.offset:min(offset, run.out.Len())], []byte("\n"))
}

// inner are the functions of a rewritten template, not for authors.
func (run *run) inner() template.FuncMap {
	return template.FuncMap{
		"at": func(line int) string {
			run.line = line
			run.marks = append(run.marks, mark{run.out.Len(), line})
			return ""
		},
		"hold": run.hold,
		"cell": run.cell,
		"raw": func(of any, names ...string) any {
			return bare(run.cell(of, names...))
		},
	}
}

func (run *run) fail(format string, args ...any) broken {
	run.faults.add(run.line, "expression: "+format, args...)
	return broken{}
}

// hold keeps a printed value and returns its token.
func (run *run) hold(v any) string {
	shown, ok := shownText(run.Locale, v)
	if !ok {
		what := "a list cannot be printed; use range"
		if _, row := v.(*scope); row || reflect.ValueOf(v).Kind() == reflect.Map {
			what = "a row cannot be printed; name a column of it, as in .unit_name"
		}
		run.fail("%s", what)
		return ""
	}
	raw, _ := rawText(v)
	return run.values.hold(plain(shown), plain(raw))
}

// cell looks up .a.b in a row or in vars.
func (run *run) cell(of any, names ...string) any {
	for _, name := range names {
		of = run.lookup(bare(of), name)
	}
	return of
}

func (run *run) lookup(of any, name string) any {
	switch x := of.(type) {
	case broken:
		return x
	case *scope:
		return run.column(x, name)
	case nil:
		return run.fail(".%s: asked of a missing value", name)
	}
	m := reflect.ValueOf(of)
	if m.Kind() != reflect.Map || m.Type().Key().Kind() != reflect.String {
		return run.fail(".%s: asked of %s, which is no row", name, kind(of))
	}
	v := m.MapIndex(reflect.ValueOf(name).Convert(m.Type().Key()))
	if !v.IsValid() {
		var names []string
		for _, k := range m.MapKeys() {
			names = append(names, k.String())
		}
		return run.fail(".%s: there is no %q%s", name, name, report.Suggest(name, sorted(names)))
	}
	found := v.Interface()
	if f, number := float(found); number && f == math.Trunc(f) {
		// A whole number of the settings is printed as it was written there:
		// it may be a year.
		return cell{found, report.Column{Format: report.Year}}
	}
	return found
}

func (run *run) column(s *scope, name string) any {
	if s.table != nil {
		if i := s.table.Index(name); i >= 0 {
			return cell{s.cells[i], s.table.Columns[i]}
		}
	}
	if name == "vars" {
		if s.vars == nil {
			return map[string]any{}
		}
		return s.vars
	}
	if s.table == nil {
		return run.fail(".%s: there is nothing but .vars here; columns are inside {{ with one … }} or {{ range rows … }}", name)
	}
	return run.fail("%s has no column %q%s", s.table.Name, name, report.Suggest(name, columnNames(s.table)))
}

func columnNames(t *report.Table) []string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return names
}
