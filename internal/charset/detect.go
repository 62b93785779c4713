package charset

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

func bom(b []byte) (Encoding, int) {
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		return UTF8, 3
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		return UTF16LE, 2
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		return UTF16BE, 2
	}
	return "", 0
}

// utf16WithoutMark knows UTF-16 by the zero halves of its digits, separators
// and ASCII letters: they stand at every second byte or nowhere.
func utf16WithoutMark(b []byte) Encoding {
	even, odd := zeros(b)
	pairs := len(b) / 2
	switch {
	case pairs < 2:
	case odd*4 >= pairs && even*20 <= odd:
		return UTF16LE
	case even*4 >= pairs && odd*20 <= even:
		return UTF16BE
	}
	return ""
}

func zeros(b []byte) (even, odd int) {
	for i, c := range b {
		switch {
		case c != 0:
		case i%2 == 0:
			even++
		default:
			odd++
		}
	}
	return even, odd
}

// odd16 reports whether b begins in the middle of a UTF-16 letter.
func odd16(b []byte, e Encoding) bool {
	even, odd := zeros(b)
	return (e == UTF16LE) == (even > odd)
}

// looksUTF8 accepts a few damaged bytes among many good sequences: one bad
// byte must not turn a whole file into another encoding.
func looksUTF8(head, tail []byte) bool {
	whole := head[:partial(head)]
	good, bad := sequences(whole)
	more, worse := sequences(tail[continued(tail):])
	good, bad = good+more, bad+worse
	if good == 0 {
		return bad == 0 && len(whole) == len(head)
	}
	return bad*4 <= good
}

func sequences(b []byte) (good, bad int) {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good, bad
}

// count counts the words of a decoded text.
type count struct {
	all, words, right int
	lost              int // surely: "N?i", "Nội" with U+FFFD in it
	maybe             int // "S?"
}

// add counts the words of s: runs of letters, in which "?" and U+FFFD stand
// where letters may have been.
func (n *count) add(s string) {
	before := ' '
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !wordRune(r) {
			before = r
			i += size
			continue
		}
		start := i
		for i < len(s) {
			if r, size = utf8.DecodeRuneInString(s[i:]); !wordRune(r) {
				break
			}
			i += size
		}
		n.word(s[start:i], before, r)
		before = 'a'
	}
}

func wordRune(r rune) bool {
	return r == '?' || r == utf8.RuneError || unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
}

func (n *count) word(w string, before, after rune) {
	var letters, beyond, gone, open int
	for _, r := range w {
		switch r {
		case utf8.RuneError:
			gone++
		case '?':
			open++
		default:
			letters++
			if r >= utf8.RuneSelf {
				beyond++
			}
			gone += open // "?" before a letter is no question mark
			open = 0
		}
	}
	if letters == 0 {
		return
	}
	n.all++
	if beyond > 0 {
		n.words++
	}
	// "/find?id=7" and "#NAME?" have lost nothing.
	query := before == '/' || before == '.' || before == '#' || before == '=' || after == '='
	switch {
	case gone > 0 && !query:
		n.lost++
	case open > 0 && !query:
		n.maybe++
	case beyond > 0 && Syllable(w):
		n.right++
	}
}
