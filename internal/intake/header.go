package intake

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"tongket/internal/contract"
)

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
		case unicode.IsLetter(c) || unicode.IsDigit(c) || c == '%':
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

// withoutUnit takes a "(mét)" off the end of a header, or the mark of a
// footnote. Other words in brackets are part of the name: "(kỳ này)" is not
// what the column without them is.
func withoutUnit(h string) (name, unit string) {
	h = strings.TrimSpace(h)
	if open := opening(h); open > 0 {
		name, unit = strings.TrimSpace(h[:open]), h[open+1:len(h)-1]
		if strings.Trim(unit, "0123456789*, ") == "" {
			return name, ""
		}
		if _, ok := measured(unit); ok || unclear(unit) {
			return name, unit
		}
		return h, ""
	}
	if at := strings.LastIndexAny(h, ",;:/-–"); at > 0 { // "Kinh phí - triệu đồng"
		rest := strings.TrimLeft(h[at:], ",;:/-–")
		if _, ok := measured(rest); ok || unclear(rest) {
			return strings.TrimSpace(h[:at]), rest
		}
	}
	return h, ""
}

// opening returns where the bracket opens that the end of a text closes, or -1.
func opening(h string) int {
	if !strings.HasSuffix(h, ")") && !strings.HasSuffix(h, "]") {
		return -1
	}
	depth := 0
	for i := len(h) - 1; i >= 0; i-- {
		switch h[i] {
		case ')', ']':
			depth++
		case '(', '[':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// spellings maps every way to write a header, folded, to its field.
type spellings map[string]*contract.Field

func spell(r *contract.Resource) spellings {
	out := spellings{}
	add := func(key string, f *contract.Field) {
		if out[key] == nil && key != "" {
			out[key] = f
		}
	}
	for _, f := range r.Fields {
		for _, s := range f.Headers() {
			add(fold(s), f)
		}
	}
	for _, f := range r.Fields {
		for _, s := range f.Headers() {
			name, _ := withoutUnit(s)
			add(fold(name), f)
			if f.Type != contract.Number && f.Type != contract.Integer {
				continue
			}
			add(fold(name)+" tong so", f)
			add("tong so "+fold(name), f)
			if f.Cumulative {
				add(fold(name)+" luy ke", f)
				add("luy ke "+fold(name), f)
			}
		}
	}
	return out
}

// heading is the stack of texts above one column, from the top. A text that
// stands above several columns is shared.
type heading struct {
	folded, bare []string
	shared       []bool
	unit         string // in parentheses behind the lowest text that has one
	text         string // as people see it: "Đã chỉnh lý / Lũy kế"
}

// field finds the field that a heading names: the longest run of its texts
// that is a spelling wins, and of equal ones the lowest. The texts of a shared
// heading alone name no column.
func (h *heading) field(by spellings) (f *contract.Field, length int) {
	n := len(h.folded)
	for length := n; length > 0; length-- {
		for from := n - length; from >= 0; from-- {
			to := from + length
			if to < n && h.shared[to-1] {
				continue
			}
			head := strings.Join(h.folded[from:to-1], " ")
			for _, last := range []string{h.folded[to-1], h.bare[to-1]} {
				if f := by[strings.TrimSpace(head+" "+last)]; f != nil && !h.qualified(f, from, to) {
					return f, length
				}
			}
		}
	}
	return nil, 0
}

// otherFigures are words that make another figure of a name: what was arranged
// in the quarter is not what was arranged in all.
var otherFigures = regexp.MustCompile(`(?:^| )(?:(?:trong|cua) (?:ky|quy|thang|nam)|(?:ky|quy|thang|nam) (?:nay|truoc|bao cao)|ke hoach|chi tieu|con lai|du kien|uoc)(?: |$)`)

// qualified reports whether the texts around those that name a field say that
// another figure is meant.
func (h *heading) qualified(f *contract.Field, from, to int) bool {
	if !isFigures(f) {
		return false
	}
	for i, text := range h.folded {
		if (i < from || i >= to) && otherFigures.MatchString(text) {
			return true
		}
	}
	return false
}

// matched is a header held against the contract.
type matched struct {
	fields  []*contract.Field // one for each column; nil where none answers
	known   int               // different fields
	twice   int               // columns that name a field named already
	missing int               // fields that must be there and are not
}

// match holds headings against the contract. Where two name one field, the one
// of which the name is the larger part is meant.
func match(headings []heading, by spellings, r *contract.Resource) matched {
	m := matched{fields: make([]*contract.Field, len(headings))}
	part := func(i, length int) float64 { return float64(length) / float64(len(headings[i].folded)) }
	first, lengths := map[*contract.Field]int{}, make([]int, len(headings))
	for i := range headings {
		f, length := headings[i].field(by)
		if f == nil {
			continue
		}
		lengths[i] = length
		at, twice := first[f]
		switch {
		case !twice:
			first[f], m.fields[i] = i, f
			m.known++
		case part(at, lengths[at]) > part(i, length):
		case part(i, length) > part(at, lengths[at]):
			m.fields[at], m.fields[i], first[f] = nil, f, i
		default:
			m.fields[i] = f
			m.twice++
		}
	}
	for _, f := range r.Fields {
		if _, ok := first[f]; !ok && needed(r, f) {
			m.missing++
		}
	}
	return m
}

func needed(r *contract.Resource, f *contract.Field) bool {
	if f.Constraints.Required {
		return true
	}
	for _, key := range r.PrimaryKey {
		if key == f.Name {
			return true
		}
	}
	return false
}

func titles(fields []*contract.Field) string {
	var out []string
	for _, f := range fields {
		out = append(out, f.Title)
	}
	return strings.Join(out, " | ")
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
func sepLine(start string) (delimiter string) {
	line, _, _ := strings.Cut(start, "\n")
	line = strings.Trim(line, "\r\" ;,\t")
	if d, is := strings.CutPrefix(strings.ToLower(line), "sep="); is && len(d) == 1 {
		return d
	}
	line, _, _ = strings.Cut(start, "\n")
	for _, d := range []string{";", ",", "\t"} {
		if strings.HasPrefix(strings.ToLower(line), "sep="+d) {
			return d
		}
	}
	return ""
}
