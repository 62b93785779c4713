package intake

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Claim is a row of a list that was sent back: the line it stands on, as Tidy
// counts it, and the row of another file that it says it is.
type Claim struct {
	Line   int64
	Path   string // below data/
	SHA256 string // its beginning
	At     int64  // line there
}

// sumShown is how much of a file's SHA-256 a list carries, so that a row of
// another version of the file is not taken for the one that was sent back.
const sumShown = 12

// origin names a table of the file as a list tells it: the path, the beginning
// of the sum, and from the second table on its number.
func (f *File) origin(table int, sha string) string {
	sum := sha[:min(len(sha), sumShown)]
	if table > 0 {
		sum += "." + strconv.Itoa(table+1)
	}
	return fmt.Sprintf("%s (%s)", f.Name, sum)
}

var originText = regexp.MustCompile(`^(.+) \(([0-9a-f]{12})(?:\.(\d{1,4}))?\)$`)

// listed returns the columns of a list that tell the line and the file, and
// that of the reasons; false for any other table.
func (f *File) listed(t *Table) (line, file, reason int, ok bool) {
	find := func(key string) int {
		text := fold(f.Locale.Say(key, "sheet", ""))
		return slices.IndexFunc(t.Header, func(h string) bool { return strings.HasPrefix(fold(h), text) })
	}
	line, file, reason = find("mend.line"), find("mend.file"), find("mend.reason")
	return line, file, reason, min(line, file, reason) >= 0
}

// ownColumns are the columns that a list to send back has by itself.
func (f *File) ownColumns(t *Table) []int {
	if line, file, reason, ok := f.listed(t); ok {
		return []int{line, file, reason}
	}
	return nil
}

// Claims lists the rows of the file that say which row of another file they
// are: those of a list to send back that was mended.
func (f *File) Claims(ctx context.Context) ([]Claim, error) {
	var out []Claim
	for i, t := range f.Tables {
		line, file, _, ok := f.listed(t)
		if !ok {
			continue
		}
		tidying := &tidying{File: f}
		err := tidying.each(ctx, i, func(r *record) error {
			if r.line < t.First || len(r.cells) <= max(line, file) {
				return nil
			}
			at, err := strconv.ParseInt(strings.TrimSpace(bare(r.cells[line])), 10, 64)
			m := originText.FindStringSubmatch(strings.TrimSpace(bare(r.cells[file])))
			if err != nil || m == nil || at < 1 || at >= SheetSpan {
				return nil
			}
			if n, _ := strconv.ParseInt(m[3], 10, 64); n > 1 {
				at += (n - 1) * SheetSpan
			}
			out = append(out, Claim{Line: int64(i)*SheetSpan + r.line, Path: m[1], SHA256: m[2], At: at})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
