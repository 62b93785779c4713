package decree

import (
	"strings"

	"tongket/internal/report"
)

// Entry is a line of the list of contents.
type Entry struct {
	ID       string // of the heading or the annex
	Text     string
	Level    int  // from 0
	Numbered bool // the list tells its page: an annex of an official paper counts its own
}

// deepest is the level of headings, from 1, down to which they are listed.
const deepest = 2

// Contents are the parts and the annexes of a paper. The law asks for no such
// list; who writes a long paper may.
func Contents(l *report.Locale, doc *report.Document) []Entry {
	var list []Entry
	numbered := true
	for _, block := range doc.Blocks {
		switch x := block.(type) {
		case report.Heading:
			if text := strings.TrimSpace(report.Plain(x.Text)); x.Level <= deepest && text != "" {
				list = append(list, Entry{x.ID, text, max(x.Level-1, 0), numbered})
			}
		case report.Annex:
			numbered = doc.Paper == nil
			text := Annex(l, x.Number)
			if x.Title != "" {
				text += ". " + x.Title
			}
			list = append(list, Entry{x.ID, text, 0, numbered})
		}
	}
	return list
}
