package docx

import (
	"fmt"

	"tongket/internal/decree"
	"tongket/internal/report"
)

// contents lists the parts of the paper. Each line leads to its part, and its
// page is a field that the program which opens the file counts.
//
// Note: one field of the kind TOC around all lines would let Word find new
// headings by itself, but what stands in it is taken as it is, without pages,
// until somebody asks for an update.
func (b *builder) contents() {
	entries := decree.Contents(b.l, b.doc)
	if len(entries) == 0 {
		return
	}
	b.paragraph(para{style: "TOCHeading"}, []report.Run{{Text: b.l.Say("paper.contents")}})
	const mark = `<w:r><w:fldChar w:fldCharType="%s"%s/></w:r>`
	code := func(text string) string {
		return `<w:r><w:instrText xml:space="preserve">` + text + `</w:instrText></w:r>`
	}
	right := twips(b.width())
	for _, e := range entries {
		level := min(e.Level, 1)
		line := fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="TOC%d"/><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="%d"/></w:tabs><w:ind w:left="%d"/></w:pPr>`, level+1, right, 400*level)
		text := `<w:r><w:t xml:space="preserve">` + escape(e.Text) + `</w:t></w:r>`
		place, known := b.bookmarks.link("#" + e.ID)
		if known && e.Numbered {
			text += `<w:r><w:tab/></w:r>` + fmt.Sprintf(mark, "begin", ` w:dirty="true"`) + code(` PAGEREF `+place+` \h `) + fmt.Sprintf(mark, "separate", "") + fmt.Sprintf(mark, "end", "")
		}
		if known {
			text = `<w:hyperlink w:anchor="` + place + `">` + text + `</w:hyperlink>`
		}
		b.add(piece{xml: line + text + `</w:p>`})
	}
}
