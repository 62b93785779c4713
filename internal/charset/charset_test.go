package charset

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const cases = "../../../shared/cases"

func caseFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(cases, name))
	if err != nil {
		t.Skip("the collection of cases is not beside the repository: ", err)
	}
	return b
}

func read(t testing.TB, d Decoding, b []byte) string {
	t.Helper()
	out, err := io.ReadAll(d.Reader(bytes.NewReader(b)))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestSyntheticFiles(t *testing.T) {
	want := string(caseFile(t, "torture/vn_synthetic/bao_cao.utf8.csv"))
	for name, e := range map[string]Encoding{
		"utf8.csv": UTF8, "utf8-bom.csv": UTF8, "utf8-nfd.csv": UTF8, "nbsp-zwsp.csv": UTF8,
		"tcvn3.csv": TCVN3, "vni.csv": VNI, "utf16le-bom-tab.txt": UTF16LE,
	} {
		b := caseFile(t, "torture/vn_synthetic/bao_cao."+name)
		d := Detect(b, nil)
		if d.Encoding != e || d.Misread != "" || d.Lossy() {
			t.Errorf("%s: %+v, want %s", name, d, e)
		}
		if d.Right*10 < d.Words*9 {
			t.Errorf("%s: %d of %d words are right", name, d.Right, d.Words)
		}
		got, want := read(t, d, b), want
		switch name {
		case "tcvn3.csv":
			got, want = strings.ToLower(got), strings.ToLower(want)
		case "utf16le-bom-tab.txt":
			got, want = rows(t, got, '\t'), rows(t, want, ',')
		}
		if got != want {
			t.Errorf("%s:\n%q\nwant\n%q", name, got, want)
		}
		if plain := name == "utf8.csv" || name == "utf8-bom.csv"; d.Plain != plain {
			t.Errorf("%s: Plain is %v", name, d.Plain)
		}
		if d.Decomposed != (name == "utf8-nfd.csv") {
			t.Errorf("%s: Decomposed is %v", name, d.Decomposed)
		}
	}
}

func rows(t *testing.T, s string, comma rune) string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(s))
	r.Comma, r.FieldsPerRecord = comma, -1
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, row := range all {
		out.WriteString(strings.TrimRight(strings.Join(row, "\x1f"), "\x1f") + "\n")
	}
	return out.String()
}

func TestLostLetters(t *testing.T) {
	b := caseFile(t, "torture/vn_synthetic/bao_cao.questionmarks-cp1252.csv")
	if d := Detect(b, nil); !d.Lossy() || d.Encoding != Windows1252 {
		t.Errorf("%+v, lossy %v", d, d.Lossy())
	}
	b = caseFile(t, "torture/vn_synthetic/bao_cao.truncated-quote.csv")
	if d := Detect(b, nil); d.Lossy() || d.Encoding != UTF8 {
		t.Errorf("%+v", d)
	}
}

func TestMinistryOfFinance2003(t *testing.T) {
	const at = "torture/vn_mof_budget/csv/Plan_2003."
	want := strings.ToLower(string(caseFile(t, at+"expected-utf8.csv")))
	for name, shape := range map[string][2]Encoding{
		"tcvn3-as-latin1.csv":     {TCVN3, ""},
		"tcvn3-mojibake-utf8.csv": {UTF8, TCVN3},
		"expected-utf8.csv":       {UTF8, ""},
	} {
		b := caseFile(t, at+name)
		d := Detect(b, nil)
		if [2]Encoding{d.Encoding, d.Misread} != shape {
			t.Errorf("%s: %+v", name, d)
		}
		if got := strings.ToLower(read(t, d, b)); got != want {
			t.Errorf("%s:\n%q\nwant\n%q", name, got, want)
		}
	}
	var cells []string
	var got strings.Builder
	for _, line := range strings.SplitAfter(string(caseFile(t, at+"tcvn3-mojibake-utf8.csv")), "\n") {
		cells = append(cells, strings.SplitAfter(line, ",")...)
	}
	d := DetectText(cells)
	for _, c := range cells {
		got.WriteString(d.Text(c))
	}
	if d.Misread != TCVN3 || strings.ToLower(got.String()) != want {
		t.Errorf("cells: %+v\n%q", d, got.String())
	}
}

func TestProvinceNames(t *testing.T) {
	b := caseFile(t, "torture/vn_mof_budget/names/province_name_variants_666.csv")
	d := Detect(b, nil)
	if d.Encoding != UTF8 || d.Misread != "" || d.Lost == 0 {
		t.Errorf("%+v", d)
	}
	text := read(t, d, b)
	if strings.Contains(text, "<U+") || !strings.Contains(text, "BẮC GIANG") {
		t.Error("an escape is left")
	}
}

func TestEveryLetter(t *testing.T) {
	r := csv.NewReader(bytes.NewReader(caseFile(t, "units/vietnamese_legacy_charsets.csv")))
	all, err := r.ReadAll()
	if err != nil || len(all) != 135 {
		t.Fatal(len(all), err)
	}
	for _, row := range all[1:] {
		for column, e := range map[int]Encoding{3: TCVN3, 5: VNI, 7: Windows1258} {
			code, err := hex.DecodeString(row[column])
			if err != nil {
				t.Fatal(err)
			}
			want, whole := row[0], code
			if e == TCVN3 && want != strings.ToLower(want) {
				// A word of capitals around it says the case.
				want, whole = "NH"+want+"NH", []byte("NH"+string(code)+"NH")
			}
			d := Decoding{Encoding: e}
			if got := read(t, d, whole); got != want {
				t.Errorf("%s: % x is %q, want %q", e, whole, got, want)
			}
			if e == Windows1258 {
				continue
			}
			if back := writers[e](want); !bytes.Equal(back, whole) {
				t.Errorf("%s: %q written as % x, want % x", e, want, back, whole)
			}
		}
	}
}

func TestWindows1258Habits(t *testing.T) {
	d := Decoding{Encoding: Windows1258}
	for _, habit := range []string{"\xE0 \xE1 \xE9 \xF3 \xFA", "a\xCC a\xEC e\xEC o\xEC u\xEC"} {
		if got := read(t, d, []byte(habit)); got != "à á é ó ú" {
			t.Errorf("% x is %q", habit, got)
		}
	}
}

var short = []string{
	"Sở Nội vụ",
	"Tỷ lệ chỉnh lý",
	"Phường Biên Hòa",
	"Đơn vị,Tổng số,Đã chỉnh lý\r\nSở Nội vụ,1000,500\r\n",
	"Họ và tên;Trần Thị Bưởi;Nguyễn Văn Đức",
	"tài liệu tồn đọng đã được chỉnh lý, số hóa và nộp vào lưu trữ lịch sử",
}

func TestShortTexts(t *testing.T) {
	for _, s := range short {
		for e, write := range writers {
			b := write(s)
			d := Detect(b, nil)
			if d.Encoding != e || d.Misread != "" {
				t.Errorf("%q in %s: %+v", s, e, d)
			}
			got, want := read(t, d, b), s
			if e == TCVN3 {
				got, want = strings.ToLower(got), strings.ToLower(want)
			}
			if got != want {
				t.Errorf("%q in %s: %q", s, e, got)
			}
			if d.Words == 0 || d.Right != d.Words {
				t.Errorf("%q in %s: %d of %d words right", s, e, d.Right, d.Words)
			}
		}
	}
}

func TestMisread(t *testing.T) {
	for _, s := range short {
		for _, e := range []Encoding{UTF8, TCVN3, VNI, Windows1258} {
			shown := misreadText(writers[e](s))
			for _, d := range []Decoding{
				Detect([]byte(shown), nil), Detect(write16("\uFEFF"+shown, binary.LittleEndian), nil), DetectText([]string{shown}),
			} {
				if d.Misread != e {
					t.Errorf("%q in %s, %q: %+v", s, e, shown, d)
				}
				if got := strings.ToLower(d.Text(shown)); got != strings.ToLower(s) {
					t.Errorf("%q in %s: %q", s, e, got)
				}
			}
			d := As(e, []byte("\uFEFF"+shown), nil)
			if got := read(t, d, []byte("\uFEFF"+shown)); e != UTF8 && !strings.EqualFold(got, s) {
				t.Errorf("%q as %s: %q", s, e, got)
			}
		}
	}
}

func TestUTF8ReadAs1252(t *testing.T) {
	shown := "Sá»Ÿ Ná»™i vá»¥ tá»‰nh Ä?á»“ng Nai, TÃ i liá»‡u"
	d := Detect([]byte(shown), nil)
	if got := read(t, d, []byte(shown)); got != "Sở Nội vụ tỉnh Đồng Nai, Tài liệu" || d.Misread != UTF8 || d.Lost != 0 {
		t.Errorf("%q %+v", got, d)
	}
	lost := "thá»? trÆ°á»?ng, sá»? liá»?u, Ä‘Ã£ Ä‘á»§"
	d = Detect([]byte(lost), nil)
	if d.Lost < 3 || !d.Lossy() {
		t.Errorf("%q %+v", read(t, d, []byte(lost)), d)
	}
}

func TestCellsOfBothKinds(t *testing.T) {
	cells := []string{"Sở Nội vụ", "Tài chính", "Bé Tµi chÝnh", "tØnh", "thµnh phè trùc thuéc", "cà phê", "năm 2003", "vô", "chØnh lý", "§¬n vÞ"}
	want := []string{"Sở Nội vụ", "Tài chính", "Bộ Tài chính", "tỉnh", "thành phố trực thuộc", "cà phê", "năm 2003", "vô"}
	d := DetectText(cells)
	for i, w := range want {
		if got := d.Text(cells[i]); got != w {
			t.Errorf("%q is %q, want %q (%+v)", cells[i], got, w, d)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"a\u00a0b\u202fc\u2007d\u3000e\u2003f": "a b c d e f",
		"a\u200bb\ufeffc\u00add\u2060e":        "abcde",
		"a\u2028b\u2029c\u0085d":               "a b c d",
		"a\r\nb\rc\nd":                         "a\r\nb\rc\nd",
		"a\x00b\xffc":                          "a\ufffdb\ufffdc",
		"<U+1ED2>NG NAI, B<U+1EAF>c":           "ỒNG NAI, Bắc",
		"<U+000A><U+0022><U+1ED2 <U+<U+D800>":  "<U+000A><U+0022><U+1ED2 <U+<U+D800>",
		"Tie\u0302\u0301n":                     "Tiến",
	} {
		d := Detect([]byte(in), nil)
		if got := read(t, Decoding{Encoding: UTF8}, []byte(in)); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		if got := d.Text(in); got != want {
			t.Errorf("text %q: %q, want %q", in, got, want)
		}
	}
}

func TestCutLetters(t *testing.T) {
	text := strings.Repeat("Sở Nội vụ tỉnh Đồng Nai,chỉnh lý\r\n", 40)
	for e, write := range writers {
		b := write(text)
		for cut := 700; cut < 712; cut++ {
			d := Detect(b[:cut], b[cut:])
			if d.Encoding != e || d.Misread != "" || d.Right != d.Words || d.Lost != 0 || d.Words < 100 {
				t.Errorf("%s cut at %d: %+v", e, cut, d)
			}
		}
	}
}

func TestOneBadByte(t *testing.T) {
	b := []byte(strings.Repeat("Sở Nội vụ\n", 20) + "S\xff\n")
	d := Detect(b, nil)
	if d.Encoding != UTF8 || d.Plain || d.Lost != 1 || d.Lossy() {
		t.Errorf("%+v", d)
	}
}

func TestQuestionsAreNotLosses(t *testing.T) {
	for _, s := range []string{
		"What? Why? Really? Đã nộp? Chưa? Sao?",
		"http://a.vn/?q=1 http://a.vn/x?id=2 http://b.vn/y?id=3 http://c.vn/?k=4",
		"#NAME? #NAME? #NAME? ??? ? ??",
	} {
		if d := Detect([]byte(s), nil); d.Lost != 0 {
			t.Errorf("%q: %+v", s, d)
		}
	}
	if d := DetectText([]string{"S? N?i v?"}); d.Lost != 3 || !d.Lossy() {
		t.Errorf("%+v", d)
	}
}

func TestParse(t *testing.T) {
	for name, want := range map[string]Encoding{
		"utf8": UTF8, "UTF-8": UTF8, "utf_16": UTF16LE, "UTF-16BE": UTF16BE, "tcvn": TCVN3, "ABC": TCVN3, "TCVN3": TCVN3, ".VnTime": TCVN3,
		"VNI-Windows": VNI, "vni": VNI, "cp1258": Windows1258, "windows-1258": Windows1258, "ISO-8859-1": Windows1252, "klingon": "", "": "",
	} {
		if got, ok := Parse(name); got != want || ok != (want != "") {
			t.Errorf("%q: %q %v", name, got, ok)
		}
	}
}
