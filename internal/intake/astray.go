package intake

import (
	"slices"
	"strconv"
)

// enter notes which table the present row begins, when it is a header: this one
// again, or another, whose columns stand in other places. What follows a line
// of a header is its next line.
func (t *tidying) enter(x *row, k kind) {
	after := t.headed
	if t.headed = k == repeated; !t.headed {
		return
	}
	_, moved := t.sorter.heads(x.record)
	switch {
	case t.sorter.again(x.record):
		t.other = 0
	case moved > 0:
		t.settleHeld(nil)
		t.other = x.line
	case !after:
		t.other = 0
	}
}

// elsewhere accounts for a row of another table below this one: its columns are
// others, so its figures are not taken for these.
func (t *tidying) elsewhere(x *row, k kind) {
	switch {
	case k == figures && x.count == 0:
		t.aside(x.record, string(note))
	case k == figures, k == section && x.count > 0:
		t.astray(x.record, "intake.table", t.other)
	default:
		t.aside(x.record, string(k))
	}
}

// above accounts for the records above the header: titles, and the rows of
// another table that ends there.
func (t *tidying) above(titles []*record) {
	table := false
	for _, r := range titles {
		same, moved := t.sorter.heads(r)
		table = table || same+moved > 1
		if table && !numberRow(r) && slices.ContainsFunc(r.cells, t.sorter.number) {
			t.astray(r, "intake.table.above", t.here.shape.line)
			continue
		}
		t.aside(r, "title")
	}
}

// astray rejects a row of another table, of which the header, or that of this
// one, stands on a line.
func (t *tidying) astray(r *record, key string, line int64) {
	t.found.Torn++
	t.fault(Fault{Line: r.line, Value: short(r.text()), Rule: "table", Message: t.Locale.Say(key, "line", strconv.FormatInt(line, 10))}, true)
}

// signed reports whether signatures stand above the present row: what holds no
// figure there is their names.
func (t *tidying) signed() bool {
	return slices.ContainsFunc(t.notes, func(n *row) bool { return signatureText.MatchString(fold(n.label)) })
}
