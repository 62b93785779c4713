package html

import (
	"bytes"
	"fmt"
	"io"

	"tongket/internal/report"
)

// Way is a page that only leads to another one.
type Way struct {
	Title string // plain text
	Path  string // of the page it leads to, without extension
	Text  string // of the link, plain text
}

// Redirect writes a page at the top of a site that leads on at once, without a
// script, and by a link where even that is switched off.
func (w *Writer) Redirect(out io.Writer, way Way) error {
	to := placeOf("index").page(way.Path)
	if to == "" {
		return fmt.Errorf("way in: no page %q", way.Path)
	}
	var page bytes.Buffer
	err := w.pages.ExecuteTemplate(&page, "redirect.gohtml", struct {
		Locale *report.Locale
		Way
		To string
	}{w.locale, way, to})
	if err != nil {
		return fmt.Errorf("way in: %w", err)
	}
	_, err = out.Write(page.Bytes())
	return err
}
