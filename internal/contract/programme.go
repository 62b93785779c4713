package contract

import (
	"fmt"
	"io/fs"
	"net/url"
	"strconv"
	"time"

	"tongket/internal/report"
	"tongket/internal/strict"
)

// Programme is tongket.yaml: what a programme is called, whose it is and the
// values its queries and reports go by.
type Programme struct {
	Title   string
	Agency  string
	Lang    string // "vi" or "en"
	Notice  string // shown on every page
	Edition string // a text with expressions, e.g. the period the figures reach to
	Paper   report.Paper
	Later   []report.Later // in the order of their days
	Vars    map[string]any
	Gate    Gate
	Run     Hooks
	Publish Publish
}

// Publish says where editions go.
type Publish struct {
	Target string // a folder; relative to the programme's. Empty: none is named
	Keep   int    // editions that stay there, two or more
	URL    string // the address of the target, for the feed; empty: links are relative
}

// Hooks are commands that are called after a run, with its summary as JSON on
// their input. Empty: none.
type Hooks struct{ Success, Failure string }

// Gate says what must hold before an edition is published. A severity is
// "stop" or "warn".
type Gate struct {
	Orphans, Rules, Falls string    // severities of the tests that follow from the contract
	Complete              *Complete // nil: nobody has to report
	Fresh                 *Fresh    // nil: figures do not grow old
	Seconds               int       // longest that one test may take
}

// Complete says who has to report for the latest period.
type Complete struct {
	Table    string  // of the reports, with a period
	Due      string  // query or table of those who must report
	Key      string  // its column of their keys; the reports' key field has the same name
	Share    float64 // 0–1 of them that must have reported
	Severity string
}

// Fresh says how old the latest figures may be.
type Fresh struct {
	Table    string
	Days     int // since the last file came
	Severity string
}

// ProgrammeFile is the name of the settings in a programme folder.
const ProgrammeFile = "tongket.yaml"

// ReadProgramme reads tongket.yaml, every fault at once.
func ReadProgramme(programme fs.FS) (*Programme, error) {
	text, err := fs.ReadFile(programme, ProgrammeFile)
	if err != nil {
		return nil, fmt.Errorf("programme: %w", err)
	}
	d, root := strict.Parse(ProgrammeFile, 0, text)
	p := &Programme{Lang: "vi", Vars: map[string]any{}, Gate: Gate{Orphans: "stop", Rules: "stop", Falls: "stop", Seconds: 60}, Publish: Publish{Keep: 24}}
	into := func(to *string) func(strict.Node) { return func(n strict.Node) { *to = d.Text(n) } }
	lines := func(to *[]string) func(strict.Node) { return func(n strict.Node) { *to = d.Texts(n) } }
	d.Map(root, strict.Keys{
		"title":   into(&p.Title),
		"agency":  into(&p.Agency),
		"lang":    func(n strict.Node) { p.Lang = d.OneOf(n, "vi", "en") },
		"notice":  into(&p.Notice),
		"edition": into(&p.Edition),
		"vars":    func(n strict.Node) { vars(d, n, p.Vars) },
		"gate":    func(n strict.Node) { gate(d, n, &p.Gate) },
		"run": func(n strict.Node) {
			d.Map(n, strict.Keys{"success": into(&p.Run.Success), "failure": into(&p.Run.Failure)})
		},
		"publish": func(n strict.Node) { publish(d, n, &p.Publish) },
		"paper": func(n strict.Node) {
			d.Map(n, strict.Keys{
				"superior":   lines(&p.Paper.Superior),
				"agency":     lines(&p.Paper.Agency),
				"code":       into(&p.Paper.Code),
				"number":     into(&p.Paper.Number),
				"place":      into(&p.Paper.Place),
				"date":       into(&p.Paper.Date),
				"to":         lines(&p.Paper.To),
				"authority":  lines(&p.Paper.Authority),
				"signer":     into(&p.Paper.Signer),
				"recipients": lines(&p.Paper.Recipients),
				"later": func(n strict.Node) {
					d.List(n, func(n strict.Node) { p.Later = append(p.Later, later(d, n, p)) })
				},
			})
		},
	}, "title")
	return p, d.Err()
}

// later reads what papers say otherwise from a day on.
func later(d *strict.Reader, n strict.Node, p *Programme) report.Later {
	l := report.Later{Vars: map[string]any{}}
	into := func(to *string) func(strict.Node) { return func(n strict.Node) { *to = d.Text(n) } }
	lines := func(to *[]string) func(strict.Node) { return func(n strict.Node) { *to = d.Texts(n) } }
	d.Map(n, strict.Keys{
		"from": func(n strict.Node) {
			l.From = d.Text(n)
			if _, err := time.Parse(time.DateOnly, l.From); err != nil {
				d.Fault(n, "from %q: write the first day as 2026-04-30", l.From)
			} else if k := len(p.Later); k > 0 && l.From <= p.Later[k-1].From {
				d.Fault(n, "from %s: the days must follow each other, and %s stands before", l.From, p.Later[k-1].From)
			}
		},
		"superior": lines(&l.Superior), "agency": lines(&l.Agency), "code": into(&l.Code), "place": into(&l.Place), "to": lines(&l.To),
		"authority": lines(&l.Authority), "signer": into(&l.Signer), "recipients": lines(&l.Recipients),
		"vars": func(n strict.Node) { vars(d, n, l.Vars) },
	}, "from")
	return l
}

func vars(d *strict.Reader, n strict.Node, to map[string]any) {
	d.Each(n, func(key string, keyNode, value strict.Node) {
		if !identifier(key) {
			d.Fault(keyNode, "%q is no name: use small letters a-z, digits and _", key)
		}
		to[key] = d.Any(value)
	})
}

func publish(d *strict.Reader, n strict.Node, p *Publish) {
	d.Map(n, strict.Keys{
		"target": func(n strict.Node) { p.Target = d.Text(n) },
		"keep": func(n strict.Node) {
			if p.Keep = d.Whole(n); p.Keep < 2 {
				d.Fault(n, "keep: two editions or more must stay, to be able to go back")
			}
		},
		"url": func(n strict.Node) {
			p.URL = d.Text(n)
			if u, err := url.Parse(p.URL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
				d.Fault(n, "url: write the whole address, such as http://noibo.example/tong-ket/")
			}
		},
	})
}

func gate(d *strict.Reader, n strict.Node, g *Gate) {
	severity := func(to *string) func(strict.Node) {
		return func(n strict.Node) { *to = d.OneOf(n, "stop", "warn") }
	}
	text := func(to *string) func(strict.Node) { return func(n strict.Node) { *to = d.Text(n) } }
	d.Map(n, strict.Keys{
		"orphans": severity(&g.Orphans),
		"rules":   severity(&g.Rules),
		"falls":   severity(&g.Falls),
		"seconds": func(n strict.Node) {
			if g.Seconds = d.Whole(n); g.Seconds < 1 {
				d.Fault(n, "a test must have at least one second")
			}
		},
		"complete": func(n strict.Node) {
			c := &Complete{Share: 1, Severity: "warn"}
			g.Complete = c
			d.Map(n, strict.Keys{
				"table": text(&c.Table), "due": text(&c.Due), "key": text(&c.Key), "severity": severity(&c.Severity),
				"share": func(n strict.Node) {
					v, err := strconv.ParseFloat(d.Text(n), 64)
					if err != nil || v < 0 || v > 1 {
						d.Fault(n, "share: write a part of one, such as 0.9")
					}
					c.Share = v
				},
			}, "table", "due", "key")
		},
		"fresh": func(n strict.Node) {
			f := &Fresh{Severity: "warn"}
			g.Fresh = f
			d.Map(n, strict.Keys{
				"table": text(&f.Table), "severity": severity(&f.Severity),
				"days": func(n strict.Node) {
					if f.Days = d.Whole(n); f.Days < 1 {
						d.Fault(n, "days: write a number of days from 1")
					}
				},
			}, "table", "days")
		},
	})
}
