package register

import (
	"cmp"
	"slices"
	"strings"
)

// grams finds names that share three letters in a row with a text.
type grams struct {
	words []gramWord
	at    map[[3]rune][]int32 // positions in words
}

type gramWord struct {
	letters []rune
	id      int32
}

func newGrams(ix *index) *grams {
	g := &grams{at: map[[3]rune][]int32{}}
	for i, f := range ix.forms {
		if f.whole == "" {
			continue
		}
		for _, text := range slices.Compact([]string{f.whole, f.bare}) {
			at := int32(len(g.words))
			g.words = append(g.words, gramWord{[]rune(text), int32(i)})
			for _, gram := range threes(g.words[at].letters) {
				if list := g.at[gram]; len(list) == 0 || list[len(list)-1] != at {
					g.at[gram] = append(list, at)
				}
			}
		}
	}
	return g
}

// threes lists the runs of three letters, without marks; the ends count as blanks.
func threes(letters []rune) [][3]rune {
	out := make([][3]rune, 0, len(letters))
	run := [3]rune{' ', ' ', ' '}
	for _, letter := range letters {
		run = [3]rune{run[1], run[2], base(letter)}
		out = append(out, run)
	}
	return append(out, [3]rune{run[1], run[2], ' '})
}

const (
	nearLetters = 120 // longer texts are no misspelt names
	nearTried   = 60  // names that are compared letter by letter
	nearTold    = 3
)

// Near lists names of that day that look like a text, at most three, best first: what
// to say when Find finds no unit.
func (r *Register) Near(text, day string) []string {
	texts := variants(text, Fold(text))
	reading := accented.read(texts[len(texts)-1])
	letters := []rune(reading.whole())
	if len(letters) < 3 || len(letters) > nearLetters {
		return nil
	}
	g := r.grams()
	shared := make([]uint8, len(g.words))
	for _, gram := range threes(letters) {
		for _, at := range g.at[gram] {
			if shared[at] < 255 {
				shared[at]++
			}
		}
	}
	var likely []int32
	for at, n := range shared {
		// A name much longer or shorter cannot be near however much it shares.
		if n > 1 && 2*abs(len(g.words[at].letters)-len(letters)) <= len(letters) && r.names[g.words[at].id].at(day) {
			likely = append(likely, int32(at))
		}
	}
	slices.SortStableFunc(likely, func(a, b int32) int { return cmp.Compare(shared[b], shared[a]) })
	return r.nearest(g, letters, likely[:min(len(likely), nearTried)])
}

// Within lists names of that day that hold all the words of a text behind its
// kind, at most three, the shortest first: "Sở Du lịch" of a body that does more.
func (r *Register) Within(text, day string) []string {
	sought := accented.read(Fold(text)).bare()
	if len([]rune(sought)) < 5 || !strings.Contains(sought, " ") {
		return nil
	}
	var out []string
	for _, word := range r.grams().words {
		name := &r.names[word.id]
		if strings.Contains(" "+string(word.letters)+" ", " "+sought+" ") && name.at(day) && !slices.Contains(out, name.title()) {
			out = append(out, name.title())
		}
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	return out[:min(len(out), nearTold)]
}

func (r *Register) nearest(g *grams, letters []rune, likely []int32) []string {
	type hit struct {
		name     string
		distance int
	}
	var hits []hit
	for _, at := range likely {
		name := g.words[at]
		if d := distance(letters, name.letters); 3*d <= 2*max(len(letters), len(name.letters)) {
			hits = append(hits, hit{r.names[name.id].title(), d})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.name, b.name))
	})
	var out []string
	for _, h := range hits {
		if len(out) < nearTold && !slices.Contains(out, h.name) {
			out = append(out, h.name)
		}
	}
	return out
}

// distance counts the changes between two spellings: 2 for a letter, 1 for its marks.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = 2 * j
	}
	for i, x := range a {
		corner := row[0]
		row[0] = 2 * (i + 1)
		for j, y := range b {
			change := 2
			switch {
			case x == y:
				change = 0
			case base(x) == base(y):
				change = 1
			}
			corner, row[j+1] = row[j+1], min(corner+change, row[j]+2, row[j+1]+2)
		}
	}
	return row[len(b)]
}

func abs(n int) int { return max(n, -n) }
