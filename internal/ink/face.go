package ink

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-fonts/liberation/liberationmonoregular"
	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/text/unicode/norm"
)

// Style chooses one of the faces a paper is set in.
type Style int

const (
	Regular Style = iota
	Bold
	Italic
	BoldItalic
	Mono
)

// With adds the weight and slant of a run to the style of its paragraph.
func (s Style) With(b, i bool) Style {
	if b && s != Bold && s != BoldItalic {
		s++
	}
	if i && s != Italic && s != BoldItalic {
		s += 2
	}
	return s
}

// Liberation Serif has the metrics of Times New Roman: these are its ascent,
// descent and natural line height, in em.
const (
	Ascent  = 0.891
	Descent = 0.216
	Natural = 1.149
)

const (
	nbsp    = '\u00a0'
	unknown = '□' // printed for a character the fonts lack
)

// Face is what line breaking has to know of a font. The PDF library parses
// the same bytes again for each document; these are read once.
type Face struct {
	TTF    []byte
	widths []uint16 // by character, in 1/1000 em
	has    []bool
}

var Faces = sync.OnceValues(func() ([5]Face, error) {
	var all [5]Face
	var errs []error
	for st, ttf := range [5][]byte{
		Regular:    liberationserifregular.TTF,
		Bold:       liberationserifbold.TTF,
		Italic:     liberationserifitalic.TTF,
		BoldItalic: liberationserifbolditalic.TTF,
		Mono:       liberationmonoregular.TTF,
	} {
		f, err := readFace(ttf)
		all[st], errs = f, append(errs, err)
	}
	return all, errors.Join(errs...)
})

// readFace reads a TrueType font's character map (format 4) and advance widths.
func readFace(ttf []byte) (Face, error) {
	f := Face{TTF: ttf, widths: make([]uint16, 1<<16), has: make([]bool, 1<<16)}
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(ttf[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(ttf[at:])) }
	table := map[string]int{}
	for i := range u16(4) {
		at := 12 + 16*i
		table[string(ttf[at:at+4])] = u32(at + 8)
	}
	em, metrics := float64(u16(table["head"]+18)), u16(table["hhea"]+34)

	cmap := 0
	for i := range u16(table["cmap"] + 2) {
		at := table["cmap"] + 4 + 8*i
		if sub := table["cmap"] + u32(at+4); u16(at) == 3 && u16(at+2) == 1 && u16(sub) == 4 {
			cmap = sub
		}
	}
	if cmap == 0 {
		return f, errors.New("font: no Unicode character map")
	}
	double := u16(cmap + 6) // twice the number of segments
	for i := 0; i < double; i += 2 {
		end, start := u16(cmap+14+i), u16(cmap+16+double+i)
		delta, offset := u16(cmap+16+2*double+i), u16(cmap+16+3*double+i)
		for c := start; c <= end && c < 0xFFFF; c++ {
			glyph := c + delta
			if offset != 0 {
				if glyph = u16(cmap + 16 + 3*double + i + offset + 2*(c-start)); glyph != 0 {
					glyph += delta
				}
			}
			if glyph &= 0xFFFF; glyph != 0 && !leftward(rune(c)) {
				f.has[c] = true
				f.widths[c] = uint16(math.Round(1000 / em * float64(u16(table["hmtx"]+4*min(glyph, metrics-1)))))
			}
		}
	}
	return f, nil
}

// Measure returns the width of a cleaned text in em.
func (f *Face) Measure(s string) float64 {
	w := 0
	for _, r := range s {
		w += int(f.widths[r&0xFFFF])
	}
	return float64(w) / 1000
}

// Clean turns any text into one the face can print: composed characters,
// spaces for controls, a box for what has no glyph, nothing for what is
// invisible by nature.
func (f *Face) Clean(s string) string {
	if f.plain(s) {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		switch {
		case r == utf8.RuneError:
			b.WriteRune(unknown)
		case r == '\u202f' || r == '\u2007':
			b.WriteRune(nbsp)
		case unicode.IsControl(r), r != nbsp && unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		case r > 0xFFFF || !f.has[r]:
			b.WriteRune(unknown)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Lacks returns the characters of a text for which Clean puts a box, each once.
func (f *Face) Lacks(s string) (out []rune) {
	if f.plain(s) {
		return nil
	}
	for _, r := range norm.NFC.String(s) {
		switch {
		case r == '\u202f' || r == '\u2007', unicode.IsControl(r), unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		case r == utf8.RuneError, r > 0xFFFF, !f.has[r]:
			if !slices.Contains(out, r) {
				out = append(out, r)
			}
		}
	}
	return out
}

// Name is a character as people see it and as tables of characters list it,
// "😀 (U+1F600)".
func Name(r rune) string {
	if !unicode.IsPrint(r) || r == utf8.RuneError {
		return fmt.Sprintf("U+%04X", r)
	}
	return fmt.Sprintf("%c (U+%04X)", r, r)
}

// leftward reports whether a character is of a script that runs from right to
// left. Lines are set from left to right only: a box is better than words told
// backwards.
func leftward(r rune) bool {
	return r >= 0x0590 && r <= 0x08FF || r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC
}

// plain reports whether clean has nothing to do, the common case.
func (f *Face) plain(s string) bool {
	for _, r := range s {
		if r < ' ' || r >= 0x300 && r < 0x370 || r > 0x7e && r < 0xa0 || r == 0xad ||
			r >= 0x2000 && r < 0x2010 || r >= 0x2028 && r < 0x2030 || r > 0xFFFD || r == utf8.RuneError || !f.has[r] {
			return false
		}
	}
	return true
}
