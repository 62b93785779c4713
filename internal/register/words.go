package register

import (
	"slices"
	"strings"
)

// A lexicon knows the words of administration, in folded spelling. There is one with
// accents and one without.
type lexicon struct {
	spelt   map[string][]string // an abbreviation, spelt out
	kinds   map[string]bool     // true: of a locality
	glued   []string            // abbreviations that no syllable begins with, so that they can be cut off
	seat    []string            // the words "ủy ban nhân dân"
	dropped map[string]bool     // words that add nothing
	little  map[string]bool     // words that acronyms leave out
	same    map[string]string   // other spellings of one word
	word    func(string) string // folds a word of this file
}

var accented = newLexicon(Fold)
var unaccented = newLexicon(func(s string) string { return Plain(Fold(s)) })

func newLexicon(word func(string) string) *lexicon {
	x := &lexicon{
		spelt: map[string][]string{}, kinds: map[string]bool{}, same: map[string]string{},
		dropped: map[string]bool{"&": true, word("và"): true},
		little:  map[string]bool{word("các"): true, word("của"): true},
		seat:    strings.Fields(word("ủy ban nhân dân")),
		word:    word,
	}
	for short, long := range map[string]string{
		"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "h": "huyện", "q": "quận", "p": "phường", "x": "xã",
		"ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "hdnd": "hội đồng nhân dân",
		"đbqh": "đại biểu quốc hội", "dbqh": "đại biểu quốc hội",
		"vp": "văn phòng", "bql": "ban quản lý", "kcn": "khu công nghiệp",
	} {
		x.spelt[short] = strings.Fields(word(long))
	}
	for _, short := range []string{"ubnd", "tp", "tx"} {
		x.glued = append(x.glued, word(short))
	}
	for _, kind := range []string{"thành phố", "thị xã", "thị trấn", "đặc khu", "huyện", "quận", "phường", "xã", "tỉnh"} {
		x.kinds[word(kind)] = true
	}
	for _, kind := range []string{"sở", "ban"} {
		x.kinds[word(kind)] = false
	}
	for _, other := range []string{"đắc", "đăc", "đac", "dak", "dăk", "dac"} {
		x.same[word(other)] = word("đăk")
	}
	return x
}

// A reading is a text as words of a lexicon.
type reading struct {
	words []string
	kind  string // "huyện"; "" when the words begin with none
	rest  []string
	seat  bool // "UBND" stood before; the words name a locality
}

func (r reading) whole() string { return strings.Join(r.words, " ") }
func (r reading) bare() string  { return strings.Join(r.rest, " ") }

// read spells a folded text out and tells its kind word from the rest.
func (x *lexicon) read(folded string) reading {
	words := x.spell(strings.Split(folded, " "))
	r := reading{words: words}
	if after, ok := x.cutSeat(words); ok {
		r.words, r.seat = after, true
	}
	r.kind, r.rest = x.cutKind(r.words)
	return r
}

// spell writes abbreviations out and leaves filling words off.
func (x *lexicon) spell(words []string) []string {
	out := make([]string, 0, len(words)+4)
	for i := 0; i < len(words); i++ {
		word := words[i]
		if n := letters(words[i:]); n > 1 { // T.P., U.B.N.D.
			word = strings.Join(words[i:i+n], "")
			i += n - 1
		}
		for _, short := range x.glued {
			if rest, ok := strings.CutPrefix(word, short); ok && rest != "" {
				out, word = append(out, x.spelt[short]...), rest
				break
			}
		}
		long, ok := x.spelt[word]
		switch {
		case word == "" || x.dropped[word]:
		case ok && (len(word) > 2 || i+1 < len(words)): // "TT", "X" with nothing after them are something else
			out = append(out, long...)
		case x.same[word] != "" && i+1 < len(words):
			out = append(out, x.same[word])
		case len(out) > 0 && out[len(out)-1] == x.word("đăk") && (word == x.word("lắc") || word == x.word("lăc")):
			out = append(out, x.word("lăk"))
		default:
			out = append(out, word)
		}
	}
	return out
}

// unspelt lists the words of a text as they stand: TT can be more than a thị trấn.
func (x *lexicon) unspelt(folded string) []string {
	return slices.DeleteFunc(strings.Split(folded, " "), func(word string) bool { return x.dropped[word] })
}

// letters counts the single letters at the beginning that can only be those of an abbreviation.
func letters(words []string) int {
	for n, word := range words {
		if len(word) != 1 && word != "đ" || !strings.Contains("bcdđghklmnpqrstuvx", word) {
			return n
		}
	}
	return len(words)
}

// cutSeat takes "ủy ban nhân dân" off a locality: Ủy ban (nhân dân) huyện Long Thành.
func (x *lexicon) cutSeat(words []string) ([]string, bool) {
	n := len(x.seat)
	if len(words) < n/2+1 || !slices.Equal(words[:n/2], x.seat[:n/2]) {
		return nil, false
	}
	after := words[n/2:]
	whole := len(words) > n && slices.Equal(words[:n], x.seat)
	if whole {
		after = words[n:]
	}
	kind, rest := x.cutKind(after)
	switch {
	case kind != "":
		return after, x.kinds[kind]
	case x.kinds[strings.Join(rest, " ")]: // "UBND tỉnh" is a body of its own
		return nil, false
	}
	return after, whole
}

// cutKind tells the kind word from the name after it; there must be one.
func (x *lexicon) cutKind(words []string) (kind string, rest []string) {
	for n := 2; n > 0; n-- {
		if len(words) <= n {
			continue
		}
		kind := strings.Join(words[:n], " ")
		if _, ok := x.kinds[kind]; ok {
			return kind, words[n:]
		}
	}
	return "", words
}

// endsInKind reports whether the words end in the kind word of a locality.
func (x *lexicon) endsInKind(words []string) bool {
	n := len(words)
	return n > 0 && x.kinds[words[n-1]] || n > 1 && x.kinds[words[n-2]+" "+words[n-1]]
}
