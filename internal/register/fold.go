package register

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const lost = utf8.RuneError // what a converter leaves of a letter it cannot write

// vowels are the letters that can carry a tone mark; bases are the same without
// their own marks, in the same order.
var vowels, bases = []rune("aăâeêioôơuưy"), []rune("aaaeeiooouuy")

// marked holds each vowel under each of the six tones, the first being none.
var marked = func() (out [12][6]rune) {
	for v, letter := range vowels {
		for t, tone := range []string{"", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"} {
			out[v][t], _ = utf8.DecodeRuneInString(norm.NFC.String(string(letter) + tone))
		}
	}
	return out
}()

// split finds a lower case letter in marked: 1 + vowel*6 + tone, or 0.
var split = func() (out [0x1f00]uint8) {
	for v, tones := range marked {
		for t, letter := range tones {
			out[letter] = uint8(1 + v*6 + t)
		}
	}
	return out
}()

func vowel(letter rune) (v, tone int, ok bool) {
	if letter < 0 || int(letter) >= len(split) || split[letter] == 0 {
		return 0, 0, false
	}
	at := int(split[letter]) - 1
	return at / 6, at % 6, true
}

// Fold makes spellings of one name equal: lower case, precomposed letters, single
// blanks for blanks and punctuation, đ for the look-alikes of older files, the tone
// mark on the last vowel of its group (hòa and hoà), đăk for đak and đắk. Letters
// written as <U+1ED2> are read. The result is a key, not a text to show.
func Fold(s string) string {
	s = compose(unescape(s))
	f := folder{out: make([]byte, 0, len(s)+8)}
	for _, letter := range s {
		f.add(letter)
	}
	f.endWord()
	return string(f.out)
}

// compose puts letters and their marks together. Most texts have nothing to compose,
// which is seen at once: there is no letter outside the blocks of Vietnamese.
func compose(s string) string {
	for _, letter := range s {
		if letter >= 0x300 && (letter < 0x1ea0 || letter > 0x1ef9) && letter != '–' && letter != lost {
			return norm.NFC.String(strings.ToLower(norm.NFC.String(s))) // some letters compose only when they are small
		}
	}
	return s
}

// A folder writes folded words; the group of vowels it stands in waits until its
// end is known, since the tone mark goes there.
type folder struct {
	out   []byte
	start int // of the word being written
	group [8]uint8
	n     int
	tone  int
	tones int
}

func (f *folder) add(letter rune) {
	if letter >= 'A' && letter <= 'Z' {
		letter += 'a' - 'A'
	} else if letter >= utf8.RuneSelf {
		letter = lower(letter)
	}
	if v, tone, ok := vowel(letter); ok {
		if f.n == len(f.group) {
			f.endGroup()
		}
		f.begin()
		f.group[f.n] = uint8(v*6 + tone)
		f.n++
		if tone > 0 {
			f.tone = tone
			f.tones++
		}
		return
	}
	switch {
	case letter >= 'a' && letter <= 'z', letter >= '0' && letter <= '9', letter == 'đ', letter == lost,
		letter >= utf8.RuneSelf && (unicode.IsLetter(letter) || unicode.IsNumber(letter) || unicode.IsMark(letter)):
		f.endGroup()
		f.begin()
		f.out = utf8.AppendRune(f.out, letter)
	case letter == '&':
		f.endWord()
		f.begin()
		f.out = append(f.out, '&')
		f.endWord()
	case letter == '\'', letter == '’', letter == '`', unicode.Is(unicode.Cf, letter):
		// H'Leo and Hleo are one; a character without width is nothing.
	default:
		f.endWord()
	}
}

// lower is the lower case of a letter; superscript figures, which are footnote
// marks, become blanks.
func lower(letter rune) rune {
	switch letter {
	case 'Ð', 'ð', 'Ɖ', 'ɖ', 'Đ':
		return 'đ'
	case '＆':
		return '&'
	case '¹', '²', '³', '⁰', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹':
		return ' '
	}
	return unicode.ToLower(letter)
}

// begin writes the blank before a new word.
func (f *folder) begin() {
	if f.n > 0 || len(f.out) > f.start {
		return
	}
	if len(f.out) > 0 {
		f.out = append(f.out, ' ')
		f.start = len(f.out)
	}
}

func (f *folder) endGroup() {
	for i, at := range f.group[:f.n] {
		v, tone := int(at)/6, int(at)%6
		if f.tones == 1 { // with more, the letters are no single syllable
			tone = 0
			if i == f.n-1 {
				tone = f.tone
			}
		}
		f.out = utf8.AppendRune(f.out, marked[v][tone])
	}
	f.n, f.tone, f.tones = 0, 0, 0
}

func (f *folder) endWord() {
	f.endGroup()
	if word := f.out[f.start:]; len(word) > 2 && word[len(word)-1] == 'k' {
		letter, size := utf8.DecodeLastRune(word[:len(word)-1])
		switch letter {
		case 'a', 'á', 'ă', 'ắ': // no Vietnamese syllable ends in k: a name of the highlands
			f.out = append(f.out[:len(f.out)-1-size], "ăk"...)
		}
	}
	f.start = len(f.out)
}

// Plain takes all accents off a folded text: đ is d.
func Plain(folded string) string {
	if isPlain(folded) {
		return folded
	}
	out := make([]byte, 0, len(folded))
	for _, letter := range folded {
		out = utf8.AppendRune(out, base(letter))
	}
	return string(out)
}

func base(letter rune) rune {
	if letter == 'đ' {
		return 'd'
	}
	if v, _, ok := vowel(letter); ok {
		return bases[v]
	}
	return letter
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// unmarked reports whether a text has no letter but those of ASCII.
func unmarked(text string) bool {
	for _, letter := range text {
		if letter >= utf8.RuneSelf && (letter == lost || unicode.IsLetter(letter) || unicode.IsMark(letter)) {
			return false
		}
	}
	return true
}

// unescape reads the letters that some programs write as <U+1ED2>.
func unescape(s string) string {
	if !hasEscape(s) {
		return s
	}
	var out strings.Builder
	for len(s) > 0 {
		if letter, size := escape(s); size > 0 {
			out.WriteRune(letter)
			s = s[size:]
			continue
		}
		out.WriteByte(s[0])
		s = s[1:]
	}
	return out.String()
}

func hasEscape(s string) bool {
	for i := strings.IndexByte(s, '<'); i >= 0 && i < len(s); i++ {
		if _, size := escape(s[i:]); size > 0 {
			return true
		}
	}
	return false
}

// escape reads the escape a text begins with; size is 0 when it begins with none.
func escape(s string) (letter rune, size int) {
	if len(s) < 8 || s[0] != '<' || s[1] != 'U' && s[1] != 'u' || s[2] != '+' {
		return 0, 0
	}
	end := strings.IndexByte(s[:min(len(s), 10)], '>')
	if end < 7 {
		return 0, 0
	}
	number, err := strconv.ParseUint(s[3:end], 16, 32)
	if err != nil || !utf8.ValidRune(rune(number)) {
		return 0, 0
	}
	return rune(number), end + 1
}
