package pdf

import (
	"bytes"
	"strconv"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"tongket/internal/report"
)

// attach puts a table's numbers into the file as CSV, so that whoever has
// the paper has the data: columns as in SQL, values unformatted.
func (b *builder) attach(t report.Table) {
	shown := t.Shown()
	if len(shown) == 0 {
		return
	}
	var buf bytes.Buffer
	_ = t.WriteCSV(&buf, shown) // to memory
	for _, a := range b.attached {
		if bytes.Equal(a.Content, buf.Bytes()) {
			return // a chart and a table of one query
		}
	}
	b.attached = append(b.attached, fpdf.Attachment{Content: buf.Bytes(), Filename: b.fileName(t.Name)})
}

// fileName is the table's name made safe, numbered when it occurs again.
func (b *builder) fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, name)
	if name == "" {
		name = "table"
	}
	if len(name) > 80 {
		name = name[:80]
	}
	for n := 1; ; n++ {
		full := name + ".csv"
		if n > 1 {
			full = name + "-" + strconv.Itoa(n) + ".csv"
		}
		if !b.names[full] {
			b.names[full] = true
			return full
		}
	}
}
