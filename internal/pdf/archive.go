package pdf

import (
	"encoding/binary"
	"encoding/xml"
	"math"
	"strings"

	"tongket/internal/decree"
)

// properties of the file as archives read them (XMP, ISO 16684-1), the same as
// readers' windows show.
type described struct {
	decree.Properties
	language string
}

// Note: level B is what the file keeps, not level A or PDF/UA (ISO 14289-1),
// which ask for a tagged structure: the library knows none. It would take three
// things. Every draw call of a page would stand between BDC and EMC with a kind
// (P, H1, TH, TD, Figure, or Artifact for rules, shades, leaders, page numbers
// and repeated heads) and a number of its own on that page: pieces know what
// they are, so each would carry its kind beside draw, and pen would write the
// marks with RawWriteStr. Then repair would add the tree: a StructTreeRoot in
// the catalog with /MarkInfo << /Marked true >>, an element for each paragraph,
// table, row and cell, with the alternative text of a figure (the sentence of
// its chart), a ParentTree that leads back from the numbers of each page, and
// /StructParents and /Tabs /S on the pages; and links would need elements, too,
// with /Contents. A row that goes on over pages is one element with marks on
// several. Until then the text comes out in reading order, in one language, with
// the outline and the tables' figures attached as CSV.

// xmp writes the properties and which standard the file keeps: PDF/A-3, level
// B (ISO 19005-3).
func (d described) xmp() []byte {
	text := func(s string) string {
		var b strings.Builder
		_ = xml.EscapeText(&b, []byte(s)) // to memory
		return b.String()
	}
	language := d.language
	if language == "" {
		language = "x-default"
	}
	var x strings.Builder
	x.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">` +
		`<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance><dc:format>application/pdf</dc:format>`)
	x.WriteString(`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + text(d.Title) + `</rdf:li></rdf:Alt></dc:title>`)
	if d.Subject != "" {
		x.WriteString(`<dc:description><rdf:Alt><rdf:li xml:lang="x-default">` + text(d.Subject) + `</rdf:li></rdf:Alt></dc:description>`)
	}
	if d.Author != "" {
		x.WriteString(`<dc:creator><rdf:Seq><rdf:li>` + text(d.Author) + `</rdf:li></rdf:Seq></dc:creator>`)
	}
	x.WriteString(`<dc:language><rdf:Bag><rdf:li>` + text(language) + `</rdf:li></rdf:Bag></dc:language>`)
	if d.Keywords != "" {
		x.WriteString(`<pdf:Keywords>` + text(d.Keywords) + `</pdf:Keywords>`)
	}
	day := d.Date.Format("2006-01-02T15:04:05")
	x.WriteString(`<pdf:Producer>tongket</pdf:Producer><xmp:CreatorTool>tongket</xmp:CreatorTool><xmp:CreateDate>` + day + `</xmp:CreateDate><xmp:ModifyDate>` + day + `</xmp:ModifyDate>` +
		"</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>")
	return []byte(x.String())
}

// sRGB is the ICC profile (version 2.1, ICC.1:1998-09) of the colours in the
// file, those of screens by IEC 61966-2-1: an archive must know what they mean.
func sRGB() []byte {
	xyz := func(x, y, z float64) []byte {
		out := []byte("XYZ \x00\x00\x00\x00")
		for _, v := range []float64{x, y, z} {
			out = binary.BigEndian.AppendUint32(out, uint32(int32(math.Round(v*65536))))
		}
		return out
	}
	const name = "sRGB IEC61966-2.1"
	desc := append([]byte("desc\x00\x00\x00\x00"), binary.BigEndian.AppendUint32(nil, uint32(len(name)+1))...)
	desc = append(append(desc, name...), make([]byte, 1+4+4+2+1+67)...)
	const steps = 1024
	curve := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), steps)
	for i := range steps {
		v := float64(i) / (steps - 1)
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		curve = binary.BigEndian.AppendUint16(curve, uint16(math.Round(v*65535)))
	}
	// The primaries as they look under D50, which profiles refer to.
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", desc}, {"cprt", append([]byte("text\x00\x00\x00\x00"), "No copyright\x00"...)}, {"wtpt", xyz(0.9642, 1, 0.8249)},
		{"rXYZ", xyz(0.43607, 0.22249, 0.01392)}, {"gXYZ", xyz(0.38515, 0.71687, 0.09708)}, {"bXYZ", xyz(0.14307, 0.06061, 0.71410)},
		{"rTRC", curve}, {"gTRC", nil}, {"bTRC", nil}, // one curve for all three
	}
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var body []byte
	start, length := 0, 0
	for _, t := range tags {
		if t.data != nil {
			for len(body)%4 != 0 {
				body = append(body, 0)
			}
			start, length = 128+4+12*len(tags)+len(body), len(t.data)
			body = append(body, t.data...)
		}
		table = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(append(table, t.name...), uint32(start)), uint32(length))
	}
	for len(body)%4 != 0 {
		body = append(body, 0)
	}
	head := make([]byte, 128)
	binary.BigEndian.PutUint32(head, uint32(128+len(table)+len(body)))
	copy(head[8:], "\x02\x10\x00\x00mntrRGB XYZ ")
	copy(head[24:], "\x07\xd0\x00\x01\x00\x01") // 2000-01-01
	copy(head[36:], "acsp")
	copy(head[68:], xyz(0.9642, 1, 0.8249)[8:])
	return append(append(head, table...), body...)
}
