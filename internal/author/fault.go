package author

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"
)

// manyFaults is where a report of many pages stops: what is wrong is known by
// then.
const manyFaults = 100

// fault is one thing wrong at one line of a report.
type fault struct {
	file string
	line int // 0: the file as a whole
	text string
	page string // the page it was met on, for a report of many; may be empty
	last string // the page it was met on last
	more int    // further pages with the same fault
}

func (f *fault) Error() string {
	var b strings.Builder
	b.WriteString(f.file)
	if f.line > 0 {
		fmt.Fprintf(&b, ":%d", f.line)
	}
	b.WriteString(": " + f.text)
	switch {
	case f.page != "" && f.more == 1:
		fmt.Fprintf(&b, " (page %s and one more)", f.page)
	case f.page != "" && f.more > 1:
		fmt.Fprintf(&b, " (page %s and %d more)", f.page, f.more)
	case f.page != "":
		fmt.Fprintf(&b, " (page %s)", f.page)
	}
	return b.String()
}

// faults gathers what is wrong with one file.
type faults struct {
	file string
	page string // path of the document being made; empty for a report of one
	list []*fault
}

func (f *faults) add(line int, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	for _, old := range f.list {
		if old.line != line || old.text != text {
			continue
		}
		if old.last != f.page {
			old.last = f.page
			old.more++
		}
		return
	}
	f.list = append(f.list, &fault{file: f.file, line: line, text: text, page: f.page, last: f.page})
}

// addAll is add for an error that may be several joined.
func (f *faults) addAll(line int, prefix string, err error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			f.addAll(line, prefix, e)
		}
		return
	}
	f.add(line, "%s%s", prefix, err)
}

func (f *faults) many() bool { return len(f.list) >= manyFaults }

// err returns the faults joined, in the order of the file; nil if there are
// none.
func (f *faults) err() error {
	list := append([]*fault(nil), f.list...)
	sort.SliceStable(list, func(i, j int) bool { return list[i].line < list[j].line })
	var errs []error
	for _, one := range list {
		errs = append(errs, one)
	}
	if f.many() {
		errs = append(errs, &fault{file: f.file, text: fmt.Sprintf("stopped after %d faults", manyFaults)})
	}
	return errors.Join(errs...)
}

// nearest ends a complaint about an unknown name: the names that look like
// it, or else all of them if they are few. It is empty or begins with a sign.
func nearest(name string, names []string) string {
	const few = 14
	best, like := 1+utf8.RuneCountInString(name)/3, []string(nil)
	if len(name) <= 64 {
		for _, n := range names {
			d := distance(strings.ToLower(name), strings.ToLower(n))
			switch {
			case d < best:
				best, like = d, []string{n}
			case d == best:
				like = append(like, n)
			}
		}
	}
	switch {
	case len(like) > 0:
		return "; did you mean " + quoted(like[:min(len(like), 3)], " or ") + "?"
	case len(names) > 0 && len(names) <= few:
		return "; there is " + quoted(names, ", ")
	}
	return ""
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
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range to {
			cost := diagonal
			if r != s {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(to)]
}
