// Package pdf writes a document on A4: the official layout of Nghị định
// 30/2020/NĐ-CP when the document has a Paper, a plain report otherwise. It
// is the only door to the PDF library.
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"tongket/internal/decree"
	"tongket/internal/ink"
	"tongket/internal/report"
)

// Write writes the document as PDF. The same document and locale give the
// same bytes. Its errors name the charts that cannot be drawn, all at once.
func Write(w io.Writer, doc *report.Document, l *report.Locale) error {
	faces, err := ink.Faces()
	if err != nil {
		return err
	}
	b := newBuilder(doc, l, &faces)
	b.document()
	if err := errors.Join(b.errs...); err != nil {
		return fmt.Errorf("pdf of %s: %w", doc.Path, err)
	}
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCatalogSort(true)
	about := properties(pdf, doc, l)
	pdf.SetXmpMetadata(about.xmp())
	pdf.AddOutputIntent(fpdf.OutputIntentType{SubtypeIdent: fpdf.OutputIntent_GTS_PDFA1, OutputConditionIdentifier: "sRGB IEC61966-2.1", Info: "sRGB IEC61966-2.1", ICCProfile: sRGB()})
	pdf.SetAttachments(b.attached)
	pages := paginate(b.sections)
	b.draw(&pen{pdf: pdf, faces: &faces}, pages)
	var buf bytes.Buffer
	if err := pdf.Output(&buf); err != nil {
		return fmt.Errorf("pdf of %s: %w", doc.Path, err)
	}
	mend := mending{labels: labels(pages), date: "D:" + about.Date.Format("20060102150405")}
	for _, a := range b.attached {
		mend.names = append(mend.names, a.Filename)
	}
	file, err := repair(buf.Bytes(), mend)
	if err != nil {
		return fmt.Errorf("pdf of %s: %w", doc.Path, err)
	}
	_, err = w.Write(file)
	return err
}

// properties sets what a reader's window and a search engine show.
func properties(pdf *fpdf.Fpdf, doc *report.Document, l *report.Locale) described {
	d := described{Properties: decree.About(doc), language: token(l.Lang)}
	pdf.SetTitle(d.Title, true)
	pdf.SetSubject(d.Subject, true)
	pdf.SetAuthor(d.Author, true)
	pdf.SetKeywords(d.Keywords, true)
	pdf.SetCreator("tongket", true)
	pdf.SetProducer("tongket", true)
	pdf.SetLang(d.language)
	pdf.SetCreationDate(d.Date)
	pdf.SetModificationDate(d.Date)
	return d
}

// labels are the numbers that a reader's window shows for the pages, as the
// catalog writes them: the annexes' pages carry the annex's numeral.
func labels(pages []page) string {
	var list strings.Builder
	for i, pg := range pages {
		switch {
		case i > 0 && pg.number == 1 && pg.section.label != "":
			fmt.Fprintf(&list, " %d << /S /D /P (%s-) >>", i, pg.section.label)
		case i == 0 || pg.number == 1:
			fmt.Fprintf(&list, " %d << /S /D >>", i)
		}
	}
	return "/PageLabels << /Nums [" + list.String() + " ] >>\n"
}

// token keeps the letters, digits and hyphens of a text that is written into
// the file as it is.
func token(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, s)
}

// draw puts the finished pages into the file, with their numbers and the
// outline.
func (b *builder) draw(p *pen, pages []page) {
	_, last := pages[len(pages)-1].section.size()
	if b.lists() {
		p.settle(pages)
	}
	level := -1
	for i, pg := range pages {
		pages[i].placed = nil
		orientation := "P"
		if pg.section.landscape {
			orientation = "L"
		}
		p.pdf.AddPageFormat(orientation, fpdf.SizeType{Wd: shortSide, Ht: longSide})
		p.size = 0
		b.pageNumber(p, pg, len(pages))
		_, height := pg.section.size()
		for _, it := range pg.placed {
			if it.mark != nil {
				p.font(regular, b.look.size)
				level = min(it.mark.level, level+1) // the outline has no gaps
				// The library measures every entry from the top of the last page.
				p.pdf.Bookmark(it.mark.text, level, it.y+last-height)
			}
			if it.draw != nil {
				it.draw(p, marginLeft, it.y)
			}
		}
	}
}

// lists reports whether the document has a list of contents.
func (b *builder) lists() bool {
	return slices.ContainsFunc(b.doc.Blocks, func(block report.Block) bool { _, is := block.(report.Contents); return is })
}

// pageNumber stands centred in the top margin from the second page on (Annex
// I, part I, section II, point 1); on a plain report at the foot.
func (b *builder) pageNumber(p *pen, pg page, pages int) {
	width, height := pg.section.size()
	body, _ := pg.section.body()
	text, size, y, x := strconv.Itoa(pg.number), 13.0, 13.5, marginLeft+body/2
	if b.doc.Paper == nil {
		text = b.l.Say("paper.page", "n", text, "of", strconv.Itoa(pages))
		size, y, x = 10, height-10, width/2
	} else if pg.number == 1 {
		return
	}
	text = b.faces[regular].Clean(text)
	p.ink(black)
	p.text(x-b.width(text, regular, size)/2, y, text, regular, size)
}
