package html

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tongket/internal/report"
)

// pageView is what page.gohtml shows. References are ready to use; all other
// text is plain and escaped by the template.
type pageView struct {
	Lang, Title, Description string
	Site                     *report.Site
	Findings                 string // empty when there are none
	FindingsPage             string // where they are listed; empty for nowhere
	Alert                    string
	Style, Script, Charts    string
	Data                     string // the script with what can be explored; empty for none
	Phrases                  phrases
	Home                     string
	Seek                     *seekView
	Menu                     []menuView
	Submenu                  []menuView // the pages of the marked entry, when it has several
	Parent                   *menuView  // the entry above this page, for the way back
	Forms                    []form     // the same document in other forms
	File                     string
	Head                     *headView
	Contents                 []contentView
	Sections                 []sectionView
}

// phrases are what the page's scripts need to speak its language.
type phrases struct {
	Lang    string            `json:"lang"`
	Decimal string            `json:"decimal"`
	Group   string            `json:"group"`
	Date    string            `json:"date"` // Go's layout of a day, e.g. "02/01/2006"
	Chart   map[string]string `json:"chart"`
	UI      map[string]string `json:"ui"`
	Period  map[string]string `json:"period"`
	Status  map[string]string `json:"status"`
}

type menuView struct {
	Label, Href string
	Current     string // value of aria-current: "page", "true" (a page below it) or empty
}

// seekView is the search box: where its index lies, and what its links begin with.
type seekView struct{ Index, Root string }

type contentView struct {
	Level      int
	Href, Text string
}

// sectionView is the body (Annex nil) or one annex.
type sectionView struct {
	Annex  *annexView
	Blocks []blockView
}

type annexView struct{ ID, Number, Title string }

// form is another form of the page's document.
type form struct{ Form, Type, Link string }

// headView is the official head of a paper, told simply.
type headView struct {
	Superior, Agency []string
	Number, Dated    string
	Kind, Subject    string
	To               []string
}

// enough headings to be worth a table of contents
const enough = 3

func (w *Writer) page(site *report.Site, doc *report.Document) (*pageView, error) {
	l, at := w.locale, placeOf(doc.Path)
	v := &pageView{
		Lang: l.Lang, Title: doc.Title, Description: doc.Description, Alert: doc.Alert, Site: site,
		Style: at.file(w.names["site.css"]), Script: at.file(w.names["site.js"]),
		Home: at.page("index"), File: doc.File, Head: w.head(doc.Paper),
		Phrases: w.phrases(),
	}
	if site.Findings > 0 {
		v.Findings = l.Say("ui.findings", "count", l.Number(float64(site.Findings), 0))
		if site.FindingsPage != "" {
			v.FindingsPage = at.link(site.FindingsPage)
		}
	}
	if len(site.Menu) > 0 {
		v.Seek = &seekView{at.file(IndexFile), at.up}
	}
	for _, f := range []form{{"pdf", "application/pdf", ""}, {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ""}, {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ""}} {
		if doc.Has(f.Form) {
			f.Link = beside(doc.Path, "."+f.Form)
			v.Forms = append(v.Forms, f)
		}
	}
	v.menu(at, site.Menu, doc)
	at.filter, at.data, at.explore = filterOf(doc.Blocks), site.Data, site.ExplorePage
	var err error
	if v.Sections, err = w.sections(at, doc); err != nil {
		return nil, err
	}
	explore := slices.ContainsFunc(doc.Blocks, func(b report.Block) bool { _, ok := b.(report.Explore); return ok })
	if explore {
		v.Data = at.file(ExploreFile(doc.Path))
	}
	asks := slices.ContainsFunc(doc.Blocks, func(b report.Block) bool { _, ok := b.(report.Ask); return ok })
	if asks {
		v.Data = at.file(w.names["ask.js"])
	}
	if explore || asks || hasChart(doc.Blocks) {
		v.Charts = at.file(w.names["echarts.js"])
	}
	v.Contents = w.contents(doc)
	return v, nil
}

// menu fills the two rows of the menu. The second holds the pages of the entry
// that is marked in the first.
func (v *pageView) menu(at place, items []report.MenuItem, doc *report.Document) {
	entry := map[string]report.MenuItem{}
	for _, item := range items {
		entry[item.Path] = item
	}
	over := func(page string) string { // the entry of the first row
		if above, ok := entry[entry[page].Under]; ok && above.Under == "" {
			return above.Path
		}
		return page
	}
	marked := doc.Path
	if _, listed := entry[doc.Path]; !listed {
		marked = doc.Parent
	}
	for _, item := range items {
		if item.Path == doc.Parent && marked == doc.Parent {
			v.Parent = &menuView{Label: item.Label, Href: at.page(item.Path)}
		}
		show := func(below string) menuView {
			view := menuView{Label: item.Label, Href: at.page(item.Path)}
			switch item.Path {
			case doc.Path:
				view.Current = "page"
			case below:
				view.Current = "true"
			}
			return view
		}
		if over(item.Path) == item.Path {
			v.Menu = append(v.Menu, show(over(marked)))
		}
		if over(item.Path) == over(marked) {
			v.Submenu = append(v.Submenu, show(marked))
		}
	}
	if len(v.Submenu) < 2 {
		v.Submenu = nil
	}
}

func (w *Writer) phrases() phrases {
	l := w.locale
	return phrases{
		Lang: l.Lang, Decimal: l.Say("number.decimal"), Group: l.Say("number.group"), Date: l.Say("date.layout"),
		Chart: l.Phrases("chart."), UI: l.Phrases("ui.script."), Period: l.Phrases("period."), Status: l.Phrases("status."),
	}
}

// sections cuts the blocks where annexes begin.
func (w *Writer) sections(at place, doc *report.Document) ([]sectionView, error) {
	var sections []sectionView
	var faults []error
	from := 0
	filter := w.filter(doc.Blocks)
	all := report.NotesOnce(doc.Blocks, func(report.Block) bool { return false })
	add := func(annex *annexView, blocks []report.Block) {
		views, err := w.blocks(at, blocks)
		if err != nil {
			faults = append(faults, err)
		}
		for i := range views {
			if views[i].Filter != nil {
				views[i].Filter = filter
			}
		}
		sections = append(sections, sectionView{Annex: annex, Blocks: views})
	}
	var annex *annexView
	for i, b := range all {
		if a, ok := b.(report.Annex); ok {
			add(annex, all[from:i])
			annex, from = &annexView{ID: a.ID, Number: w.annexNumber(a), Title: a.Title}, i+1
		}
	}
	add(annex, all[from:])
	if err := errors.Join(faults...); err != nil {
		return nil, fmt.Errorf("%s: %w", doc.File, err)
	}
	return sections, nil
}

func (w *Writer) annexNumber(a report.Annex) string {
	if a.Number == "" {
		return w.locale.Say("ui.annex.only")
	}
	return w.locale.Say("ui.annex", "number", a.Number)
}

// contents lists the headings of the two upper levels and the annexes.
func (w *Writer) contents(doc *report.Document) []contentView {
	var list []contentView
	for _, b := range doc.Blocks {
		switch b := b.(type) {
		case report.Heading:
			if b.Level <= 2 && b.ID != "" {
				list = append(list, contentView{Level: b.Level, Href: fragment(b.ID), Text: report.Plain(b.Text)})
			}
		case report.Annex:
			list = append(list, contentView{Level: 1, Href: fragment(b.ID), Text: w.annexNumber(b) + ". " + b.Title})
		}
	}
	if len(list) < enough {
		return nil
	}
	return list
}

// head tells who issues the paper, its number, date, kind and subject. The
// national motto and the signature are for paper only.
func (w *Writer) head(p *report.Paper) *headView {
	if p == nil {
		return nil
	}
	l := w.locale
	h := &headView{Superior: p.Superior, Agency: p.Agency, Kind: p.Kind, Subject: p.Subject, To: p.To}
	if p.Letter() && p.Subject != "" {
		h.Subject = l.Say("paper.regarding", "subject", p.Subject)
	}
	if p.Number != "" {
		h.Number = l.Say("ui.paper.number", "number", strings.Trim(p.Number+"/"+p.Code, "/"))
	}
	if day := w.dated(p.Date); day != "" {
		h.Dated = strings.TrimPrefix(p.Place+", "+day, ", ")
	}
	return h
}

// dated writes the date of a paper in words. Days below 10 and the months 1
// and 2 take a leading zero (Nghị định 30/2020/NĐ-CP, Annex I, II.4).
func (w *Writer) dated(iso string) string {
	parts := strings.Split(iso, "-")
	if len(parts) < 2 {
		return ""
	}
	month, err := strconv.Atoi(parts[1])
	if err != nil {
		return ""
	}
	in := strconv.Itoa(month)
	if month < 3 {
		in = "0" + in
	}
	if len(parts) == 2 {
		return w.locale.Say("ui.paper.month", "month", in, "year", parts[0])
	}
	return w.locale.Say("ui.paper.date", "day", parts[2], "month", in, "year", parts[0])
}

func hasChart(blocks []report.Block) bool {
	return slices.ContainsFunc(blocks, func(b report.Block) bool {
		switch b := b.(type) {
		case *report.Chart:
			return true
		case report.List:
			return slices.ContainsFunc(b.Items, hasChart)
		}
		return false
	})
}

// option admits a chart's option as data of the page. It is marshalled again
// by the template, which escapes what could end the script element.
func option(raw []byte) (json.RawMessage, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	if !json.Valid(raw) {
		return nil, errors.New("option is not JSON")
	}
	return json.RawMessage(raw), nil
}
