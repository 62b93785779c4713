package intake

import (
	"regexp"
	"slices"
	"strings"

	"tongket/internal/cell"
	"tongket/internal/contract"
)

// kind is what a row of a table is.
type kind string

const (
	figures  kind = ""        // a row of figures
	blank    kind = "blank"   // nothing
	total    kind = "total"   // a printed sum: no data, but a check
	section  kind = "heading" // "I. Sở, ban, ngành", with or without its own sums
	detail   kind = "detail"  // "Trong đó: …", a part of the row above
	numbers  kind = "numbers" // (1) (2) (7)=(5)+(6)
	repeated kind = "header"  // the header again, at the top of a printed page
	note     kind = "note"    // remarks and signatures
)

// level is the depth of a running number.
type level int

const (
	none level = iota
	letter
	roman
	arabic
	lower // 1.1, a), -
)

var (
	romanOrdinal  = regexp.MustCompile(`^(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$`)
	arabicOrdinal = regexp.MustCompile(`^\d{1,4}$`)
	lowerOrdinal  = regexp.MustCompile(`^(?:\d{1,3}(?:\.\d{1,3})+|[a-zđ])$`)
	enumerated    = regexp.MustCompile(`^\s*([IVX]{1,6}|[A-ZĐ]|\d{1,4}(?:\.\d{1,3})*|[a-zđ])\s*[.)/:]\s+(\S.*)$`)
)

// ordinal reads a running number. The rest is what stands behind it; for a
// text without a number it is all of it.
func ordinal(text string) (level, string) {
	text = strings.TrimSpace(text)
	if l := ordinalAlone(text); l != none {
		return l, ""
	}
	if m := enumerated.FindStringSubmatch(text); m != nil {
		if l := ordinalAlone(m[1]); l != none {
			return l, m[2]
		}
	}
	if rest := strings.TrimLeft(text, "-–—+*•· "); rest != text && rest != "" {
		return lower, rest
	}
	return none, text
}

func ordinalAlone(text string) level {
	bare := strings.TrimRight(strings.TrimLeft(text, "("), ".)/:")
	switch {
	case bare == "":
		return none
	case strings.Trim(text, "-–—+*•·") == "":
		return lower
	case romanOrdinal.MatchString(bare):
		return roman
	case arabicOrdinal.MatchString(bare):
		return arabic
	case lowerOrdinal.MatchString(bare):
		return lower
	case len([]rune(bare)) == 1 && strings.ToUpper(bare) == bare && strings.ToLower(bare) != bare:
		return letter
	}
	return none
}

var (
	totalText  = regexp.MustCompile(`^(?:(?:tong )?(?:cong|so cong)|tong(?: so| hop| toan \w+)?|tong cong(?: .*)?|cong(?: (?:khoi|toan|muc|phan|cac|theo|[ivx]+|[a-d])(?: .*)?)|tong so(?: .*)?|toan (?:tinh|thanh pho|vung|huyen|nganh)|tong cac .*|(?:grand |sub ?)?totals?|sum)$`)
	notTotal   = regexp.MustCompile(`^tong cong ty|^cong ty`)
	detailText = regexp.MustCompile(`^(?:trong do|chia ra|bao gom|of which)(?: |$)`)
	noteText   = regexp.MustCompile(`^(?:ghi chu|chu thich|nguoi lap|nguoi bao cao|thu truong|giam doc|pho giam doc|truong phong|ke toan|noi nhan|ky ten|lanh dao|chu tich|kt|tl|tm|ngay \d|\w+ ngay \d|xac nhan|nguon|luu y)(?: |$)`)
)

// signatureText begins what stands above the names of those who sign.
var signatureText = regexp.MustCompile(`^(?:nguoi lap|nguoi bao cao|thu truong|giam doc|pho giam doc|truong phong|ke toan|ky ten|ky|lanh dao|chu tich|kt|tl|tm)(?: |$)`)

func isTotal(folded string) bool {
	return totalText.MatchString(folded) && !notTotal.MatchString(folded)
}

// numberRow reports whether a record holds nothing but the numbers of the
// columns: (1) (2) (3), or A B 1 2 3=1+2.
func numberRow(r *record) bool {
	letters, last, signs := 0, 0, false
	for _, c := range r.cells {
		c = strings.TrimSpace(bare(c))
		if c == "" || strings.HasPrefix(c, "#") && last > 0 { // a formula that went wrong
			continue
		}
		if len(c) == 1 && last == 0 && int(c[0]) == 'A'+letters {
			letters++
			continue
		}
		m := numbered.FindStringSubmatch(c)
		if m == nil || atoi(m[1]) != last+1 {
			return false
		}
		last++
		signs = signs || m[1] != c
	}
	// Bare numbers may as well be figures: more of them have to stand in order.
	return last >= 2 && letters+last >= 3 && (signs || letters > 0 && last >= 3 || last >= 5)
}

var numbered = regexp.MustCompile(`^[(\[]?(\d{1,2})[)\]]?(?:\s*=\s*(.*))?$`)

func atoi(s string) int {
	n := 0
	for _, c := range s {
		n = 10*n + int(c-'0')
	}
	return n
}

// sorter tells the rows of figures from the others.
type sorter struct {
	f      *File
	t      *Table
	period []int // columns of periods and days
	any    bool  // the table has columns of figures
	by     spellings
}

func newSorter(f *File, t *Table) *sorter {
	s := &sorter{f: f, t: t, by: spell(f.Resource)}
	for i, x := range t.Fields {
		if x == nil {
			continue
		}
		s.any = s.any || isFigures(x)
		if x.Period || x.Type == contract.Date {
			s.period = append(s.period, i)
		}
	}
	return s
}

// row is a record with what the sorter saw in it.
type row struct {
	*record
	level level
	label string // the text that names the row, without its number
	known bool   // the label names a unit
	width int    // cells that hold something
	count int    // cells of figure columns that hold a figure or the mark of none
}

func (s *sorter) look(r *record) row {
	x := row{record: r}
	first := -1
	for i, c := range r.cells {
		if strings.TrimSpace(c) == "" {
			continue
		}
		x.width++
		if first < 0 && i != s.t.shape.ordinal {
			first = i
		}
		if i < len(s.t.Fields) && s.t.Fields[i] != nil && isFigures(s.t.Fields[i]) && s.figure(c) {
			x.count++
		}
	}
	if o := s.t.shape.ordinal; o >= 0 && o < len(r.cells) {
		x.level, x.label = ordinal(bare(r.cells[o])) // "I. Sở, ban, ngành" over merged cells, or a total
	}
	if k := s.t.shape.key; k >= 0 && k < len(r.cells) && strings.TrimSpace(r.cells[k]) != "" {
		x.label = bare(r.cells[k])
	} else if x.label == "" && first >= 0 {
		x.label = bare(r.cells[first])
	}
	if x.level == none && !s.names(x.label) { // "H. Tân Phú" is a name, not the letter H
		if l, rest := ordinal(x.label); rest != "" && rest != x.label {
			x.level, x.label = l, rest
		}
	}
	x.label = strings.TrimSpace(x.label)
	return x
}

// names reports whether a text names a unit.
func (s *sorter) names(text string) bool {
	return s.f.Units != nil && text != "" && s.f.Units.Has(text)
}

func (s *sorter) figure(c string) bool {
	if len(c) > 1 && c[0] == '\x01' {
		return c[1] == 'n' || c[1] == 'p'
	}
	switch cell.ParseNumber(c, cell.Undecided).Kind {
	case cell.Value, cell.Open, cell.Nothing:
		return true
	}
	return false
}

// number reports whether a cell holds a number: not the mark of none.
func (s *sorter) number(c string) bool {
	return strings.TrimSpace(c) != "" && s.figure(c) && cell.ParseNumber(bare(c), cell.Undecided).Kind != cell.Nothing
}

// kind is what a record is, as far as it shows alone.
func (s *sorter) kind(r *record) kind {
	if r.blank() {
		return blank
	}
	x := s.look(r)
	return s.kindOf(&x)
}

func (s *sorter) kindOf(x *row) kind {
	x.known = s.names(x.label)
	if x.known && x.level != roman && x.level != letter {
		return figures
	}
	folded := fold(x.label)
	switch {
	case isTotal(folded) && !x.known && s.any:
		return total
	case numberRow(x.record):
		return numbers
	case (x.count == 0 || !s.any) && s.headerAgain(x):
		return repeated
	case !s.any:
		return figures
	case detailText.MatchString(folded):
		return detail
	case (x.level == roman || x.level == letter):
		return section
	case x.count == 0 && noteText.MatchString(folded):
		return note
	case x.count == 0 && x.level == none && x.width <= 2 && !s.timed(x.record) && !s.named(x.record) && !s.misspelt(x):
		return note
	}
	return figures
}

// misspelt reports whether the label looks like a unit's name: then the row is
// one without figures, which is to be told, and no remark.
func (s *sorter) misspelt(x *row) bool {
	k := s.t.shape.key
	return s.f.Units != nil && k >= 0 && k < len(x.cells) && bare(x.cells[k]) != "" && len(x.label) < 100 && !isTotal(fold(x.label)) && len(s.f.Units.Near(x.label, "")) > 0
}

// named reports whether the record has a key that nothing can be held against:
// a register says itself what there is.
func (s *sorter) named(r *record) bool {
	k := s.t.shape.key
	return k >= 0 && k < len(r.cells) && strings.TrimSpace(r.cells[k]) != "" && s.f.Resource.Key(s.t.Fields[k].Name) == nil
}

// timed reports whether the record says when: then it reports something.
func (s *sorter) timed(r *record) bool {
	return slices.ContainsFunc(s.period, func(i int) bool { return i < len(r.cells) && strings.TrimSpace(r.cells[i]) != "" })
}

// headerAgain reports whether a record is a row of the header again, or the
// header of another table. Where all columns are texts, these may be any.
func (s *sorter) headerAgain(x *row) bool {
	if s.again(x.record) {
		return true
	}
	same, moved := s.heads(x.record)
	return same+moved > 1 && (s.any || 2*(same+moved) >= x.width)
}

// again reports whether a record is a row of the header, as it stood there.
func (s *sorter) again(r *record) bool {
	return slices.ContainsFunc(s.t.shape.header, func(header []string) bool {
		all := 0
		for i, h := range header {
			if h == "" {
				continue
			}
			if i >= len(r.cells) || fold(bare(r.cells[i])) != h {
				return false
			}
			all++
		}
		return all > 1
	})
}

// heads counts the cells of a record that head a column: in this table's
// place, and in another. It gives up on a record of other texts soon.
func (s *sorter) heads(r *record) (same, moved int) {
	others := 0
	for i, c := range r.cells {
		if c == "" {
			continue
		}
		if c[0] == '\x01' || len(c) > 200 || others > 4+same+moved {
			return 0, 0
		}
		name, _ := withoutUnit(c)
		f := s.by[fold(c)]
		if f == nil {
			f = s.by[fold(name)]
		}
		switch {
		case f == nil:
			others++
		case i < len(s.t.Fields) && s.t.Fields[i] == f:
			same++
		default:
			moved++
		}
	}
	return same, moved
}
