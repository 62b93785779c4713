package warehouse

import (
	"fmt"
	"regexp"
	"strings"

	"tongket/internal/contract"
)

// A column is typed in two steps: an expression for the way nearly every cell
// is written, and behind it, evaluated only where the first gives nothing, one
// that forgives blanks and thousands marks. Cells that neither reads keep
// their text in a column beside, so that they can be shown.

// raw names the column that keeps the text of cells that were not read.
func raw(field string) string { return ident(field + "__raw") }

// blanks may stand around a value and are no part of it.
const blanks = " \t\r\n\u00a0\u200b\ufeff"

// typed returns the expression that reads a text column as the field's type.
func typed(f *contract.Field, column string) string {
	trimmed := "trim(" + column + ", " + lit(blanks) + ")"
	read := func(text, pattern, value string) string {
		return fmt.Sprintf("CASE WHEN regexp_full_match(%s, %s) THEN TRY_CAST(%s AS %s) END", text, lit(pattern), value, f.SQL())
	}
	both := func(plain, grouped string) string {
		return fmt.Sprintf("coalesce(%s, %s)",
			read(column, plain, pointed(f, column)),
			read(trimmed, plain+"|"+grouped, pointed(f, ungrouped(f, trimmed))))
	}
	switch f.Type {
	case contract.Number:
		return both(patterns(f, fraction(f)))
	case contract.Integer:
		return both(patterns(f, ""))
	case contract.Year:
		return both(`\d{4}`, `\d{4}`)
	case contract.Date:
		return fmt.Sprintf("coalesce(try_strptime(%s, %s), try_strptime(%s, %[2]s))::DATE", column, lit(f.Layout), trimmed)
	case contract.Boolean:
		return fmt.Sprintf("CASE WHEN lower(%[1]s) IN ('true', '1', 'có', 'x', 'yes') THEN true WHEN lower(%[1]s) IN ('false', '0', 'không', 'no') THEN false END", trimmed)
	}
	return trimmed
}

// fraction is the pattern of what may follow the decimal mark. Zeros beyond
// the stored digits lose nothing.
func fraction(f *contract.Field) string {
	mark := regexp.QuoteMeta(f.Decimal)
	switch {
	case f.Scale < 0:
		return "(" + mark + `\d+)?([eE][-+]?\d{1,3})?`
	case f.Scale == 0:
		return "(" + mark + `0+)?`
	}
	return fmt.Sprintf(`(%s\d{1,%d}0*)?`, mark, f.Scale)
}

// patterns are the ways a number is written without and with thousands marks.
func patterns(f *contract.Field, fraction string) (plain, grouped string) {
	plain = `-?\d+` + fraction
	if f.Group == "" {
		return plain, plain
	}
	return plain, `-?\d{1,3}(` + regexp.QuoteMeta(f.Group) + `\d{3})+` + fraction
}

// ungrouped and pointed rewrite a text that fits the pattern the way SQL
// writes numbers.
func ungrouped(f *contract.Field, text string) string {
	if f.Group == "" {
		return text
	}
	return fmt.Sprintf("replace(%s, %s, '')", text, lit(f.Group))
}

func pointed(f *contract.Field, text string) string {
	if f.Type != contract.Number || f.Decimal == "." {
		return text
	}
	return fmt.Sprintf("replace(%s, %s, '.')", text, lit(f.Decimal))
}

// stageSQL makes the temporary table stage from a relation of text columns c0,
// c1, … : a typed column and a __raw column for each field, in file order.
func stageSQL(r *contract.Resource, fields []*contract.Field, from, extra string) string {
	at := map[string]string{}
	for i, f := range fields {
		if f != nil {
			at[f.Name] = fmt.Sprintf("c%d", i)
		}
	}
	var values, kept []string
	for _, f := range r.Fields {
		column, name := at[f.Name], ident(f.Name)
		if column == "" {
			values = append(values, fmt.Sprintf("CAST(NULL AS %s) AS %s", staged(r, f), name))
			kept = append(kept, name, "CAST(NULL AS VARCHAR) AS "+raw(f.Name))
			continue
		}
		if f.Type == contract.String {
			text := "nullif(" + typed(f, column) + ", '')"
			if r.Key(f.Name) == nil {
				text = "nfc_normalize(" + text + ")"
			}
			if missing := without(r.Missing, ""); len(missing) > 0 {
				text = fmt.Sprintf("CASE WHEN %[1]s NOT IN (%[2]s) THEN %[1]s END", text, lits(missing))
			}
			values = append(values, text+" AS "+name)
			kept = append(kept, name, "CAST(NULL AS VARCHAR) AS "+raw(f.Name))
			continue
		}
		values = append(values, typed(f, column)+" AS "+name, column+" AS "+ident(f.Name+"__text"))
		kept = append(kept, name, fmt.Sprintf("CASE WHEN %s IS NULL AND trim(%[2]s, %[5]s) NOT IN (%[3]s) THEN %[2]s END AS %[4]s",
			name, ident(f.Name+"__text"), lits(append([]string{""}, r.Missing...)), raw(f.Name), lit(blanks)))
	}
	return fmt.Sprintf("CREATE OR REPLACE TEMP TABLE stage AS SELECT %s%s FROM (SELECT %s%s FROM %s)",
		extra, strings.Join(kept, ", "), extra, strings.Join(values, ", "), from)
}

// staged is the type of a field on the stage: keys of other tables are still
// the text that the file has.
func staged(r *contract.Resource, f *contract.Field) string {
	if r.Key(f.Name) != nil {
		return "VARCHAR"
	}
	return f.SQL()
}

func without(list []string, drop string) []string {
	var out []string
	for _, s := range list {
		if s != drop {
			out = append(out, s)
		}
	}
	return out
}
