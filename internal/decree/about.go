package decree

import (
	"slices"
	"strings"
	"time"

	"tongket/internal/report"
)

// Properties are what a file says of itself, in whatever form it is written.
type Properties struct {
	Title, Subject, Author, Keywords string
	Date                             time.Time // of the paper; a day long past when it has none: the same document gives the same bytes
}

// About tells the properties of a document's files.
func About(doc *report.Document) Properties {
	out := Properties{Title: doc.Title, Subject: doc.Description, Date: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)}
	p := doc.Paper
	if p == nil {
		return out
	}
	out.Author = joined(" - ", strings.Join(p.Superior, " "), strings.Join(p.Agency, " "))
	out.Keywords = joined("; ", Sentence(p.Kind), p.Code, p.Place)
	if p.Subject != "" {
		out.Subject = p.Subject
	}
	for _, layout := range []string{time.DateOnly, "2006-01"} {
		if day, err := time.Parse(layout, p.Date); err == nil {
			out.Date = day
		}
	}
	return out
}

// joined writes the parts that are not empty.
func joined(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), between)
}
