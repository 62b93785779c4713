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
//
// Names of our own begin with two underscores, which the contract forbids: the
// columns of a file are __c0, __c1, …

// raw names the column that keeps the text of cells that were not read.
func raw(field string) string { return ident(field + "__raw") }

// given names the column that keeps the text of a key.
func given(field string) string { return ident(field + "__given") }

func cell(i int) string { return fmt.Sprintf("__c%d", i) }

// blanks may stand around a value and are no part of it.
const blanks = " \t\r\n\u00a0\u200b\ufeff"

func trimmed(column string) string { return "trim(" + column + ", " + lit(blanks) + ")" }

// typed returns the expression that reads a text column as the field's type.
func typed(f *contract.Field, column string) string {
	bare := trimmed(column)
	switch f.Type {
	case contract.Number, contract.Integer:
		plain, grouped := patterns(f)
		exact := fmt.Sprintf("CASE WHEN regexp_full_match(%s, %s) THEN TRY_CAST(%s AS %s) END",
			bare, lit(plain+"|"+grouped), pointed(f, ungrouped(f, bare)), f.SQL())
		double := fmt.Sprintf("TRY_CAST(%s AS DOUBLE)", pointed(f, bare))
		condition := "NOT (" + odd(f, double) + ")"
		if f.Decimal != "." {
			condition += fmt.Sprintf(" AND NOT contains(%s, '.')", bare)
		}
		if most := fractionDigits(f); most > 0 {
			condition += fmt.Sprintf(" AND NOT regexp_matches(%s, %s)", bare, lit(fmt.Sprintf(`%s\d{%d}`, regexp.QuoteMeta(f.Decimal), most+1)))
		}
		return fmt.Sprintf("coalesce(CASE WHEN %s THEN TRY_CAST(%s AS %s) END, %s)", condition, double, f.SQL(), exact)
	case contract.Year:
		return fmt.Sprintf(`CASE WHEN regexp_full_match(%s, '[1-9]\d{3}') THEN TRY_CAST(%[1]s AS INTEGER) END`, bare)
	case contract.Date:
		return fmt.Sprintf("coalesce(try_strptime(%s, %s), try_strptime(%s, %[2]s))::DATE", column, lit(f.Layout), bare)
	case contract.Boolean:
		return fmt.Sprintf("CASE WHEN lower(%[1]s) IN ('true', '1', 'có', 'x', 'yes') THEN true WHEN lower(%[1]s) IN ('false', '0', 'không', 'no') THEN false END", bare)
	}
	return bare
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

// fractionDigits is how many digits may follow the decimal mark; 0 for any
// number. Zeros beyond the digits that are stored lose nothing, but three
// digits behind a mark may as well be thousands: 1,000 is no way to write one.
func fractionDigits(f *contract.Field) int {
	switch {
	case f.Type == contract.Number && f.Scale < 0:
		return 0
	case f.Type == contract.Number:
		return max(f.Scale, 2)
	}
	return 2
}

// patterns are the ways a number is written without and with thousands marks.
func patterns(f *contract.Field) (plain, grouped string) {
	mark := regexp.QuoteMeta(f.Decimal)
	fraction := "(" + mark + `0{1,2})?`
	switch {
	case f.Type == contract.Number && f.Scale < 0:
		fraction = "(" + mark + `\d+)?`
	case f.Type == contract.Number && f.Scale > 0:
		fraction = fmt.Sprintf(`(%s\d{1,%d}0{0,%d})?`, mark, f.Scale, max(2-f.Scale, 0))
	}
	plain = `[-+]?\d+` + fraction
	if f.Group == "" {
		return plain, plain
	}
	return plain, `[-+]?[1-9]\d{0,2}(` + regexp.QuoteMeta(f.Group) + `\d{3})+` + fraction
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

// text reads a column of texts. What is plain ASCII without blanks around it
// needs nothing.
func text(r *contract.Resource, column string) string {
	t := fmt.Sprintf("CASE WHEN regexp_full_match(%[1]s, '[!-~]([ -~]*[!-~])?') THEN %[1]s ELSE nullif(nfc_normalize(%[2]s), '') END", column, trimmed(column))
	if missing := slices.DeleteFunc(slices.Clone(r.Missing), func(s string) bool { return s == "" }); len(missing) > 0 {
		t = fmt.Sprintf("CASE WHEN %[1]s NOT IN (%[2]s) THEN %[1]s END", t, lits(missing))
	}
	return t
}

// part and mark stand between and within the entries of __unread.
const part, mark = "\x1f", "\x1e"

// stage is how a file becomes the temporary table __stage: a typed column for
// each field that the file has; __blank, true in a row that says nothing; and
// __unread, the texts of the cells that were not read. These are one column
// because a temporary table is not compressed, and a column of nothing takes
// as much room as one of texts.
type stage struct {
	values []string // of the inner selection: typed fields and the texts behind them
	kept   []string // of the outer one
	lost   []string // conditions that a cell was not read
	texts  []string // entries of __unread
	empty  []string // conditions that a cell says nothing
}

// stageSQL types a relation of text columns in file order.
func stageSQL(r *contract.Resource, fields []*contract.Field, from string, lined bool) string {
	var s stage
	if lined {
		s.values, s.kept = append(s.values, "__line"), append(s.kept, "__line")
	}
	for i, f := range fields {
		column := cell(i)
		if f == nil {
			s.values = append(s.values, column)
			s.empty = append(s.empty, silent(column))
			continue
		}
		name := ident(f.Name)
		s.kept = append(s.kept, name)
		s.empty = append(s.empty, name+" IS NULL")
		if f.Type == contract.String {
			s.values = append(s.values, text(r, column)+" AS "+name)
			continue
		}
		s.values = append(s.values, typed(f, column)+" AS "+name, column)
		lost := fmt.Sprintf("(%s IS NULL AND %s IS NOT NULL AND %s NOT IN (%s))", name, column, trimmed(column), lits(append([]string{""}, r.Missing...)))
		s.lost = append(s.lost, fmt.Sprintf("(%s IS NULL AND %s IS NOT NULL)", name, column))
		s.texts = append(s.texts, fmt.Sprintf("CASE WHEN %s THEN %s || translate(%s, %s, '  ') END", lost, lit(f.Name+mark), column, lit(part+mark)))
	}
	unread := "CAST(NULL AS VARCHAR)"
	if len(s.lost) > 0 {
		unread = fmt.Sprintf("CASE WHEN %s THEN nullif(concat_ws(%s, %s), '') END", strings.Join(s.lost, " OR "), lit(part), strings.Join(s.texts, ", "))
	}
	return fmt.Sprintf("CREATE OR REPLACE TEMP TABLE __stage AS SELECT %s, %s AS __unread, __unread IS NULL AND %s AS __blank FROM (SELECT %s FROM %s)",
		strings.Join(s.kept, ", "), unread, strings.Join(s.empty, " AND "), strings.Join(s.values, ", "), from)
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

// linedSQL makes the view __lined: the rows of the stage that say something,
// each with its line, every field of the resource, and for each field that is
// no text the text that was not read, where the stage has such texts.
func linedSQL(r *contract.Resource, fields []*contract.Field, line string, unread bool) string {
	columns := []string{line + " AS __line"}
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
			columns = append(columns, fmt.Sprintf("CASE WHEN __unread IS NOT NULL THEN nullif(regexp_extract(__unread, %s, 2), '') END AS %s",
				lit("(^|"+part+")"+f.Name+mark+"([^"+part+"]*)"), raw(f.Name)))
		default:
			columns = append(columns, "CAST(NULL AS VARCHAR) AS "+raw(f.Name))
		}
	}
	return "CREATE OR REPLACE TEMP VIEW __lined AS SELECT " + strings.Join(columns, ", ") + " FROM __stage WHERE NOT __blank"
}
