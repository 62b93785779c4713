package charset

import (
	"unicode"
	"unicode/utf8"
)

// longestField is where a field without any separator is cut for repair.
const longestField = 4096

// repairer is the step that puts back a text once taken for Windows-1252, field
// by field: in one file some fields may be misread and others not.
func (d Decoding) repairer() step {
	known := map[string]bool{}
	return func(dst, src []byte, last bool) ([]byte, int) {
		for i := 0; i < len(src); {
			n := fieldLen(src[i:])
			if i+n == len(src) && !last && n < longestField {
				return dst, i
			}
			field := src[i : i+n]
			i += n
			switch {
			case isASCII(field):
				dst = append(dst, field...)
			case d.Misread == UTF8:
				dst = repairUTF8(dst, field)
			case d.worthIt(field, known):
				dst = d.repairField(dst, field)
			default:
				dst = append(dst, field...)
			}
		}
		return dst, len(src)
	}
}

// fieldLen is the length of the field at the beginning of b with the separator
// that ends it, if there is one. It does not split a letter.
func fieldLen(b []byte) int {
	for i, c := range b {
		switch c {
		case ',', ';', '|', '"', '\t', '\n', '\r':
			return i + 1
		}
		if i >= longestField && utf8.RuneStart(c) {
			return i
		}
	}
	return len(b)
}

func (d Decoding) repairField(dst, field []byte) []byte {
	decode := decoder(d.Misread)
	run := make([]byte, 0, len(field)) // bytes of runes that Windows-1252 has
	flush := func() {
		dst, _ = decode(dst, run, true)
		run = run[:0]
	}
	for _, r := range string(field) {
		if b, ok := byte1252(r); ok {
			run = append(run, b)
			continue
		}
		flush()
		dst = utf8.AppendRune(dst, r)
	}
	flush()
	return dst
}

// worthIt reports whether a field is misread rather than right as it is. The
// names of a table come again and again: known keeps the answers for short
// fields, and is not allowed to grow with the file.
func (d Decoding) worthIt(field []byte, known map[string]bool) bool {
	if answer, ok := known[string(field)]; ok {
		return answer
	}
	answer := d.isMisread(string(field))
	if len(field) <= longest && len(known) < 4096 {
		known[string(field)] = answer
	}
	return answer
}

func (d Decoding) isMisread(field string) bool {
	var unicodeOnly bool
	for _, r := range field {
		if _, ok := byte1252(r); !ok && unicode.IsLetter(r) {
			unicodeOnly = true
		}
	}
	if unicodeOnly {
		return false
	}
	var c contest
	c.sides = []side{{encoding: d.Misread}}
	c.add(field)
	s := c.sides[0]
	if s.gain != s.loss {
		return s.gain > s.loss
	}
	// A field that tells nothing ("NS§P") goes with the rest, if that is of one
	// kind.
	return s.loss == 0 && (c.odd > 0 || !d.mixed)
}

// repairUTF8 puts back UTF-8 that was taken for Windows-1252. What is not a
// whole sequence stays as it is, because it may be right.
func repairUTF8(dst, field []byte) []byte {
	for i := 0; i < len(field); {
		r, width, lost := shown(field[i:])
		if width == 0 {
			_, width = utf8.DecodeRune(field[i:])
			dst = append(dst, field[i:i+width]...)
			i += width
			continue
		}
		if lost {
			r = utf8.RuneError
		}
		dst = utf8.AppendRune(dst, r)
		i += width
	}
	return dst
}

// shown reads the beginning of b as one UTF-8 sequence whose bytes were shown
// as Windows-1252 characters. width counts the bytes of b; 0 means it is none.
//
// Five of the bytes have no character there and became "?", and the byte A0
// often an ordinary space. "Ä?" can only have been Đ, but "á»?" may have been
// ề, ọ, ỏ, Ố or ờ: such a letter is lost.
func shown(b []byte) (r rune, width int, lost bool) {
	var code [utf8.UTFMax]byte
	n := 0
	for width < len(b) && n < len(code) {
		r, size := utf8.DecodeRune(b[width:])
		c, ok := byte1252(r)
		if !ok || n == 0 && c < 0xC2 {
			return 0, 0, false
		}
		if n > 0 && c&0xC0 != 0x80 {
			return unfinished(code[:n], c, width+size)
		}
		code[n] = c
		n++
		width += size
		if whole, size := utf8.DecodeRune(code[:n]); whole != utf8.RuneError && size == n {
			return whole, width, false
		}
		if !utf8.FullRune(code[:n]) {
			continue
		}
		return 0, 0, false
	}
	return 0, 0, false
}

func unfinished(code []byte, next byte, width int) (rune, int, bool) {
	if next == ' ' {
		r, n := utf8.DecodeRune(append(code[:len(code):len(code)], 0xA0))
		if n == len(code)+1 && vowels[r].plain != 0 {
			return r, width, false
		}
	}
	if next != '?' {
		return 0, 0, false
	}
	switch string(code) {
	case "\xC4":
		return 'Đ', width, false
	case "\xC3", "\xE1\xBB":
		return 0, width, true
	}
	return 0, 0, false
}

// utf8Shown counts the Vietnamese letters and the typographic signs in s that
// are UTF-8 shown as Windows-1252.
func utf8Shown(s string) int {
	n := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, width, lost := shown([]byte(s[i:min(len(s), i+16)]))
		if width == 0 {
			_, width = utf8.DecodeRuneInString(s[i:])
		} else if !lost && (r < 0x100 || r == 'Đ' || r == 'đ' || vowels[r].plain != 0 || r >= 0x2000 && r < 0x2070) {
			n++
		}
		i += width
	}
	return n
}
