// Package edition makes one edition of a programme: every page and paper of
// its reports, the tables behind them as CSV, and a manifest that accounts for
// inputs, queries and outputs. An edition is put in place whole or not at all.
package edition

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tongket/internal/author"
	"tongket/internal/chart"
	"tongket/internal/contract"
	"tongket/internal/html"
	"tongket/internal/report"
)

// Order is what an edition is made from and where it goes.
type Order struct {
	Programme fs.FS     // the programme folder
	Templates fs.FS     // the look: page templates, catalogs, dist/
	Warehouse string    // the warehouse file
	Out       string    // the folder that will hold the edition
	Workers   int       // pages drawn at a time
	Version   string    // of the program, for the manifest
	Build     string    // tells this build of the program from all others; empty: nothing is kept
	Cache     string    // the folder where what was rendered is kept; empty: nothing is
	AsOf      time.Time // figures as they stood on that day; zero: today's
	Now       time.Time // for tests of how old figures are; zero: they are left out
	Previous  string    // the folder of the edition to compare with; empty: none
	Faulty    Faulty
}

// Faulty says what becomes of an edition of which a report is at fault.
type Faulty int

// Nothing is made, or everything else, with a page that says what is missing
// and a finding that closes the gate.
const (
	Abandoned Faulty = iota
	Told
)

// Summary says what was made.
type Summary struct {
	Out      string
	Pages    int
	Papers   int
	Charts   int
	Tables   int
	Bytes    int64
	Kept     bool // what is in Out is as new: nothing was written, and nothing counted
	Rendered int  // charts, pages and papers that had to be made; the others were as before
	Findings []Finding
}

// Finding is a test that returned rows, or none in time, or a report at fault.
type Finding struct {
	Name     string `json:"name"`
	Title    string `json:"title"`
	Severity string `json:"severity"` // "stop" or "warn"
	Rows     int    `json:"rows"`
	File     string `json:"file"` // where the test stands
	// What is wrong with a report, each "reports/x.md:12: …"; none of a test.
	Faults []string `json:"faults,omitempty"`
}

// Broken reports whether a finding is a report at fault, not a test: its name
// is that of its file.
func (f Finding) Broken() bool { return len(f.Faults) > 0 }

// Programme is what a programme folder says of itself, read and checked.
type Programme struct {
	*contract.Programme
	Contract *contract.Contract
	Locale   *report.Locale
}

// Open reads tongket.yaml, the contract and the catalog of the programme's
// language. All faults come at once.
func Open(programme, templates fs.FS) (*Programme, error) {
	settings, err1 := contract.ReadProgramme(programme)
	tables, err2 := contract.Read(programme)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	catalog, err := fs.ReadFile(templates, "lang/"+settings.Lang+".json")
	if err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	locale, err := report.NewLocale(catalog)
	if err != nil {
		return nil, err
	}
	return &Programme{settings, tables, locale}, nil
}

// Target is the folder that readers look into, of a programme in some folder;
// empty if it names none.
func (p *Programme) Target(folder string) string {
	target := p.Publish.Target
	if target == "" || filepath.IsAbs(target) {
		return target
	}
	return filepath.Join(folder, target)
}

func readReports(programme fs.FS) ([]*author.Report, error) {
	folder, err := fs.Sub(programme, "reports")
	if err != nil {
		return nil, fmt.Errorf("reports: %w", err)
	}
	reports, err := author.Parse(folder, "reports")
	if err == nil && len(reports) == 0 {
		err = errors.New("reports: no report is there; write one as reports/index.md")
	}
	return reports, err
}

// findingsTable is the name under which reports show the findings, as they
// would the result of a query.
const findingsTable = "findings"

func tableOf(findings []Finding, l *report.Locale, params map[string]string) (*report.Table, error) {
	t := &report.Table{Name: findingsTable, Title: l.Say("finding.title"), Source: report.Source{Query: "queries/tests"}, Columns: []report.Column{
		{Name: "severity", Title: l.Say("finding.severity"), Format: report.Text},
		{Name: "finding", Title: l.Say("finding.finding"), Format: report.Text},
		{Name: "cases", Title: l.Say("finding.cases"), Format: report.Integer},
	}}
	for _, f := range findings {
		t.Rows = append(t.Rows, []any{l.Say("finding." + f.Severity), f.Title, int64(f.Rows)})
	}
	if len(params) == 0 {
		return t, nil
	}
	names := slices.Sorted(maps.Keys(params))
	x, err := report.NewIndex(t, names)
	if err != nil {
		return nil, err
	}
	var values []string
	for _, name := range names {
		values = append(values, params[name])
	}
	return x.Pick(values), nil
}

// site gathers what all pages share.
func site(p *Programme, asked author.Context, documents []*report.Document, findings []Finding) (*report.Site, error) {
	edition, err := author.Expand(asked, contract.ProgrammeFile, p.Edition)
	if err != nil {
		return nil, err
	}
	s := &report.Site{Title: p.Title, Agency: p.Agency, Notice: p.Notice, Edition: edition, Findings: len(findings)}
	for _, d := range documents {
		for _, b := range d.Blocks {
			if _, ok := b.(report.Explore); ok && d.Has("html") && s.ExplorePage == "" {
				s.ExplorePage = d.Path
			}
			if t, ok := b.(report.TableBlock); ok && t.Table.Name == findingsTable && s.FindingsPage == "" && d.Has("html") {
				s.FindingsPage = d.Path + "#" + t.ID
			}
		}
	}
	listed := slices.Clone(documents)
	slices.SortStableFunc(listed, func(a, b *report.Document) int { return a.Order - b.Order })
	for _, d := range listed {
		if d.Menu != "" && d.Has("html") {
			s.Menu = append(s.Menu, report.MenuItem{Path: d.Path, Label: d.Menu, Under: d.Parent})
		}
	}
	return s, nil
}

// write renders everything into a folder beside Out and puts it in place.
func (d *draft) write(ctx context.Context, o Order, c *content) (*Summary, error) {
	p := d.Programme
	pages, err := html.New(o.Templates, p.Locale)
	if err != nil {
		return nil, err
	}
	bundle, err := fs.Sub(o.Templates, "dist")
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	charts, err := chart.New(bundle, o.Workers, p.Locale)
	if err != nil {
		return nil, err
	}
	defer charts.Close()
	f, err := newFolder(o.Out)
	if err != nil {
		return nil, err
	}
	defer f.abandon()
	summary := &Summary{Out: o.Out, Tables: len(c.site.Data), Findings: c.findings}
	assets, err := pages.Assets(c.documents...)
	if err != nil {
		return nil, err
	}
	for _, a := range assets {
		if err := f.put(a.Path, a.Data); err != nil {
			return nil, err
		}
	}
	if err := each(ctx, o.Workers, c.tables, func(t *kept) error { return t.write(ctx, d.reader, f) }); err != nil {
		return nil, err
	}
	var index bytes.Buffer
	if err := pages.Index(&index, c.site, c.documents); err != nil {
		return nil, err
	}
	if err := f.put(html.IndexFile, index.Bytes()); err != nil {
		return nil, err
	}
	// Everything has been asked: what the engine and the answers hold is needed
	// no more.
	if err := d.reader.Close(); err != nil {
		return nil, err
	}
	d.asked = author.Context{}
	for _, doc := range c.documents {
		summary.count(doc)
	}
	render := renderer{pages: pages, charts: charts, locale: p.Locale, site: c.site, folder: f}
	if o.Cache != "" && o.Build != "" {
		render.cache, render.look = openCache(o.Cache), digest(o.Version, o.Build, d.basis.Look, p.Lang)
		render.shared = digest(c.site)
	}
	if err := each(ctx, o.Workers, c.documents, render.document); err != nil {
		return nil, err
	}
	render.cache.close()
	summary.Rendered = int(render.made.Load())
	if err := d.finish(f, o, c); err != nil {
		return nil, err
	}
	summary.Bytes = f.bytes()
	return summary, f.commit()
}

func (s *Summary) count(d *report.Document) {
	if d.Has("html") {
		s.Pages++
	}
	if d.Has("pdf") {
		s.Papers++
	}
	for _, b := range d.Blocks {
		if _, ok := b.(*report.Chart); ok {
			s.Charts++
		}
	}
}

// Warehouse is where a programme keeps its warehouse.
func Warehouse(programme string) string {
	return filepath.Join(programme, ".tongket", "warehouse.duckdb")
}

// Data lists the files below data/ that may hold figures, with slashes, in
// order. Hidden files, the contract, boundaries of maps and texts about the
// data are none.
func Data(programme fs.FS) ([]string, error) {
	var out []string
	err := fs.WalkDir(programme, "data", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "~$") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() || slices.Contains([]string{".md", ".yaml", ".yml", ".go", ".geojson"}, filepath.Ext(name)) {
			return nil
		}
		out = append(out, strings.TrimPrefix(name, "data/"))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("data: %w", err)
	}
	return out, nil
}
