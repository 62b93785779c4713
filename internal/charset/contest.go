package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// contest weighs the ways to read a text that Windows-1252 may have shown
// wrongly, by how many of its words each way makes possible syllables.
type contest struct {
	n     int // words of two letters or more, one of them beyond ASCII
	odd   int // of these, the words no Western language writes: "TØnh", "§ång"
	asIs  int // possible syllables as they stand
	sides []side
	text  []byte // room for one word
}

type side struct {
	encoding Encoding
	right    int // possible syllables when read this way
	gain     int // of these, not as they stand
	loss     int // possible only as they stand
	odd      int // of gain, the odd words
}

func newContest() *contest {
	return &contest{sides: []side{{encoding: TCVN3}, {encoding: VNI}, {encoding: Windows1258}}}
}

// add takes the words of one more text into account.
func (c *contest) add(s string) {
	eachToken(s, func(token string) {
		code, ok := bytes1252(token)
		if !ok {
			return
		}
		now, odd := Syllable(trim(token)), isOdd(token)
		var counted bool
		for i := range c.sides {
			side := &c.sides[i]
			c.text, _ = decoder(side.encoding)(c.text[:0], code, true)
			word := trim(norm.NFC.String(string(c.text)))
			if utf8.RuneCountInString(word) < 2 || isASCII(word) {
				continue
			}
			counted = true
			switch right := Syllable(word); {
			case right && now:
				side.right++
			case right:
				side.right++
				side.gain++
				if odd {
					side.odd++
				}
			case now:
				side.loss++
			}
		}
		if !counted {
			return
		}
		c.n++
		if odd {
			c.odd++
		}
		if now {
			c.asIs++
		}
	})
}

// best is the side with most right words; a draw is no answer.
func (c *contest) best() (side, bool) {
	first, second := side{}, side{}
	for _, s := range c.sides {
		switch {
		case s.right > first.right:
			first, second = s, first
		case s.right > second.right:
			second = s
		}
	}
	return first, first.right > second.right
}

// winner is the encoding of a text that is all in one encoding, or "" for
// Windows-1252 itself. English with a £, French and Danish make hardly any
// syllables; few words must therefore all be right, many need not, because
// abbreviations and names are among them.
func (c *contest) winner() Encoding {
	s, ok := c.best()
	share := 100 * s.right
	switch {
	case !ok, s.right <= c.asIs:
		return ""
	case c.n >= 10 && (share >= 75*c.n || share >= 60*c.n && c.odd*3 >= c.n),
		c.n >= 3 && s.gain >= 2 && share >= 80*c.n,
		c.odd >= 1 && s.odd >= 1 && s.right == c.n:
		return s.encoding
	}
	return ""
}

// misread finds what an already Unicode text was before it was taken for
// Windows-1252. Cells that are right as they are may stand among the others;
// mixed says so.
func misread(cells []string) (e Encoding, mixed bool) {
	c := newContest()
	var restored int
	for _, s := range cells {
		restored += utf8Shown(s)
		c.add(s)
	}
	if restored >= 2 {
		return UTF8, false
	}
	s, ok := c.best()
	wrong := c.n - s.right - s.loss
	switch {
	case !ok, s.gain == 0, s.gain < 3*wrong:
		return "", false
	case s.loss == 0 && (s.gain >= 2 && s.right >= 3 || s.odd > 0 && wrong == 0):
		return s.encoding, false
	case s.gain >= 5 && s.gain*20 >= s.loss:
		return s.encoding, true
	}
	return "", false
}

// eachToken calls f with the runs of s in which every rune is an ASCII letter
// or lies beyond ASCII, if they have one beyond and touch no digit.
func eachToken(s string, f func(string)) {
	for i := 0; i < len(s); {
		start, beyond := i, false
		for i < len(s) {
			r, n := utf8.DecodeRuneInString(s[i:])
			if !tokenRune(r) {
				break
			}
			beyond = beyond || r >= utf8.RuneSelf
			i += n
		}
		touches := start > 0 && isDigit(s[start-1]) || i < len(s) && isDigit(s[i])
		if beyond && !touches && i-start <= 2*longest {
			f(s[start:i])
		}
		if i == start {
			_, n := utf8.DecodeRuneInString(s[i:])
			i += n
		}
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// tokenRune leaves out the dashes and quotes of Windows-1252: they are the
// same in every encoding here.
func tokenRune(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r|0x20 >= 'a' && r|0x20 <= 'z'
	case r == 0xAD: // ư in TCVN3
		return true
	case r <= 0xA0, r >= 0x2000 && r < 0x2100, unicode.IsSpace(r):
		return false
	}
	return r != utf8.RuneError
}

// bytes1252 is the token as Windows-1252 bytes; ok is false when it has a
// letter that is not in Windows-1252 and therefore was never misread.
func bytes1252(token string) (b []byte, ok bool) {
	b = make([]byte, 0, len(token))
	for _, r := range token {
		c, ok := byte1252(r)
		if !ok {
			return nil, false
		}
		b = append(b, c)
	}
	return b, true
}

func trim(word string) string {
	return strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) || r == 'µ' })
}

func isASCII[T string | []byte](s T) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isOdd reports a capital after a small letter ("TØnh") or a sign inside a
// word or at its beginning ("c¸c", "§ång").
func isOdd(token string) bool {
	before := ' '
	for _, r := range token {
		if isSign(before) && unicode.IsLetter(r) && !isSign(r) {
			return true
		}
		if r >= 0xC0 && unicode.IsUpper(r) && unicode.IsLower(before) {
			return true
		}
		before = r
	}
	return false
}

// isSign leaves out « » and the signs that Western texts write close to words.
func isSign(r rune) bool {
	return r == 'µ' || r > 0xA0 && r < 0xC0 && !strings.ContainsRune("«»ª²³¹º·¿¡", r)
}
