package decree

import (
	"strconv"
	"strings"

	"tongket/internal/report"
)

// Count numbers the tables and pictures of one paper.
type Count struct {
	Locale          *report.Locale
	tables, figures int
	opened          string // title of the annex just begun, if it is for one table
}

// Annex notes that an annex begins, with the blocks that follow it.
func (c *Count) Annex(a report.Annex, after []report.Block) {
	c.opened = ""
	if tablesOf(after) == 1 {
		c.opened = a.Title
	}
}

// Heading notes a heading, which may have said what the next table shows.
func (c *Count) Heading(text string) { c.opened = text }

// Other notes a block that is no table: what follows does not stand right
// under the title of its annex.
func (c *Count) Other() { c.opened = "" }

// Table is what stands above a table. It needs nothing if a heading, or the
// title of an annex whose only table it is, has just said the same.
func (c *Count) Table(caption string) string {
	opened := c.opened
	c.opened = ""
	if opened != "" && strings.HasPrefix(strings.ToLower(opened), strings.ToLower(caption)) {
		return ""
	}
	c.tables++
	return c.Locale.Say("paper.table", "n", strconv.Itoa(c.tables), "caption", caption)
}

// Figure is what stands under a picture.
func (c *Count) Figure(caption string) string {
	c.figures++
	return c.Locale.Say("paper.figure", "n", strconv.Itoa(c.figures), "caption", caption)
}

// tablesOf counts the tables before the next annex.
func tablesOf(blocks []report.Block) (n int) {
	for _, block := range blocks {
		switch block.(type) {
		case report.Annex:
			return n
		case report.TableBlock:
			n++
		}
	}
	return n
}

// OpensPart reports whether a part of the paper begins, which people may read
// without the others: what is doubtful is told in each anew.
func OpensPart(block report.Block) bool {
	if h, ok := block.(report.Heading); ok {
		return h.Level <= 1
	}
	_, annex := block.(report.Annex)
	return annex
}
