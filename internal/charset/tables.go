package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// The 67 small letters beyond ASCII, and how each encoding writes them.
const (
	letters = "àáảãạâầấẩẫậăằắẳẵặđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"

	// TCVN3: a byte a letter. Capitals are the same bytes in a font that shows
	// capitals (.VnTimeH); only the seven of tcvnCapitals have their own.
	tcvnBytes = "\xb5\xb8\xb6\xb7\xb9\xa9\xc7\xca\xc8\xc9\xcb\xa8\xbb\xbe\xbc\xbd\xc6\xae" +
		"\xcc\xd0\xce\xcf\xd1\xaa\xd2\xd5\xd3\xd4\xd6\xd7\xdd\xd8\xdc\xde" +
		"\xdf\xe3\xe1\xe2\xe4\xab\xe5\xe8\xe6\xe7\xe9\xac\xea\xed\xeb\xec\xee" +
		"\xef\xf3\xf1\xf2\xf4\xad\xf5\xf8\xf6\xf7\xf9\xfa\xfd\xfb\xfc\xfe"
	tcvnCapitals = "ĂÂÊÔƠƯĐ" // A1 to A7

	// VNI: a base letter and a mark byte, written here as Windows-1252 shows
	// them; capitals are the same 32 lower.
	vniPairs = "aø aù aû aõ aï aâ aà aá aå aã aä aê aè aé aú aü aë ñ " +
		"eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò " +
		"oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï " +
		"uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î"
)

// letter is a rune ready to be appended; n is 0 when it is dropped.
type letter struct {
	b [utf8.UTFMax]byte
	n uint8
}

func newLetter(r rune) letter {
	var l letter
	l.n = uint8(utf8.EncodeRune(l.b[:], r))
	return l
}

func (l *letter) appendTo(dst []byte) []byte {
	n := len(dst)
	return append(dst, l.b[0], l.b[1], l.b[2], l.b[3])[:n+int(l.n)]
}

// page is a table of single bytes.
type page [256]letter

func newPage(cm *charmap.Charmap) *page {
	p := &page{}
	for b := range p {
		p[b] = newLetter(cm.DecodeByte(byte(b)))
	}
	return p
}

// tcvnKind tells what a TCVN3 byte says about the case of its word.
type tcvnKind uint8

const (
	notLetter tcvnKind = iota
	small
	capital
	eitherCase // shown small or capital by the font alone
)

type tcvnTable struct {
	low  page
	high page // capitals where the byte leaves the case open
	kind [256]tcvnKind
}

func newTCVN() *tcvnTable {
	t := &tcvnTable{low: *newPage(charmap.Windows1252)}
	// Quotes, dashes and signs are those of Windows-1252; where TCVN3 has no
	// letter among the letters, the byte means nothing.
	for b := 0xC0; b <= 0xFF; b++ {
		t.low[b] = newLetter(utf8.RuneError)
	}
	for i, r := range []rune(letters) {
		b := tcvnBytes[i]
		t.low[b] = newLetter(r)
		t.kind[b] = eitherCase
		if strings.ContainsRune("ăâêôơưđ", r) {
			t.kind[b] = small
		}
	}
	for i, r := range []rune(tcvnCapitals) {
		t.low[0xA1+i] = newLetter(r)
		t.kind[0xA1+i] = capital
	}
	for b := byte('a'); b <= 'z'; b++ {
		t.kind[b], t.kind[b-'a'+'A'] = small, capital
	}
	t.high = t.low
	for b := range t.high {
		if t.kind[b] == eitherCase {
			r, _ := utf8.DecodeRune(t.low[b].b[:])
			t.high[b] = newLetter(unicode.ToUpper(r))
		}
	}
	return t
}

// pairTable composes a base byte with the mark byte after it.
type pairTable struct {
	alone page
	base  [256]uint8 // row of pair; 0 = not a base
	mark  [256]bool  // can follow a base
	pair  [][256]letter
}

func (t *pairTable) add(base, mark byte, r rune) {
	if t.base[base] == 0 {
		if t.pair == nil {
			t.pair = make([][256]letter, 1)
		}
		t.base[base] = uint8(len(t.pair))
		t.pair = append(t.pair, [256]letter{})
	}
	t.pair[t.base[base]][mark] = newLetter(r)
	t.mark[mark] = true
}

func newVNI() *pairTable {
	t := &pairTable{alone: *newPage(charmap.Windows1252)}
	for b := 0xC0; b <= 0xFF; b++ {
		t.alone[b] = newLetter(utf8.RuneError)
	}
	lower := []rune(letters)
	for i, shown := range strings.Fields(vniPairs) {
		code := as8bit(shown)
		upper := unicode.ToUpper(lower[i])
		if len(code) == 1 {
			t.alone[code[0]], t.alone[code[0]-0x20] = newLetter(lower[i]), newLetter(upper)
			continue
		}
		// A mark of the other case is a slip of the keyboard, not another letter.
		for _, mark := range []byte{code[1], code[1] - 0x20} {
			t.add(code[0], mark, lower[i])
			t.add(code[0]-0x20, mark, upper)
		}
	}
	return t
}

func new1258() *pairTable {
	t := &pairTable{alone: *newPage(charmap.Windows1258)}
	for base := 0; base < 256; base++ {
		for _, mark := range []byte{0xCC, 0xEC, 0xD2, 0xDE, 0xF2} {
			apart := string(charmap.Windows1258.DecodeByte(byte(base))) +
				string(charmap.Windows1258.DecodeByte(mark))
			if whole := []rune(norm.NFC.String(apart)); len(whole) == 1 {
				t.add(byte(base), mark, whole[0])
			}
		}
	}
	return t
}

// as8bit is the Windows-1252 code of a text known to have one.
func as8bit(s string) []byte {
	var out []byte
	for _, r := range s {
		b, _ := byte1252(r)
		out = append(out, b)
	}
	return out
}

// byte1252 is the Windows-1252 byte of a rune. Bytes that it leaves undefined
// are kept by writers as the control characters U+0080 to U+009F.
func byte1252(r rune) (byte, bool) {
	if r <= 0xFF {
		return byte(r), r >= 0
	}
	if r >= 0x2123 || r >= 0x2DD && r < 0x2013 {
		return 0, false
	}
	return charmap.Windows1252.EncodeRune(r)
}

// as1252 shows bytes as Windows-1252 does, the undefined ones as U+0080 to U+009F.
func as1252(b []byte) []byte {
	out := make([]byte, 0, len(b)+len(b)/2)
	for _, c := range b {
		r := charmap.Windows1252.DecodeByte(c)
		if r == utf8.RuneError {
			r = rune(c)
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}
