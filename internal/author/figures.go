package author

import (
	"math"
	"slices"

	"tongket/internal/report"
)

// marks of a figure, and what a status column may hold for each.
var figureMarks = []string{"good", "warn", "bad"}

func markOf(status string) string {
	switch status {
	case "good", "done", "on_track":
		return "good"
	case "warn", "behind", "no_plan":
		return "warn"
	case "bad", "not_started", "no_report":
		return "bad"
	}
	return ""
}

func (p *page) figures(y *fields) {
	t := p.query(y)
	y.need("items", "[{column: arranged_m}]")
	items := y.list("items")
	if t != nil && len(t.Rows) > 1 {
		p.faults.add(y.line("query"), "figures: query %q gives %d rows; figures need one", t.Name, len(t.Rows))
	}
	block := report.Figures{}
	for _, item := range items {
		if f, ok := p.figure(item, t); ok {
			block.Items = append(block.Items, f)
		}
		item.done()
	}
	if y.has("items") && len(items) == 0 {
		p.faults.add(y.line("items"), "figures: items is empty")
	}
	if t == nil || len(block.Items) == 0 {
		return
	}
	block.Source, block.Notes = t.Source, slices.Clone(t.Notes)
	p.add(block)
}

func (p *page) figure(y *fields, t *report.Table) (report.Figure, bool) {
	y.need("column", "arranged_m")
	name, share, status := y.name("column"), y.name("share"), y.name("status")
	f := report.Figure{Label: plain(y.text("label")), Unit: plain(y.text("unit")), Note: plain(y.text("note"))}
	decimals := y.count("decimals", 0, 9)
	if !p.hasColumn(y, "column", name, t) {
		return f, false
	}
	column := t.Columns[t.Index(name)]
	if y.has("decimals") {
		column.Decimals = decimals
		if !column.Format.Numeric() || column.Format == report.Integer {
			column.Format = report.Number
		}
	}
	f.Value = p.Locale.Cell(column, first(t, name))
	if f.Label == "" {
		f.Label = column.Title
	}
	if f.Unit == "" && !y.has("unit") {
		f.Unit = column.Unit
	}
	if f.Value == report.Missing {
		f.Unit = "" // "– mét" reads like a number
	}
	if share != "" && p.hasColumn(y, "share", share, t) {
		f.Share, f.Meter = p.share(y, share, t)
	}
	column.Unit = f.Unit
	f.Change = p.changes(y, column, t)
	switch named := t.Index(status) >= 0; {
	case status == "":
	case slices.Contains(figureMarks, status), !named && slices.Contains(report.Statuses, status):
		f.Status = status
	case !named:
		names := append(slices.Clone(figureMarks), columnNames(t)...)
		p.faults.add(y.line("status"), "figures: status: %q is neither good, warn or bad nor a column of %s%s", status, t.Name, report.Suggest(status, names))
	default:
		if text, ok := first(t, status).(string); ok {
			f.Status = markOf(text)
		}
	}
	return f, true
}

// changes tells how the figure differs from that of the period before (a
// column that holds the difference) and from what the last edition told (a
// column that holds its value). What has no value is not told.
func (p *page) changes(y *fields, column report.Column, t *report.Table) (out []report.Change) {
	change, before, since := y.name("change"), y.name("before"), plain(y.text("since"))
	if since == "" {
		since = p.Locale.Say("figure.since.period")
	}
	if v, ok := p.amount(y, "change", change, t); ok {
		out = append(out, p.change(column, v, since))
	}
	now, told := report.Float(first(t, column.Name))
	if v, ok := p.amount(y, "before", before, t); ok && told {
		out = append(out, p.change(column, now-v, p.Locale.Say("figure.since.edition")))
	}
	return out
}

// amount is the number in a column that an item names; none without a value.
func (p *page) amount(y *fields, key, name string, t *report.Table) (float64, bool) {
	if name == "" || !p.hasColumn(y, key, name, t) {
		return 0, false
	}
	v := first(t, name)
	if v == nil {
		return 0, false
	}
	f, ok := report.Float(v)
	if !ok {
		p.faults.add(y.line(key), "figures: %s: column %q holds %s, not a number", key, name, kind(v))
		return 0, false
	}
	return f, !none(f)
}

// change writes a difference as the figure itself is written: what rounds to
// nothing has not changed.
func (p *page) change(column report.Column, by float64, since string) report.Change {
	size := column
	size.Title, size.Unit = "", ""
	amount, nothing := p.Locale.Cell(size, math.Abs(by)), p.Locale.Cell(size, 0.0)
	way := "up"
	switch {
	case amount == nothing:
		way = "same"
	case by < 0:
		way = "down"
	}
	switch {
	case column.Format == report.Percent:
		amount = p.Locale.Say("figure.points", "n", p.Locale.Number(math.Abs(by)*100, column.Decimals))
	case column.Unit != "":
		amount += nbsp + column.Unit
	}
	return report.Change{Way: way, Text: p.Locale.Say("figure.change."+way, "amount", amount, "since", since)}
}

// share returns a column of 0–1 for the meter; none without a value.
func (p *page) share(y *fields, name string, t *report.Table) (float64, bool) {
	v := first(t, name)
	if v == nil {
		return 0, false
	}
	f, ok := report.Float(v)
	if !ok {
		p.faults.add(y.line("share"), "figures: share: column %q holds %s, not a number of 0–1", name, kind(v))
		return 0, false
	}
	if none(f) {
		return 0, false
	}
	return min(max(f, 0), 1), true
}

// first is a column's value in the first row; nil without rows.
func first(t *report.Table, name string) any {
	if len(t.Rows) == 0 {
		return nil
	}
	return t.Rows[0][t.Index(name)]
}
