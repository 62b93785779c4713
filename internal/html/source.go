package html

import (
	"path"
	"strings"

	"tongket/internal/report"
)

// sourceView is the line that says where figures come from; the query's name
// leads to its trail.
type sourceView struct{ Before, Query, Href, After string }

// source writes the trail of a table in one line; nil when there is none.
func (w *Writer) source(at place, s report.Source) *sourceView {
	if s.Query == "" {
		return nil
	}
	l, key := w.locale, "ui.source"
	if s.Files > 0 {
		key = "ui.source.files"
	}
	// The phrase is cut where the name will stand, so that the name can be a link.
	before, after, _ := strings.Cut(l.Say(key, "query", "\x00", "files", l.Number(float64(s.Files), 0), "rows", l.Number(float64(s.Rows), 0)), "\x00")
	return &sourceView{before, strings.TrimSuffix(path.Base(s.Query), ".sql"), at.link(s.Page), after}
}
