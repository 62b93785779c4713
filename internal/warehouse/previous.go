package warehouse

import (
	"context"
	"fmt"
	"strings"

	"tongket/internal/contract"
)

// Previous is the edition that a new one is compared with.
type Previous struct {
	Event   int64  // the last thing that had happened when it was made
	History string // of the warehouse until then; empty where it was not told
	Tables  []Kept
}

// Kept is the result of one query, as an edition keeps it.
type Kept struct {
	Name    string
	Path    string // of the CSV file
	Columns []KeptColumn
}

// KeptColumn is a column with its type in the engine's words.
type KeptColumn struct{ Name, Type string }

// compare makes the table restated, and the tables of the schema previous.
// Without a previous edition both are there and empty.
func (r *Reader) compare(ctx context.Context, p *Previous, event string) error {
	statements := []string{"CREATE SCHEMA previous"}
	if p != nil {
		for _, k := range p.Tables {
			statements = append(statements, k.table())
			r.previous[k.Name] = true
		}
	}
	statements = append(statements, "CREATE TABLE restated (resource VARCHAR, unit VARCHAR, period VARCHAR, measure VARCHAR, before DOUBLE, after DOUBLE, submission BIGINT)")
	r.compared = p != nil
	if p != nil && p.History != "" {
		now, err := r.History(ctx, p.Event)
		if err != nil {
			return err
		}
		r.rebuilt = now != p.History
	}
	for _, res := range r.contract.Resources {
		if p == nil || r.rebuilt {
			break
		}
		if body := restatedSQL(res, fmt.Sprint(p.Event), event); body != "" {
			statements = append(statements, "INSERT INTO restated "+body)
		}
	}
	for _, s := range statements {
		if _, err := r.db.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("previous edition: %w", err)
		}
	}
	return nil
}

// History is a digest of what was taken in until an event: two warehouses that
// tell the same one hold the same, however they came to it.
func (r *Reader) History(ctx context.Context, event int64) (digest string, err error) {
	err = r.db.QueryRowContext(ctx, `SELECT coalesce(sha256(string_agg(concat_ws('|', id, path, resource, sha256, contract, hints, rows_accepted, rows_rejected, coalesce(withdraws, 0)), chr(10) ORDER BY id)), '')
		FROM warehouse.submissions WHERE id <= $1 AND status <> 'refused'`, event).Scan(&digest)
	if err != nil {
		return "", fmt.Errorf("warehouse: %w", err)
	}
	return digest, nil
}

// Rebuilt reports whether the previous edition was made from another history,
// of a warehouse that was loaded anew or restored since: what was restated
// cannot be told then.
func (r *Reader) Rebuilt() bool { return r.rebuilt }

// table reads a kept result back. The apostrophe that keeps a spreadsheet from
// taking a text for a formula is taken off again.
func (k Kept) table() string {
	var columns, values []string
	for _, c := range k.Columns {
		columns = append(columns, fmt.Sprintf("%s: %s", lit(c.Name), lit(c.Type)))
		value := ident(c.Name)
		if c.Type == "VARCHAR" {
			value = fmt.Sprintf("regexp_replace(%s, '^''([=+@\\-\\t\\r])', '\\1') AS %[1]s", ident(c.Name))
		}
		values = append(values, value)
	}
	return fmt.Sprintf(`CREATE TABLE previous.%s AS SELECT %s FROM read_csv(%s, auto_detect=false, header=true, delim=',', quote='"', escape='"', nullstr='', columns={%s})`,
		ident(k.Name), strings.Join(values, ", "), lit(escapeGlob(k.Path)), strings.Join(columns, ", "))
}

// restatedSQL lists the figures of a table that were told otherwise after an
// event: those of a unit and period that had been reported then.
func restatedSQL(res *contract.Resource, then, now string) string {
	period := ""
	var keys, figures, names []string
	for _, name := range res.PrimaryKey {
		if res.Field(name).Period {
			period = ident(name)
		} else {
			keys = append(keys, ident(name)+"::VARCHAR")
		}
	}
	for _, f := range res.Fields {
		if f.Type == contract.Number || f.Type == contract.Integer {
			figures = append(figures, fmt.Sprintf("CAST(%s AS DOUBLE) AS %[1]s", ident(f.Name)))
			names = append(names, ident(f.Name))
		}
	}
	if period == "" || len(keys) == 0 || len(figures) == 0 {
		return ""
	}
	long := func(event string) string {
		return fmt.Sprintf(`SELECT * FROM (SELECT concat_ws(' / ', %s) AS __unit, %s AS __period, submission AS __submission, %s FROM (%s))
			UNPIVOT INCLUDE NULLS (__value FOR __measure IN (%s))`,
			strings.Join(keys, ", "), period, strings.Join(figures, ", "), standing(res, event), strings.Join(names, ", "))
	}
	return fmt.Sprintf(`SELECT %s, b.__unit, b.__period, %s, b.__value, a.__value, a.__submission FROM (%s) AS b LEFT JOIN (%s) AS a
		ON a.__unit = b.__unit AND a.__period = b.__period AND a.__measure = b.__measure
		WHERE a.__value IS DISTINCT FROM b.__value ORDER BY b.__period, b.__unit, b.__measure`, lit(res.Title), titled(res, "b.__measure"), long(then), long(now))
}

// titled is the expression that turns a field's name into its title.
func titled(res *contract.Resource, column string) string {
	out := "CASE " + column
	for _, f := range res.Fields {
		out += fmt.Sprintf(" WHEN %s THEN %s", lit(f.Name), lit(f.Title))
	}
	return out + " END"
}
