package cell

import (
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
)

// say writes a number on one line.
func say(n Number) string {
	s := map[Kind]string{Value: "", Nothing: "nothing", Open: "open ", Error: "error", Fraction: "fraction", Invalid: "invalid"}[n.Kind] + n.Text
	if n.Other != "" {
		s += " or " + n.Other
	}
	if n.Unit != "" {
		s += " [" + n.Unit + "]"
	}
	if n.Percent {
		s += " percent"
	}
	if n.About {
		s += " about"
	}
	if n.Against {
		s += " against"
	}
	return s
}

func TestNumbersOfOneReading(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "00": "0", "-0": "0", "-0,0": "0", "0012": "12", "'0012": "12", "’5": "5", "12345": "12345", "-7": "-7", "+7": "7", "−7": "-7", "–7": "-7",
		"1.234.567": "1234567", "1,234,567": "1234567", "1.234,5": "1234.5", "1,234.50": "1234.5", "1.234.567,89": "1234567.89",
		"12,5": "12.5", "12.50": "12.5", "1.2345": "1.2345", "0,123": "0.123", "0.123": "0.123", "1234.567": "1234.567", "1234,567": "1234.567", ".5": "0.5", "-,5": "-0.5",
		"1 234": "1234", "1 234 567,8": "1234567.8", "1\u00a0234,5": "1234.5", "1\u202f234": "1234", "1\u2009234": "1234", "12 000,5": "12000.5", "1'234.5": "1234.5", "1’234’567": "1234567", "1 234.567": "1234.567",
		"(5)": "-5", "(1.234.567)": "-1234567", "( 12,5 )": "-12.5", "(12,5%)": "-12.5 [%] percent", "(1.234,5) đồng": "-1234.5 [đồng]",
		"12.500,": "12500", "12,": "12", "12.": "12", "12.5,": "12.5", "1,234.5,": "1234.5",
		"1,0E+03": "1000", "1.5e3": "1500", "1E-2": "0.01", "1.234E+05": "123400", "-2,5E-3": "-0.0025",
		"２５": "25", "１．２３４．５６７": "1234567", "12\u200b": "12", "\ufeff12 ": "12",
		"12,5%": "12.5 [%] percent", "12,5 %": "12.5 [%] percent", "100% KH": "100 [% KH] percent", "5‰": "5 [‰]",
		"1.200.000 hồ sơ": "1200000 [hồ sơ]", "12m": "12 [m]", "12,5 mét giá": "12.5 [mét giá]", "1.234.567 m²": "1234567 [m²]", "12 m2": "12 [m2]", "12,5 triệu đồng/m²": "12.5 [triệu đồng/m²]", "5\nhồ sơ": "5 [hồ sơ]", "12 hồ sơ.": "12 [hồ sơ.]",
		"VND 1.234.567": "1234567 [VND]", "₫1.234.567": "1234567 [₫]", "-₫5": "-5 [₫]", "₫-5": "-5 [₫]", "1.234.567đ": "1234567 [đ]", "142,6 tỉ": "142.6 [tỉ]", "5 vnđ": "5 [vnđ]",
		"khoảng 304": "304 about", "KHOẢNG 304 hồ sơ": "304 [hồ sơ] about", "hơn 29": "29 about", "gan 14": "14 about", "trên 5": "5 about", "~5": "5 about", "~ 5": "5 about", "ước tính 12,5 tỷ": "12.5 [tỷ] about", "khoảng ₫5": "5 [₫] about", "xấp xỉ 7": "7 about",
		"(1)     419.278.223": "419278223", "1.234.567 (1)": "1234567", "12*": "12", "12,5**": "12.5", "12¹": "12", "12 m²": "12 [m²]", "12 m²¹": "12 [m²]", "12 hồ sơ (2)": "12 [hồ sơ]", "12[1]": "12", "12 hồ sơ¹": "12 [hồ sơ]",
		"5/95": "fraction", "5 / 95 hồ sơ": "fraction", "1.200/1.500": "fraction", "9/2025": "fraction",
		"#REF!": "error", "#N/A": "error", "#div/0!": "error", "####": "error", "Err:502": "error",
	} {
		if got := say(ParseNumber(text, Undecided)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
		if got := say(ParseNumber(norm.NFD.String(text), Mixed)); got != want && text != "12.500," {
			t.Errorf("%q decomposed: %s, want %s", text, got, want)
		}
	}
}

func TestNumbersOfTwoReadings(t *testing.T) {
	for _, c := range []struct{ text, comma, point, open string }{
		{"1.234", "1234", "1.234", "open 1234 or 1.234"},
		{"1,234", "1.234", "1234", "open 1.234 or 1234"},
		{"-12.500", "-12500", "-12.5", "open -12500 or -12.5"},
		{"(1.234)", "-1234", "-1.234", "open -1234 or -1.234"},
		{"1.200 hồ sơ", "1200 [hồ sơ]", "1.2 [hồ sơ]", "open 1200 or 1.2 [hồ sơ]"},
		{"hơn 29.000", "29000 about", "29 about", "open 29000 or 29 about"},
		{"100.000%", "100000 [%] percent", "100 [%] percent", "open 100000 or 100 [%] percent"},
		{"12,500.", "12.5", "12500", "open 12.5 or 12500"},
		{"1.234¹", "1234", "1.234", "open 1234 or 1.234"},
		{"12.5", "12.5 against", "12.5", "12.5"},
		{"12,50", "12.5", "12.5 against", "12.5"},
		{"1.234.567", "1234567", "1234567 against", "1234567"},
		{"1,234.5", "1234.5 against", "1234.5", "1234.5"},
		{"0.123", "0.123 against", "0.123", "0.123"},
		{"1234.567", "1234.567 against", "1234.567", "1234.567"},
		{"1 234", "1234", "1234", "1234"},
		{"12", "12", "12", "12"},
	} {
		for m, want := range map[Marks]string{Comma: c.comma, Point: c.point, Undecided: c.open, Mixed: c.open} {
			if got := say(ParseNumber(c.text, m)); got != want {
				t.Errorf("%q under %d: %s, want %s", c.text, m, got, want)
			}
		}
	}
	for m, want := range map[Marks]string{Comma: "12500", Undecided: "12500", Point: "open 12500 or 12.5", Mixed: "open 12500 or 12.5"} {
		if got := say(ParseNumber("12.500,", m)); got != want {
			t.Errorf("a stray comma under %d: %s, want %s", m, got, want)
		}
	}
}

func TestNoFigure(t *testing.T) {
	for _, text := range []string{"", " ", "\u00a0", "'", "-", "–", "—", "--", "- -", "…", "...", ".", "/", `\`, "*", "x", "X", "n/a", "N/A", "KXĐ", "không", "Không.",
		"KHÔNG CÓ", "không phát sinh", "chưa có", "chưa có số liệu", "Chưa  báo cáo", "chưa thực hiện", "chua thuc hien", " -   ₫ ", "-\u00a0"} {
		if n := ParseNumber(text, Comma); n != (Number{Kind: Nothing}) {
			t.Errorf("%q: %s", text, say(n))
		}
		if _, k := ParseDate(text, DayFirst); k != Nothing {
			t.Errorf("%q as a day: %d", text, k)
		}
		if _, k := ParsePeriod(text); k != Nothing {
			t.Errorf("%q as a period: %d", text, k)
		}
	}
}

func TestNoNumbers(t *testing.T) {
	for _, text := range []string{"1.2345,6", "1.23.456", "1.234.56", "01.234.567", "1.234 567", "12 34", "1  234", "12\n345", "1\t234", "1 2345", "12-15", "1998-2015", "30/9/2025", "30.9.2025",
		"1.234-", "--5", "(-5)", "- 5", "5 hồ sơ và 3 hộp", "5 x 3", "1tỷ2", "10:30", "12;13", "1. Sở Nội vụ", "Sở Nội vụ", "II", "A", "(1) (2)", "(5)=(4)/(3)", "(12 tháng)", "(1) Sở", "1)",
		"12E5", "1E+31", "1E+999999999999999999", "1e+", "<b>5</b>", "5<script>", "=1+1", "1,2,3", "5%%", "50% 3", "١٢", "½", "NaN", "Inf", "0x10", "1_000", ",", "(", "()", ")", "khoảng", "~", "#", "hơn không", "5 \x00", "\x00",
		strings.Repeat("1", 61), strings.Repeat("9", 101), "1 " + strings.Repeat("ồ", 41), "5" + strings.Repeat(" a", 50), strings.Repeat("ệ", 1<<16)} {
		for _, m := range []Marks{Undecided, Comma, Point, Mixed} {
			n := ParseNumber(text, m)
			if n != (Number{Kind: Invalid}) {
				t.Errorf("%.40q under %d: %s", text, m, say(n))
			}
		}
	}
}

func TestEvidence(t *testing.T) {
	for text, want := range map[string]Evidence{
		"1.234.567": {Comma: 1}, "12,5": {Comma: 1}, "1.234,5": {Comma: 1}, "0,123": {Comma: 1}, "12 000,5": {Comma: 1}, "12,5%": {Comma: 1}, "1,0E+03": {Comma: 1}, "khoảng 12,5 mét": {Comma: 1}, "１２，５": {Comma: 1},
		"12.50": {Point: 1}, "1.2345": {Point: 1}, "0.123": {Point: 1}, "1,234.5": {Point: 1}, "1234.567": {Point: 1}, "1,234,567": {Point: 1}, "$1,234.50": {Point: 1},
		"1.234": {Open: 1}, "1,234": {Open: 1}, "12.500,": {Open: 1},
		"1234": {}, "1 234": {}, "": {}, "Sở Nội vụ, tỉnh": {}, "30.9.2025": {}, "1.2345,6": {}, "12.": {}, "5/95": {}, "n.a": {}, strings.Repeat("1,5 ", 1000): {},
	} {
		var e Evidence
		if e.Add(text); e != want {
			t.Errorf("%.40q: %+v, want %+v", text, e, want)
		}
	}
	for want, some := range map[Marks][]Evidence{
		Undecided: {{}, {Open: 9}},
		Comma:     {{Comma: 1}, {Comma: 9, Point: 1, Open: 50}},
		Point:     {{Point: 3, Open: 2}, {Comma: 1, Point: 10}},
		Mixed:     {{Comma: 1, Point: 1}, {Comma: 8, Point: 1}, {Comma: 2, Point: 17}},
	} {
		for _, e := range some {
			if got := e.Marks(); got != want {
				t.Errorf("%+v: %d, want %d", e, got, want)
			}
		}
	}
	e := Evidence{1, 2, 3}
	if e.Join(Evidence{10, 20, 30}); e != (Evidence{11, 22, 33}) {
		t.Errorf("joined: %+v", e)
	}
}

func TestNumberIsFree(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() {
		ParseNumber("12345", Comma)
		ParseNumber("123.4", Point)
		ParseNumber("-0.125", Comma)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzNumber(f *testing.F) {
	for _, text := range []string{"", "1.234", "1.234,5", "(1.234)", "-₫5", "1,0E+03", "khoảng 304 hồ sơ", "12 m²¹", "(1)     419", "5/95", "\xff1", "１２．５", "1E+30", "[1]", "- ₫"} {
		f.Add(text, 0)
	}
	f.Fuzz(func(t *testing.T, text string, marks int) {
		n := ParseNumber(text, Marks(marks&3))
		new(Evidence).Add(text)
		if n.Kind != Value && n.Kind != Open {
			if n.Text != "" || n.Other != "" {
				t.Fatalf("%q: a text of no number: %+v", text, n)
			}
			return
		}
		for _, s := range []string{n.Text, n.Other} {
			if s == "" && n.Kind == Value {
				continue
			}
			if _, ok := new(big.Rat).SetString(s); !ok || strings.ContainsAny(s, "eE+ /_") || s == "-0" {
				t.Fatalf("%q: %q is not canonical", text, s)
			}
			if again := ParseNumber(s, Point); again != (Number{Text: s}) {
				t.Fatalf("%q: %q is read as %+v", text, s, again)
			}
		}
	})
}

// BenchmarkNumber compares ParseNumber with strconv.ParseFloat on the same
// cells: "ratio" is how many times as long it takes.
func BenchmarkNumber(b *testing.B) {
	for name, cells := range map[string][]string{
		"plain":   {"12345", "7", "123.4", "-0.25", "1048576", "99.75"},
		"grouped": {"1.234.567,8", "12.500", "27.666.033", "2,12", "1.425.125", "0,5"},
	} {
		b.Run(name, func(b *testing.B) {
			marks := Point
			if name == "grouped" {
				marks = Comma
			}
			plain := make([]string, len(cells))
			for i, c := range cells {
				plain[i] = ParseNumber(c, marks).Text
			}
			b.ReportAllocs()
			for i := range b.N {
				ParseNumber(cells[i%len(cells)], marks)
			}
			b.StopTimer()
			start := time.Now()
			for i := range b.N {
				strconv.ParseFloat(plain[i%len(plain)], 64)
			}
			b.ReportMetric(float64(b.Elapsed())/float64(max(time.Since(start), 1)), "ratio")
		})
	}
}
