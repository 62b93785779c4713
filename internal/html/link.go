package html

import (
	"io/fs"
	"net/url"
	"path"
	"strings"
	"unicode"
)

// place is where a page stands in the edition; links are written as seen
// from there.
type place struct {
	up      string
	filter  []string // columns by which the page is filtered
	data    []string // queries whose whole result is a file of the edition
	self    string   // path of the page
	explore string   // of the page on which charts and tables are put together; may be empty
}

func placeOf(page string) place {
	return place{up: strings.Repeat("../", strings.Count(page, "/")), self: page}
}

// file returns the reference to a file of the edition.
func (p place) file(name string) string { return p.up + (&url.URL{Path: name}).EscapedPath() }

// link returns the reference for a link as a document holds it: a page path
// without extension, a paper ("don-vi/731.pdf"), "#id" or an absolute http, https or mailto address. What
// is none of these, such as "javascript:", comes back empty: plain text.
func (p place) link(href string) string {
	if href == "" || strings.ContainsFunc(href, unicode.IsControl) {
		return ""
	}
	page, id, _ := strings.Cut(href, "#")
	if page == "" {
		return fragment(id)
	}
	u, err := url.Parse(href)
	if err != nil {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host == "" {
			return ""
		}
		return u.String()
	case "mailto":
		return u.String()
	case "":
		if to := p.page(page); to != "" {
			return to + fragment(id)
		}
	}
	return ""
}

func (p place) page(name string) string {
	name = strings.TrimSuffix(name, "/")
	if !fs.ValidPath(name) || name == "." || strings.ContainsAny(name, "\\:?") {
		return ""
	}
	if path.Ext(name) == ".pdf" {
		return p.file(name)
	}
	return p.file(name + ".html")
}

func fragment(id string) string {
	if id == "" {
		return ""
	}
	return "#" + (&url.URL{Fragment: id}).EscapedFragment()
}

// beside returns the reference to a file that lies next to a page.
func beside(page, ext string) string {
	return (&url.URL{Path: path.Base(page) + ext}).String()
}
