package html

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"tongket/internal/report"
)

// IndexFile is the place of the search index in an edition.
const IndexFile = "search.js"

// indexed is how many pages the search box knows. At some eighty bytes a page
// the file stays below half a megabyte.
const indexed = 5000

// index is what the search box looks through: title, path and menu entry of
// each page, and what else it is called, where that is said; the pages of the
// menu first.
type index struct {
	Pages [][]string `json:"pages"`
	Left  int        `json:"left"` // pages that did not fit
}

// Index writes the search index of a site: a script, because pages that are
// opened from a disk may load nothing else.
func (w *Writer) Index(out io.Writer, site *report.Site, docs []*report.Document) error {
	menu := map[string]int{}
	for i, item := range site.Menu {
		menu[item.Path] = i + 1
	}
	var pages []*report.Document
	for _, d := range docs {
		if d.Has("html") {
			pages = append(pages, d)
		}
	}
	after := len(site.Menu) + 1
	// What is below the menu comes in its order: units before receipts.
	rank := func(d *report.Document) [2]int {
		own := cmp.Or(menu[d.Path], after)
		return [2]int{own, cmp.Or(menu[d.Parent], after)}
	}
	slices.SortStableFunc(pages, func(a, b *report.Document) int {
		x, y := rank(a), rank(b)
		return cmp.Or(x[0]-y[0], x[1]-y[1])
	})
	list := index{Pages: [][]string{}}
	for i, d := range pages {
		if i == indexed {
			list.Left = len(pages) - indexed
			break
		}
		under := ""
		if i := menu[d.Parent]; i > 0 && d.Path != d.Parent {
			under = site.Menu[i-1].Label
		}
		entry := []string{d.Title, placeOf("index").page(d.Path), under}
		if d.Also != "" {
			entry = append(entry, d.Also)
		}
		list.Pages = append(list.Pages, entry)
	}
	text, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("search index: %w", err)
	}
	_, err = fmt.Fprintf(out, "window.tongketIndex=%s;\n", text)
	return err
}
