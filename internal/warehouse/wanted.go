package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"tongket/internal/contract"
	"tongket/internal/report"
)

// wanted is a value that a question wants a column to have, or to hold.
type wanted struct {
	column, value string
	within        bool // LIKE
}

// want notes that a column is compared with a text: = and IN, LIKE and ILIKE
// without their signs.
func (v *visit) want(x map[string]any) {
	var parts []any
	switch {
	case x["type"] == "COMPARE_EQUAL":
		parts = []any{x["left"], x["right"]}
	case x["type"] == "COMPARE_IN", x["class"] == "FUNCTION" && slices.Contains([]string{"~~", "~~*"}, word(x["function_name"])):
		parts, _ = x["children"].([]any)
	}
	if len(parts) < 2 {
		return
	}
	column := columnIn(parts[0])
	if column == "" && len(parts) == 2 {
		column, parts[1] = columnIn(parts[1]), parts[0]
	}
	for _, part := range parts[1:] {
		value := strings.Trim(constant(part), "%")
		if column != "" && value != "" {
			v.query.wants = append(v.query.wants, wanted{column, value, x["class"] == "FUNCTION"})
		}
	}
}

// columnIn is the name of a column that stands alone, or in lower() and the
// like.
func columnIn(node any) string {
	x, _ := node.(map[string]any)
	if names, ok := x["column_names"].([]any); ok && len(names) > 0 {
		return strings.ToLower(word(names[len(names)-1]))
	}
	if children, ok := x["children"].([]any); ok && x["class"] == "FUNCTION" && len(children) == 1 {
		return columnIn(children[0])
	}
	return ""
}

// hints tell of a question without an answer which of its values no row has,
// and what may have been meant: a unit's code for its name, a period as it is
// stored, the values of a column that has few.
func (r *Reader) hints(ctx context.Context, q *Query) ([]string, error) {
	var out []string
	if !r.compared && slices.ContainsFunc(q.reads, func(ref reference) bool { return ref.name == "restated" || strings.HasPrefix(ref.name, "previous.") }) {
		out = append(out, r.locale.Say("ask.none.previous"))
	}
	for _, w := range q.wants {
		table := r.having(q, w.column)
		if table == "" {
			continue
		}
		values, err := r.distinct(ctx, table, w.column)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(values, w.met) {
			continue
		}
		hint, err := r.hint(ctx, w, values)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, hint) {
			out = append(out, hint)
		}
	}
	return out, nil
}

// met reports whether a value is the one that is wanted.
func (w wanted) met(v string) bool {
	return v == w.value || w.within && strings.Contains(strings.ToLower(v), strings.ToLower(w.value))
}

func (r *Reader) hint(ctx context.Context, w wanted, values []string) (string, error) {
	const most = 8
	var alike []string
	for _, v := range values {
		if key(v) == key(w.value) || key(r.locale.Period(v)) == key(w.value) {
			alike = append(alike, v)
		}
	}
	if plain := key(w.value); len(alike) == 0 && len(plain) > 2 {
		for _, v := range values {
			if strings.Contains(key(v), plain) {
				alike = append(alike, v)
			}
		}
	}
	codes, err := r.coded(ctx, w)
	if err != nil {
		return "", err
	}
	alike = append(alike, codes...)
	slices.Sort(alike)
	switch alike = slices.Compact(alike); {
	case len(alike) > 0:
		return r.locale.Say("ask.none.meant", "value", w.value, "column", w.column, "list", strings.Join(alike[:min(len(alike), most)], ", ")), nil
	case len(values) == 0:
		return r.locale.Say("ask.none.blank", "column", w.column), nil
	}
	list := strings.Join(values[:min(len(values), most)], ", ")
	if len(values) > most {
		list += ", …"
	}
	return r.locale.Say("ask.none.values", "value", w.value, "column", w.column, "list", list), nil
}

// having is the first table that the question reads with this column.
func (r *Reader) having(q *Query, column string) string {
	for _, ref := range q.reads {
		if ref.call {
			continue
		}
		if res := r.contract.Resource(ref.name); res != nil && res.Field(column) != nil {
			return ref.name
		}
		if slices.ContainsFunc(r.columns[ref.name], func(c report.Column) bool { return c.Name == column }) {
			return ref.name
		}
	}
	return ""
}

// distinct lists the values of a column, as far as people would read them.
func (r *Reader) distinct(ctx context.Context, table, column string) ([]string, error) {
	const most = 10_000
	return r.texts(ctx, fmt.Sprintf("SELECT DISTINCT CAST(%[2]s AS VARCHAR) AS v FROM %[1]s WHERE %[2]s IS NOT NULL ORDER BY v LIMIT %[3]d", ident(table), ident(column), most))
}

// coded finds the codes of what a text names, where the column holds codes of
// another table's rows.
func (r *Reader) coded(ctx context.Context, w wanted) ([]string, error) {
	for _, res := range r.contract.Resources {
		for _, k := range res.ForeignKeys {
			if of := r.contract.Resource(k.Resource); k.Field == w.column && of != nil {
				return r.codesOf(ctx, of, k.Target, w.value)
			}
		}
	}
	return nil, nil
}

func (r *Reader) codesOf(ctx context.Context, of *contract.Resource, code, name string) ([]string, error) {
	var out []string
	for _, f := range of.Fields {
		if f.Type != "string" {
			continue
		}
		rows, err := r.db.QueryContext(ctx, fmt.Sprintf("SELECT CAST(%s AS VARCHAR), CAST(%s AS VARCHAR) FROM %s ORDER BY 1", ident(code), ident(f.Name), ident(of.Name)))
		if err != nil {
			return nil, fmt.Errorf("warehouse: %w", err)
		}
		found, err := rowsNamed(rows, name)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out, nil
}

// rowsNamed are the codes of the rows whose name this is, case and accents apart.
func rowsNamed(rows *sql.Rows, name string) (out []string, err error) {
	defer rows.Close()
	for rows.Next() {
		var code, text sql.NullString
		if err := rows.Scan(&code, &text); err != nil {
			return nil, fmt.Errorf("warehouse: %w", err)
		}
		if code.Valid && text.Valid && slices.ContainsFunc(strings.Split(text.String, "|"), func(one string) bool { return key(one) == key(name) }) {
			out = append(out, code.String)
		}
	}
	return out, rows.Err()
}

func (r *Reader) texts(ctx context.Context, query string) (out []string, err error) {
	rows, err := r.db.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("warehouse: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, fmt.Errorf("warehouse: %w", err)
		}
		out = append(out, text)
	}
	return out, rows.Err()
}
