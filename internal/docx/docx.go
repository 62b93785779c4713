// Package docx writes a document as Word reads it (Office Open XML,
// ECMA-376), to be edited before it is signed: the official layout of Nghị
// định 30/2020/NĐ-CP when the document has a Paper, a plain report otherwise.
// The few parts that a document needs are written here; no library in Go keeps
// styles, sections and pictures together.
package docx

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"tongket/internal/decree"
	"tongket/internal/ink"
	"tongket/internal/report"
)

// Write writes the document. The same document and locale give the same
// bytes. Its errors name the charts that cannot be drawn, all at once.
func Write(w io.Writer, doc *report.Document, l *report.Locale) error {
	faces, err := ink.Faces()
	if err != nil {
		return err
	}
	b := newBuilder(doc, l, &faces)
	b.document()
	if err := errors.Join(b.errs...); err != nil {
		return fmt.Errorf("docx of %s: %w", doc.Path, err)
	}
	if err := b.pack(w); err != nil {
		return fmt.Errorf("docx of %s: %w", doc.Path, err)
	}
	return nil
}

// builder gathers the parts of the file.
type builder struct {
	doc       *report.Document
	l         *report.Locale
	faces     *[5]ink.Face
	count     decree.Count
	styled    []style
	keeps     map[string]bool // styles whose paragraphs stay with the next
	sections  []*section
	turned    bool // the running text stands on landscape pages: in a turned annex
	links     []link
	media     []medium
	bookmarks *bookmarks
	marks     string // bookmarks for what is written next
	numbered  int    // pictures and bookmarks, which need numbers of their own
	errs      []error
}

func newBuilder(doc *report.Document, l *report.Locale, faces *[5]ink.Face) *builder {
	b := &builder{doc: doc, l: l, faces: faces, count: decree.Count{Locale: l}, bookmarks: targets(doc.Blocks), keeps: map[string]bool{}}
	b.styled = b.styles()
	for _, s := range b.styled {
		b.keeps[s.id] = s.keep
	}
	b.sections = []*section{{sheet: sheet{official: doc.Paper != nil, titled: true}}}
	return b
}

// link is a relation of the main part to another, or to the world.
type link struct{ id, kind, target, mode string }

// medium is a picture's file.
type medium struct {
	name string
	data []byte
}

// relate notes a relation and returns its name.
func (b *builder) relate(kind, target, mode string) string {
	id := fmt.Sprintf("rId%d", len(b.links)+10)
	b.links = append(b.links, link{id, kind, target, mode})
	return id
}

const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packages  = "http://schemas.openxmlformats.org/package/2006/relationships"
	wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="` + relations + `"`
)

// pack writes the parts in an order of their own, without times.
func (b *builder) pack(w io.Writer) error {
	z := zip.NewWriter(w)
	put := func(name, text string) error {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = io.WriteString(f, text)
		}
		return err
	}
	var rels strings.Builder
	rels.WriteString(xmlHead + `<Relationships xmlns="` + packages + `">`)
	for i, part := range []string{"styles", "settings", "fontTable"} {
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/%s" Target="%s.xml"/>`, i+1, relations, part, part)
	}
	fmt.Fprintf(&rels, `<Relationship Id="rId4" Type="%s/header" Target="header.xml"/><Relationship Id="rId5" Type="%s/footer" Target="footer.xml"/><Relationship Id="rId6" Type="%s/header" Target="first.xml"/>`, relations, relations, relations)
	for _, k := range b.links {
		mode := ""
		if k.mode != "" {
			mode = ` TargetMode="` + k.mode + `"`
		}
		fmt.Fprintf(&rels, `<Relationship Id="%s" Type="%s/%s" Target="%s"%s/>`, k.id, relations, k.kind, escape(k.target), mode)
	}
	rels.WriteString(`</Relationships>`)
	var errs []error
	for _, part := range [][2]string{
		{"[Content_Types].xml", xmlHead + contentTypes},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="` + packages + `"><Relationship Id="rId1" Type="` + relations + `/officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
			`<Relationship Id="rId3" Type="` + relations + `/extended-properties" Target="docProps/app.xml"/></Relationships>`},
		{"docProps/core.xml", b.properties()},
		{"docProps/app.xml", xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>tongket</Application></Properties>`},
		{"word/document.xml", xmlHead + `<w:document ` + wordSpace + ` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>` +
			b.text() + `</w:body></w:document>`},
		{"word/_rels/document.xml.rels", rels.String()},
		{"word/styles.xml", xmlHead + b.stylesheet()},
		{"word/settings.xml", xmlHead + settings},
		{"word/fontTable.xml", xmlHead + `<w:fonts ` + wordSpace + `><w:font w:name="Times New Roman"><w:altName w:val="Liberation Serif"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`},
		{"word/header.xml", xmlHead + b.header()},
		{"word/first.xml", xmlHead + `<w:hdr ` + wordSpace + `><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>`},
		{"word/footer.xml", xmlHead + b.footer()},
	} {
		errs = append(errs, put(part[0], part[1]))
	}
	for _, m := range b.media {
		errs = append(errs, put("word/media/"+m.name, string(m.data)))
	}
	return errors.Join(append(errs, z.Close())...)
}

// properties tells title, agency, language and date of the document.
func (b *builder) properties() string {
	p := decree.About(b.doc)
	at := p.Date.Format(time.RFC3339)
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escape(p.Title) + `</dc:title><dc:subject>` + escape(p.Subject) + `</dc:subject><dc:creator>` + escape(p.Author) + `</dc:creator><cp:keywords>` + escape(p.Keywords) + `</cp:keywords>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + at + `</dcterms:modified><dc:language>` + b.language() + `</dc:language></cp:coreProperties>`
}

func (b *builder) language() string {
	if b.l.Lang == "vi" {
		return "vi-VN"
	}
	return "en-GB"
}

const contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="svg" ContentType="image/svg+xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
	`<Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/>` +
	`<Override PartName="/word/header.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
	`<Override PartName="/word/first.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
	`<Override PartName="/word/footer.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
	`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`

const settings = `<w:settings ` + wordSpace + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`
