package report

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Suggest ends a complaint about an unknown name: the names that look like it,
// or else all of them if they are few. It is empty or begins with a sign. Ties
// are told in the order of names.
func Suggest(name string, names []string) string {
	const few = 14
	like := near(name, names)
	switch {
	case len(like) > 0:
		return "; did you mean " + quoted(like[:min(len(like), 3)], " or ") + "?"
	case len(names) > 0 && len(names) <= few:
		return "; there is " + quoted(names, ", ")
	}
	return ""
}

// Like returns the names that somebody may have meant: the nearest ones or,
// when none is near, the first few of all.
func Like(name string, names []string) []string {
	const few = 14
	if like := near(name, names); len(like) > 0 {
		return like[:min(len(like), 3)]
	}
	return names[:min(len(names), few)]
}

// near returns the names that are spelt most nearly like this one.
func near(name string, names []string) (like []string) {
	const longest = 64
	best := 1 + utf8.RuneCountInString(name)/3
	if len(name) > longest {
		return nil
	}
	for _, n := range names {
		switch d := distance(strings.ToLower(name), strings.ToLower(n)); {
		case d < best:
			best, like = d, []string{n}
		case d == best:
			like = append(like, n)
		}
	}
	return like
}

func quoted(names []string, between string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = fmt.Sprintf("%q", n)
	}
	return strings.Join(out, between)
}

// distance counts the letters to change, add or take away between two words
// (Levenshtein).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(y)]
}
