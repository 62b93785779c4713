package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
)

var (
	outlineTarget = regexp.MustCompile(`/Dest \[(\d+) 0 R /XYZ`)
	attachmentKey = regexp.MustCompile(`\(Attachement(\d+)\)`)
	objectStart   = regexp.MustCompile(`(?m)^(\d+) 0 obj$`)
	catalog       = regexp.MustCompile(`(?m)^/Type /Catalog\n`)
	crossTable    = regexp.MustCompile(`(?m)^xref\n0 \d+\n`)
	crossStart    = regexp.MustCompile(`startxref\n\d+\n`)
)

// repair adds to the catalog what the library cannot write, the pages' labels
// and the wish to show the title in the window, and puts right what it does
// wrong in a file with attached files: it writes two objects for each before
// the pages, but numbers the outline's targets as if the pages came first; and
// it leaves the names of the files out of order from the tenth on, where a
// name tree must be sorted. All of that stands behind the last stream, so only
// the places of the objects there change.
func repair(file []byte, attached int, labels string) ([]byte, error) {
	cut := bytes.LastIndex(file, []byte("\nendstream\n")) + len("\nendstream\n")
	head, tail := file[:cut:cut], file[cut:]
	tail = outlineTarget.ReplaceAllFunc(tail, func(m []byte) []byte {
		n, _ := strconv.Atoi(string(outlineTarget.FindSubmatch(m)[1]))
		return fmt.Appendf(nil, "/Dest [%d 0 R /XYZ", n+2*attached)
	})
	tail = attachmentKey.ReplaceAllFunc(tail, func(m []byte) []byte {
		n, _ := strconv.Atoi(string(attachmentKey.FindSubmatch(m)[1]))
		return fmt.Appendf(nil, "(%06d)", n)
	})
	tail = catalog.ReplaceAll(tail, []byte("$0"+labels+"/ViewerPreferences << /DisplayDocTitle true >>\n"))
	table := crossTable.FindIndex(tail)
	if table == nil {
		return nil, fmt.Errorf("no cross-reference table")
	}
	// Each entry is 20 bytes, the first being object 0: an offset of ten
	// digits, a generation and a letter.
	for _, at := range objectStart.FindAllSubmatchIndex(tail[:table[0]], -1) {
		n, _ := strconv.Atoi(string(tail[at[2]:at[3]]))
		entry := table[1] + 20*n
		if entry+10 > len(tail) {
			return nil, fmt.Errorf("object %d is not in the cross-reference table", n)
		}
		copy(tail[entry:], fmt.Sprintf("%010d", cut+at[0]))
	}
	tail = crossStart.ReplaceAll(tail, fmt.Appendf(nil, "startxref\n%d\n", cut+table[0]))
	return append(head, tail...), nil
}
