package author

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"tongket/internal/report"
)

// Broken is a report at fault. In place of each of its pages that is at fault
// stands one that says so; papers at fault are left out.
type Broken struct {
	File   string  // "reports/index.md"
	Faults []error // each "reports/index.md:12: …", in the order of the file
}

// Faults joins what is wrong with all of them; nil if nothing is broken.
func Faults(all []Broken) error {
	var errs []error
	for _, b := range all {
		errs = append(errs, b.Faults...)
	}
	return errors.Join(errs...)
}

// blame adds an error, which may be several joined, to those of its report.
func blame(all []Broken, file string, err error) []Broken {
	if err == nil {
		return all
	}
	faults := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		faults = joined.Unwrap()
	}
	at := slices.IndexFunc(all, func(b Broken) bool { return b.File == file })
	if at < 0 {
		return append(all, Broken{file, faults})
	}
	all[at].Faults = append(all[at].Faults, faults...)
	return all
}

// standIn is the page in place of one at fault; nil where there would be no
// page, or nobody knows where.
func (r *Report) standIn(c Context, err error) *report.Document {
	if r.name == "" || !slices.Contains(r.outputs, "html") {
		return nil
	}
	doc := &report.Document{Path: r.name, Title: r.File, Order: r.order, File: r.File}
	if r.title.tmpl == nil && r.title.source != "" {
		doc.Title = plain(r.title.source)
	}
	if r.menu.tmpl == nil {
		doc.Menu = plain(r.menu.source)
	}
	var lines []int
	for _, b := range blame(nil, r.File, err) {
		for _, e := range b.Faults {
			var f *fault
			if errors.As(e, &f) {
				lines = append(lines, f.line)
			}
		}
	}
	r.stand(c, doc, lines)
	return doc
}

// stand makes a document say that it is at fault on these lines of the file (0:
// as a whole), and nothing else.
func (r *Report) stand(c Context, doc *report.Document, lines []int) {
	lines = slices.DeleteFunc(slices.Clone(lines), func(line int) bool { return line == 0 })
	slices.Sort(lines)
	shown := strings.Trim(strings.ReplaceAll(fmt.Sprint(slices.Compact(lines)), " ", ", "), "[]")
	key := "broken.page"
	if len(lines) == 0 {
		key = "broken.file"
	}
	doc.Outputs, doc.Paper, doc.Description = []string{"html"}, nil, ""
	doc.Blocks = []report.Block{report.Notice{Severity: "stop", Text: []report.Run{{Text: c.Locale.Say(key, "file", r.File, "lines", shown)}}}}
}
