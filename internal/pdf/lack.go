package pdf

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tongket/internal/ink"
	"tongket/internal/report"
)

// Lack is a text of a paper that stands there with a box for some of its
// characters, for no font of the paper has them.
type Lack struct {
	Place string // in the locale: the table, row and column, or the text's first words
	Runes []rune // each once, in the order of the text
}

// Lacking returns the texts of a document that cannot be printed as they are,
// in the order of the document. Word has other fonts to turn to: it is the PDF
// that is at a loss.
func Lacking(doc *report.Document, l *report.Locale) ([]Lack, error) {
	faces, err := ink.Faces()
	if err != nil {
		return nil, err
	}
	s := &search{l: l, faces: &faces}
	s.text(bold, doc.Title)
	if p := doc.Paper; p != nil {
		for _, list := range [][]string{p.Superior, p.Agency, {p.Code, p.Number, p.Place, p.Kind, p.Subject}, p.To, p.Authority, {p.Signer}, p.Recipients} {
			for _, text := range list {
				s.text(bold, text)
			}
		}
	} else {
		s.text(italic, doc.Description)
	}
	s.blocks(doc.Blocks)
	return s.found, nil
}

// search goes through the texts of a document.
type search struct {
	l     *report.Locale
	faces *[5]face
	found []Lack
}

// look notes what a face lacks in a text.
func (s *search) look(st style, text string, place func() string) {
	if runes := s.faces[st].Lacks(text); len(runes) > 0 {
		s.found = append(s.found, Lack{place(), runes})
	}
}

// text looks at a text that is known by its first words.
func (s *search) text(st style, text string) {
	s.look(st, text, func() string { return "“" + opening(text) + "”" })
}

// opening is the beginning of a text, long enough to find it by.
func opening(text string) string {
	const enough = 48
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= enough {
		return text
	}
	return string([]rune(text)[:enough-1]) + "…"
}

func (s *search) blocks(blocks []report.Block) {
	for _, block := range blocks {
		switch x := block.(type) {
		case report.Heading:
			s.runs(x.Text)
		case report.Paragraph:
			s.runs(x.Text)
		case report.Notice:
			s.runs(x.Text)
		case report.List:
			for _, item := range x.Items {
				s.blocks(item)
			}
		case report.Annex:
			s.text(bold, x.Title)
		case report.Code:
			s.text(mono, x.Text)
		case report.Figures:
			for _, it := range x.Items {
				for _, text := range []string{it.Label, it.Value, it.Unit, it.Note} {
					s.text(regular, text)
				}
			}
		case *report.Chart:
			s.text(italic, x.Sentence)
			s.table(x.Table, x.Caption)
		case report.TableBlock:
			s.table(x.Table, x.Caption)
		}
	}
}

func (s *search) runs(runs []report.Run) {
	whole := report.Plain(runs)
	for _, r := range runs {
		st := regular.With(r.Bold, r.Italic)
		if r.Code {
			st = mono
		}
		s.look(st, r.Text, func() string { return "“" + opening(whole) + "”" })
	}
}

func (s *search) table(t report.Table, caption string) {
	s.text(bold, caption)
	name := opening(caption)
	for _, n := range t.Notes {
		s.text(regular, n)
	}
	shown := t.Shown()
	for _, i := range shown {
		c := t.Columns[i]
		s.look(bold, c.Title+" "+c.Unit, func() string { return s.l.Say("lack.head", "table", name, "column", opening(c.Title)) })
	}
	for n, row := range t.Rows {
		for _, i := range shown {
			if text, ok := row[i].(string); ok {
				s.look(regular, text, func() string {
					return s.l.Say("lack.cell", "table", name, "row", strconv.Itoa(n+1), "column", opening(t.Columns[i].Title))
				})
			}
		}
	}
}

// Named writes characters so that they can be looked for, "😀 (U+1F600)": at
// most so many of them, each once.
func Named(runes []rune, most int) string {
	var names []string
	seen := map[rune]bool{}
	for _, r := range runes {
		if !seen[r] {
			seen[r] = true
			names = append(names, ink.Name(r))
		}
	}
	if len(names) > most {
		names = append(slices.Clip(names[:most]), "…")
	}
	return strings.Join(names, ", ")
}
