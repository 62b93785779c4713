package warehouse

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"tongket/internal/contract"
)

// A cell is read the same whichever way its file comes in. Numbers are read as
// the nearest floating-point number and taken when the decimal that is stored
// leads back to it: then nothing was rounded away. What this does not take,
// thousands marks and more than fifteen digits, is read from the text. Cells
// that neither reads keep their text, so that it can be shown.

// raw names the column that keeps the text of cells that were not read.
func raw(field string) string { return ident(field + "__raw") }

// blanks may stand around a value and are no part of it.
const blanks = " \t\r\n\u00a0\u200b\ufeff"

// typed returns the expression that reads a text column as the field's type.
func typed(f *contract.Field, column string) string {
	trimmed := "trim(" + column + ", " + lit(blanks) + ")"
	switch f.Type {
	case contract.Number, contract.Integer:
		plain, grouped := patterns(f)
		exact := fmt.Sprintf("CASE WHEN regexp_full_match(%s, %s) THEN TRY_CAST(%s AS %s) END",
			trimmed, lit(plain+"|"+grouped), pointed(f, ungrouped(f, trimmed)), f.SQL())
		double := fmt.Sprintf("TRY_CAST(%s AS DOUBLE)", pointed(f, trimmed))
		condition := "NOT (" + odd(f, double) + ")"
		if f.Decimal != "." {
			condition += fmt.Sprintf(" AND NOT contains(%s, '.')", trimmed)
		}
		return fmt.Sprintf("coalesce(CASE WHEN %s THEN TRY_CAST(%s AS %s) END, %s)", condition, double, f.SQL(), exact)
	case contract.Year:
		return fmt.Sprintf("CASE WHEN regexp_full_match(%s, '[1-9]\\d{3}') THEN TRY_CAST(%[1]s AS INTEGER) END", trimmed)
	case contract.Date:
		return fmt.Sprintf("coalesce(try_strptime(%s, %s), try_strptime(%s, %[2]s))::DATE", column, lit(f.Layout), trimmed)
	case contract.Boolean:
		return fmt.Sprintf("CASE WHEN lower(%[1]s) IN ('true', '1', 'có', 'x', 'yes') THEN true WHEN lower(%[1]s) IN ('false', '0', 'không', 'no') THEN false END", trimmed)
	}
	return trimmed
}

// odd is the condition under which a floating-point number is not, for
// certain, the number that was written and can be stored.
func odd(f *contract.Field, double string) string {
	if f.Type == contract.Number && f.Scale < 0 {
		return fmt.Sprintf("NOT isfinite(%s)", double)
	}
	digits := 15
	if f.Type == contract.Number {
		digits -= f.Scale
	}
	return fmt.Sprintf("TRY_CAST(%[1]s AS %[2]s)::DOUBLE IS DISTINCT FROM %[1]s OR abs(%[1]s) >= 1e%[3]d", double, f.SQL(), digits)
}

// patterns are the ways a number is written without and with thousands marks.
// Zeros beyond the digits that are stored lose nothing.
func patterns(f *contract.Field) (plain, grouped string) {
	mark := regexp.QuoteMeta(f.Decimal)
	fraction := "(" + mark + `0+)?`
	switch {
	case f.Type == contract.Number && f.Scale < 0:
		fraction = "(" + mark + `\d+)?`
	case f.Type == contract.Number && f.Scale > 0:
		fraction = fmt.Sprintf(`(%s\d{1,%d}0*)?`, mark, f.Scale)
	}
	plain = `[-+]?\d+` + fraction
	if f.Group == "" {
		return plain, plain
	}
	return plain, `[-+]?\d{1,3}(` + regexp.QuoteMeta(f.Group) + `\d{3})+` + fraction
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
	if f.Decimal == "." {
		return text
	}
	return fmt.Sprintf("replace(%s, %s, '.')", text, lit(f.Decimal))
}

// stageSQL makes the temporary table stage from a relation of text columns c0,
// c1, … in file order: a typed column for each field that the file has, and
// one column, unread, that holds the texts of cells which were not read. It is
// one for all of them because a temporary table is not compressed, and a
// column of nothing takes as much room as one of texts.
func stageSQL(r *contract.Resource, fields []*contract.Field, from, extra string) string {
	var values, kept, faults, texts []string
	for i, f := range fields {
		if f == nil {
			continue
		}
		column, name := fmt.Sprintf("c%d", i), ident(f.Name)
		kept = append(kept, name)
		if f.Type == contract.String {
			values = append(values, text(r, f, column)+" AS "+name)
			continue
		}
		values = append(values, typed(f, column)+" AS "+name, column)
		lost := fmt.Sprintf("(%s IS NULL AND %s IS NOT NULL)", name, column)
		faults = append(faults, lost)
		texts = append(texts, fmt.Sprintf("CASE WHEN %s AND trim(%s, %s) NOT IN (%s) THEN %s || %[2]s END",
			lost, column, lit(blanks), lits(append([]string{""}, r.Missing...)), lit(f.Name+mark)))
	}
	unread := "CAST(NULL AS VARCHAR)"
	if len(faults) > 0 {
		unread = fmt.Sprintf("CASE WHEN %s THEN nullif(concat_ws(%s, %s), '') END", strings.Join(faults, " OR "), lit(part), strings.Join(texts, ", "))
	}
	return fmt.Sprintf("CREATE OR REPLACE TEMP TABLE stage AS SELECT %s%s, %s AS unread FROM (SELECT %[1]s%[4]s FROM %[5]s)",
		extra, strings.Join(kept, ", "), unread, strings.Join(values, ", "), from)
}

// part and mark stand between and within the entries of unread.
const part, mark = "\x1f", "\x1e"

// text reads a column of texts. Keys of other tables stay as they are: blanks
// and spellings are made equal where they are looked up, once for each
// different text. What is plain ASCII without blanks around it needs nothing.
func text(r *contract.Resource, f *contract.Field, column string) string {
	t := column
	if r.Key(f.Name) == nil {
		t = fmt.Sprintf("CASE WHEN regexp_full_match(%[1]s, '[!-~]([ -~]*[!-~])?') THEN %[1]s ELSE nullif(nfc_normalize(trim(%[1]s, %[2]s)), '') END", column, lit(blanks))
	}
	if missing := without(r.Missing, ""); len(missing) > 0 {
		t = fmt.Sprintf("CASE WHEN %[1]s NOT IN (%[2]s) THEN %[1]s END", t, lits(missing))
	}
	return t
}

// linedSQL makes the view lined: the stage with each row's line, every field of
// the resource, and for each field that is no text the text that was not read,
// where the stage has such texts.
func linedSQL(r *contract.Resource, fields []*contract.Field, line string, unread bool) string {
	columns := []string{line + " AS line"}
	for _, f := range r.Fields {
		given := slices.Contains(fields, f)
		if given {
			columns = append(columns, ident(f.Name))
		} else {
			columns = append(columns, fmt.Sprintf("CAST(NULL AS %s) AS %s", f.SQL(), ident(f.Name)))
		}
		switch {
		case f.Type == contract.String:
		case given && unread:
			columns = append(columns, fmt.Sprintf("CASE WHEN unread IS NOT NULL THEN nullif(regexp_extract(unread, %s, 2), '') END AS %s",
				lit("(^|"+part+")"+f.Name+mark+"([^"+part+"]*)"), raw(f.Name)))
		default:
			columns = append(columns, "CAST(NULL AS VARCHAR) AS "+raw(f.Name))
		}
	}
	return "CREATE OR REPLACE TEMP VIEW lined AS SELECT " + strings.Join(columns, ", ") + " FROM stage"
}

// quick is how the engine's reader types a file by itself.
type quick struct{ columns, options, values string }

// quickly returns how to read a file of these columns in one go, or nil when
// they differ in what the reader knows only one of: a decimal mark, a form of
// dates. The column odd is true in a row with a number that has to be read
// from its text.
func quickly(r *contract.Resource, fields []*contract.Field) *quick {
	var columns, values, odds []string
	mark, layout := "", ""
	one := func(now *string, next string) bool {
		if *now == "" {
			*now = next
		}
		return *now == next
	}
	for i, f := range fields {
		column := fmt.Sprintf("c%d", i)
		kind, value := "VARCHAR", ""
		switch {
		case f == nil:
		case f.Type == contract.String:
			value = text(r, f, column)
		case f.Type == contract.Number || f.Type == contract.Integer:
			if !one(&mark, f.Decimal) {
				return nil
			}
			kind, value = "DOUBLE", fmt.Sprintf("TRY_CAST(%s AS %s)", column, f.SQL())
			odds = append(odds, odd(f, column))
		case f.Type == contract.Date:
			if !one(&layout, f.Layout) {
				return nil
			}
			kind, value = "DATE", column
		default:
			value = typed(f, column)
			odds = append(odds, fmt.Sprintf("%s IS NULL AND %s IS NOT NULL", value, column))
		}
		columns = append(columns, fmt.Sprintf("'%s': '%s'", column, kind))
		if value != "" {
			values = append(values, value+" AS "+ident(f.Name))
		}
	}
	q := &quick{columns: "{" + strings.Join(columns, ", ") + "}", options: "nullstr=[" + lits(append([]string{""}, r.Missing...)) + "]"}
	if mark != "" {
		q.options += ", decimal_separator=" + lit(mark)
	}
	if layout != "" {
		q.options += ", dateformat=" + lit(layout)
	}
	q.values = strings.Join(append(values, strings.Join(append(odds, "false"), " OR ")+" AS odd"), ", ")
	return q
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
