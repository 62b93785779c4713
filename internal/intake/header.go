package intake

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"tongket/internal/contract"
)

// matched is a header held against the contract.
type matched struct {
	fields  []*contract.Field // one for each column; nil where none answers
	unknown []string
	known   int
}

func match(header []string, r *contract.Resource) matched {
	byName := map[string]*contract.Field{}
	for _, f := range r.Fields {
		for _, spelling := range f.Headers() {
			if key := fold(spelling); byName[key] == nil {
				byName[key] = f
			}
		}
	}
	var m matched
	for _, h := range header {
		f := byName[fold(h)]
		if f == nil {
			f = byName[fold(withoutUnit(h))]
		}
		m.fields = append(m.fields, f)
		switch {
		case f != nil:
			m.known++
		case strings.TrimSpace(h) != "":
			m.unknown = append(m.unknown, h)
		}
	}
	return m
}

// fold makes spellings of one header equal: letters and digits only, small,
// without accents.
func fold(s string) string {
	var b strings.Builder
	gap := false
	for _, c := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, c):
		case c == 'đ' || c == 'ð':
			c = 'd'
			fallthrough
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(c)
		default:
			gap = true
		}
	}
	return b.String()
}

// withoutUnit takes a "(mét)" off the end of a header.
func withoutUnit(h string) string {
	h = strings.TrimSpace(h)
	if open := strings.LastIndexByte(h, '('); open > 0 && strings.HasSuffix(h, ")") {
		return h[:open]
	}
	return h
}

// nearest returns the unknown header that shares most words with the field's
// spellings, or nothing when none shares half of them.
func nearest(f *contract.Field, unknown []string) string {
	best, share := "", 0.5
	for _, h := range unknown {
		for _, spelling := range f.Headers() {
			if s := likeness(fold(h), fold(spelling)); s >= share {
				best, share = h, s
			}
		}
	}
	return best
}

func likeness(a, b string) float64 {
	words := map[string]bool{}
	for _, w := range strings.Fields(a) {
		words[w] = true
	}
	both, all := 0, len(words)
	for _, w := range strings.Fields(b) {
		if words[w] {
			both++
		} else {
			all++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(both) / float64(all)
}

// sepLine reads the line "sep=;" that Excel puts above a header.
func sepLine(start string) (delimiter, rest string, ok bool) {
	line, rest, _ := strings.Cut(start, "\n")
	line = strings.Trim(line, "\r\" ")
	if d, is := strings.CutPrefix(strings.ToLower(line), "sep="); is && len(d) == 1 {
		return d, rest, true
	}
	return "", start, false
}

// firstRecord reads the header, the first record that is not blank, and counts
// the lines down to its end.
func firstRecord(start string, delimiter byte) (header []string, lines int64) {
	s := newScanner(strings.NewReader(start), delimiter)
	for {
		record, err := s.next()
		if err != nil {
			return nil, s.line - 1
		}
		if !record.blank() {
			return record.cells, s.line - 1
		}
	}
}
