package edition

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"tongket/internal/author"
	"tongket/internal/chart"
	"tongket/internal/report"
	"tongket/internal/warehouse"
)

// Build makes an edition. The folder Out is replaced in one step at the end;
// until then, and after any error, it stays as it was.
func Build(ctx context.Context, o Order) (*Summary, error) {
	d, err := begin(ctx, o)
	if err != nil {
		return nil, err
	}
	defer d.reader.Close()
	return d.make(ctx, o)
}

// Renew is Build where the gate may keep an edition back, with an error of type
// *Refused; and where Out holds the same already it stays.
func Renew(ctx context.Context, o Order) (*Summary, error) {
	d, err := begin(ctx, o)
	if err != nil {
		return nil, err
	}
	defer d.reader.Close()
	if stops(d.findings) > 0 {
		return nil, &Refused{d.findings}
	}
	if m, err := readManifest(o.Out); err == nil && m.Published == nil && m.Previous == d.basis.Previous && d.alike(m) && whole(o.Out, m) {
		return &Summary{Out: o.Out, Kept: true, Findings: d.findings}, nil
	}
	return d.make(ctx, o)
}

// alike reports whether an edition was made from the same as this one would be.
func (d *draft) alike(m *manifest) bool {
	b := d.basis
	return m.Program == b.Program && m.Build == b.Build && m.Look == b.Look && m.Event == b.Event && m.History == b.History && m.Notice == d.said() &&
		slices.Equal(m.Programme, b.Programme) && reflect.DeepEqual(m.Findings, b.Findings)
}

// whole reports whether the files of an edition are there, as long as they were.
func whole(folder string, m *manifest) bool {
	for _, o := range m.Outputs {
		info, err := os.Stat(filepath.Join(folder, filepath.FromSlash(o.Path)))
		if err != nil || info.Size() != o.Bytes {
			return false
		}
	}
	return len(m.Outputs) > 0
}

// draft is an edition of which everything is known that decides whether to
// make it: what it would be made from, and what the tests found.
type draft struct {
	*Programme
	reports   []*author.Report
	reader    *warehouse.Reader
	findings  []Finding
	asked     author.Context
	alert     string // of every page, louder than the programme's own notice
	documents []*report.Document
	basis     manifest // the part of the manifest that tells what it is made from
	release   *release // nil: it is not published
	sound     func() error
}

// begin reads the programme, runs its tests and makes its documents. The caller
// closes the reader.
func begin(ctx context.Context, o Order) (*draft, error) {
	// Before anything is read: what is edited meanwhile counts as edited after.
	files, err := programmeFiles(o.Programme)
	if err != nil {
		return nil, err
	}
	p, err := Open(o.Programme, o.Templates)
	if err != nil {
		return nil, err
	}
	reports, err := readReports(o.Programme)
	if err != nil {
		return nil, errors.Join(err, checkQueries(o.Programme))
	}
	reader, tests, err := ask(ctx, o, p)
	if err != nil {
		return nil, errors.Join(author.Unread(reports), err)
	}
	d := &draft{Programme: p, reports: reports, reader: reader, basis: manifest{Programme: files}}
	err = d.look(ctx, o, tests)
	if err == nil {
		err = d.compose(ctx, o)
	}
	if stopped := ctx.Err(); stopped != nil {
		err = stopped // what was broken off is no fault of a test or a report
	}
	if err != nil {
		return nil, errors.Join(err, reader.Close())
	}
	return d, nil
}

func (d *draft) look(ctx context.Context, o Order, tests []*warehouse.Query) (err error) {
	if d.findings, err = find(ctx, d.reader, tests, d.Programme); err != nil {
		return err
	}
	if d.reader.Rebuilt() {
		d.findings = append(d.findings, Finding{Name: "previous_other", Title: d.Locale.Say("finding.previous_other"), Severity: "warn", Rows: 1, File: mark})
	}
	if !o.AsOf.IsZero() {
		d.note(d.Locale.Say("build.as_of", "day", d.Locale.Date(o.AsOf)))
	}
	before, err2 := digestOf(o.Previous)
	event, err1 := d.reader.Event(ctx)
	history, err4 := d.reader.History(ctx, event)
	look, err3 := lookOf(o.Templates)
	d.basis = manifest{Program: "tongket " + o.Version, Build: o.Build, Previous: before, Look: look, Title: d.Title, Event: event, History: history, Programme: d.basis.Programme, Findings: append([]Finding{}, d.findings...)}
	return errors.Join(err1, err2, err3, err4)
}

// said is all that stands on every page.
func (d *draft) said() string { return strings.TrimSpace(d.Notice + " " + d.alert) }

// note adds a sentence to what every page warns of.
func (d *draft) note(sentence string) {
	d.alert = strings.TrimSpace(d.alert + " " + sentence)
}

// compose makes the documents, and a finding of each report at fault: the
// pages that list the findings list these too.
func (d *draft) compose(ctx context.Context, o Order) error {
	d.asked = author.Context{
		Locale: d.Locale, Workers: o.Workers, Paper: d.Paper, Later: d.Later, Vars: d.Vars, CheckChart: chart.Check, Shapes: shapesOf(o.Programme),
		Types:    func(name string) ([]string, error) { return typesOf(ctx, d.reader, name) },
		CheckSQL: func(sql string, tables []string) error { return checkSQL(ctx, d.reader, sql, tables) },
		Query: func(name string, params map[string]string) (*report.Table, error) {
			if name == findingsTable {
				return tableOf(d.findings, d.Locale, params)
			}
			return d.reader.Query(ctx, name, params)
		},
	}
	// A page that shows the findings is made anew when there are more of them,
	// and may be at fault only then.
	for more := true; more; {
		documents, broken := author.All(d.reports, d.asked)
		if len(broken) > 0 && o.Faulty == Abandoned {
			return author.Faults(broken)
		}
		d.documents, more = documents, d.blame(broken)
		if more {
			continue
		}
		boxes, err := d.boxed()
		if err != nil {
			return err
		}
		more = boxes
	}
	d.basis.Findings = append([]Finding{}, d.findings...)
	return nil
}

// blame adds a finding of each report at fault that has none; false: all have.
func (d *draft) blame(broken []author.Broken) (more bool) {
	for _, b := range broken {
		if slices.ContainsFunc(d.findings, func(f Finding) bool { return f.Broken() && f.File == b.File }) {
			continue
		}
		f := Finding{Name: b.File, Title: d.Locale.Say("finding.broken", "file", b.File), Severity: "stop", Rows: len(b.Faults), File: b.File}
		for _, e := range b.Faults {
			f.Faults = append(f.Faults, e.Error())
		}
		d.findings, more = append(d.findings, f), true
	}
	return more
}

// make writes the edition into the folder Out of the order.
func (d *draft) make(ctx context.Context, o Order) (*Summary, error) {
	site, err := site(d.Programme, d.asked, d.documents, d.findings)
	if err != nil {
		return nil, err
	}
	for _, doc := range d.documents {
		doc.Alert = d.alert
	}
	site.Data = d.reader.Queries()
	inputs, err := d.reader.Submissions(ctx)
	if err != nil {
		return nil, err
	}
	c := &content{site: site, documents: d.documents, findings: d.findings, inputs: inputs}
	for _, name := range site.Data {
		c.tables = append(c.tables, &kept{name: name})
	}
	return d.write(ctx, o, c)
}

// content is everything an edition will hold, before it is written.
type content struct {
	site      *report.Site
	documents []*report.Document
	findings  []Finding
	inputs    []warehouse.Submission
	tables    []*kept
}

// finish writes the manifest, the last file of an edition. What is published
// must be on the disk before anybody is led to it.
func (d *draft) finish(f *folder, o Order, c *content) (err error) {
	m := d.basis
	m.Edition, m.Notice, m.Inputs, m.Outputs = c.site.Edition, d.said(), c.inputs, f.list()
	if d.release == nil {
		return f.put(mark, m.bytes(c))
	}
	if m.Carried, err = f.carry(o.Previous); err != nil {
		return err
	}
	told := *d.release
	told.Findings, told.FindingsPage = len(c.findings), c.site.FindingsPage
	for _, s := range c.inputs {
		if s.ID > told.since && (s.Status == "accepted" || s.Status == "partial") {
			told.Files++
		}
	}
	m.Published = &told
	return errors.Join(f.put(mark, m.bytes(c)), flush(f.temp), d.sound())
}

// lookOf is a name for the templates: the same for the same files, and no
// other.
func lookOf(templates fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(templates, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(name, "node_modules/") {
			return err
		}
		text, err := fs.ReadFile(templates, name)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(sum, "%q %d ", name, len(text))
		if err == nil {
			_, err = sum.Write(text)
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("templates: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
