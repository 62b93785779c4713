package edition

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"tongket/internal/pdf"
	"tongket/internal/report"
)

// boxedName is the name of the finding that a paper shows a box where its fonts
// lack a character.
const boxedName = "character_missing"

// boxed adds a finding of each report whose papers lack characters; false: all
// have one. Papers are looked at before they are written, for those that are as
// before are not written again.
func (d *draft) boxed() (more bool, err error) {
	var found []Finding
	runes, places := map[string][]rune{}, map[string][]string{}
	for _, doc := range d.documents {
		if !doc.Has("pdf") {
			continue
		}
		lacks, err := pdf.Lacking(doc, d.Locale)
		if err != nil {
			return false, err
		}
		for _, k := range lacks {
			if len(places[doc.File]) == 0 {
				found = append(found, Finding{Name: boxedName, Severity: "warn", File: doc.File})
			}
			runes[doc.File] = append(runes[doc.File], k.Runes...)
			places[doc.File] = append(places[doc.File], doc.Path+".pdf: "+k.Place)
		}
	}
	const few = 2
	for _, f := range found {
		if slices.ContainsFunc(d.findings, func(old Finding) bool { return old.Name == boxedName && old.File == f.File }) {
			continue
		}
		all := places[f.File]
		key := "finding.boxed"
		if len(all) > few {
			key = "finding.boxed_more"
		}
		f.Rows = len(all)
		f.Title = d.Locale.Say(key, "characters", pdf.Named(runes[f.File], 6), "places", strings.Join(all[:min(few, len(all))], "; "), "n", strconv.Itoa(len(all)-few))
		d.findings, more = append(d.findings, f), true
	}
	return more, nil
}

// explainBoxed lists the places where papers show a box.
func explainBoxed(ctx context.Context, o Order) (*report.Table, error) {
	o.Faulty = Told
	d, err := begin(ctx, o)
	if err != nil {
		return nil, err
	}
	defer d.reader.Close()
	t := &report.Table{Name: boxedName, Title: d.Locale.Say("finding.boxed_title"), Columns: []report.Column{
		{Name: "paper", Title: d.Locale.Say("finding.boxed_paper"), Format: report.Text},
		{Name: "place", Title: d.Locale.Say("finding.boxed_place"), Format: report.Text},
		{Name: "characters", Title: d.Locale.Say("finding.boxed_characters"), Format: report.Text},
	}}
	for _, doc := range d.documents {
		if !doc.Has("pdf") {
			continue
		}
		lacks, err := pdf.Lacking(doc, d.Locale)
		if err != nil {
			return nil, err
		}
		for _, k := range lacks {
			t.Rows = append(t.Rows, []any{doc.Path + ".pdf", k.Place, pdf.Named(k.Runes, len(k.Runes))})
		}
	}
	return t, nil
}
