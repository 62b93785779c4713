package edition

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync/atomic"

	"tongket/internal/chart"
	"tongket/internal/docx"
	"tongket/internal/html"
	"tongket/internal/pdf"
	"tongket/internal/report"
	"tongket/internal/xlsx"
)

// renderer writes one document after the other; several may be under way. What
// is made from the same values as before is taken from the cache.
type renderer struct {
	pages  *html.Writer
	charts *chart.Renderer
	locale *report.Locale
	site   *report.Site
	folder *folder
	cache  *cache
	look   string // digest of what all documents are made with
	shared string // digest of the site
	made   atomic.Int64
}

func (r *renderer) document(d *report.Document) error {
	var surfaces []chart.Surface
	if d.Has("html") {
		surfaces = append(surfaces, chart.Screen)
	}
	if d.Has("pdf") || d.Has("docx") {
		surfaces = append(surfaces, chart.Paper)
	}
	key := ""
	if r.cache != nil {
		key = digest(r.look, d)
		for _, b := range d.Blocks {
			if c, ok := b.(*report.Chart); ok {
				r.cache.use(r.drawing(c, surfaces)) // though the page is known
			}
		}
	}
	ready := false
	drawings := func() error {
		if ready {
			return nil
		}
		ready = true
		for _, b := range d.Blocks {
			if c, ok := b.(*report.Chart); ok {
				if err := r.draw(c, surfaces); err != nil {
					return fmt.Errorf("%s:%d: %w", d.File, c.Spec.Line, err)
				}
			}
		}
		return nil
	}
	defer func() { d.Blocks = nil }() // thousands of pages would keep their rows and pictures
	if d.Has("html") {
		page := func(out *bytes.Buffer) error { return r.pages.Page(out, r.site, d) }
		if err := r.put(d.Path+".html", digest("html", key, r.shared), drawings, page); err != nil {
			return err
		}
	}
	for _, b := range d.Blocks {
		if e, ok := b.(report.Explore); ok {
			data := func(out *bytes.Buffer) error { return r.pages.Explored(out, e) }
			if err := r.put(html.ExploreFile(d.Path), digest("explore", key), drawings, data); err != nil {
				return err
			}
		}
	}
	for _, b := range d.Blocks {
		if a, ok := b.(report.Ask); ok {
			data := func(out *bytes.Buffer) error { return r.pages.Asked(out, a) }
			if err := r.put(html.AskFile(d.Path), digest("ask", key), drawings, data); err != nil {
				return err
			}
		}
	}
	none := func() error { return nil }
	for _, w := range []struct {
		form, key string
		drawings  func() error
		write     func(*bytes.Buffer) error
	}{
		{"pdf", key, drawings, func(out *bytes.Buffer) error { return pdf.Write(out, d, r.locale) }},
		{"docx", key, drawings, func(out *bytes.Buffer) error { return docx.Write(out, d, r.locale) }},
		{"xlsx", digest(key, r.shared), none, func(out *bytes.Buffer) error { return xlsx.Write(out, d, r.site, r.locale) }},
	} {
		if !d.Has(w.form) {
			continue
		}
		if err := r.put(d.Path+"."+w.form, digest(w.form, w.key), w.drawings, w.write); err != nil {
			return fmt.Errorf("%s: %w", d.File, err)
		}
	}
	return nil
}

// put writes one file of the edition, rendered unless it is known.
func (r *renderer) put(path, key string, drawings func() error, render func(*bytes.Buffer) error) error {
	if data, ok := r.cache.get(key); ok {
		return r.folder.put(path, data)
	}
	if err := drawings(); err != nil {
		return err
	}
	var out bytes.Buffer
	if err := render(&out); err != nil {
		return err
	}
	r.made.Add(1)
	r.cache.put(key, out.Bytes())
	return r.folder.put(path, out.Bytes())
}

// drawing is the key of a chart's pictures. They show neither where its numbers
// come from nor what is said of them: a file more in the warehouse changes the
// page, and draws nothing anew.
func (r *renderer) drawing(c *report.Chart, surfaces []chart.Surface) string {
	bare := *c
	bare.Spec.Line, bare.Table.Source, bare.Table.Notes = 0, report.Source{}, nil
	return digest("chart", r.look, bare, surfaces)
}

// drawn is what drawing adds to a chart.
type drawn struct {
	Drawing  *report.Drawing
	Sentence string
}

// draw makes the pictures of a chart.
func (r *renderer) draw(c *report.Chart, surfaces []chart.Surface) error {
	if r.cache == nil {
		return r.charts.Draw(c, surfaces...)
	}
	key := r.drawing(c, surfaces)
	if data, ok := r.cache.get(key); ok {
		var known drawn
		if json.Unmarshal(data, &known) == nil {
			c.Drawing, c.Sentence = known.Drawing, known.Sentence
			return nil
		}
	}
	if err := r.charts.Draw(c, surfaces...); err != nil {
		return err
	}
	data, err := json.Marshal(drawn{c.Drawing, c.Sentence})
	if err != nil {
		return fmt.Errorf("cache: %w", err)
	}
	r.made.Add(1)
	r.cache.put(key, data)
	return nil
}
