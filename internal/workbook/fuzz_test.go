package workbook

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"
)

// readSheet reads the XML of a sheet that no archive holds, and checks what
// Rows promises.
func readSheet(t *testing.T, body []byte) error {
	g := &gate{ctx: context.Background(), from: bytes.NewReader(body), left: maxSheet}
	shared := &texts{}
	must(t, shared.add([]byte("một")), shared.add(nil), shared.add([]byte("b\xFF")))
	shared.seal()
	last := int64(0)
	r := &sheetReader{in: &part{scanner: *newScanner(g), name: "sheet"}, texts: shared, formats: []format{asNumber, asPercent, asDate},
		emit: func(n int64, cells []Cell) error {
			if n <= last || n > maxRows || len(cells) == 0 || len(cells) > maxCols || cells[len(cells)-1].Text == "" {
				t.Fatalf("row %d after %d: %d cells", n, last, len(cells))
			}
			last = n
			for _, c := range cells {
				if !utf8.ValidString(c.Text) || c.Kind > Error || c.Text == "" && c.Kind != Text || len(c.Text) > maxText*2 {
					t.Fatalf("row %d: %d %q", n, c.Kind, c.Text)
				}
			}
			return nil
		}}
	return r.sheet()
}

func FuzzSheet(f *testing.F) {
	for _, rows := range []string{
		`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" s="2"><v>45930</v></c></row>`,
		`<x:row><x:c t="inlineStr"><is><r><t xml:space="preserve"> a</t></r><rPh><t>b</t></rPh></is></x:c></x:row>`,
		`<row><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2025-09-30T08:00:00</v></c><c s="1"><v>1E-2</v></c></row>`,
		`<!-- a --><row r='5'><c t="str"><f>"&quot;"</f><v><![CDATA[x]]>&#x111;_x000D_</v></c></row>`,
		`<row r="1048577"/>`, `<row><c r="XFE1"/></row>`, `<row r=`,
	} {
		f.Add([]byte(sheet(rows)))
	}
	f.Add([]byte(`<worksheet><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var fault *Fault
		if err := readSheet(t, body); err != nil && !errors.As(err, &fault) {
			t.Fatalf("the error is no Fault: %v", err)
		}
	})
}

func FuzzOpen(f *testing.F) {
	f.Add(made{}.bytes(f))
	f.Add(made{"xl/worksheets/sheet1.xml": sheet(`<row><c t="s"><v>0</v></c></row>`), "xl/sharedStrings.xml": `<sst><si><t>a</t></si></sst>`}.bytes(f))
	f.Add(compoundFile("Workbook"))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, body []byte) {
		compound(bytes.NewReader(body))
		var fault *Fault
		b, err := open(bytes.NewReader(body), int64(len(body)))
		if err != nil {
			if !errors.As(err, &fault) {
				t.Fatalf("the error is no Fault: %v", err)
			}
			return
		}
		for i := range b.Sheets() {
			if _, err := b.Rows(t.Context(), i, func(int64, []Cell) error { return nil }); err != nil && !errors.As(err, &fault) {
				t.Fatalf("the error is no Fault: %v", err)
			}
		}
	})
}

// FuzzScanner gives the same bytes in one piece and one by one.
func FuzzScanner(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0"?><a b="c>d"><!-- x --><![CDATA[y]]>z</a>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		whole, steps := newScanner(bytes.NewReader(body)), newScanner(io.LimitReader(oneByte{bytes.NewReader(body)}, 1<<30))
		steps.buf = make([]byte, 1)
		for {
			a, err1 := whole.next()
			b, err2 := steps.next()
			same := a == b && (err1 == nil) == (err2 == nil)
			switch {
			case err1 != nil || !same:
			case a == startTag:
				same = bytes.Equal(whole.name, steps.name) && len(whole.attrs) == len(steps.attrs)
			case a == chars:
				same = bytes.Equal(whole.text, steps.text)
			}
			if !same {
				t.Fatalf("%d %v, step by step %d %v", a, err1, b, err2)
			}
			if a == eof {
				return
			}
		}
	})
}

type oneByte struct{ from io.Reader }

func (o oneByte) Read(b []byte) (int, error) { return o.from.Read(b[:min(len(b), 1)]) }
