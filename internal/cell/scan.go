package cell

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scan takes a clean text apart. The kind is Value when there is a body to
// read, whether or not its marks make sense.
func scan(s string) (figure, Kind) {
	switch {
	case isNothing(s):
		return figure{}, Nothing
	case isError(s):
		return figure{}, Error
	}
	s = strings.TrimPrefix(s, "'") // a spreadsheet was told to keep it as text
	noted, s := noteBefore(s)
	var f figure
	if s, f.about = approximate(s); s == "" {
		return f, Invalid
	}
	var ok bool
	if s[0] == '(' {
		ok = !noted && f.bracketed(s)
	} else if s, ok = f.signed(s); ok {
		if isFraction(s) && !f.negative {
			return f, Fraction
		}
		ok = f.measured(s)
	}
	if !ok {
		return f, Invalid
	}
	return f, Value
}

// noteBefore takes off a footnote's mark before a number: "(1)     419.278.223".
func noteBefore(s string) (bool, string) {
	inner, rest, ok := strings.Cut(s, ")")
	if !ok || s[0] != '(' || len(inner) > 3 || !isDigits(inner[1:]) || rest == "" || !isBlank(rest[0]) {
		return false, s
	}
	if rest = strings.TrimLeft(rest, " \n"); !isDigit(rest[0]) && rest[0] != '(' {
		return false, s
	}
	return true, rest
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' }

// approximations are the words, folded, of people who round.
var approximations = map[string]bool{
	"khoang": true, "hon": true, "gan": true, "tren": true, "tren duoi": true, "xap xi": true,
	"uoc": true, "uoc tinh": true, "uoc dat": true, "uoc khoang": true,
}

// approximate takes off "khoảng", "hơn", "~" before a number.
func approximate(s string) (rest string, about bool) {
	for _, sign := range []string{"~", "≈"} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return strings.TrimLeft(rest, " "), true
		}
	}
	first, more, ok := strings.Cut(s, " ")
	if !ok || isDigit(s[0]) {
		return s, false
	}
	if second, rest, ok := strings.Cut(more, " "); ok && approximations[fold(first+" "+second)] {
		return strings.TrimLeft(rest, " "), true
	}
	if approximations[fold(first)] {
		return strings.TrimLeft(more, " "), true
	}
	return s, false
}

// bracketed reads the negative number of accountants, "(1.234)". Only money
// and per cent may stand by it: "(12 tháng)" is a remark.
func (f *figure) bracketed(s string) bool {
	inner, rest, ok := strings.Cut(s[1:], ")")
	inner, rest = strings.TrimSpace(inner), strings.TrimSpace(rest)
	if !ok || inner == "" {
		return false
	}
	if inner, ok = f.signed(inner); !ok || f.negative || !f.measured(inner) {
		return false
	}
	switch {
	case rest == "":
	case f.unit == "" && (isMoney(rest) || rest == "%"):
		f.unit, f.percent = rest, rest == "%"
	default:
		return false
	}
	f.negative = true
	return f.unit == "" || f.unit == "%" || isMoney(f.unit)
}

// signed takes off a sign, which stands directly before the digits, and a
// currency before or behind it.
func (f *figure) signed(s string) (rest string, ok bool) {
	s = f.currency(s)
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case '-', '−', '–', '‑', '+':
		f.negative = r != '+'
		if s = s[n:]; f.unit == "" {
			s = f.currency(s)
		}
	}
	return s, s != "" && (isDigit(s[0]) || len(s) > 1 && (s[0] == '.' || s[0] == ',') && isDigit(s[1]))
}

// currency takes off "VND " or "₫" before a number.
func (f *figure) currency(s string) string {
	i := strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsDigit(r) || unicode.IsSpace(r) || strings.ContainsRune("-−–‑+.,(", r)
	})
	if i <= 0 || i > 12 || !isCurrency(s[:i]) {
		return s
	}
	f.unit = s[:i]
	return strings.TrimLeft(s[i:], " ")
}

func isCurrency(s string) bool {
	switch fold(s) {
	case "d", "dong", "vnd", "₫", "$", "€", "usd", "eur":
		return true
	}
	return false
}

func isMoney(s string) bool {
	switch fold(s) {
	case "trieu", "trieu dong", "ty", "ti", "ty dong", "ti dong", "nghin dong", "ngan dong":
		return true
	}
	return isCurrency(s)
}

// measured reads the body of a number and what stands behind it.
func (f *figure) measured(s string) bool {
	end, digits := bodyEnd(s)
	f.body = s[:end]
	if strings.HasPrefix(strings.TrimLeft(f.body, "+-− "), ".") || strings.HasPrefix(strings.TrimLeft(f.body, "+-− "), ",") {
		digits++ // the 0 that is written before the mark
	}
	rest, ok := f.power(s[end:])
	if !ok || digits+max(f.exponent, -f.exponent) > mostDigits {
		return false
	}
	if rest != "" && (rest[0] == ',' || rest[0] == '.') && noteless(rest[1:]) == "" {
		f.trailing = rest[0] == ','
		return true
	}
	if rest = noteless(rest); rest == "" {
		return true
	}
	if f.unit != "" || !isUnit(rest) {
		return false
	}
	f.unit, f.percent = rest, rest[0] == '%'
	return true
}

// bodyEnd returns where the digits and marks at the start of s end. A blank is
// a mark only before a group of three.
func bodyEnd(s string) (end, digits int) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isDigit(c):
			digits++
			end = i + 1
		case i+1 >= len(s) || !isDigit(s[i+1]):
			return end, digits
		case c == '.' || c == ',' || c == '\'':
		case c == ' ' && len(s) > i+3 && isDigits(s[i+1:i+4]) && (len(s) == i+4 || !isDigit(s[i+4])):
		default:
			return end, digits
		}
	}
	return end, digits
}

// noteless takes off the marks of footnotes behind a number or its unit:
// "1.234 (1)", "1.234*", "1.234¹", and the blanks before.
func noteless(s string) string {
	if i := strings.LastIndexAny(s, "(["); i >= 0 && (s[i] == '[' || i > 0 && isBlank(s[i-1])) {
		inner := s[i+1:]
		if n := len(inner) - 1; n >= 1 && n <= 2 && isDigits(inner[:n]) && (inner[n] == ')' || inner[n] == ']') {
			s = s[:i]
		}
	}
	short := strings.TrimRight(s, "*¹²³⁰⁴⁵⁶⁷⁸⁹† ")
	if strings.HasSuffix(short, "m") { // m² is a unit
		for _, power := range []string{"²", "³"} {
			if strings.HasPrefix(s[len(short):], power) {
				short += power
				break
			}
		}
	}
	return strings.TrimSpace(short)
}

// isUnit reports whether words may stand behind a number: a few, without
// another figure among them.
func isUnit(s string) bool {
	first, n := utf8.DecodeRuneInString(s)
	if !unicode.IsLetter(first) && !strings.ContainsRune("%‰₫$€", first) || utf8.RuneCountInString(s) > 40 {
		return false
	}
	if strings.HasPrefix(s, "%") && strings.HasPrefix(strings.TrimSpace(s[n:]), "%") {
		return false
	}
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '/' }) {
		switch word {
		case "m2", "m3", "km2", "km3", "dm3", "cm2", "cm3":
			continue
		}
		for _, r := range word {
			if !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune("%‰₫$€.²³-–&'()", r) {
				return false
			}
		}
	}
	return true
}

// isFraction reports whether a text is one number of another: "5/95", "5/95 hồ sơ".
func isFraction(s string) bool {
	one, _ := bodyEnd(s)
	rest, ok := strings.CutPrefix(strings.TrimLeft(s[one:], " "), "/")
	if !ok || one == 0 {
		return false
	}
	rest = strings.TrimLeft(rest, " ")
	of, _ := bodyEnd(rest)
	unit := strings.TrimSpace(rest[of:])
	return of > 0 && isDigit(rest[0]) && (unit == "" || isUnit(unit))
}
