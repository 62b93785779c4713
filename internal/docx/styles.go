package docx

import (
	"fmt"
	"strings"

	"tongket/internal/decree"
)

// Lengths of the file are twentieths of a point.
const (
	twip  = 72 * 20 / 25.4 // to the mm
	point = 20
)

func twips(mm float64) int { return int(mm*twip + 0.5) }

// sheet is a run of pages of one orientation.
type sheet struct {
	landscape bool
	restart   bool // its page numbers begin at 1
	titled    bool // its first page bears no number
	official  bool
}

// width is that of the text, in mm.
func (s sheet) width() float64 {
	if s.landscape {
		return decree.Lying
	}
	return decree.Upright
}

// properties end the section.
func (s sheet) properties() string {
	w, h, turn := decree.ShortSide, decree.LongSide, ""
	if s.landscape {
		w, h, turn = decree.LongSide, decree.ShortSide, ` w:orient="landscape"`
	}
	var p strings.Builder
	p.WriteString(`<w:sectPr>`)
	if s.official {
		p.WriteString(`<w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId6"/>`)
	} else {
		p.WriteString(`<w:footerReference w:type="default" r:id="rId5"/>`)
	}
	fmt.Fprintf(&p, `<w:type w:val="nextPage"/><w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`,
		twips(w), twips(h), turn, twips(decree.MarginTop), twips(decree.MarginRight), twips(decree.MarginBottom), twips(decree.MarginLeft), twips(9), twips(9))
	if s.restart {
		p.WriteString(`<w:pgNumType w:start="1"/>`)
	}
	if s.titled && s.official {
		p.WriteString(`<w:titlePg/>`)
	}
	p.WriteString(`</w:sectPr>`)
	return p.String()
}

const pageField = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> %s </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`

// header holds the page number of an official paper, centred in the top
// margin (Annex I, part I, section II, point 1).
func (b *builder) header() string {
	return `<w:hdr ` + wordSpace + `><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>` + fmt.Sprintf(pageField, "PAGE") + `</w:p></w:hdr>`
}

// footer counts the pages of a plain report.
func (b *builder) footer() string {
	const here, of = "\x01", "\x02"
	var runs strings.Builder
	text := strings.NewReplacer(here, "\x00"+here, of, "\x00"+of).Replace(b.l.Say("paper.page", "n", here, "of", of))
	for part := range strings.SplitSeq(text, "\x00") {
		switch {
		case strings.HasPrefix(part, here):
			fmt.Fprintf(&runs, pageField, "PAGE")
			part = part[1:]
		case strings.HasPrefix(part, of):
			fmt.Fprintf(&runs, pageField, "NUMPAGES")
			part = part[1:]
		}
		if part != "" {
			runs.WriteString(`<w:r><w:t xml:space="preserve">` + escape(part) + `</w:t></w:r>`)
		}
	}
	return `<w:ftr ` + wordSpace + `><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>` + runs.String() + `</w:p></w:ftr>`
}

// style is one paragraph style. Sizes are points, lengths twips.
type style struct {
	id, name, based, next string
	size                  int
	bold, italic, keep    bool
	align                 string // "", left, center, right, both
	first, before, after  int
	line                  int // 240 is single
	outline               int // from 1; 0: none
	more                  string
}

// styles are those that a person who edits the document finds in the list.
func (b *builder) styles() []style {
	official := b.doc.Paper != nil
	body, first, after, line := 12, 0, 7*point, 276
	if official {
		// 14 pt, first line 1,27 cm in, 6 pt between paragraphs.
		body, first, after, line = 14, 720, 6*point, 264
	}
	list := []style{
		{id: "Normal", name: "Normal", size: body, align: "both", first: first, after: after, line: line},
		{id: "Plain", name: "Plain", based: "Normal", size: body, align: "left", line: 240},
		{id: "Title", name: "Title", based: "Plain", next: "Normal", size: 20, bold: true, after: 4 * point, line: 240, keep: true},
		{id: "Subtitle", name: "Subtitle", based: "Plain", next: "Normal", size: 12, italic: true, after: 10 * point, line: 240},
		{id: "Center", name: "Center", based: "Plain", size: body, align: "center", line: 240},
		{id: "ListParagraph", name: "List Paragraph", based: "Normal", size: body, align: "both", first: first, after: after, line: line},
		{id: "Caption", name: "caption", based: "Plain", size: 12, bold: true, align: "center", before: 8 * point, after: 3 * point, line: 240, keep: true},
		{id: "Sentence", name: "Chart sentence", based: "Plain", size: 12, italic: true, align: "center", after: 3 * point, line: 240},
		{id: "Picture", name: "Picture", based: "Plain", size: 12, align: "center", before: 6 * point, line: 240, keep: true},
		{id: "TableText", name: "Table text", based: "Plain", size: 12, align: "left", before: point, after: point, line: 240},
		{id: "TableHead", name: "Table head", based: "TableText", size: 12, bold: true, align: "center", before: point, after: point, line: 240, keep: true},
		{id: "Source", name: "Source", based: "Plain", size: 10, italic: true, align: "left", before: 2 * point, after: 6 * point, line: 240},
		{id: "Note", name: "Note", based: "Plain", size: 10, align: "left", before: 2 * point, line: 240},
		{id: "Notice", name: "Notice", based: "Plain", size: body - 1, align: "left", before: 6 * point, after: 6 * point, line: 252,
			more: `<w:pBdr><w:top w:val="single" w:sz="6" w:space="4" w:color="auto"/><w:left w:val="single" w:sz="6" w:space="6" w:color="auto"/><w:bottom w:val="single" w:sz="6" w:space="4" w:color="auto"/><w:right w:val="single" w:sz="6" w:space="6" w:color="auto"/></w:pBdr>`},
		{id: "Code", name: "Code", based: "Plain", size: 10, align: "left", line: 240},
		{id: "TOCHeading", name: "TOC Heading", based: "Plain", size: 14, bold: true, align: "center", before: 10 * point, after: 6 * point, line: 240, keep: true},
		{id: "TOC1", name: "toc 1", based: "Plain", size: 13, bold: true, align: "left", before: 2 * point, line: 252},
		{id: "TOC2", name: "toc 2", based: "Plain", size: 13, align: "left", before: 2 * point, line: 252},
		{id: "Header", name: "header", based: "Plain", size: 13, align: "center", line: 240},
		{id: "Footer", name: "footer", based: "Plain", size: 10, align: "center", line: 240},
	}
	for i, h := range decree.Headings(b.doc) {
		list = append(list, style{
			id: fmt.Sprintf("Heading%d", i+1), name: fmt.Sprintf("heading %d", i+1), based: "Normal", next: "Normal", size: int(h.Size),
			bold: h.Bold, italic: h.Italic, keep: true, align: "left", first: first, before: [4]int{10, 8, 6, 6}[i] * point, after: 4 * point, line: line, outline: i + 1,
		})
	}
	list = append(list, style{id: "AnnexTitle", name: "Annex title", based: "Heading1", next: "Normal", size: 14, bold: true, keep: true, align: "center", line: 240, outline: 1})
	return list
}

// stylesheet is the part that holds the styles.
func (b *builder) stylesheet() string {
	size := 2 * b.styled[0].size
	var s strings.Builder
	s.WriteString(`<w:styles ` + wordSpace + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>`)
	fmt.Fprintf(&s, `<w:sz w:val="%d"/><w:szCs w:val="%d"/><w:lang w:val="%s" w:eastAsia="%s" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`, size, size, b.language(), b.language())
	for _, x := range b.styled {
		x.write(&s)
	}
	s.WriteString(`<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:u w:val="single"/></w:rPr></w:style>`)
	s.WriteString(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	s.WriteString(`<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&s, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/>`, side)
	}
	s.WriteString(`</w:tblBorders></w:tblPr></w:style></w:styles>`)
	return s.String()
}

func (x style) write(s *strings.Builder) {
	standard := ""
	if x.id == "Normal" {
		standard = ` w:default="1"`
	}
	fmt.Fprintf(s, `<w:style w:type="paragraph"%s w:styleId="%s"><w:name w:val="%s"/>`, standard, x.id, x.name)
	if x.based != "" {
		fmt.Fprintf(s, `<w:basedOn w:val="%s"/>`, x.based)
	}
	if x.next != "" {
		fmt.Fprintf(s, `<w:next w:val="%s"/>`, x.next)
	}
	s.WriteString(`<w:qFormat/><w:pPr>`)
	if x.keep {
		s.WriteString(`<w:keepNext/><w:keepLines/>`)
	}
	s.WriteString(x.more)
	fmt.Fprintf(s, `<w:spacing w:before="%d" w:after="%d" w:line="%d" w:lineRule="auto"/><w:ind w:firstLine="%d"/>`, x.before, x.after, x.line, x.first)
	if x.align != "" {
		fmt.Fprintf(s, `<w:jc w:val="%s"/>`, x.align)
	}
	if x.outline > 0 {
		fmt.Fprintf(s, `<w:outlineLvl w:val="%d"/>`, x.outline-1)
	}
	s.WriteString(`</w:pPr><w:rPr>`)
	if x.bold {
		s.WriteString(`<w:b/>`)
	}
	if x.italic {
		s.WriteString(`<w:i/>`)
	}
	fmt.Fprintf(s, `<w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr></w:style>`, 2*x.size, 2*x.size)
}
