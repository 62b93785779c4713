package charset

import (
	"encoding/binary"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// A step appends to dst what the beginning of src stands for and says how many
// bytes of src that took. What it leaves over needs the bytes that follow; the
// cut depends on the bytes alone, so that a stream read in other pieces gives
// the same text. With last set nothing follows and nothing is left over.
type step func(dst, src []byte, last bool) ([]byte, int)

var (
	tcvnPage = sync.OnceValue(newTCVN)
	vniPage  = sync.OnceValue(newVNI)
	page1258 = sync.OnceValue(new1258)
	page1252 = sync.OnceValue(func() *page { return newPage(charmap.Windows1252) })
)

// decoder is the first step: bytes of e to UTF-8.
func decoder(e Encoding) step {
	switch e {
	case UTF16LE:
		return func(dst, src []byte, last bool) ([]byte, int) {
			return decode16(dst, src, last, binary.LittleEndian)
		}
	case UTF16BE:
		return func(dst, src []byte, last bool) ([]byte, int) {
			return decode16(dst, src, last, binary.BigEndian)
		}
	case TCVN3:
		return tcvnPage().decode
	case VNI:
		return vniPage().decode
	case Windows1258:
		return page1258().decode
	case Windows1252:
		return page1252().decode
	}
	return decode8
}

func decode8(dst, src []byte, last bool) ([]byte, int) {
	end := len(src)
	if !last {
		end = partial(src)
	}
	if utf8.Valid(src[:end]) {
		return append(dst, src[:end]...), end
	}
	for i := 0; i < end; {
		r, n := utf8.DecodeRune(src[i:end])
		dst = utf8.AppendRune(dst, r)
		i += n
	}
	return dst, end
}

func decode16(dst, src []byte, last bool, order binary.ByteOrder) ([]byte, int) {
	i := 0
	for ; i+2 <= len(src); i += 2 {
		r := rune(order.Uint16(src[i:]))
		if utf16.IsSurrogate(r) {
			if i+4 > len(src) && !last {
				return dst, i
			}
			whole := rune(utf8.RuneError)
			if i+4 <= len(src) {
				whole = utf16.DecodeRune(r, rune(order.Uint16(src[i+2:])))
			}
			if whole != utf8.RuneError {
				i += 2
			}
			r = whole
		}
		dst = utf8.AppendRune(dst, r)
	}
	if last && i < len(src) {
		return utf8.AppendRune(dst, utf8.RuneError), len(src)
	}
	return dst, i
}

func (p *page) decode(dst, src []byte, _ bool) ([]byte, int) {
	for _, b := range src {
		if b < utf8.RuneSelf {
			dst = append(dst, b)
			continue
		}
		dst = p[b].appendTo(dst)
	}
	return dst, len(src)
}

// longest is where a run of letters is cut in two, so that memory stays flat
// whatever is sent. No word of any language comes near it.
const longest = 64

func (t *tcvnTable) decode(dst, src []byte, last bool) ([]byte, int) {
	for i := 0; i < len(src); {
		if t.kind[src[i]] == notLetter {
			dst = t.low[src[i]].appendTo(dst)
			i++
			continue
		}
		start, begun := i, len(dst)
		var seen [eitherCase + 1]int
		for i < len(src) && i-start < longest {
			kind := t.kind[src[i]]
			if kind == notLetter {
				break
			}
			seen[kind]++
			dst = t.low[src[i]].appendTo(dst)
			i++
		}
		if i == len(src) && !last && i-start < longest {
			return dst[:begun], start
		}
		// "TØNH": the letter's own byte is silent, its neighbours are not.
		if seen[eitherCase] > 0 && seen[small] == 0 && seen[capital] >= 2 {
			dst = dst[:begun]
			for _, b := range src[start:i] {
				dst = t.high[b].appendTo(dst)
			}
		}
	}
	return dst, len(src)
}

func (t *pairTable) decode(dst, src []byte, last bool) ([]byte, int) {
	for i := 0; i < len(src); i++ {
		b := src[i]
		row := t.base[b]
		if row == 0 {
			dst = t.alone[b].appendTo(dst)
			continue
		}
		if i+1 == len(src) {
			if !last {
				return dst, i
			}
			return t.alone[b].appendTo(dst), len(src)
		}
		if next := src[i+1]; t.mark[next] && t.pair[row][next].n > 0 {
			dst = t.pair[row][next].appendTo(dst)
			i++
			continue
		}
		dst = t.alone[b].appendTo(dst)
	}
	return dst, len(src)
}
