package docx

import (
	"fmt"
	"strings"

	"tongket/internal/decree"
	"tongket/internal/ink"
	"tongket/internal/report"
)

// chart is its drawing with number, caption and sentence below; without a
// drawing it is its table.
func (b *builder) chart(c *report.Chart) {
	if c.Drawing == nil {
		b.tableBlock(decree.Undrawn(c))
		if c.Sentence != "" {
			b.turn(b.turned)
			b.paragraph(para{style: "Normal"}, []report.Run{{Text: c.Sentence}})
		}
		return
	}
	pic, err := ink.Parse(c.Drawing.Paper)
	if err != nil {
		b.errs = append(b.errs, fmt.Errorf("chart %s: %w", c.ID, err))
		return
	}
	width := b.width()
	height := width / pic.Width * pic.Height
	if tallest := 190.0; height > tallest {
		width, height = width*tallest/height, tallest
	}
	const dots = 200 / 25.4 // to the mm
	png, err := pic.PNG(width * dots / pic.Width)
	if err != nil {
		b.errs = append(b.errs, fmt.Errorf("chart %s: %w", c.ID, err))
		return
	}
	n := len(b.media)/2 + 1
	name := fmt.Sprintf("chart%d", n)
	b.media = append(b.media, medium{name + ".png", png}, medium{name + ".svg", c.Drawing.Paper.Markup})
	dotted, drawn := b.relate("image", "media/"+name+".png", ""), b.relate("image", "media/"+name+".svg", "")
	b.numbered++
	const emu = 36000 // to the mm
	told := escape(strings.TrimSpace(c.Caption + ". " + c.Sentence))
	b.mark(c.ID)
	b.add(piece{keep: true, xml: fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="%s" descr="%s"/>`+
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="%s" descr="%s"/><pic:cNvPicPr/></pic:nvPicPr>`+
		`<pic:blipFill><a:blip r:embed="%s"><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="%s"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
		int(width*emu), int(height*emu), b.numbered, name, told, b.numbered, name, told, dotted, drawn, int(width*emu), int(height*emu))})
	b.line("Caption", b.count.Figure(c.Caption))
	if c.Sentence != "" {
		b.line("Sentence", c.Sentence)
	}
	b.under(c.Table)
}

// meter is a bar of this length, in mm, filled to a share.
func meter(share, length float64) string {
	full := min(max(share, 0), 1) * length
	var grid, cells strings.Builder
	for _, part := range []struct {
		width float64
		fill  string
	}{{full, "5A5A5A"}, {length - full, "E4E4E4"}} {
		if twips(part.width) == 0 {
			continue
		}
		fmt.Fprintf(&grid, `<w:gridCol w:w="%d"/>`, twips(part.width))
		fmt.Fprintf(&cells, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="%s"/></w:tcPr>%s</w:tc>`, twips(part.width), part.fill, low)
	}
	return fmt.Sprintf(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>%s</w:tblGrid><w:tr><w:trPr><w:trHeight w:val="%d" w:hRule="exact"/></w:trPr>%s</w:tr></w:tbl>%s`,
		twips(length), grid.String(), twips(1.6), cells.String(), low)
}

// headline sets figures side by side, four to a row at most.
func (b *builder) headline(f report.Figures) {
	columns := min(len(f.Items), 4)
	if columns == 0 {
		return
	}
	width := b.width() / float64(columns)
	edge := `<w:pBdr><w:top w:val="single" w:sz="8" w:space="3" w:color="auto"/></w:pBdr>`
	var rows [][]side
	for i := 0; i < len(f.Items); i += columns {
		var row []side
		for _, it := range f.Items[i:min(i+columns, len(f.Items))] {
			cell := `<w:p><w:pPr><w:pStyle w:val="Plain"/>` + edge + `<w:spacing w:before="120"/><w:ind w:right="170"/></w:pPr>` + text(it.Label, 11) + `</w:p>` +
				`<w:p><w:pPr><w:pStyle w:val="Plain"/><w:ind w:right="170"/></w:pPr>` + text(it.Value, 16, bold) + text(" "+it.Unit, 11) + `</w:p>`
			if it.Meter {
				cell += meter(it.Share, width-3)
			}
			if note := decree.Remark(b.l, it); note != "" {
				cell += `<w:p><w:pPr><w:pStyle w:val="Plain"/><w:ind w:right="170"/></w:pPr>` + text(note, 10, italic) + `</w:p>`
			}
			for _, c := range it.Change {
				cell += `<w:p><w:pPr><w:pStyle w:val="Plain"/><w:ind w:right="170"/></w:pPr>` + text(c.Arrow()+" "+c.Text, 10) + `</w:p>`
			}
			row = append(row, side{width, cell})
		}
		for len(row) < columns {
			row = append(row, side{width, `<w:p><w:pPr><w:pStyle w:val="Plain"/></w:pPr></w:p>`})
		}
		rows = append(rows, row)
	}
	b.beside(rows...)
	b.line("Note", "")
	b.under(report.Table{Notes: f.Notes, Source: f.Source})
}
