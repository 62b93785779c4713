package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// most is what a bomb may allocate from beginning to end, freed or not: more
// than it ever holds at once.
const most = 300 << 20

func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestBombs(t *testing.T) {
	const (
		sheetPart = "xl/worksheets/sheet1.xml"
		open      = `<worksheet><sheetData>`
		shut      = `</sheetData></worksheet>`
	)
	mega := strings.Repeat("a", 1<<20)
	many := func(text string, n int) string { return strings.Repeat(text, n) }
	for name, c := range map[string]struct {
		part  string
		bomb  bomb
		want  Reason
		heavy bool // takes seconds
	}{
		"a text of 2 GB":             {sheetPart, bomb{open + `<row><c t="str"><v>`, mega, `</v></c></row>` + shut, 2 << 10}, TooLarge, false},
		"an attribute of 2 GB":       {sheetPart, bomb{open + `<row r="`, mega, `"/>` + shut, 2 << 10}, TooLarge, false},
		"a comment of 2 GB":          {sheetPart, bomb{open + `<!--`, mega, `-->` + shut, 2 << 10}, TooLarge, false},
		"a name of 2 GB":             {sheetPart, bomb{open + `<`, mega, `/>` + shut, 2 << 10}, TooLarge, false},
		"zeros":                      {sheetPart, bomb{"", many("\x00", 1<<20), "", 2 << 10}, TooLarge, false},
		"a text in pieces":           {sheetPart, bomb{open + `<row><c t="str"><v>`, many(`<![CDATA[`+many("x", 100)+`]]>`, 10_000), `</v></c></row>` + shut, 2 << 10}, TooLarge, false},
		"runs":                       {sheetPart, bomb{open + `<row><c t="inlineStr"><is>`, many(`<r><t>x</t></r>`, 60_000), `</is></c></row>` + shut, 2 << 10}, TooLarge, false},
		"2 GB of elements":           {sheetPart, bomb{open + `<row>`, many(`<x a="1">text</x>`, 60_000), `</row>` + shut, 2 << 10}, TooLarge, true},
		"elements in each other":     {sheetPart, bomb{`<worksheet>`, many(`<x>`, 300_000), ``, 100}, Damaged, false},
		"rows":                       {sheetPart, bomb{open, many(`<row/>`, 100_000), shut, 300}, TooLarge, false},
		"cells":                      {sheetPart, bomb{open + `<row>`, many(`<c/>`, 250_000), `</row>` + shut, 2 << 10}, TooLarge, false},
		"one cell again and again":   {sheetPart, bomb{open + `<row>`, many(`<c r="A1"><v>1</v></c>`, 50_000), `</row>` + shut, 2 << 10}, TooLarge, false},
		"a row of long texts":        {sheetPart, bomb{open + `<row>`, `<c t="str"><v>` + mega[:200<<10] + `</v></c>`, `</row>` + shut, 10_000}, TooLarge, false},
		"merged ranges":              {sheetPart, bomb{`<worksheet><mergeCells>`, many(`<mergeCell ref="A1:B2"/>`, 40_000), `</mergeCells></worksheet>`, 2 << 10}, TooLarge, false},
		"a column of many letters":   {sheetPart, bomb{open, `<row><c r="ZZZZZZZ1"/></row>`, shut, 1}, TooLarge, false},
		"a column of 1 MB":           {sheetPart, bomb{open, `<row><c r="` + mega[:1<<19] + `1"/></row>`, shut, 1}, TooLarge, false},
		"column 16,385":              {sheetPart, bomb{open, `<row><c r="XFE1"/></row>`, shut, 1}, TooLarge, false},
		"row 2^40":                   {sheetPart, bomb{open, `<row r="1099511627776"/>`, shut, 1}, TooLarge, false},
		"row 1,048,577":              {sheetPart, bomb{open, `<row r="1048577"/>`, shut, 1}, TooLarge, false},
		"a row of 1 MB of digits":    {sheetPart, bomb{open, `<row r="` + many("9", 1<<19) + `"/>`, shut, 1}, TooLarge, false},
		"empty strings":              {"xl/sharedStrings.xml", bomb{`<sst>`, many(`<si/>`, 200_000), `</sst>`, 2 << 10}, TooLarge, false},
		"strings":                    {"xl/sharedStrings.xml", bomb{`<sst>`, many(`<si><t>Sở Nội vụ tỉnh Đồng Nai</t></si>`, 20_000), `</sst>`, 2 << 10}, TooLarge, false},
		"long strings":               {"xl/sharedStrings.xml", bomb{`<sst>`, `<si><t>` + mega[:255<<10] + `</t></si>`, `</sst>`, 8 << 10}, TooLarge, false},
		"strings beside the strings": {"xl/sharedStrings.xml", bomb{`<sst>`, many(`<x>1</x>`, 100_000), `</sst>`, 2 << 10}, TooLarge, true},
		"styles":                     {"xl/styles.xml", bomb{`<styleSheet><cellXfs>`, many(`<xf/>`, 200_000), `</cellXfs></styleSheet>`, 2 << 10}, TooLarge, false},
		"number formats":             {"xl/styles.xml", bomb{`<styleSheet><numFmts>`, many(`<numFmt numFmtId="1" formatCode="0%"/>`, 20_000), `</numFmts></styleSheet>`, 2 << 10}, TooLarge, false},
		"a million sheets":           {"xl/workbook.xml", bomb{`<workbook xmlns:r="r"><sheets>`, many(`<sheet name="A" r:id="rId1"/>`, 10_000), `</sheets></workbook>`, 100}, TooLarge, false},
		"a list of sheets, nested":   {"xl/workbook.xml", bomb{`<workbook>`, many(`<a>`, 100_000), ``, 100}, Damaged, false},
		"relationships":              {"xl/_rels/workbook.xml.rels", bomb{`<Relationships>`, many(rel("x", "worksheet", "y"), 5_000), `</Relationships>`, 2 << 10}, TooLarge, false},
		"content types":              {"[Content_Types].xml", bomb{`<Types>`, many(`<Override PartName="x" ContentType="y"/>`, 1) + many(`<q/>`, 250_000), `</Types>`, 2 << 10}, TooLarge, false},
		"content types of no number": {"[Content_Types].xml", bomb{`<Types>`, many(`<Override PartName="&#x1;`+many("x", 200)+`" ContentType="y"/>`, 4_000), `</Types>`, 2 << 10}, TooLarge, false},
	} {
		t.Run(name, func(t *testing.T) {
			if c.heavy && testing.Short() {
				t.Skip("takes seconds")
			}
			file := made{}.with(t, c.part, c.bomb)
			var f *Fault
			bytes := allocated(func() { f = faultOf(t, file) })
			if f == nil || f.Reason != c.want {
				t.Fatalf("got %v", f)
			}
			t.Logf("%d MB allocated: %.120v", bytes>>20, f)
			if bytes > most {
				t.Errorf("allocated %d MB", bytes>>20)
			}
		})
	}
}

// What is just within the limits is read, and does not add up.
func TestWide(t *testing.T) {
	row := `<row><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>`
	file := made{}.with(t, "xl/worksheets/sheet1.xml", bomb{`<worksheet><sheetData>`, strings.Repeat(row, 1000), `</sheetData></worksheet>`, 20})
	b, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	rows := 0
	bytes := allocated(func() {
		_, err = b.Rows(context.Background(), 0, func(n int64, cells []Cell) error {
			if rows++; len(cells) != maxCols || cells[1] != (Cell{}) || cells[maxCols-1].Text != "2" {
				return fmt.Errorf("row %d: %d cells", n, len(cells))
			}
			return nil
		})
	})
	if err != nil || rows != 20_000 {
		t.Fatalf("%d rows, %v", rows, err)
	}
	if bytes > 10<<20 {
		t.Errorf("allocated %d MB", bytes>>20)
	}
}

// Strings stay readable at any place.
func TestManyStrings(t *testing.T) {
	var list strings.Builder
	const n = 300_000
	for i := range n {
		fmt.Fprintf(&list, "<si><t>đơn vị %d</t></si>", i)
	}
	m := made{"xl/sharedStrings.xml": "<sst>" + list.String() + "</sst>",
		"xl/worksheets/sheet1.xml": sheet(fmt.Sprintf(`<row><c t="s"><v>%d</v></c><c t="s"><v>0</v></c><c t="s"><v>63</v></c><c t="s"><v>64</v></c></row>`, n-1))}
	got, _ := m.text(t)
	want := fmt.Sprintf("1: Text \"đơn vị %d\" | Text \"đơn vị 0\" | Text \"đơn vị 63\" | Text \"đơn vị 64\"\n", n-1)
	if got != want {
		t.Errorf("got %s", got)
	}
}

// archive is a zip of so many empty entries.
func archive(t *testing.T, n int) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := range n {
		if _, err := z.CreateRaw(&zip.FileHeader{Name: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestDirectory(t *testing.T) {
	le := binary.LittleEndian
	many := archive(t, 11_000)
	lying := archive(t, 65_536+5) // archive/zip writes 65,535 and the true number in a larger record
	le.PutUint16(lying[len(lying)-22+10:], 5)
	hidden := append([]byte(nil), lying...)
	copy(hidden[len(hidden)-22-20:], "none")
	begin := bytes.Index(hidden, []byte("PK\x01\x02"))
	le.PutUint32(hidden[len(hidden)-22+12:], uint32(len(hidden)-22-begin))
	le.PutUint32(hidden[len(hidden)-22+16:], uint32(begin))
	// A thousand entries of 60 KB of comment each.
	var long bytes.Buffer
	z := zip.NewWriter(&long)
	for i := range 1000 {
		if _, err := z.CreateRaw(&zip.FileHeader{Name: fmt.Sprint(i), Comment: strings.Repeat("x", 60_000)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	// A small archive that says 2^40 entries.
	small := archive(t, 1)
	end := append([]byte(nil), small[len(small)-22:]...)
	small = small[:len(small)-22]
	wide := make([]byte, 56+20)
	copy(wide, "PK\x06\x06")
	le.PutUint64(wide[4:], 44)
	le.PutUint64(wide[32:], 1<<40)
	copy(wide[56:], "PK\x06\x07")
	le.PutUint64(wide[56+8:], uint64(len(small)))
	le.PutUint16(end[10:], 0xFFFF)
	small = append(append(small, wide...), end...)

	for name, body := range map[string][]byte{
		"11,000 entries": many, "65,541 entries": archive(t, 65_541), "65,541 that say 5": lying, "with one record": hidden,
		"60 MB of directory": long.Bytes(), "2^40 entries": small,
	} {
		file := saved(t, body)
		var f *Fault
		bytes := allocated(func() { f = faultOf(t, file) })
		if f == nil || f.Reason != TooLarge {
			t.Errorf("%s: %v", name, f)
		}
		if bytes > 80<<20 {
			t.Errorf("%s: allocated %d MB", name, bytes>>20)
		}
	}
	var f *Fault
	if f = faultOf(t, saved(t, archive(t, 10_000))); f == nil || f.Reason != Archive {
		t.Errorf("10,000 entries: %v", f)
	}
}
