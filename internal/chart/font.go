package chart

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"sort"
	"strconv"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifregular"
)

// Families of the text in the two drawings.
const (
	screenFamily = "Be Vietnam Pro, sans-serif"
	paperFamily  = "Liberation Serif, Times New Roman, serif"
)

// paperWidths returns the advance widths of the paper's font the way ssr.js
// takes them: weight → width in thousandths of the font size → characters.
func paperWidths() (string, error) {
	all := map[string]map[string]string{}
	for weight, ttf := range map[string][]byte{"400": liberationserifregular.TTF, "600": liberationserifbold.TTF} {
		widths, err := advanceWidths(ttf)
		if err != nil {
			return "", fmt.Errorf("weight %s: %w", weight, err)
		}
		all[weight] = widths
	}
	text, err := json.Marshal(all)
	return string(text), err
}

// themes reads marks.json, what the bundle tells of the pages' font and of the
// colours: the dress of what is drawn without the engine.
func themes(bundle fs.FS, paperWidths string) (screen, paper *theme, err error) {
	text, err := fs.ReadFile(bundle, "marks.json")
	if err != nil {
		return nil, nil, fmt.Errorf("charts: the scripts' bundle is missing, run make: %w", err)
	}
	var told struct {
		Screen, Paper map[string]string
		Widths        map[string]map[string]string
	}
	if err := json.Unmarshal(text, &told); err != nil {
		return nil, nil, fmt.Errorf("charts: marks.json: %w", err)
	}
	var paperTold map[string]map[string]string
	if err := json.Unmarshal([]byte(paperWidths), &paperTold); err != nil {
		return nil, nil, fmt.Errorf("charts: the paper's font: %w", err)
	}
	screen = &theme{style: style{colors: told.Screen, family: screenFamily, classes: true, hatch: screenHatch}, widths: byRune(told.Widths)}
	paper = &theme{style: style{colors: told.Paper, family: paperFamily, hatch: paperHatch}, paper: true, widths: byRune(paperTold)}
	return screen, paper, nil
}

// byRune turns widths with their characters into characters with their widths.
func byRune(told map[string]map[string]string) map[string]map[rune]float64 {
	out := map[string]map[rune]float64{}
	for weight, groups := range told {
		out[weight] = map[rune]float64{}
		for width, chars := range groups {
			w, _ := strconv.ParseFloat(width, 64)
			for _, r := range chars {
				out[weight][r] = w
			}
		}
	}
	return out
}

// advanceWidths reads the tables head, hhea, hmtx and cmap (format 4) of a
// TrueType font, for characters below U+2200: Latin, Vietnamese, punctuation.
func advanceWidths(ttf []byte) (widths map[string]string, err error) {
	defer func() {
		if recover() != nil { // an index beyond the end: the file is cut short
			err = fmt.Errorf("not a whole TrueType font")
		}
	}()
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(ttf[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(ttf[at:])) }
	table := map[string]int{}
	for i := range u16(4) {
		at := 12 + 16*i
		table[string(ttf[at:at+4])] = u32(at + 8)
	}
	perEm := u16(table["head"] + 18)
	metrics := u16(table["hhea"] + 34)
	segments := 0
	for i := range u16(table["cmap"] + 2) {
		sub := table["cmap"] + u32(table["cmap"]+4+8*i+4)
		if u16(sub) == 4 {
			segments = sub
		}
	}
	if segments == 0 || perEm == 0 || metrics == 0 {
		return nil, fmt.Errorf("no character map of format 4")
	}
	groups := map[int][]rune{}
	n := u16(segments+6) / 2
	for i := range n {
		end, start := u16(segments+14+2*i), u16(segments+16+2*n+2*i)
		delta, offsetAt := u16(segments+16+4*n+2*i), segments+16+6*n+2*i
		for c := max(start, 32); c <= min(end, 0x21ff); c++ {
			glyph := c
			if offset := u16(offsetAt); offset != 0 {
				glyph = u16(offsetAt + offset + 2*(c-start))
			}
			if glyph = (glyph + delta) & 0xffff; glyph == 0 {
				continue
			}
			advance := u16(table["hmtx"] + 4*min(glyph, metrics-1))
			width := (advance*1000 + perEm/2) / perEm
			groups[width] = append(groups[width], rune(c))
		}
	}
	widths = map[string]string{}
	for width, chars := range groups {
		sort.Slice(chars, func(i, j int) bool { return chars[i] < chars[j] })
		widths[strconv.Itoa(width)] = string(chars)
	}
	return widths, nil
}
