package warehouse

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"tongket/internal/report"
)

// alike are the functions whose value is of the measure of their argument.
var alike = []string{"sum", "min", "max", "avg", "mean", "median", "mode", "any_value", "first", "last", "arg_max", "arg_min", "max_by", "min_by",
	"round", "floor", "ceil", "abs", "coalesce", "ifnull", "lag", "lead", "first_value", "last_value", "quantile_cont", "quantile_disc"}

// name notes a name that is given to what is computed: a billionth of a sum of
// đồng under the name of that sum is no sum of đồng. A column, or a sum or the
// like of it, keeps its measure under its own name.
func (v *visit) name(x map[string]any) {
	alias := strings.ToLower(word(x["alias"]))
	if alias == "" || word(x["class"]) == "" || keeps(x, alias) {
		return
	}
	if v.query.made == nil {
		v.query.made = map[string]bool{}
	}
	v.query.made[alias] = true
}

// keeps reports whether an expression has the measure of the column of a name.
func keeps(node any, column string) bool {
	x, _ := node.(map[string]any)
	if names, ok := x["column_names"].([]any); ok && len(names) > 0 {
		return strings.ToLower(word(names[len(names)-1])) == column
	}
	children, _ := x["children"].([]any)
	switch class := word(x["class"]); {
	case (class == "FUNCTION" || class == "WINDOW") && slices.Contains(alike, strings.ToLower(word(x["function_name"]))),
		class == "OPERATOR" && word(x["type"]) == "OPERATOR_COALESCE":
		return len(children) > 0 && keeps(children[0], column)
	case class == "CAST":
		return keeps(x["child"], column)
	}
	return false
}

// equals is the condition that a column of a saved query has a value: numbers
// are compared as numbers, all else as it is written.
func (r *Reader) equals(query, column, value string) string {
	at := slices.IndexFunc(r.columns[query], func(c report.Column) bool { return c.Name == column })
	if at >= 0 && (r.columns[query][at].Format.Numeric() || r.columns[query][at].Format == report.Year) {
		if _, err := strconv.ParseFloat(value, 64); err == nil {
			return fmt.Sprintf("CAST(%s AS DOUBLE) = CAST(%s AS DOUBLE)", ident(column), lit(value))
		}
	}
	return fmt.Sprintf("CAST(%s AS VARCHAR) = %s", ident(column), lit(value))
}

// digits gives the columns of broken numbers that nobody described the decimals
// that their values need: 0,0012 is not nothing, 401 has none.
func (a *Answer) digits(t *report.Table) {
	t.Columns = slices.Clone(t.Columns)
	for i, c := range t.Columns {
		if kind := base(a.Types[i]); c.Format != report.Number || c.Unit != "" || c.Title != c.Name || kind != "DOUBLE" && kind != "FLOAT" {
			continue
		}
		largest, whole := 0.0, 0
		for _, row := range t.Rows {
			if v, ok := row[i].(float64); ok && !math.IsInf(v, 0) && !math.IsNaN(v) {
				largest = max(largest, math.Abs(v))
				for whole < 2 && math.Abs(v*math.Pow10(whole)-math.Round(v*math.Pow10(whole))) > 1e-6 {
					whole++
				}
			}
		}
		t.Columns[i].Decimals = whole
		if whole == 2 && largest > 0 {
			t.Columns[i].Decimals = min(max(2-int(math.Floor(math.Log10(largest))), 2), 6)
		}
	}
	a.Columns = t.Columns
}
