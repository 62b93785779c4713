package docx

import (
	"fmt"
	"strconv"
	"strings"

	"tongket/internal/report"
)

// bookmarks are the names of the places that links lead to, by the ids of the
// blocks. A name is given once, however often an id comes.
type bookmarks struct {
	names   map[string]string
	written map[string]bool
}

// longest is how long the name of a bookmark may be.
const longest = 40

// targets names every block that has an id.
func targets(blocks []report.Block) *bookmarks {
	m := &bookmarks{names: map[string]string{}, written: map[string]bool{}}
	used := map[string]bool{}
	var walk func([]report.Block)
	walk = func(blocks []report.Block) {
		for _, block := range blocks {
			if list, ok := block.(report.List); ok {
				for _, item := range list.Items {
					walk(item)
				}
			}
			if id := blockID(block); id != "" && m.names[id] == "" {
				m.names[id] = unlike(id, used)
				used[strings.ToLower(m.names[id])] = true
			}
		}
	}
	walk(blocks)
	return m
}

func blockID(block report.Block) string {
	switch x := block.(type) {
	case report.Heading:
		return x.ID
	case report.TableBlock:
		return x.ID
	case *report.Chart:
		return x.ID
	case report.Code:
		return x.ID
	case report.Annex:
		return x.ID
	}
	return ""
}

// unlike makes a name of letters, digits and low lines which Word, to whom
// capitals are small letters, takes for none of the others.
func unlike(id string, used map[string]bool) string {
	name := "_" + strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, id)
	short := name[:min(len(name), longest)]
	for n := 2; used[strings.ToLower(short)]; n++ {
		end := "_" + strconv.Itoa(n)
		short = name[:min(len(name), longest-len(end))] + end
	}
	return short
}

// link is the name of the place that a link leads to; false where the paper
// has none.
func (m *bookmarks) link(href string) (string, bool) {
	id, inside := strings.CutPrefix(href, "#")
	name := m.names[id]
	return name, inside && name != ""
}

// mark puts the bookmark of a block into what is written next: its first
// paragraph, though that stand in a table. (Between paragraphs LibreOffice
// takes it for a part of the one before, which may be on another page.)
func (b *builder) mark(id string) {
	name := b.bookmarks.names[id]
	if name == "" || b.bookmarks.written[name] {
		return
	}
	b.bookmarks.written[name] = true
	b.numbered++
	b.marks += fmt.Sprintf(`<w:bookmarkStart w:id="%d" w:name="%s"/><w:bookmarkEnd w:id="%[1]d"/>`, b.numbered, name)
}
