package register

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// An index finds names by their words, with accents or without.
type index struct {
	*lexicon
	forms    []form
	whole    map[string][]int32 // by all words
	bare     map[string][]int32 // without the kind word, or without the place at the end
	acronyms map[rune][]acronym // by the first letter
	longest  int                // words of the longest name
}

// A form is what an index knows of a name; empty for codes.
type form struct {
	whole, bare, kind   string
	parent, parentsName string // the unit above, with and without its kind word
	locality            bool
}

// An acronym is a name that can be shortened to the first letters of its words.
type acronym struct {
	words []string
	id    int32
}

func newIndex(x *lexicon, names []Name) *index {
	ix := &index{lexicon: x, forms: make([]form, len(names)),
		whole: make(map[string][]int32, len(names)), bare: make(map[string][]int32, len(names)), acronyms: map[rune][]acronym{}}
	parents := map[string]reading{}
	for i, name := range names {
		if name.Code {
			continue
		}
		r := x.read(x.word(name.Text))
		if len(r.words) == 0 {
			continue
		}
		above, ok := parents[name.Parent]
		if !ok {
			above = x.read(x.word(name.Parent))
			parents[name.Parent] = above
		}
		f := form{whole: r.whole(), bare: r.bare(), kind: r.kind, parent: above.whole(), parentsName: above.bare(), locality: r.seat || x.kinds[r.kind]}
		ix.forms[i] = f
		ix.longest = max(ix.longest, len(r.words))
		ix.add(int32(i), f, r)
	}
	return ix
}

func (ix *index) add(id int32, f form, r reading) {
	put := func(m map[string][]int32, key string) {
		if !slices.Contains(m[key], id) {
			m[key] = append(m[key], id)
		}
	}
	put(ix.whole, f.whole)
	if f.kind != "" {
		put(ix.bare, f.bare)
	}
	if !f.locality || f.kind == ix.word("thành phố") || f.kind == ix.word("tỉnh") {
		ix.shorten(id, r.words)
	}
	if f.locality {
		return
	}
	// "Thanh tra" for Thanh tra tỉnh, "Ban Quản lý các KCN" for the one of Đồng Nai.
	short := r.words
	for _, place := range []string{f.parent, f.parentsName, ix.word("tỉnh")} {
		short = cutSuffix(short, strings.Fields(place))
	}
	if len(short) < 2 || len(short) == len(r.words) {
		return
	}
	put(ix.bare, strings.Join(short, " "))
	ix.shorten(id, short)
	if kind, rest := ix.cutKind(short); kind != "" {
		put(ix.bare, strings.Join(rest, " "))
	}
}

func cutSuffix(words, end []string) []string {
	n := len(words) - len(end)
	if n > 0 && slices.Equal(words[n:], end) {
		return words[:n]
	}
	return words
}

// shorten makes the name known to acronyms.
func (ix *index) shorten(id int32, words []string) {
	words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return ix.little[w] })
	if len(words) > 1 {
		first := initial(words[0], true)
		ix.acronyms[first] = append(ix.acronyms[first], acronym{words, id})
	}
}

// initial is the first letter of a word without marks; đ is d when it is not kept.
func initial(word string, keep bool) rune {
	letter, size := utf8.DecodeRuneInString(word)
	switch {
	case size == 0:
		return 0
	case keep && letter == 'đ':
		return letter
	}
	return base(letter)
}

// short finds the names whose words, or their first letters, are the given ones:
// "sở gd đt", "ban qlkcn". The letter d stands for đ when nothing else fits.
func (ix *index) short(words []string) []int32 {
	if !slices.ContainsFunc(words, isShort) {
		return nil
	}
	words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return ix.little[w] })
	if len(words) == 0 || len(words) == 1 && (len([]rune(words[0])) < 3 || words[0] == "stt") {
		return nil
	}
	first := initial(words[0], true)
	for _, keep := range []bool{true, false} {
		names := ix.acronyms[first]
		if !keep && first == 'd' {
			names = append(names[:len(names):len(names)], ix.acronyms['đ']...)
		}
		var out []int32
		for _, a := range names {
			if aligned(words, a.words, keep) && !slices.Contains(out, a.id) {
				out = append(out, a.id)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// isShort reports whether a word can be first letters: no marks but that of đ.
func isShort(word string) bool {
	if len(word) < 2 {
		return false
	}
	for _, letter := range word {
		if letter != 'đ' && letter >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// aligned reports whether each given word is the name's next word or the first
// letters of its next words.
func aligned(given, words []string, keep bool) bool {
	if len(given) == 0 || len(words) == 0 {
		return len(given) == len(words)
	}
	if given[0] == words[0] && aligned(given[1:], words[1:], keep) {
		return true
	}
	n := 0
	for _, letter := range given[0] {
		if n == len(words) || letter != initial(words[n], keep) {
			return false
		}
		n++
	}
	return n > 1 && aligned(given[1:], words[n:], keep)
}

// placed finds the names followed by the unit above them: Xã Thanh Sơn, huyện Định Quán.
func (ix *index) placed(names map[string][]int32, words []string, keys []string) []int32 {
	for n := len(words) - 1; n > 0; n-- {
		var out []int32
		for _, id := range names[strings.Join(words[:n], " ")] {
			if ix.under(id, words[n:], keys[id]) {
				out = append(out, id)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// under reports whether the words say where the unit is: its key, the unit above,
// and the one above that.
func (ix *index) under(id int32, words []string, key string) bool {
	if words[0] == key {
		words = words[1:]
	}
	f, place := &ix.forms[id], strings.Join(words, " ")
	switch {
	case place == "":
		return true
	case place == ix.word("tỉnh"):
		return !f.locality
	case f.parent == "":
		return false
	case place == f.parent || place == f.parentsName:
		return true
	}
	for _, above := range []string{f.parent, f.parentsName} {
		rest, ok := strings.CutPrefix(place, above+" ")
		if !ok {
			continue
		}
		for _, id := range ix.whole[f.parent] {
			if up := &ix.forms[id]; up.parent != "" && (rest == up.parent || rest == up.parentsName) {
				return true
			}
		}
	}
	return false
}

// swapped finds Tỉnh X for Thành phố X and the reverse.
func (ix *index) swapped(r reading) []int32 {
	province, city := ix.word("tỉnh"), ix.word("thành phố")
	if r.kind != province && r.kind != city {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(ix.bare[r.bare()]), func(id int32) bool {
		kind := ix.forms[id].kind
		return kind != province && kind != city
	})
}
