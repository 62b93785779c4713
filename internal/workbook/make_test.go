package workbook

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// made is a workbook made by hand: its parts by path. What is missing is
// filled in, so that a test states only what it is about.
type made map[string]string

func (m made) bytes(t testing.TB) []byte {
	t.Helper()
	all := made{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels": relationships(`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>`),
		"xl/workbook.xml": `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="Biểu 1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": relationships(
			rel("rId1", "worksheet", "worksheets/sheet1.xml"), rel("rId2", "sharedStrings", "sharedStrings.xml"), rel("rId3", "styles", "styles.xml")),
		"xl/sharedStrings.xml":     `<sst/>`,
		"xl/styles.xml":            `<styleSheet/>`,
		"xl/worksheets/sheet1.xml": `<worksheet/>`,
	}
	for name, body := range m {
		all[name] = body
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, body := range all {
		if body == "" {
			continue // left out on purpose
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func relationships(list ...string) string {
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + strings.Join(list, "") + `</Relationships>`
}

func rel(id, kind, target string) string {
	return fmt.Sprintf(`<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, id, kind, target)
}

func sheet(rows string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
}

// saved puts bytes into a file of the test's own.
func saved(t testing.TB, body []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "book.xlsx")
	if err := os.WriteFile(name, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// sheetText is a whole sheet, a line a row: "3: Text Sở Nội vụ | - | Number 5".
func sheetText(b *Book, i int) (string, []Merge, error) {
	var out strings.Builder
	merges, err := b.Rows(context.Background(), i, func(n int64, cells []Cell) error {
		fmt.Fprintf(&out, "%d:", n)
		for i, c := range cells {
			if i > 0 {
				out.WriteString(" |")
			}
			if c == (Cell{}) {
				out.WriteString(" -")
				continue
			}
			fmt.Fprintf(&out, " %s %q", [...]string{"Text", "Number", "Percent", "Date", "Bool", "Error"}[c.Kind], c.Text)
		}
		out.WriteByte('\n')
		return nil
	})
	return out.String(), merges, err
}

func (m made) text(t *testing.T) (string, []Merge) {
	t.Helper()
	b, err := Open(saved(t, m.bytes(t)))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	text, merges, err := sheetText(b, 0)
	if err != nil {
		t.Fatal(err)
	}
	return text, merges
}

// fault opens the workbook and reads its sheets and gives the first fault.
func faultOf(t *testing.T, name string) *Fault {
	t.Helper()
	b, err := Open(name)
	if err == nil {
		defer b.Close()
		for i := range b.Sheets() {
			if _, err = b.Rows(context.Background(), i, func(int64, []Cell) error { return nil }); err != nil {
				break
			}
		}
	}
	var f *Fault
	if err != nil && !errors.As(err, &f) {
		t.Fatalf("the error is no Fault: %v", err)
	}
	return f
}

// A bomb is a part that is head, then block repeated, then tail, packed without
// packing all of it: each block is packed once, closed so that it can stand
// anywhere, and written as often as needed.
type bomb struct {
	head, block, tail string
	times             int
}

func (p bomb) pack(t testing.TB, z *zip.Writer, name string) {
	t.Helper()
	packed := func(text string) []byte {
		var b bytes.Buffer
		w, err := flate.NewWriter(&b, flate.BestSpeed)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, text)
		w.Flush()
		return b.Bytes()
	}
	head, block, tail := packed(p.head), packed(p.block), packed(p.tail)
	sum := crc32.NewIEEE()
	io.WriteString(sum, p.head)
	if len(p.block)*p.times < 100<<20 { // those that are read to the end
		for range p.times {
			io.WriteString(sum, p.block)
		}
	}
	io.WriteString(sum, p.tail)
	last := []byte{1, 0, 0, 0xFF, 0xFF} // an empty stored block, the last
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: name, Method: zip.Deflate, CRC32: sum.Sum32(),
		CompressedSize64:   uint64(len(head) + len(block)*p.times + len(tail) + len(last)),
		UncompressedSize64: uint64(len(p.head) + len(p.block)*p.times + len(p.tail)),
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Write(head)
	for range p.times {
		w.Write(block)
	}
	w.Write(tail)
	w.Write(last)
}

// with adds a bomb to a workbook made by hand, in place of its part.
func (m made) with(t testing.TB, name string, p bomb) string {
	t.Helper()
	rest := made{}
	for k, v := range m {
		rest[k] = v
	}
	rest[name] = ""
	body := rest.bytes(t)
	old, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range old.File {
		if err := z.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	p.pack(t, z, name)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return saved(t, out.Bytes())
}
