package cell

import (
	"strconv"
	"strings"
)

// Limits of a figure: what lies beyond is a key, a telephone list or a fault.
const (
	mostDigits   = 60
	mostExponent = 30
)

// Number is a figure as written.
type Number struct {
	Kind Kind

	// Text is the canonical decimal of a Value: "-1234.5". It has no thousands
	// marks, '.' before decimals, no exponent, no leading zeros or '+', no zeros
	// at the end of the decimals, and is never "-0". Of an Open number it is the
	// reading as Comma, and Other the one as Point.
	Text, Other string

	Percent bool   // a % stood behind it; Text is as written: 12.5 for "12,5%"
	Unit    string // the words behind or the currency before the number, "hồ sơ", "tỷ", "%"; they do not change Text
	About   bool   // an approximation: "khoảng 304", "hơn 29.000"
	Against bool   // it has one reading, which is not the way of the column: "12.5" under Comma
}

// ParseNumber reads a figure in a column whose marks are m. Only a Value has a
// text that may be used; an Open number has both of its readings.
func ParseNumber(text string, m Marks) Number {
	if n, ok := simple(text, m); ok {
		return n
	}
	s, ok := clean(text)
	if !ok {
		return Number{Kind: Invalid}
	}
	f, kind := scan(s)
	if kind != Value {
		return Number{Kind: kind}
	}
	return f.number(m)
}

// simple reads what is canonical as it stands, at most one '.' in it, without
// a copy.
func simple(text string, m Marks) (Number, bool) {
	digits := text
	if digits != "" && digits[0] == '-' {
		digits = digits[1:]
	}
	point := -1
	for i := range len(digits) {
		switch c := digits[i]; {
		case isDigit(c):
		case c == '.' && point < 0:
			point = i
		default:
			return Number{}, false
		}
	}
	if digits == "" || len(digits) > mostDigits {
		return Number{}, false
	}
	n := Number{Text: text}
	if point < 0 {
		return n, digits[0] != '0' || len(text) == 1
	}
	fraction := len(digits) - point - 1
	if point == 0 || fraction == 0 || digits[len(digits)-1] == '0' || digits[0] == '0' && point > 1 {
		return Number{}, false
	}
	if group := fraction == 3 && point <= 3 && digits[0] != '0'; group && m != Point {
		return Number{}, false
	}
	n.Against = m == Comma
	return n, true
}

// figure is the parts of a number that do not depend on the column.
type figure struct {
	body     string // digits and marks, "1.234,5", with a digit at its end
	exponent int
	science  bool // an exponent stood behind the body
	negative bool
	about    bool
	percent  bool
	trailing bool // a comma stood behind the body: "12.500,"
	unit     string
}

// number decides between the readings of a figure.
func (f *figure) number(m Marks) Number {
	n := Number{Percent: f.percent, Unit: f.unit, About: f.about}
	comma, point := f.as(',', '.'), f.as('.', ',')
	stray := f.trailing && !strings.Contains(f.body, ",") // "12.500,": 12500 with no decimals, or 12.5 in a list
	if stray && comma && m == Undecided {
		m = Comma
	}
	switch {
	case !comma && !point:
		return Number{Kind: Invalid}
	case !strings.ContainsAny(f.body, ".,"):
		n.Text = f.text(',')
	case m == Comma && comma:
		n.Text = f.text(',')
	case m == Point && point && (!comma || !stray):
		n.Text = f.text('.')
	case comma && point:
		n.Kind, n.Text, n.Other = Open, f.text(','), f.text('.')
	case comma:
		n.Text, n.Against = f.text(','), m == Point
	default:
		n.Text, n.Against = f.text('.'), m == Comma
	}
	return n
}

// as reports whether the body can be read with these marks. Thousands are
// marked throughout or not at all, by one mark, and never begin with 0.
func (f *figure) as(decimal, group byte) bool {
	whole, fraction, cut := f.cut(decimal)
	if cut && !isDigits(fraction) {
		return false
	}
	if whole == "" {
		return cut
	}
	i := strings.IndexFunc(whole, func(r rune) bool { return r < '0' || '9' < r })
	if i < 0 {
		return true
	}
	mark := whole[i]
	if f.science || i == 0 || i > 3 || whole[0] == '0' || mark != group && mark != ' ' && mark != '\'' {
		return false
	}
	for rest := whole[i:]; rest != ""; rest = rest[4:] {
		if len(rest) < 4 || rest[0] != mark || !isDigits(rest[1:4]) {
			return false
		}
	}
	return true
}

func (f *figure) cut(decimal byte) (whole, fraction string, ok bool) {
	if i := strings.LastIndexByte(f.body, decimal); i >= 0 {
		return f.body[:i], f.body[i+1:], true
	}
	return f.body, "", false
}

// text writes the canonical decimal of a body that can be read with this mark.
func (f *figure) text(decimal byte) string {
	whole, fraction, _ := f.cut(decimal)
	b := make([]byte, 1, len(whole)+len(fraction)+2+max(f.exponent, -f.exponent))
	b[0] = '-'
	for i := range len(whole) {
		if isDigit(whole[i]) {
			b = append(b, whole[i])
		}
	}
	point := len(b) + f.exponent
	b = append(b, fraction...)
	for len(b) < point {
		b = append(b, '0')
	}
	digits := b[1:]
	point--
	if point < 0 {
		digits = append([]byte(strings.Repeat("0", -point)), digits...)
		point = 0
	}
	before := strings.TrimLeft(string(digits[:point]), "0")
	after := strings.TrimRight(string(digits[point:]), "0")
	if before == "" {
		before = "0"
	}
	if after != "" {
		before += "." + after
	}
	if f.negative && before != "0" {
		before = "-" + before
	}
	return before
}

// power reads an exponent at the start of s, "E+03". A bare "12E5" is as
// likely a code as a number, so without a sign the body must have a decimal
// mark.
func (f *figure) power(s string) (rest string, ok bool) {
	if len(s) < 2 || s[0] != 'E' && s[0] != 'e' {
		return s, true
	}
	end := 1
	signed := s[1] == '+' || s[1] == '-'
	if signed {
		end++
	}
	start := end
	for end < len(s) && isDigit(s[end]) {
		end++
	}
	if end == start {
		return s, !signed
	}
	if !signed && !strings.ContainsAny(f.body, ".,") || end-start > 4 {
		return s, false
	}
	n, err := strconv.Atoi(s[start:end])
	if err != nil || n > mostExponent {
		return s, false
	}
	if s[1] == '-' {
		n = -n
	}
	f.exponent, f.science = n, true
	return s[end:], true
}
