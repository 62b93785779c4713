// Package register finds the administrative unit that a text in a report means: by
// its code, its name, an alias or an abbreviation, in the frame of a date. It never
// guesses: no unit, or several, is an answer.
package register

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Name is one spelling of a unit during a time.
type Name struct {
	Key      string // what is stored
	Text     string // a code, a name, a short name or an alias
	Title    string // how people know the unit, for messages ("Xã Thanh Sơn"); may be ""
	Parent   string // name of the unit above at that time, to tell namesakes apart; may be ""
	Code     bool   // Text is the key itself or an official code: it must match exactly (case folded)
	From, To string // "2025-07-01"; both inclusive; "" open
}

// Register knows the names of all units. It is safe for concurrent use.
type Register struct {
	names  []Name
	keys   []string           // of the names, folded as words of a text are
	byKey  map[string][]int32 // names of one unit
	codes  map[string][]int32
	folded map[string][]int32
	exact  *index
	plain  *index

	grams func() *grams
}

// Found is what a text can mean.
type Found struct {
	Key   string   // the unit; "" when not found or several
	Many  []string // several units could be meant: "Xã Thanh Sơn (26209, huyện Định Quán)"; sorted
	Ended []Term   // the text names units, none of them valid at that time
}

// Term is a unit that is not valid at a time, with the day on which it ended
// before, or else the one on which it begins.
type Term struct{ Title, Until, From string }

// longest is the length in bytes above which a text is no name.
const longest = 600

// New makes a register of names. Names without a key or a text are left out.
func New(names []Name) *Register {
	names = slices.DeleteFunc(slices.Clone(names), func(n Name) bool {
		return n.Key == "" || strings.TrimSpace(n.Text) == "" || len(n.Text) > longest
	})
	r := &Register{names: names, keys: make([]string, len(names)), byKey: make(map[string][]int32, len(names)),
		codes: map[string][]int32{}, folded: make(map[string][]int32, len(names))}
	for i, n := range names {
		id := int32(i)
		r.keys[i] = Fold(n.Key)
		r.byKey[n.Key] = append(r.byKey[n.Key], id)
		if n.Code {
			r.codes[code(n.Text)] = append(r.codes[code(n.Text)], id)
		} else if folded := Fold(n.Text); folded != "" {
			r.folded[folded] = append(r.folded[folded], id)
		}
	}
	r.exact = newIndex(accented, names)
	r.plain = newIndex(unaccented, names)
	r.grams = sync.OnceValue(func() *grams { return newGrams(r.exact) })
	return r
}

// code is a code as it is looked up.
func code(s string) string {
	return strings.ToLower(strings.TrimFunc(compose(s), func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }))
}

// Find looks a text up in the frame of a day ("" = any time). It goes from exact
// spellings to looser ones and stops at the first that gives a unit valid that day.
func (r *Register) Find(text, day string) Found {
	if len(text) > longest {
		return Found{}
	}
	s := &search{Register: r, day: day}
	if !s.spelt(text) && !s.damaged(text) && len(s.ended) == 0 {
		return Found{}
	}
	return s.answer()
}

// Has reports whether the text, by itself, names a unit at some time: an exact
// spelling or an abbreviation of one or of several units.
func (r *Register) Has(text string) bool {
	if len(text) > longest {
		return false
	}
	s := &search{Register: r}
	return s.spelt(text)
}

// A search tries one level of spelling after the other.
type search struct {
	*Register
	day   string
	valid []int32 // names of that day, by which the search ended
	ended []int32 // names of another day that were met first
}

// take ends the search if some of the names are valid. What was named but is not valid
// that day is kept for the answer.
func (s *search) take(ids []int32) bool {
	s.valid = s.validOf(ids, s.day)
	if len(s.ended) == 0 {
		s.ended = ids
	}
	return len(s.valid) > 0
}

// validOf lists the names that count that day: those of that time, or else those that
// differ from one of that time in the kind word only (Xã, later Phường). That the unit
// has stayed the same is told by its key, its name and the unit above it; a new unit
// can have got the key of one that ended.
func (r *Register) validOf(ids []int32, day string) []int32 {
	var own, renamed []int32
	for _, id := range ids {
		switch {
		case r.names[id].at(day):
			own = append(own, id)
		case r.renamed(id, day):
			renamed = append(renamed, id)
		}
	}
	if len(own) > 0 {
		return own
	}
	return renamed
}

func (r *Register) renamed(id int32, day string) bool {
	f := &r.exact.forms[id]
	return f.parentsName != "" && slices.ContainsFunc(r.byKey[r.names[id].Key], func(other int32) bool {
		o := &r.exact.forms[other]
		return r.names[other].at(day) && o.bare == f.bare && o.parentsName == f.parentsName
	})
}

func (n *Name) at(day string) bool {
	return day == "" || (n.From == "" || n.From <= day) && (n.To == "" || day <= n.To)
}

// spelt tries all levels but damaged letters.
func (s *search) spelt(text string) bool {
	if s.take(s.codes[code(text)]) {
		return true
	}
	folded := Fold(text)
	if folded == "" {
		return false
	}
	if s.take(s.folded[folded]) {
		return true
	}
	texts := variants(text, folded)
	return s.words(s.exact, texts) || unmarked(text) && s.words(s.plain, texts)
}

// words tries the spellings of an index: abbreviations, then without kind words.
func (s *search) words(ix *index, texts []string) bool {
	readings := make([]reading, len(texts))
	for i, text := range texts {
		texts[i] = ix.word(text)
		readings[i] = ix.read(texts[i])
	}
	for i, r := range readings {
		if len(r.words) == 0 {
			continue
		}
		if s.take(ix.named(ix.whole, r)) || s.take(ix.short(r.words)) || s.take(ix.short(ix.unspelt(texts[i]))) || s.take(ix.placed(ix.whole, r.words, s.keys)) {
			return true
		}
	}
	for _, r := range readings {
		if len(r.words) == 0 {
			continue
		}
		if s.take(ix.named(ix.bare, r)) || s.take(ix.placed(ix.bare, r.words, s.keys)) || s.takeOne(ix.swapped(r), ix.bare[r.bare()]) {
			return true
		}
	}
	return false
}

// named finds the names that are the words of a text; "UBND X" names localities only.
func (ix *index) named(names map[string][]int32, r reading) []int32 {
	ids := names[r.whole()]
	if !r.seat || r.kind != "" {
		return ids
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id int32) bool { return ix.forms[id].kind != "" && !ix.forms[id].locality })
}

// takeOne takes names only when no other unit of that day shares the bare name, or when
// the text is their unit's name at another time.
func (s *search) takeOne(ids, all []int32) bool {
	own := slices.DeleteFunc(slices.Clone(ids), func(id int32) bool {
		return !slices.ContainsFunc(s.ended, func(other int32) bool { return s.names[other].Key == s.names[id].Key })
	})
	return s.take(own) || s.unitsOf(s.validOf(all, s.day)) == 1 && s.take(ids)
}

// unitsOf counts the units of names.
func (r *Register) unitsOf(ids []int32) int {
	var keys []string
	for _, id := range ids {
		if key := r.names[id].Key; !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return len(keys)
}

// answer tells what was found.
func (s *search) answer() Found {
	units := map[string]int32{}
	for _, id := range s.valid {
		old, seen := units[s.names[id].Key]
		// A unit that is told apart by its parent is told with the parent of that day.
		if !seen || !s.names[old].at(s.day) && s.names[id].at(s.day) {
			units[s.names[id].Key] = id
		}
	}
	switch {
	case len(units) == 1:
		return Found{Key: s.names[s.valid[0]].Key}
	case len(units) > 1:
		var many []string
		for _, id := range units {
			many = append(many, s.names[id].label())
		}
		slices.Sort(many)
		return Found{Many: many}
	}
	return Found{Ended: s.times()}
}

// times tells when the units that were named ended, or begin.
func (s *search) times() []Term {
	units := map[string]Name{}
	for _, id := range s.ended {
		n := s.names[id]
		old, seen := units[n.Key]
		before := n.To != "" && n.To < s.day
		if !seen || before && (old.To >= s.day || old.To == "" || old.To < n.To) || !before && old.From > n.From && (old.To == "" || old.To >= s.day) {
			units[n.Key] = n
		}
	}
	var out []Term
	for _, n := range units {
		if n.To != "" && n.To < s.day {
			out = append(out, Term{Title: n.title(), Until: n.To})
		} else {
			out = append(out, Term{Title: n.title(), From: n.From})
		}
	}
	slices.SortFunc(out, func(a, b Term) int { return strings.Compare(a.Title+a.Until+a.From, b.Title+b.Until+b.From) })
	return slices.Compact(out)
}

// Title is how people know a unit on a day; the key itself when it is none.
func (r *Register) Title(key, day string) string {
	title := key
	for _, id := range r.byKey[key] {
		n := &r.names[id]
		if n.Title != "" && (title == key || n.at(day)) {
			title = n.Title
		}
	}
	return title
}

func (n *Name) title() string {
	if n.Title != "" {
		return n.Title
	}
	return n.Text
}

func (n *Name) label() string {
	parent := n.Parent
	if kind := accented.read(Fold(parent)).kind; kind != "" && strings.HasPrefix(Fold(parent), kind) {
		first, size := utf8.DecodeRuneInString(parent)
		parent = string(unicode.ToLower(first)) + parent[size:]
	}
	if parent != "" {
		parent = ", " + parent
	}
	return n.title() + " (" + n.Key + parent + ")"
}
