package cell

import (
	"slices"
	"strings"
	"unicode"
)

// word is a run of letters or of digits in a text.
type word struct {
	text   string // folded
	gap    string // what stands before it, blanks at its ends taken off
	blank  bool   // blanks stand before it
	number int    // of one to four digits; -1: no such number
}

// phrase is the words of a text.
type phrase []word

// words takes a text apart.
func words(s string) phrase {
	var out phrase
	var gap strings.Builder
	runes := []rune(fold(s))
	for i := 0; i < len(runes); {
		of := unicode.IsLetter
		if r := runes[i]; '0' <= r && r <= '9' {
			of = func(r rune) bool { return '0' <= r && r <= '9' }
		} else if !unicode.IsLetter(r) {
			gap.WriteRune(r)
			i++
			continue
		}
		end := i
		for end < len(runes) && of(runes[end]) {
			end++
		}
		w := word{text: string(runes[i:end]), gap: strings.TrimSpace(gap.String()), number: -1}
		w.blank = strings.Contains(gap.String(), " ")
		if n, rest, ok := leading(w.text, 4); ok && rest == "" {
			w.number = n
		}
		out = append(out, w)
		gap.Reset()
		i = end
	}
	if trailing := strings.TrimSpace(gap.String()); trailing != "" && len(out) > 0 && strings.HasPrefix(trailing, "%") {
		out = append(out, word{gap: trailing, number: -1})
	}
	return out
}

func (t phrase) at(i int) word {
	if i < 0 || i >= len(t) {
		return word{number: -1, gap: "end"}
	}
	return t[i]
}

// is reports whether one of some words stands at i, after nothing but blanks
// or a mark that joins.
func (t phrase) is(i int, some ...string) bool {
	return slices.Contains(some, t.at(i).text) && t.at(i).joins()
}

func (w word) joins() bool {
	switch w.gap {
	case "", "/", "-", "–", "_", ".", ",", ":":
		return true
	}
	return false
}

// follows reports whether a number belongs to the word before it: "quý 3",
// "quy_3", "Q.3", "Quý: 3".
func (w word) follows() bool {
	switch w.gap {
	case "", "_", "-", ".", ":":
		return true
	}
	return false
}

func (w word) isYear() bool {
	return len(w.text) == 4 && w.number >= 1900 && w.number <= 2100
}

// chained reports whether a number belongs to the number before it, as in
// 30/9/2025 and 1.234.
func (t phrase) chained(i int) bool {
	if t.at(i-1).number < 0 && !isDigits(t.at(i-1).text) || !isDigits(t.at(i).text) {
		return false
	}
	switch t[i].gap {
	case "/", "-", "–", "_", ".":
		return true
	case "":
		return false
	}
	return !t[i].blank
}

// find lists the periods of a text from its start to its end.
func (t phrase) find() []finding {
	var out []finding
	for i := 0; i < len(t); {
		if end := t.day(i); end > i {
			i = end
			continue
		}
		if f, end, ok := t.dated(i); ok {
			f.from, f.to = i, end
			out = append(out, f)
			i = end
			continue
		}
		if isDigits(t[i].text) {
			end := i + 1
			for end < len(t) && t.chained(end) {
				end++
			}
			found, to := t.numbers(i, end)
			out = append(out, found...)
			i = to
			continue
		}
		i++
	}
	return out
}

// day returns the end of a day in words, "ngày 01 tháng 7 năm 2025", whose
// number may still be left to the pen: "ngày … tháng 7 năm 2025".
func (t phrase) day(i int) (end int) {
	k := i
	if t.at(k).text == "ngay" {
		k++
	}
	if n := t.at(k).number; n >= 1 && n <= 31 {
		k++
	}
	if k == i || t.at(k).text != "thang" {
		return i
	}
	if n := t.at(k + 1).number; n > 12 || n < 0 && t.at(i).text != "ngay" {
		return i
	} else if n >= 0 {
		k++
	}
	if k++; t.is(k, "nam") {
		k++
	}
	if t.at(k).isYear() {
		k++
	}
	return k
}

// dated reads a part of a year at i and the year behind it.
func (t phrase) dated(i int) (f finding, end int, ok bool) {
	if f, end, ok = t.part(i); !ok {
		return f, i, false
	}
	k := end
	for t.is(k, "cua", "nam") {
		k++
	}
	switch y := t.at(k); {
	case y.isYear() && y.joins():
		f.year, end = y.number, k+1
		if t.chained(end) && t[end].gap != "_" || t.signs(k) {
			f.certainty = doubtful
		}
	case y.number >= 0 && len(y.text) == 2 && y.joins() && !y.blank:
		f.certainty, end = doubtful, k+1
	}
	return f, end, true
}

// part reads a part of a year: "quý III", "T9", "6 tháng đầu".
func (t phrase) part(i int) (f finding, end int, ok bool) {
	next := t.at(i + 1)
	switch head := t[i].text; head {
	case "quy", "qui", "q":
		if n := numeral(next); n >= 1 && n <= 4 && next.follows() {
			return finding{part: 'Q', n: n}, i + 2, true
		}
	case "qi", "qii", "qiii", "qiv":
		return finding{part: 'Q', n: numerals[head[1:]]}, i + 1, true
	case "h":
		if n := next.number; next.gap == "" && len(next.text) == 1 && (n == 1 || n == 2) {
			return finding{part: 'H', n: n}, i + 2, true
		}
	case "thang", "th", "t":
		return t.month(i)
	case "tuan":
		if n := next.number; n >= 1 && n <= 53 && next.follows() {
			return finding{certainty: doubtful}, i + 2, true
		}
	case "i", "ii", "iii", "iv":
		if (next.gap == "/" || next.gap == "-") && !next.blank && next.isYear() && !t.chained(i+2) {
			return finding{part: 'Q', n: numerals[head], certainty: alone}, i + 1, true
		}
	case "nua":
		k := i + 1
		if t.is(k, "nam") {
			k++
		}
		switch {
		case t.is(k, "dau"):
			return finding{part: 'H', n: 1}, k + 1, true
		case t.is(k, "cuoi"):
			return finding{part: 'H', n: 2}, k + 1, true
		}
	case "ca":
		if t.is(i+1, "nam") {
			return finding{part: 'Y', whole: true}, i + 2, t.at(i + 2).isYear()
		}
	}
	return t.count(i)
}

// month reads "tháng 9", "T9", and "tháng 1 đến tháng 9".
func (t phrase) month(i int) (f finding, end int, ok bool) {
	next := t.at(i + 1)
	n := next.number
	if n < 1 || n > 12 || len(next.text) > 2 || !next.follows() {
		return f, i, false
	}
	f, end = finding{part: 'T', n: n}, i+2
	k := end
	for t.is(k, "den", "het") {
		k++
	}
	if n != 1 || k == end && t.at(k).gap != "-" && t.at(k).gap != "–" || !t.is(k, "thang", "th", "t") {
		return f, end, true
	}
	if last := t.at(k + 1).number; last > 1 && last <= 12 && t.at(k+1).gap == "" {
		return since(last), k + 2, true
	}
	return f, end, true
}

// count reads months that are counted: "6 tháng đầu năm", "9 tháng".
func (t phrase) count(i int) (f finding, end int, ok bool) {
	n, k := t[i].number, i+1
	if len(t[i].text) > 2 {
		n = counts[t[i].text]
	}
	if t[i].text == "muoi" && t.is(k, "hai") {
		n, k = 12, k+1
	}
	short := t.at(k).text == "t" && t.at(k).gap == "" && !t.at(k).blank // "9T/2025"
	if n < 1 || n > 12 || t.at(k).text != "thang" && !short || t.chained(i) || !t.at(k).follows() {
		return f, i, false
	}
	k++
	if month := t.at(k).number; month >= 1 && month <= 12 { // "sau tháng 9": after September
		return f, i, false
	}
	switch {
	case t.is(k, "dau"):
		return since(n), k + 1, true
	case t.is(k, "cuoi") && n == 6:
		return finding{part: 'H', n: 2}, k + 1, true
	case t.is(k, "cuoi") && n == 3:
		return finding{part: 'Q', n: 4}, k + 1, true
	case t.is(k, "cuoi"):
		return finding{certainty: doubtful}, k + 1, true
	}
	return since(n), k, true
}

var numerals = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "mot": 1, "nhat": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4}

var counts = map[string]int{"ba": 3, "sau": 6, "chin": 9}

// numeral reads the number of a quarter.
func numeral(w word) int {
	if w.number >= 0 && len(w.text) <= 2 {
		return w.number
	}
	return numerals[w.text]
}

// numbers reads the run of numbers from i to end, "09/2025", "2025-09", "2025",
// and returns where to go on.
func (t phrase) numbers(i, end int) (out []finding, to int) {
	to = end
	first, last := t[i], t[end-1]
	if t.signs(end-1) || isLabel(t.at(i-1).text) && first.blank && end-i <= 2 {
		return nil, end
	}
	switch {
	case end-i > 2 || t.chained(i):
		return nil, end
	case end-i == 1 && first.isYear():
		return t.year(i)
	case end-i == 1:
		return nil, end
	}
	if !last.joins() || last.gap == "," || last.gap == ":" {
		return nil, end
	}
	f := finding{part: 'T', from: i, to: end}
	switch {
	case first.isYear() && t.at(end).text == "m" && t.at(end).gap == "" && !t.at(end).blank && last.number >= 1 && last.number <= 12:
		f = since(last.number)
		f.year, f.from, f.to = first.number, i, end+1
		return []finding{f}, end + 1
	case first.isYear() && last.isYear():
		f.part, f.to, f.year = 'Y', i+1, first.number
		return []finding{f, {part: 'Y', from: i + 1, to: end, year: last.number}}, end
	case first.isYear() && len(last.text) <= 2:
		f.year, f.n = first.number, last.number
		if f.n < 1 || f.n > 12 || len(last.text) == 1 && last.gap == "." {
			f.certainty = doubtful
		} else if len(last.text) == 1 {
			f.certainty = alone
		}
		return []finding{f}, end
	case strings.HasSuffix(first.gap, "/"): // the day is left to the pen: "ngày …/10/2025"
		return nil, end
	case last.isYear() && first.number >= 1 && first.number <= 12 && len(first.text) <= 2:
		f.year, f.n = last.number, first.number
		if len(first.text) == 1 && last.gap != "/" {
			f.certainty = alone
		}
		return []finding{f}, end
	}
	return nil, end
}

// isLabel reports whether the number behind a word is the number of a paper,
// a list or a chapter: "Công văn số 2025", "Phụ lục 02-2025".
func isLabel(s string) bool {
	switch s {
	case "so", "luc", "bieu", "mau", "bang", "lan", "dot", "phan", "muc", "chuong", "dieu", "khoan", "trang", "luat":
		return true
	}
	return false
}

// year reads a year alone, and the part of it that may stand behind: "2025-Q3".
func (t phrase) year(i int) (out []finding, to int) {
	f := finding{part: 'Y', year: t[i].number, from: i, to: i + 1}
	next := t.at(i + 1)
	if strings.HasPrefix(next.gap, "%") {
		return nil, i + 1
	}
	if i+1 < len(t) && next.joins() && next.gap != "," {
		if p, end, ok := t.dated(i + 1); ok && p.year == 0 && p.certainty == certain {
			p.year, p.from, p.to = f.year, i, end
			return []finding{p}, end
		}
	}
	if t.at(i-1).text != "nam" && next.gap == "" && next.blank && isCounted(next.text) {
		return nil, i + 1
	}
	return []finding{f}, i + 1
}

// isCounted reports whether a word behind a number makes it an amount.
func isCounted(s string) bool {
	switch s {
	case "m", "met", "ho", "hop", "cap", "don", "dvbq", "dong", "trieu", "ty", "ti", "trang", "van", "tap", "quyen", "thung", "phong":
		return true
	}
	return false
}

// signs reports whether the number at i begins the sign of a document:
// "2085/QĐ-UBND", "45-KH/TU".
func (t phrase) signs(i int) bool {
	next := t.at(i + 1)
	if next.number >= 0 || isDigits(next.text) || next.blank {
		return false
	}
	switch next.gap {
	case "/":
		_, _, ok := t.part(i + 1)
		return !ok
	case "-":
		switch next.text {
		case "qd", "cv", "nq", "kh", "tb", "ttr", "ct", "nd", "tt", "bc", "hd", "tw", "tu", "ub":
			return true
		}
	}
	return false
}
