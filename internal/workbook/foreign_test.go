package workbook

import (
	"encoding/binary"
	"os"
	"strings"
	"testing"
	"unicode/utf16"
)

// compoundFile is a compound file of sectors of 512 bytes: the table, the
// directory, and far away from it the rest of the directory.
func compoundFile(names ...string) []byte {
	const size, gap = 512, 20
	out := make([]byte, size*(2+gap))
	le := binary.LittleEndian
	copy(out, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	le.PutUint16(out[30:], 9)
	le.PutUint32(out[44:], 1)
	le.PutUint32(out[48:], 1)
	le.PutUint32(out[68:], 0xFFFFFFFE)
	table := out[size : 2*size]
	le.PutUint32(table, 0xFFFFFFFD)
	le.PutUint32(table[4:], gap)
	le.PutUint32(table[4*gap:], 0xFFFFFFFE)
	out = append(out, make([]byte, size)...)
	entry := func(i int) []byte {
		if i < 4 {
			return out[2*size+i*128:]
		}
		return out[(gap+1)*size+(i-4)*128:]
	}
	for i, name := range append([]string{"Root Entry"}, names...) {
		e := entry(i)
		units := utf16.Encode([]rune(name))
		for j, u := range units {
			le.PutUint16(e[2*j:], u)
		}
		le.PutUint16(e[64:], uint16(2*len(units)+2))
		for _, at := range []int{68, 72, 76} {
			le.PutUint32(e[at:], 0xFFFFFFFF)
		}
		switch {
		case i == 0:
			le.PutUint32(e[76:], 1)
		case i < len(names):
			le.PutUint32(e[68+i%2*4:], uint32(i+1))
		}
	}
	return out
}

func TestForeign(t *testing.T) {
	nested := compoundFile("WordDocument", "ObjectPool", "Workbook")
	binary.LittleEndian.PutUint32(nested[2*512+2*128+68:], 0xFFFFFFFF) // no neighbour of ObjectPool,
	binary.LittleEndian.PutUint32(nested[2*512+2*128+72:], 0xFFFFFFFF)
	binary.LittleEndian.PutUint32(nested[2*512+2*128+76:], 3) // but within it
	looped := compoundFile("A", "B")
	binary.LittleEndian.PutUint32(looped[512+4:], 1) // the directory follows itself
	types := func(kind string) string {
		return `<Types><Override PartName="/xl/workbook.xml" ContentType="` + kind + `"/></Types>`
	}
	const office = "application/vnd.openxmlformats-officedocument."
	good := made{}.bytes(t)
	for name, c := range map[string]struct {
		body []byte
		want Reason
	}{
		"xls":                {compoundFile("\x05SummaryInformation", "Workbook"), OldExcel},
		"xls of 1995":        {compoundFile("a", "b", "c", "d", "Book"), OldExcel},
		"doc":                {compoundFile("1Table", "WordDocument"), OldWord},
		"doc with a table":   {nested, OldWord},
		"password":           {compoundFile("EncryptionInfo", "\x06DataSpaces", "x", "EncryptedPackage"), Encrypted},
		"message":            {compoundFile("__nameid_version1.0"), Damaged},
		"compound, cut":      {compoundFile("Workbook")[:700], Damaged},
		"compound, head":     {compoundFile("Workbook")[:9], Damaged},
		"compound, loop":     {looped, Damaged},
		"workbook":           {good, ""},
		"workbook, cut":      {good[:len(good)-200], Damaged},
		"workbook, template": {made{"[Content_Types].xml": types(office + "spreadsheetml.template.main+xml")}.bytes(t), ""},
		"docx":               {made{"[Content_Types].xml": types(office + "wordprocessingml.document.main+xml")}.bytes(t), Word},
		"docm":               {made{"[Content_Types].xml": types("application/vnd.ms-word.document.macroEnabled.main+xml")}.bytes(t), Word},
		"pptx":               {made{"[Content_Types].xml": types(office + "presentationml.presentation.main+xml")}.bytes(t), Archive},
		"xlsb":               {made{"[Content_Types].xml": types("application/vnd.ms-excel.sheet.binary.macroEnabled.main")}.bytes(t), Binary},
		"ods":                {made{"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}.bytes(t), OpenDocument},
		"zip":                {made{"[Content_Types].xml": ""}.bytes(t), Archive},
		"empty zip":          {[]byte("PK\x05\x06" + strings.Repeat("\x00", 18)), Archive},
		"text":               {[]byte("đơn vị;số mét\n"), ""},
		"text of two":        {[]byte("PK"), ""},
		"empty":              {nil, ""},
	} {
		file := saved(t, c.body)
		if got := Foreign(file); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
		b, err := Open(file)
		switch f := faultOf(t, file); {
		case err == nil:
			b.Close()
			if c.want != "" || f != nil {
				t.Errorf("%s: opened, %v", name, f)
			}
		case c.want != "" && f.Reason != c.want, c.want == "" && f.Reason != Damaged:
			t.Errorf("%s: %v", name, f)
		}
	}
	if got := Foreign(t.TempDir()); got != "" {
		t.Errorf("a folder: %q", got)
	}
}

func TestEncryptedEntry(t *testing.T) {
	body := made{}.bytes(t)
	// The first bit of the flags, in each record of the directory.
	for i := 0; i+10 < len(body); i++ {
		if string(body[i:i+4]) == "PK\x01\x02" {
			body[i+8] |= 1
		}
	}
	if f := faultOf(t, saved(t, body)); f == nil || f.Reason != Encrypted {
		t.Errorf("got %v", f)
	}
}

func TestDamaged(t *testing.T) {
	book := func(sheets string) string { return `<workbook xmlns:r="r"><sheets>` + sheets + `</sheets></workbook>` }
	for name, c := range map[string]struct {
		m    made
		want string // in the detail
	}{
		"no sheets":             {made{"xl/workbook.xml": book("")}, "no worksheet"},
		"no list":               {made{"xl/workbook.xml": `<workbook/>`}, "no worksheet"},
		"no relationship":       {made{"xl/workbook.xml": book(`<sheet name="A" r:id="x"/>`)}, `no relationship "x"`},
		"no relationships":      {made{"xl/_rels/workbook.xml.rels": ""}, "no part"},
		"no sheet":              {made{"xl/worksheets/sheet1.xml": ""}, `no part "xl/worksheets/sheet1.xml"`},
		"no styles":             {made{"xl/styles.xml": ""}, "no part"},
		"no strings":            {made{"xl/sharedStrings.xml": "", "xl/worksheets/sheet1.xml": sheet(`<row><c t="s"><v>0</v></c></row>`)}, "no shared string"},
		"HTML":                  {made{"xl/worksheets/sheet1.xml": `<html/>`}, "no worksheet but"},
		"no XML":                {made{"xl/worksheets/sheet1.xml": `đơn vị`}, "ends too early"},
		"cut":                   {made{"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row><c><v>1</v></c>`}, "row 1: the XML ends too early"},
		"cut in a tag":          {made{"xl/worksheets/sheet1.xml": `<worksheet><sheetData`}, "within a tag"},
		"cut in a comment":      {made{"xl/worksheets/sheet1.xml": `<worksheet><!-- `}, "within a tag"},
		"one end more":          {made{"xl/worksheets/sheet1.xml": `<worksheet></worksheet></worksheet>`}, "without a start"},
		"UTF-16":                {made{"xl/worksheets/sheet1.xml": "\xFF\xFE<\x00w\x00/\x00>\x00"}, ""},
		"bare attribute":        {made{"xl/worksheets/sheet1.xml": sheet(`<row r=1/>`)}, "without quotes"},
		"attribute alone":       {made{"xl/worksheets/sheet1.xml": sheet(`<row hidden/>`)}, "without a value"},
		"entities":              {made{"xl/worksheets/sheet1.xml": `<!DOCTYPE x [<!ENTITY a "&b;&b;">]>` + sheet(`<row><c t="str"><v>&a;</v></c></row>`)}, "document type"},
		"string of no number":   {made{"xl/worksheets/sheet1.xml": sheet(`<row><c t="s"><v>x</v></c></row>`)}, "no shared string"},
		"string out of range":   {made{"xl/worksheets/sheet1.xml": sheet(`<row/><row><c t="s"><v>0</v></c></row>`)}, "row 2: no shared string"},
		"string of a number":    {made{"xl/worksheets/sheet1.xml": sheet(`<row><c t="s"><v>99999999999999999999999</v></c></row>`)}, "no shared string"},
		"rows out of order":     {made{"xl/worksheets/sheet1.xml": sheet(`<row r="2"/><row r="2"/>`)}, "after row 2"},
		"row zero":              {made{"xl/worksheets/sheet1.xml": sheet(`<row r="0"/>`)}, "after row 0"},
		"row of a word":         {made{"xl/worksheets/sheet1.xml": sheet(`<row r="1a"/>`)}, "after row 0"},
		"cell without a column": {made{"xl/worksheets/sheet1.xml": sheet(`<row><c r="1"/></row>`)}, "a cell at"},
		"cell without a row":    {made{"xl/worksheets/sheet1.xml": sheet(`<row><c r="A"/></row>`)}, "a cell at"},
		"merge":                 {made{"xl/worksheets/sheet1.xml": `<worksheet><mergeCells><mergeCell ref="B2:A1"/></mergeCells></worksheet>`}, "a merged range"},
		"merge of nothing":      {made{"xl/worksheets/sheet1.xml": `<worksheet><mergeCells><mergeCell/></mergeCells></worksheet>`}, "a merged range"},
		"merge outside":         {made{"xl/worksheets/sheet1.xml": `<worksheet><mergeCells><mergeCell ref="A1:XFE1"/></mergeCells></worksheet>`}, "a merged range"},
	} {
		f := faultOf(t, saved(t, c.m.bytes(t)))
		if f == nil || f.Reason != Damaged || !strings.Contains(f.Detail, c.want) {
			t.Errorf("%s: got %v, want %q", name, f, c.want)
		}
	}
}

// A file cut off anywhere is refused; one with a byte changed is refused or
// read, as the byte may be one of a date.
func TestBroken(t *testing.T) {
	body := made{"xl/worksheets/sheet1.xml": sheet(`<row><c t="str"><v>Sở Nội vụ</v></c></row>`)}.bytes(t)
	file := saved(t, body)
	for i := 0; i < len(body); i += 7 {
		if err := os.WriteFile(file, body[:i], 0o600); err != nil {
			t.Fatal(err)
		}
		if faultOf(t, file) == nil {
			t.Errorf("cut at %d: read as if whole", i)
		}
		changed := append([]byte(nil), body...)
		changed[i] ^= 0x55
		if err := os.WriteFile(file, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		faultOf(t, file)
	}
}
