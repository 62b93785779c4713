package workbook

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestCells(t *testing.T) {
	styles := `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-42A]dd\ mmmm\ yyyy;@"/><numFmt numFmtId="165" formatCode="0.0&quot;%&quot;"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="22"/></cellXfs></styleSheet>`
	shared := "\uFEFF" + `<?xml version="1.0" encoding="UTF-8"?><!-- made by hand --><x:sst xmlns:x="urn:x">
<x:si><x:t>Sở Nội vụ</x:t></x:si>
<x:si><x:r><x:rPr><x:b/></x:rPr><x:t>Sở </x:t></x:r><x:r><x:t>Nội vụ</x:t></x:r><x:rPh sb="0" eb="1"><x:t>xx</x:t></x:rPh><x:phoneticPr fontId="1"/></x:si>
<x:si><x:t xml:space="preserve"> a &amp;lt;b&#x111; &#9; &khac; </x:t></x:si>
<x:si><x:t><![CDATA[<b>&amp;]]> đậm</x:t></x:si>
<x:si><x:t>một_x000D_
hai _x005F_x000D_ _x00e1_ _xD83D__xDE00_ _xzzzz_ _x0000_</x:t></x:si>
<x:si/>
<x:si><x:t>
   thụt vào
  </x:t></x:si>
</x:sst>`
	for _, c := range []struct{ name, rows, want string }{
		{"shared", `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>`, `2: Text "Sở Nội vụ" | - | Text "Sở Nội vụ"`},
		{"entities", `<row><c t="s"><v>2</v></c></row>`, `1: Text " a &lt;bđ \t &khac; "`},
		{"cdata", `<row><c t="s"><v>3</v></c></row>`, `1: Text "<b>&amp; đậm"`},
		{"escapes", `<row><c t="s"><v>4</v></c></row>`, `1: Text "một\r\nhai _x000D_ á 😀 _xzzzz_ �"`},
		{"empty shared", `<row><c t="s"><v>5</v></c></row><row><c t="s"><v>0</v></c><c t="s"><v>5</v></c></row>`, `2: Text "Sở Nội vụ"`},
		{"indented", `<row><c t="s"><v> 6 </v></c></row>`, `1: Text "thụt vào"`},
		{"number and text", `<row><c><v>1.234</v></c><c t="str"><f>A1</f><v>1.234</v></c><c t="n"><v> 7 </v></c></row>`, `1: Number "1.234" | Text "1.234" | Number "7"`},
		{"inline", `<row><c t="inlineStr"><is><r><t>a </t></r><r><t>b</t></r></is></c><c t="inlineStr"><is><t/></is></c></row>`, `1: Text "a b"`},
		{"bool, error", `<row><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#REF!</v></c></row>`, `1: Bool "TRUE" | Bool "FALSE" | Error "#REF!"`},
		{"iso date", `<row><c t="d"><v>2025-09-30</v></c><c t="d"><v>2025-09-30T08:00:00.000Z</v></c><c t="d"><v>sau</v></c></row>`, `1: Date "2025-09-30" | Date "2025-09-30T08:00:00" | Text "sau"`},
		{"styles", `<row><c s="1"><v>0.125</v></c><c s="2"><v>45930</v></c><c s="3"><v>45930</v></c><c s="4"><v>12.5</v></c><c s="5"><v>1.5</v></c><c s="6"><v>45930.333333333336</v></c><c s="99"><v>1</v></c></row>`,
			`1: Percent "0.125" | Date "2025-09-30" | Date "2025-09-30" | Number "12.5" | Number "1.5" | Date "2025-09-30T08:00:00" | Number "1"`},
		{"text in a date's cell", `<row><c s="2" t="str"><v>30/9/2025</v></c><c s="2"><v>0.5</v></c><c s="2"><v>-3</v></c></row>`, `1: Text "30/9/2025" | Number "0.5" | Number "-3"`},
		{"positions", `<row r="3"><c r="b3"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row><row r="1048576"><c r="AA1048576"><v>4</v></c></row>`,
			"3: - | Number \"1\" | Number \"2\"\n4: Number \"3\"\n1048576:" + strings.Repeat(" - |", 26) + ` Number "4"`},
		{"prefixes", `<x:row r="1" x:z="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>`, `1: Number "1"`},
		{"no content", `<row/><row r="5"><c r="A5" s="1"/></row><row><c><v>1</v></c><c r="Z6"/></row>`, `6: Number "1"`},
		{"never computed", `<row r="5"><c r="A5"><f>1+1</f><v/></c><c r="B5" t="str"><f>""</f><v></v></c></row>`, `5: Error "#FORMULA"`},
		{"quotes", `<row r='1' spans="1:2>"><c r = 'A1' t='str' ><v>a"b'c&gt;</v></c></row>`, `1: Text "a\"b'c>"`},
		{"not a number", `<row><c><v>1,5</v></c><c><v>NaN</v></c><c><v>0x10</v></c><c><v>1e999</v></c></row>`, `1: Text "1,5" | Text "NaN" | Text "0x10" | Text "1e999"`},
		{"no UTF-8", "<row><c t=\"str\"><v>S\xE6</v></c><c><v>1</v></c></row>", `1: Text "S�" | Number "1"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _ := made{"xl/styles.xml": styles, "xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": "\uFEFF" + sheet(c.rows)}.text(t)
			if got != c.want+"\n" {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

func TestNumbers(t *testing.T) {
	for stored, want := range map[string]string{
		"0": "0", "-0": "0", "-0.0": "0", "0.50": "0.5", "5.": "5", ".5": "0.5", "007": "7", "1234567.10": "1234567.1",
		"0.55500000000000005": "0.555", "0.1": "0.1", "100": "100", "100.0": "100", "1E-2": "0.01", "1.5E+3": "1500", "+3": "3",
		"123456789012345": "123456789012345", "12345678901234567890": "12345678901234567890", "1E+20": "100000000000000000000",
		"-2.2999999999999998": "-2.3", "33.33333333333333": "33.33333333333333",
		"": "?", "-": "?", "1-2": "?", "e5": "?", "1e999": "?", "Inf": "?", "1_000": "?",
	} {
		got, ok := appendNumber(nil, []byte(stored))
		if !ok {
			got = []byte("?")
		}
		if string(got) != want {
			t.Errorf("%s: got %s, want %s", stored, got, want)
		}
	}
}

func TestDays(t *testing.T) {
	for _, c := range []struct {
		stored string
		from   epoch
		want   string
	}{
		{"1", epoch1900, "1900-01-01"},
		{"59", epoch1900, "1900-02-28"},
		{"60", epoch1900, "?"},
		{"61", epoch1900, "1900-03-01"},
		{"45930", epoch1900, "2025-09-30"},
		{"45929.9999999", epoch1900, "2025-09-30"},
		{"45930.75", epoch1900, "2025-09-30T18:00:00"},
		{"2958465", epoch1900, "9999-12-31"},
		{"2958465.999999", epoch1900, "?"},
		{"2958466", epoch1900, "?"},
		{"44468", epoch1904, "2025-09-30"},
		{"0.5", epoch1900, "?"},
		{"NaN", epoch1900, "?"},
	} {
		got, ok := appendDay(nil, []byte(c.stored), c.from)
		if !ok {
			got = []byte("?")
		}
		if string(got) != c.want {
			t.Errorf("%s: got %s, want %s", c.stored, got, c.want)
		}
	}
}

func TestFormats(t *testing.T) {
	for code, want := range map[string]format{
		"General": asNumber, "#,##0": asNumber, "0.00E+00": asNumber, "@": asNumber, `0" mét"`: asNumber, `0\ "ngày"`: asNumber,
		"dd/mm/yyyy": asDate, "DD/MM/YYYY": asDate, "[$-42A]dd mmmm yyyy;@": asDate, `"ngày "dd" tháng "mm`: asDate, "mmm-yy": asDate, "mm": asDate,
		"dd/mm/yyyy hh:mm AM/PM": asDate, "mmm": asDate,
		"hh:mm": asNumber, "mm:ss.0": asNumber, "[h]:mm:ss": asNumber, "[mm]:ss": asNumber, "h:mm AM/PM": asNumber, "[$-409]h:mm": asNumber,
		"0%": asPercent, "0.0%;[Red]-0.0%": asPercent, `0"%"`: asNumber, `0\%`: asNumber, "_(* #,##0_);_(* \\(#,##0\\)": asNumber,
		"[Red]0": asNumber, "_d0": asNumber, "": asNumber, `"`: asNumber, "[": asNumber, "_": asNumber, "[]0%": asPercent,
	} {
		if got := formatOf(code); got != want {
			t.Errorf("%q: got %d, want %d", code, got, want)
		}
	}
}

func TestMerges(t *testing.T) {
	body := `<worksheet><sheetData><row><c><v>1</v></c></row></sheetData><mergeCells count="3"><mergeCell ref="A1:B2"/><mergeCell ref="C3"/><mergeCell ref="$D$4:XFD1048576"></mergeCell></mergeCells></worksheet>`
	_, got := made{"xl/worksheets/sheet1.xml": body}.text(t)
	want := []Merge{{1, 1, 2, 2}, {4, 4, 1048576, 16384}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// The parts may stand anywhere and be named in any case, with prefixes of the
// program's own.
func TestPaths(t *testing.T) {
	m := made{
		"[Content_Types].xml": `<Types><Override PartName="/Book/Main.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>`,
		"_rels/.rels":         relationships(rel("a", "officeDocument", "/book/main.xml")),
		"xl/workbook.xml":     "", "xl/_rels/workbook.xml.rels": "", "xl/sharedStrings.xml": "", "xl/worksheets/sheet1.xml": "", "xl/styles.xml": "",
		"Book/Main.xml": `<?xml version="1.0"?><m:workbook xmlns:m="u" xmlns:q="v"><m:workbookPr date1904="true"/><m:sheets>
<m:sheet name="Đồ thị" q:id="g"/><m:sheet name="A &amp; B" sheetId="9" q:id="s2" state="veryHidden"/><m:sheet name="Hai" q:id="s1"/></m:sheets></m:workbook>`,
		"Book/_rels/Main.xml.rels": relationships(rel("s1", "worksheet", "../Sheets/one.xml"), rel("s2", "worksheet", "/sheets/t%C3%A1m 2.xml"),
			rel("g", "chartsheet", "chart.xml"), rel("st", "styles", "style.xml"), rel("t", "theme", "nowhere.xml")),
		"Book/style.xml":   `<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>`,
		"sheets\\ONE.xml":  sheet(`<row><c><v>44468</v></c></row>`),
		"Sheets/tám 2.xml": sheet(`<row><c><v>1</v></c></row>`),
	}
	b, err := Open(saved(t, m.bytes(t)))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if want := []Sheet{{"A & B", true}, {"Hai", false}}; !reflect.DeepEqual(b.Sheets(), want) {
		t.Errorf("got %v, want %v", b.Sheets(), want)
	}
	for i, want := range []string{"1: Date \"1904-01-02\"\n", "1: Date \"2025-09-30\"\n"} {
		got, _, err := sheetText(b, i)
		if err != nil || got != want {
			t.Errorf("sheet %d: got %s%v, want %s", i, got, err, want)
		}
	}
}

func TestStops(t *testing.T) {
	b, err := Open(saved(t, made{"xl/worksheets/sheet1.xml": sheet(`<row><c><v>1</v></c></row><row><c><v>2</v></c></row>`)}.bytes(t)))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	enough := errors.New("enough")
	calls := 0
	if _, err := b.Rows(context.Background(), 0, func(int64, []Cell) error { calls++; return enough }); err != enough || calls != 1 {
		t.Errorf("got %v after %d rows", err, calls)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := b.Rows(ctx, 0, func(int64, []Cell) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if text, _, err := sheetText(b, 0); err != nil || text != "1: Number \"1\"\n2: Number \"2\"\n" {
		t.Errorf("again: %s%v", text, err)
	}
	if _, err := b.Rows(context.Background(), 1, nil); err == nil {
		t.Error("a sheet that is not there was read")
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none.xlsx")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}
