package warehouse

import (
	"fmt"
	"slices"
	"strings"

	"tongket/internal/contract"
)

// A cell is read the same whether the engine's reader types it or the intake
// does. The reader reads numbers as the nearest floating-point number; it is
// taken when the decimal that is stored leads back to it: then nothing was
// rounded away. A file with anything else goes through the intake.
//
// Names of our own begin with two underscores, which the contract forbids: the
// columns of a file are __c0, __c1, …

// unread is the condition that a cell held something that was not read.
func unread(field string) string { return ident(field + "__unread") }

// given names the column that keeps the text of a key.
func given(field string) string { return ident(field + "__given") }

func cell(i int) string { return fmt.Sprintf("__c%d", i) }

// blanks may stand around a value and are no part of it.
const blanks = " \t\r\n\u00a0\u200b\ufeff"

func trimmed(column string) string { return "trim(" + column + ", " + lit(blanks) + ")" }

// typed returns the expression that reads a text column as a boolean or a
// year.
func typed(f *contract.Field, column string) string {
	if f.Type == contract.Year {
		return fmt.Sprintf(`CASE WHEN regexp_full_match(%s, '[1-9]\d{3}') THEN TRY_CAST(%[1]s AS INTEGER) END`, trimmed(column))
	}
	return fmt.Sprintf("CASE WHEN lower(%[1]s) IN ('true', '1', 'có', 'x', 'yes') THEN true WHEN lower(%[1]s) IN ('false', '0', 'không', 'no') THEN false END", trimmed(column))
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

// text reads a column of texts. What is plain ASCII without blanks around it
// needs nothing.
func text(r *contract.Resource, column string) string {
	t := fmt.Sprintf("CASE WHEN regexp_full_match(%[1]s, '[!-&(-~]([ -~]*[!-~])?') THEN %[1]s ELSE nullif(regexp_replace(nfc_normalize(%[2]s), '^''(\\d+)$', '\\1'), '') END", column, trimmed(column))
	if missing := slices.DeleteFunc(slices.Clone(r.Missing), func(s string) bool { return s == "" }); len(missing) > 0 {
		t = fmt.Sprintf("CASE WHEN %[1]s NOT IN (%[2]s) THEN %[1]s END", t, lits(missing))
	}
	return t
}

// silent is the condition that a column without a field says nothing.
func silent(column string) string {
	return fmt.Sprintf("(%s IS NULL OR %s = '')", column, trimmed(column))
}

// quick is how the engine's reader types a file by itself.
type quick struct{ columns, options, values string }

// quickly returns how to read a file of these columns in one go, or nil when
// they differ in what the reader knows only one of: a decimal mark, a form of
// dates. The column __odd is true in a row with a number that has to be read
// from its text.
func quickly(r *contract.Resource, fields []*contract.Field) *quick {
	var columns, values, odds, empty []string
	mark, layout := "", ""
	one := func(now *string, next string) bool {
		if *now == "" {
			*now = next
		}
		return *now == next
	}
	for i, f := range fields {
		column := cell(i)
		kind, value := "VARCHAR", ""
		switch {
		case f == nil:
			empty = append(empty, silent(column))
		case f.Type == contract.String:
			value = text(r, column)
			if f.Period {
				odds = append(odds, fmt.Sprintf("NOT regexp_full_match(%s, %s) OR suffix(%[1]s, '-3M') OR suffix(%[1]s, '-6M')", value, lit(periods))) // those have other names
			}
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
			odds = append(odds, fmt.Sprintf("(%s <= DATE '1900-01-01' OR NOT isfinite(%[1]s))", column)) // what the reader makes of some words, and of 1/2/21
		default:
			value = typed(f, column)
			odds = append(odds, fmt.Sprintf("%s IS NULL AND %s IS NOT NULL", value, column))
		}
		columns = append(columns, fmt.Sprintf("'%s': '%s'", column, kind))
		if value != "" {
			values = append(values, value+" AS "+ident(f.Name))
			empty = append(empty, ident(f.Name)+" IS NULL")
		}
	}
	q := &quick{columns: "{" + strings.Join(columns, ", ") + "}", options: "nullstr=[" + lits(append([]string{""}, r.Missing...)) + "]"}
	if mark != "" {
		q.options += ", decimal_separator=" + lit(mark)
	}
	if layout != "" {
		q.options += ", dateformat=" + lit(layout)
	}
	q.values = strings.Join(append(values,
		strings.Join(append(odds, "false"), " OR ")+" AS __odd",
		strings.Join(empty, " AND ")+" AS __blank"), ", ")
	return q
}

// periods is how a reporting period is kept: 2021, 2021-Q4, 2021-H2, 2021-10,
// 2021-9M.
const periods = `[0-9]{4}(-(Q[1-4]|H[12]|(0[1-9]|1[0-2])|[1-9]M))?`

// linedSQL makes the view __lined: the rows of the stage that say something,
// each with its line, every field of the resource, and for each field whether
// its cell held something that was not read.
func linedSQL(r *contract.Resource, fields []*contract.Field, line string, tidied bool) string {
	columns := []string{line + " AS __line"}
	for _, f := range r.Fields {
		is := "false"
		if slices.Contains(fields, f) {
			columns = append(columns, ident(f.Name))
			if tidied {
				is = fmt.Sprintf("coalesce(contains(__unread, %s), false)", lit("|"+f.Name+"|"))
			}
		} else {
			columns = append(columns, fmt.Sprintf("CAST(NULL AS %s) AS %s", f.SQL(), ident(f.Name)))
		}
		if f.Type != contract.String {
			columns = append(columns, is+" AS "+unread(f.Name))
		}
	}
	return "CREATE OR REPLACE TEMP VIEW __lined AS SELECT " + strings.Join(columns, ", ") + " FROM __stage WHERE NOT __blank"
}
