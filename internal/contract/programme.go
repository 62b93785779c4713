package contract

import (
	"fmt"
	"io/fs"

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
	Vars    map[string]any
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
	p := &Programme{Lang: "vi", Vars: map[string]any{}}
	into := func(to *string) func(strict.Node) { return func(n strict.Node) { *to = d.Text(n) } }
	lines := func(to *[]string) func(strict.Node) { return func(n strict.Node) { *to = d.Texts(n) } }
	d.Map(root, strict.Keys{
		"title":   into(&p.Title),
		"agency":  into(&p.Agency),
		"lang":    func(n strict.Node) { p.Lang = d.OneOf(n, "vi", "en") },
		"notice":  into(&p.Notice),
		"edition": into(&p.Edition),
		"vars": func(n strict.Node) {
			d.Each(n, func(key string, keyNode, value strict.Node) {
				if !identifier(key) {
					d.Fault(keyNode, "%q is no name: use small letters a-z, digits and _", key)
				}
				p.Vars[key] = d.Any(value)
			})
		},
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
			})
		},
	}, "title")
	return p, d.Err()
}
