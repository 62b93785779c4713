package charset

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// writers is the other way: each encoding as its own programs write it.
var writers = map[Encoding]func(string) []byte{
	UTF8:        func(s string) []byte { return []byte(s) },
	UTF16LE:     func(s string) []byte { return write16(s, binary.LittleEndian) },
	UTF16BE:     func(s string) []byte { return write16(s, binary.BigEndian) },
	TCVN3:       writeTCVN,
	VNI:         writeVNI,
	Windows1258: write1258,
}

func write16(s string, order binary.AppendByteOrder) (out []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

func writeTCVN(s string) (out []byte) {
	small := []rune(letters)
	for _, r := range s {
		if i := strings.IndexRune(tcvnCapitals, r); i >= 0 {
			out = append(out, 0xA1+byte(len([]rune(tcvnCapitals[:i]))))
			continue
		}
		at := -1
		for i, l := range small {
			if l == r || strings.ToUpper(string(l)) == string(r) {
				at = i
			}
		}
		if at >= 0 {
			out = append(out, tcvnBytes[at])
			continue
		}
		out = append(out, as8bit(string(r))...)
	}
	return out
}

func writeVNI(s string) (out []byte) {
	small, pairs := []rune(letters), strings.Fields(vniPairs)
	for _, r := range s {
		code := as8bit(string(r))
		for i, l := range small {
			switch string(r) {
			case string(l):
				code = as8bit(pairs[i])
			case strings.ToUpper(string(l)):
				code = as8bit(pairs[i])
				for k := range code {
					code[k] -= 0x20
				}
			}
		}
		out = append(out, code...)
	}
	return out
}

// write1258 keeps circumflex, breve and horn and sets the tone apart.
func write1258(s string) (out []byte) {
	for _, r := range s {
		if b, ok := charmap.Windows1258.EncodeRune(r); ok {
			out = append(out, b)
			continue
		}
		v, isVowel := vowels[r]
		if !isVowel {
			panic("no code for " + string(r))
		}
		base := v.plain
		if strings.ToLower(string(r)) != string(r) {
			base = []rune(strings.ToUpper(string(base)))[0]
		}
		b, _ := charmap.Windows1258.EncodeRune(base)
		out = append(out, b, []byte{0, 0xCC, 0xEC, 0xD2, 0xDE, 0xF2}[v.tone])
	}
	return out
}

func misreadText(b []byte) string { return string(as1252(b)) }
