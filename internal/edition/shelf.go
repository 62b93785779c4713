package edition

import (
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"tongket/internal/report"
)

// list writes the page of the editions, the newest first.
func (t *target) list(w io.Writer, kept []*release) error {
	l, now := t.p.Locale, t.current()
	home := editionsDir + "/" + now.ID + "/index"
	site := &report.Site{Title: t.p.Title, Agency: t.p.Agency, Notice: t.p.Notice, Edition: now.reaches, Feed: feedFile, Menu: []report.MenuItem{
		{Path: home, Label: l.Say("editions.menu.current")},
		{Path: strings.TrimSuffix(listFile, ".html"), Label: l.Say("editions.title")},
	}}
	doc := &report.Document{Path: strings.TrimSuffix(listFile, ".html"), Title: l.Say("editions.title"), Description: l.Say("editions.about"), Outputs: []string{"html"}}
	for _, text := range t.remarks(now) {
		doc.Blocks = append(doc.Blocks, report.Notice{Severity: "warn", Text: []report.Run{{Text: text}}})
	}
	table := report.Table{Name: "editions", Title: l.Say("editions.title"), Columns: []report.Column{
		{Name: "id", Title: l.Say("editions.id"), Format: report.Text, Link: "page"},
		{Name: "state", Title: l.Say("editions.state"), Format: report.Text},
		{Name: "at", Title: l.Say("editions.at"), Format: report.Text},
		{Name: "reaches", Title: l.Say("editions.reaches"), Format: report.Text},
		{Name: "findings", Title: l.Say("finding.title"), Format: report.Integer, Link: "findings_page"},
		{Name: "files", Title: l.Say("editions.files"), Format: report.Integer},
		{Name: "restated", Title: l.Say("editions.restated"), Format: report.Integer},
		{Name: "page", Title: "page", Format: report.Text, Hidden: true},
		{Name: "findings_page", Title: "page", Format: report.Text, Hidden: true},
	}}
	for _, r := range kept {
		at := editionsDir + "/" + r.ID + "/"
		row := []any{r.ID, strings.Join(t.states(r), "; "), t.when(r.At), r.reaches, int64(r.Findings), int64(r.Files), nil, at + "index", nil}
		if r.Before != "" {
			row[6] = int64(r.Restated)
		}
		if r.FindingsPage != "" {
			row[8] = at + r.FindingsPage
		}
		table.Rows = append(table.Rows, row)
	}
	doc.Blocks = append(doc.Blocks, report.TableBlock{Table: table, Caption: l.Say("editions.caption"), ID: "editions"},
		report.Paragraph{Text: []report.Run{{Text: l.Say("editions.note")}}})
	return t.pages.Page(w, site, doc)
}

// remarks are what must be said of the current edition before its figures.
func (t *target) remarks(now *release) (out []string) {
	l := t.p.Locale
	if f := t.pointer.Flips; len(f) > 0 && f[len(f)-1].From != "" {
		out = append(out, l.Say("editions.back", "id", now.ID, "from", f[len(f)-1].From, "at", t.when(f[len(f)-1].At)))
	}
	if now.Forced > 0 {
		out = append(out, l.Say("publish.forced", "n", l.Number(float64(now.Forced), 0)))
	}
	return out
}

// states are what an edition is to its readers.
func (t *target) states(r *release) (out []string) {
	l := t.p.Locale
	switch {
	case r.ID == t.pointer.Edition:
		out = append(out, l.Say("editions.state.current"))
	case t.takenBack(r.ID):
		out = append(out, l.Say("editions.state.skipped"))
	default:
		out = append(out, l.Say("editions.state.past"))
	}
	if r.Forced > 0 {
		out = append(out, l.Say("editions.state.forced", "n", l.Number(float64(r.Forced), 0)))
	}
	return out
}

// takenBack reports whether an edition was taken back, and is so still.
func (t *target) takenBack(id string) (is bool) {
	for _, f := range t.pointer.Flips {
		is = (is || f.From == id) && f.Edition != id
	}
	return is
}

// The feed, after RFC 4287.
type (
	atom struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Links   []atomLink  `xml:"link"`
		Author  string      `xml:"author>name"`
		Entries []atomEntry `xml:"entry"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr,omitempty"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomEntry struct {
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Link    atomLink `xml:"link"`
		Summary string   `xml:"summary"`
	}
)

// feed tells the same as the list, to programs. A return to an earlier edition
// is an entry of its own.
func (t *target) feed(kept []*release) ([]byte, error) {
	l := t.p.Locale
	stamp := func(at time.Time) string { return report.Clock(at).Format(time.RFC3339) }
	link := func(path string) string {
		if t.p.Publish.URL == "" {
			return path
		}
		full, err := url.JoinPath(t.p.Publish.URL, path)
		if err != nil {
			return path
		}
		return full
	}
	author := t.p.Agency
	if author == "" {
		author = t.p.Title
	}
	f := atom{Lang: l.Lang, ID: t.urn("feed"), Title: t.p.Title, Author: author, Links: []atomLink{
		{Type: "text/html", Href: link(listFile)}, {Rel: "self", Type: "application/atom+xml", Href: link(feedFile)},
	}}
	taken := map[string]time.Time{} // back, and when
	for i, flip := range t.pointer.Flips {
		f.Updated = stamp(flip.At)
		if flip.From == "" || t.find(flip.Edition) == nil {
			continue
		}
		taken[flip.From] = flip.At
		summary := ""
		if i == len(t.pointer.Flips)-1 {
			summary = strings.Join(t.remarks(t.current()), " ")
		}
		f.Entries = append(f.Entries, atomEntry{ID: t.urn("back " + flip.Edition + " " + stamp(flip.At)), Title: l.Say("editions.back.title", "id", flip.Edition), Updated: stamp(flip.At),
			Link: atomLink{Type: "text/html", Href: link(editionsDir + "/" + flip.Edition + "/index.html")}, Summary: summary})
	}
	for _, r := range kept {
		told := []string{r.reaches, l.Say("editions.told", "findings", l.Number(float64(r.Findings), 0), "files", l.Number(float64(r.Files), 0), "restated", l.Number(float64(r.Restated), 0))}
		if r.Forced > 0 {
			told = append(told, l.Say("publish.forced", "n", l.Number(float64(r.Forced), 0)))
		}
		changed := r.At
		if at, back := taken[r.ID]; back && t.takenBack(r.ID) {
			told, changed = append(told, l.Say("editions.state.skipped")), at
		}
		f.Entries = append(f.Entries, atomEntry{ID: t.urn(r.ID), Title: l.Say("editions.entry", "id", r.ID), Updated: stamp(changed),
			Link: atomLink{Type: "text/html", Href: link(editionsDir + "/" + r.ID + "/index.html")}, Summary: strings.TrimSpace(strings.Join(told, ". "))})
	}
	slices.SortStableFunc(f.Entries, func(a, b atomEntry) int { return strings.Compare(b.Updated, a.Updated) })
	text, err := xml.MarshalIndent(f, "", " ")
	if err != nil {
		return nil, fmt.Errorf("feed: %w", err)
	}
	return append([]byte(xml.Header), append(text, '\n')...), nil
}

// urn is a name for something of this programme: the same wherever the target
// lies.
func (t *target) urn(thing string) string {
	s := sha256.Sum256([]byte(t.p.Contract.Name + "\x00" + thing))
	s[6], s[8] = s[6]&0x0f|0x80, s[8]&0x3f|0x80 // version 8 of RFC 9562: by a rule of our own
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", s[:4], s[4:6], s[6:8], s[8:10], s[10:16])
}
