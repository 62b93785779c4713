package charset

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Reader streams r as UTF-8 in NFC, without byte order mark. Line ends stay as
// they are. Bytes that mean nothing and NULs become U+FFFD; characters without
// width are dropped; every other Unicode space, and the Unicode line ends that
// a table's reader would not know, become a plain space. Ð ð, which some
// keyboards give for Đ đ, become those. "<U+1ED2>", as R on Windows writes
// what it cannot, becomes the letter.
func (d Decoding) Reader(r io.Reader) io.Reader {
	p := &pipe{src: r, skip: d.BOM, raw: make([]byte, 32<<10)}
	p.stages = append(p.stages, stage{step: decoder(d.Encoding)})
	if d.Misread != "" {
		p.stages = append(p.stages, stage{step: d.repairer()})
	}
	p.stages = append(p.stages, stage{step: tidier(d.vietnamese())})
	switch {
	case d.Misread != "":
	case d.Encoding == TCVN3, d.Encoding == VNI, d.Encoding == Windows1252:
		return p // their tables hold whole letters only
	}
	return norm.NFC.Reader(p)
}

// Text does to one string that is already Unicode what Reader does to a file.
func (d Decoding) Text(s string) string {
	if plainASCII(s) {
		return s
	}
	text := []byte(strings.ToValidUTF8(s, "\uFFFD"))
	if d.Misread != "" {
		text, _ = d.repairer()(nil, text, true)
	}
	text, _ = tidier(d.vietnamese())(nil, text, true)
	return string(norm.NFC.Bytes(text))
}

func plainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c == 0 || c == '<' {
			return false
		}
	}
	return true
}

// vietnamese reports whether Ð may be taken for Đ: only a Western text whose
// words are not Vietnamese can mean the Icelandic letter.
func (d Decoding) vietnamese() bool {
	return d.Encoding != Windows1252 || d.Right > 0 && d.Right*2 >= d.Words
}

// pipe runs what it reads through its stages.
type pipe struct {
	src    io.Reader
	skip   int
	raw    []byte
	stages []stage
	out    []byte // made, not yet handed on
	err    error  // of src; comes after out
}

// stage is a step with what it left over and the room it writes into.
type stage struct {
	step step
	in   []byte
	out  []byte
}

func (p *pipe) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	for idle := 0; len(p.out) == 0; idle++ {
		if p.err != nil {
			return 0, p.err
		}
		n, err := p.src.Read(p.raw)
		if n > 0 {
			idle = 0
		}
		if idle > 100 {
			err = io.ErrNoProgress
		}
		p.err = err
		got := p.raw[:n]
		drop := min(p.skip, n)
		p.skip -= drop
		p.out = p.push(got[drop:], err != nil)
	}
	n := copy(b, p.out)
	p.out = p.out[n:]
	return n, nil
}

func (p *pipe) push(b []byte, last bool) []byte {
	for i := range p.stages {
		s := &p.stages[i]
		src := b
		if len(s.in) > 0 {
			s.in = append(s.in, b...)
			src = s.in
		}
		out, n := s.step(s.out[:0], src, last)
		s.in = append(s.in[:0], src[n:]...)
		s.out, b = out, out
	}
	return b
}

// longestEscape is the length of "<U+0001F600>".
const longestEscape = 12

// tidier is the last step, on UTF-8: spaces, NULs, escapes and Ð.
func tidier(vietnamese bool) step {
	return func(dst, src []byte, last bool) ([]byte, int) {
		for i := 0; i < len(src); {
			start := i
			for i < len(src) && !special[src[i]] {
				i++
			}
			dst = append(dst, src[start:i]...)
			if i == len(src) {
				break
			}
			if src[i] == '<' {
				if !last && openEscape(src[i:]) {
					return dst, i
				}
				letter, n := escape(src[i:])
				for _, r := range norm.NFC.String(string(letter)) {
					dst = appendTidy(dst, r, vietnamese)
				}
				i += n
				continue
			}
			r, n := utf8.DecodeRune(src[i:])
			dst = appendTidy(dst, r, vietnamese)
			i += n
		}
		return dst, len(src)
	}
}

// special marks the bytes at which tidier has to look closer. E1 begins most
// Vietnamese letters and one rare space (U+1680).
var special = func() (t [256]bool) {
	for _, b := range []byte{0, '<', 0xC2, 0xC3, 0xE1, 0xE2, 0xE3, 0xEF} {
		t[b] = true
	}
	return t
}()

func appendTidy(dst []byte, r rune, vietnamese bool) []byte {
	switch {
	case r >= 0x1E00 && r < 0x2000:
		return utf8.AppendRune(dst, r)
	case r == 0:
		r = utf8.RuneError
	case r == 0xAD, r >= 0x200B && r <= 0x200D, r == 0x2060, r == 0xFEFF:
		return dst
	case r == 0x85, r == 0x2028, r == 0x2029, r >= 0xA0 && unicode.Is(unicode.Zs, r):
		r = ' '
	case r == 'Ð' && vietnamese:
		r = 'Đ'
	case r == 'ð' && vietnamese:
		r = 'đ'
	}
	return utf8.AppendRune(dst, r)
}

// openEscape reports whether b may be the beginning of an escape.
func openEscape(b []byte) bool {
	if len(b) >= longestEscape {
		return false
	}
	for i, c := range b {
		if i < 3 && c != "<U+"[i] || i >= 3 && !isHex(c) {
			return false
		}
	}
	return true
}

// escape reads "<U+1ED2>". Only letters are restored: a quote or a line end
// written so must not become one.
func escape(b []byte) (r rune, n int) {
	end := bytes.IndexByte(b[:min(len(b), longestEscape)], '>')
	if end < len("<U+0000") || string(b[:3]) != "<U+" {
		return '<', 1
	}
	code, err := strconv.ParseUint(string(b[3:end]), 16, 32)
	if err != nil || code > unicode.MaxRune || !unicode.Is(unicode.Latin, rune(code)) || code < utf8.RuneSelf {
		return '<', 1
	}
	return rune(code), end + 1
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
