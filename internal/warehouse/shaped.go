package warehouse

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tongket/internal/report"
)

// bind finds the columns that a question gives.
func (r *Reader) bind(ctx context.Context, q *Query, from source) (*Answer, error) {
	// Not LIMIT 0: the engine would compute what lies below it.
	rows, err := r.asking.QueryContext(ctx, "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM query("+lit(q.text)+"))")
	if err != nil {
		return nil, r.explain(ctx, from, q, err)
	}
	defer rows.Close()
	a := &Answer{Name: q.Name, query: q, wanted: q, sql: q.text, asked: from}
	for rows.Next() {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			return nil, fmt.Errorf("warehouse: %w", err)
		}
		a.Types = append(a.Types, kind)
		a.Columns = append(a.Columns, r.shaped(q, name, kind))
	}
	return a, rows.Err()
}

// shaped is a column of an answer: as the contract or a query describes its
// name, or as its type has it.
func (r *Reader) shaped(q *Query, name, kind string) report.Column {
	c, known := r.inherited(q, name)
	if q.made[strings.ToLower(name)] { // the name of a column, for something else
		c, known = report.Column{Name: name, Title: name, Format: report.Text}, false
	}
	c.Total, c.Bar, c.Link, c.Hidden = false, false, "", false
	if c.Format == report.Sparkline {
		c.Format, known = report.Text, false
	}
	base := base(kind)
	if base == "TIMESTAMP" && name == "received_at" && !strings.Contains(q.text, "vietnam_time") {
		c.Unit = r.locale.Say("ask.utc") // the only moments that the tables keep
	}
	number := slices.Contains(simple, base) && !slices.Contains([]string{"BOOLEAN", "VARCHAR", "DATE"}, base)
	if known && (c.Format.Numeric() == number || c.Format == report.Year && number) {
		return c
	}
	c = report.Column{Name: name, Title: c.Title, Format: report.Text}
	switch {
	case base == "DATE":
		c.Format = report.Date
	case base == "BOOLEAN":
		c.Format = report.Boolean
	case number && slices.Contains([]string{"year", "nam", "năm"}, strings.ToLower(name)):
		c.Format = report.Year
	case base == "DECIMAL":
		c.Format, c.Decimals = report.Number, scaleOf(kind)
		if c.Decimals == 0 {
			c.Format = report.Integer
		}
	case base == "DOUBLE" || base == "FLOAT":
		c.Format, c.Decimals = report.Number, 2
	case number:
		c.Format = report.Integer
	}
	return c
}

// scaleOf is the s of DECIMAL(p,s), no more than people read.
func scaleOf(kind string) (s int) {
	var p int
	if _, err := fmt.Sscanf(kind, "DECIMAL(%d,%d)", &p, &s); err != nil {
		return 2
	}
	return min(s, 4)
}

func columnNames(columns []report.Column) []string {
	var out []string
	for _, c := range columns {
		out = append(out, c.Name)
	}
	return out
}
