// Package cell reads what one cell of a Vietnamese progress table means:
// numbers, days and reporting periods. What has two readings is decided by the
// column it stands in, or left open; nothing is guessed.
package cell

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Kind is what a cell turned out to be.
type Kind int

const (
	Value    Kind = iota
	Nothing       // empty, a dash, "x", "không", "KXĐ": no figure
	Open          // two readings, and the column does not decide
	Error         // an error value of a spreadsheet: #REF!, #N/A
	Fraction      // one number of another: 5/95
	Invalid
)

// longest is how many characters a cell may have to be read; a cell that is
// longer holds prose.
const longest = 100

// clean brings a cell into one form: composed letters, ordinary digits, blanks
// and apostrophes, no invisible characters. Breaks of a line or a tab become
// '\n', since they never stand inside a number. It reports false for a text
// that is too long.
func clean(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if len(text) > longest && (len(text) > longest*utf8.UTFMax || utf8.RuneCountInString(text) > longest) {
		return "", false
	}
	if isPlain(text) {
		return text, true
	}
	return strings.TrimSpace(tidy(text)), true
}

func isPlain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

func tidy(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\t', '\n', '\v', '\f', '\r', '\u0085', '\u2028', '\u2029':
			return '\n'
		case '\ufeff', '\u200b', '\u200c', '\u200d', '\u2060', '\u00ad':
			return -1
		case '’', '‘', 'ʼ', '′':
			return '\''
		}
		if r > '~' && unicode.Is(unicode.Zs, r) {
			return ' '
		}
		return r
	}, norm.NFC.String(width.Fold.String(text)))
}

// fold writes a text in small letters without marks: "KXĐ" is "kxd". Runs of
// blanks become one.
func fold(text string) string {
	var b strings.Builder
	blank := false
	for _, r := range norm.NFD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case unicode.IsSpace(r):
			blank = b.Len() > 0
			continue
		case r == 'đ' || r == 'Đ' || r == 'ð' || r == 'Ð':
			r = 'd'
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// nothings are the words, folded, of people who have no figure.
var nothings = map[string]bool{
	"x": true, "n/a": true, "na": true, "kxd": true, "null": true, "nil": true, "none": true,
	"khong": true, "khong co": true, "khong phat sinh": true, "khong xac dinh": true, "khong co so lieu": true,
	"chua": true, "chua co": true, "chua co so lieu": true, "chua bao cao": true, "chua thuc hien": true,
	"chua phat sinh": true, "chua xac dinh": true, "chua cap nhat": true,
}

// isNothing reports whether a clean text says that there is no figure: no
// characters, dashes and dots, or words such as "không".
func isNothing(s string) bool {
	if s == "" || s == "'" {
		return true
	}
	if isDigit(s[0]) {
		return false
	}
	s = strings.Trim(s, "₫$€đ \n") // the zero of an accounting format: "- ₫"
	if s == "" {
		return false
	}
	if strings.Trim(s, "-‐‑‒–—―−─_./\\*…' \n") == "" {
		return true
	}
	return nothings[strings.TrimRight(fold(s), " .")]
}

// isError reports whether a clean text is what a spreadsheet shows instead of
// a value.
func isError(s string) bool {
	if rest, ok := strings.CutPrefix(s, "Err:"); ok {
		return isDigits(rest)
	}
	if s == "" || s[0] != '#' {
		return false
	}
	switch name := strings.ToUpper(s); name {
	case "#REF!", "#VALUE!", "#N/A", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#ERROR!",
		"#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#PYTHON!", "#EXTERNAL!", "#GETTING_DATA":
		return true
	default:
		return len(name) > 1 && strings.Trim(name, "#") == "" // a column too narrow for its figure
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isDigits reports whether a text is one or more ASCII digits.
func isDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}
