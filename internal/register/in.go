package register

import (
	"slices"
	"strings"
	"unicode"
)

// titleLetters is the length in bytes of a longer text that is still searched.
const titleLetters = 4000

// In finds the one unit named in a longer text: a title ("UBND HUYỆN LONG THÀNH"), or
// a file's name without accents ("so-noi-vu_2025-Q3"). The unit above another one that is
// named, and whom a letter is addressed to, do not count. The key is "" when no unit is
// named, or several, or one that is not valid that day.
func (r *Register) In(text, day string) (key string) {
	if len(text) > titleLetters {
		return ""
	}
	s := &sighting{Register: r, index: r.exact, day: day}
	if unmarked(text) {
		s.index, text = r.plain, humps(text)
	}
	for line := range strings.Lines(text) {
		folded := s.word(line)
		before, _, _ := strings.Cut(" "+folded, " "+s.word("kính gửi"))
		s.lines = append(s.lines, s.spell(strings.Fields(before)))
	}
	if s.look(s.whole) || s.look(s.bare) {
		return s.one()
	}
	return ""
}

// humps puts blanks between the words of a name such as BaoCaoSoNoiVu.
func humps(text string) string {
	var out strings.Builder
	var last rune
	for _, letter := range text {
		if unicode.IsLower(last) && (unicode.IsUpper(letter) || unicode.IsDigit(letter)) {
			out.WriteByte(' ')
		}
		out.WriteRune(letter)
		last = letter
	}
	return out.String()
}

// A sighting is a search for names in the lines of a text.
type sighting struct {
	*Register
	*index
	day   string
	lines [][]string
	spots [][]int32 // names that could be meant at one spot
}

// look finds the longest names from left to right and reports whether there are any.
func (s *sighting) look(names map[string][]int32) bool {
	for _, words := range s.lines {
		for i := 0; i < len(words); {
			ids, n := s.spot(names, words, i)
			if len(ids) > 0 {
				s.spots = append(s.spots, ids)
			}
			i += n
		}
	}
	return len(s.spots) > 0
}

// spot finds the longest name that begins at a word, and how many words it takes.
func (s *sighting) spot(names map[string][]int32, words []string, i int) ([]int32, int) {
	kindBefore := s.endsInKind(words[:i])
	for n := min(s.longest, len(words)-i); n > 0; n-- {
		span := words[i : i+n]
		ids := names[strings.Join(span, " ")]
		if n == 1 && (len(span[0]) < 3 || strings.Trim(span[0], "0123456789") == "") {
			ids = nil
		}
		if kindBefore { // "xã Long Thành" is not the district of that name
			ids = slices.DeleteFunc(slices.Clone(ids), func(id int32) bool { return s.forms[id].kind == "" || s.forms[id].bare == strings.Join(span, " ") })
		}
		if len(ids) == 0 && !kindBefore {
			ids = s.short(span)
		}
		if n == 1 && len(ids) == 0 && len(span[0]) > 2 && strings.Trim(span[0], "0123456789") != "" {
			ids = s.codes[span[0]]
		}
		if len(ids) > 0 {
			return ids, n
		}
	}
	return nil, 1
}

// one tells the unit if all spots mean the same one.
func (s *sighting) one() string {
	var named []int32
	for _, ids := range s.spots {
		valid := s.validOf(ids, s.day)
		if s.unitsOf(valid) > 1 {
			valid = slices.DeleteFunc(valid, func(id int32) bool { return !s.mentioned(s.forms[id].parentsName) })
		}
		switch s.unitsOf(valid) {
		case 1:
			named = append(named, valid...)
		case 0:
			named = append(named, ids...)
		default:
			return ""
		}
	}
	named = slices.DeleteFunc(slices.Clone(named), func(id int32) bool {
		return slices.ContainsFunc(named, func(other int32) bool {
			return s.forms[other].parent != "" && s.forms[other].parent == s.forms[id].whole && s.names[other].Key != s.names[id].Key
		})
	})
	if s.unitsOf(named) != 1 || len(s.validOf(named, s.day)) == 0 {
		return ""
	}
	return s.names[named[0]].Key
}

// mentioned reports whether the words stand anywhere in the text.
func (s *sighting) mentioned(words string) bool {
	return words != "" && slices.ContainsFunc(s.lines, func(line []string) bool {
		return strings.Contains(" "+strings.Join(line, " ")+" ", " "+words+" ")
	})
}
