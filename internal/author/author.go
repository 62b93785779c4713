package author

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"tongket/internal/report"
)

// Context is what reports need from outside.
type Context struct {
	Locale  *report.Locale
	Workers int // documents of one report made at a time; 0: one
	Query   Query
	Paper   report.Paper   // what papers have in common: letterhead, signer, recipients
	Later   []report.Later // what of that, and of the vars, is otherwise from a day on
	Vars    map[string]any // .vars in expressions
	// Types gives the engine's types of a query's columns; nil: they are texts.
	Types func(query string) ([]string, error)
	// CheckSQL finds what is wrong with a question to some of the queries; nil
	// checks nothing.
	CheckSQL func(sql string, tables []string) error
	// CheckChart finds what is wrong with a chart besides missing columns;
	// nil checks nothing.
	CheckChart func(report.ChartSpec, report.Table) error
	// Shapes gives the boundaries of a map from a file of the programme, by
	// this property. Nil: there are none.
	Shapes func(file, property string) (*report.Shapes, error)
}

// Parse reads every *.md of the folder, not of its subfolders, in the order
// of their names. The prefix is put before file names in errors. What is wrong
// with a file is told by All and Unread, each fault "reports/x.md:12: …".
func Parse(fsys fs.FS, prefix string) ([]*Report, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("reports: %w", err)
	}
	var reports []*Report
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".md" {
			continue
		}
		file := path.Join(prefix, e.Name())
		text, err := fs.ReadFile(fsys, e.Name())
		r := &Report{File: file}
		if err != nil {
			r.unread = fmt.Errorf("%s: %w", file, err)
		} else {
			r.unread = r.parse(string(text))
		}
		reports = append(reports, r)
	}
	return reports, nil
}

// Unread joins the faults that the reports show without any table; nil if
// there are none.
func Unread(reports []*Report) error {
	var errs []error
	for _, r := range reports {
		errs = append(errs, r.unread)
	}
	return errors.Join(errs...)
}

// All returns the documents of all reports, in the order of the reports, and
// which reports are at fault: what can be made is made. Two documents with one
// path are a fault, too.
func All(reports []*Report, c Context) ([]*report.Document, []Broken) {
	var broken []Broken
	var sound []*Report
	for _, r := range reports {
		if broken = blame(broken, r.File, r.unread); r.unread == nil {
			sound = append(sound, r)
		}
	}
	pages, wrong := trails(sound, c)
	for _, f := range wrong {
		broken = blame(broken, f.file, f)
	}
	c.Query = remember(led(c.Query, pages))
	var all []*report.Document
	for _, r := range reports {
		if r.unread != nil {
			if doc := r.standIn(c, r.unread); doc != nil {
				all = append(all, doc)
			}
			continue
		}
		docs, err := r.Documents(c)
		broken = blame(broken, r.File, err)
		all = append(all, docs...)
	}
	first := map[string]*report.Document{}
	all = slices.DeleteFunc(all, func(d *report.Document) bool {
		// Compared without case: a site is also carried to systems that
		// cannot tell "A" from "a" in a file's name.
		key := strings.ToLower(d.Path)
		if other := first[key]; other != nil {
			broken = blame(broken, d.File, fmt.Errorf("%s: path %q is also that of %s; give one of them another path", d.File, d.Path, other.File))
			return true
		}
		first[key] = d
		return false
	})
	return all, broken
}

// Documents makes the report's document, or one for each row of its for_each
// query, several at a time. The error joins all faults; a document at fault
// says so instead of what it should hold.
func (r *Report) Documents(c Context) ([]*report.Document, error) {
	if c.Workers > 1 && r.forEach != "" {
		if docs := r.together(c); docs != nil {
			return docs, nil
		}
	}
	// One after the other, so that faults come in the order of the rows.
	run := newRun(c, r.File)
	scopes := run.scopes(r)
	docs := make([]*report.Document, 0, len(scopes))
	place := map[string]int{}
	for i, scope := range scopes {
		before := len(run.faults.met)
		doc := run.document(r, scope)
		run.faults.page = ""
		key := strings.ToLower(doc.Path)
		first, twice := place[key]
		switch {
		case r.forEach != "" && pathFault(doc.Path) != "":
			continue
		case twice:
			run.faults.add(r.pathLine, "path %q comes from rows %d and %d of %q; a path must be the page's own", doc.Path, first+1, i+1, r.forEach)
			continue
		case len(run.faults.met) > before:
			if doc.Has("html") {
				r.stand(c, doc, run.faults.met[before:])
				docs = append(docs, doc)
			}
		default:
			docs = append(docs, doc)
		}
		place[key] = i
	}
	return docs, run.faults.err()
}

// together makes the documents by several runs side by side; nil when there
// was any fault.
func (r *Report) together(c Context) []*report.Document {
	first := newRun(c, r.File)
	scopes := first.scopes(r)
	docs := make([]*report.Document, len(scopes))
	faulty := make([]bool, c.Workers)
	var wg sync.WaitGroup
	for w := range c.Workers {
		wg.Go(func() {
			run := newRun(c, r.File)
			for i := w; i < len(scopes) && len(run.faults.list) == 0; i += c.Workers {
				docs[i] = run.document(r, scopes[i])
			}
			faulty[w] = len(run.faults.list) > 0
		})
	}
	wg.Wait()
	places := map[string]bool{}
	for _, d := range docs {
		if d != nil {
			places[strings.ToLower(d.Path)] = true
		}
	}
	if slices.Contains(faulty, true) || len(first.faults.list) > 0 || len(places) < len(docs) {
		return nil
	}
	return docs
}

// Expand returns a text with its expressions filled in, as plain text. The
// file stands in errors, e.g. "tongket.yaml".
func Expand(c Context, file, text string) (string, error) {
	p, err := newPhrase(file, clean(text), 1)
	if err != nil {
		return "", err
	}
	run := newRun(c, file)
	out := run.text(p, &scope{vars: c.Vars})
	if err := run.faults.err(); err != nil {
		return "", err
	}
	return out, nil
}

// scopes returns the dot of each document.
func (run *run) scopes(r *Report) []*scope {
	if r.forEach == "" {
		return []*scope{{vars: run.Vars}}
	}
	t, err := run.Query(r.forEach, nil)
	if err != nil {
		run.faults.addAll(r.forEachLine, fmt.Sprintf("query %q: ", r.forEach), err)
		return nil
	}
	scopes := make([]*scope, len(t.Rows))
	for i := range t.Rows {
		scopes[i] = &scope{table: t, cells: t.Rows[i], vars: run.Vars}
	}
	return scopes
}

// document makes the document of one dot.
func (run *run) document(r *Report, dot *scope) *report.Document {
	doc := &report.Document{
		Path:    r.name,
		Order:   r.order,
		Outputs: append([]string(nil), r.outputs...),
		File:    r.File,
	}
	always := run.Context
	defer func() { run.Context = always }()
	date := run.dateOf(r.paper, dot)
	if len(run.Later) > 0 {
		named := date // a letter yet to be dated is of the time of the programme's papers
		if named == "" {
			named = run.Paper.Date
		}
		run.Paper, run.Vars = report.On(named, run.Paper, run.Vars, run.Later)
		dated := *dot
		dated.vars = run.Vars
		dot = &dated
	}
	run.Paper.Date = date
	if r.forEach != "" {
		doc.Path = strings.TrimSpace(run.raw(r.path, dot))
		run.faults.page = doc.Path
		if fault := pathFault(doc.Path); fault != "" {
			run.faults.add(r.pathLine, "path %q %s", doc.Path, fault)
		}
	}
	doc.Title = run.text(r.title, dot)
	doc.Description = run.text(r.description, dot)
	doc.Also = run.text(r.also, dot)
	doc.Menu = run.text(r.menu, dot)
	doc.Parent = strings.TrimSpace(run.raw(r.parent, dot))
	if r.paper != nil {
		doc.Paper = run.paper(r.paper, dot)
	}
	doc.Blocks = run.body(r.body, doc.Title, dot)
	if len(r.explore) > 0 {
		doc.Blocks = append(doc.Blocks, run.explored(r))
	}
	return doc
}

// dateOf is that of a document: its paper's own, or that of all papers.
func (run *run) dateOf(p *paper, dot *scope) string {
	if p == nil {
		return run.Paper.Date
	}
	phrase, ok := p.texts["date"]
	if !ok {
		return run.Paper.Date
	}
	date := run.raw(phrase, dot)
	if !isoDay.MatchString(date) {
		run.faults.add(phrase.line, "date %q: write the day as 2022-10-28, the month as 2022-10, or leave it empty", date)
	}
	return date
}

// paper returns the common paper with what the front matter replaces.
func (run *run) paper(p *paper, dot *scope) *report.Paper {
	out := run.Paper
	for key, to := range map[string]*string{
		"kind": &out.Kind, "subject": &out.Subject, "code": &out.Code, "number": &out.Number,
		"place": &out.Place, "signer": &out.Signer,
	} {
		if phrase, ok := p.texts[key]; ok {
			*to = run.text(phrase, dot)
		}
	}
	for key, to := range map[string]*[]string{"to": &out.To, "authority": &out.Authority, "recipients": &out.Recipients} {
		phrases, ok := p.lists[key]
		if !ok {
			*to = append([]string(nil), *to...)
			continue
		}
		*to = nil
		for _, phrase := range phrases {
			if text := run.text(phrase, dot); text != "" {
				*to = append(*to, text)
			}
		}
	}
	out.Superior = append([]string(nil), out.Superior...)
	out.Agency = append([]string(nil), out.Agency...)
	return &out
}

// pathFault says what is wrong with a document's path; empty if nothing is.
func pathFault(p string) string {
	const longest = 200 // bytes; a file system takes 255 for one name
	switch {
	case p == "":
		return "is empty"
	case !utf8.ValidString(p) || strings.ContainsFunc(p, func(r rune) bool { return r < ' ' || r == 0x7f || r == utf8.RuneError }):
		return "holds a control character"
	case strings.ContainsAny(p, `\:*?"<>|#%`):
		return `holds one of \ : * ? " < > | # %`
	case len(p) > longest:
		return fmt.Sprintf("is longer than %d bytes", longest)
	case !fs.ValidPath(p) || p == ".":
		return `is not a clean relative path such as "don-vi/731"`
	}
	for _, part := range strings.Split(p, "/") {
		if strings.Trim(part, " .") != part {
			return "has a part that begins or ends with a dot or a space"
		}
	}
	return ""
}
