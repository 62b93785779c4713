package author

import (
	"errors"
	"fmt"
	"sort"
	"strings"
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
	met  []int // the line of each time that something was wrong
}

func (f *faults) add(line int, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	f.met = append(f.met, line)
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
	if f.many() {
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
