// Package html writes documents as pages: one file a page, no inline script
// or style, links that work from any folder and from a disk.
package html

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"

	"tongket/internal/report"
)

// Writer turns documents into pages in one language.
type Writer struct {
	locale *report.Locale
	pages  *template.Template
	assets []Asset
	names  map[string]string // bundle file, e.g. "site.css", to the asset's path
}

// New reads the page templates (*.gohtml) and the bundle (dist/) from files.
// A bundle that was never made is an error that says how to make it.
func New(files fs.FS, l *report.Locale) (*Writer, error) {
	w := &Writer{locale: l}
	var faults []error
	var err error
	if w.assets, w.names, err = bundle(files); err != nil {
		faults = append(faults, err)
	}
	w.pages, err = template.New("").Funcs(template.FuncMap{"say": l.Say}).ParseFS(files, "*.gohtml")
	if err != nil {
		faults = append(faults, fmt.Errorf("page templates: %w", err))
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return w, nil
}

// Page writes one document as a page of the site. The page belongs at
// doc.Path + ".html". Nothing is written when there is an error; all errors
// of the document come at once.
func (w *Writer) Page(out io.Writer, site *report.Site, doc *report.Document) error {
	view, err := w.page(site, doc)
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := w.pages.ExecuteTemplate(&page, "page.gohtml", view); err != nil {
		return fmt.Errorf("%s: page: %w", doc.File, err)
	}
	_, err = out.Write(page.Bytes())
	return err
}
