package author

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"text/template"
	"time"
	"unicode"
	"unicode/utf8"

	"tongket/internal/report"
)

const nbsp = "\u00a0"

// functions are what authors can call. None returns an error: a fault is
// noted with its line and the text goes on, so that all of them are found.
func (run *run) functions() template.FuncMap {
	return template.FuncMap{
		"one":  run.one,
		"rows": run.rows,
		"number": func(v any, decimals ...any) string {
			return run.number("number", v, decimals)
		},
		"integer": func(v any) string { return run.number("integer", v, []any{0}) },
		"percent": run.percent,
		"with_unit": func(v any, unit any, decimals ...any) string {
			text := run.number("with_unit", v, decimals)
			if none(v) {
				return text
			}
			return text + nbsp + run.words(unit)
		},
		"date":         run.date,
		"period":       func(v any) string { return run.period(v, (*report.Locale).Period) },
		"period_short": func(v any) string { return run.period(v, (*report.Locale).PeriodShort) },
		"upper":        func(v any) string { return strings.ToUpper(run.words(v)) },
		"lower":        func(v any) string { return strings.ToLower(run.words(v)) },
		"capital":      func(v any) string { return capital(run.words(v)) },
		"choose":       run.choose,
		"say":          run.say,
		"missing":      none,
		"add": func(a any, more ...any) any {
			return run.fold("add", a, more, func(x, y float64) float64 { return x + y })
		},
		"sub": func(a, b any) any {
			return run.fold("sub", a, []any{b}, func(x, y float64) float64 { return x - y })
		},
		"mul": func(a any, more ...any) any {
			return run.fold("mul", a, more, func(x, y float64) float64 { return x * y })
		},
		"div": func(a, b any) any {
			return run.fold("div", a, []any{b}, func(x, y float64) float64 { return x / y })
		},
		"eq": run.eq,
		"ne": func(a, b any) bool { return !run.eq(a, b) },
		"lt": func(a, b any) bool { o, ok := run.order("lt", a, b); return ok && o < 0 },
		"le": func(a, b any) bool { o, ok := run.order("le", a, b); return ok && o <= 0 },
		"gt": func(a, b any) bool { o, ok := run.order("gt", a, b); return ok && o > 0 },
		"ge": func(a, b any) bool { o, ok := run.order("ge", a, b); return ok && o >= 0 },
	}
}

// table asks for a query with params given as pairs.
func (run *run) table(name string, pairs []any) *report.Table {
	if len(pairs)%2 != 0 {
		run.fail("query %q: params come in pairs of name and value", name)
		return nil
	}
	var params map[string]string
	for i := 0; i < len(pairs); i += 2 {
		key, ok := bare(pairs[i]).(string)
		if !ok {
			run.fail("query %q: the name of a param must be a text", name)
			return nil
		}
		if _, is := bare(pairs[i+1]).(broken); is {
			return nil
		}
		text, ok := rawText(pairs[i+1])
		if !ok || bare(pairs[i+1]) == nil {
			run.fail("query %q: the param %q has no value", name, key)
			return nil
		}
		if params == nil {
			params = map[string]string{}
		}
		params[key] = text
	}
	t, err := run.Query(name, params)
	if err != nil {
		run.faults.addAll(run.line, fmt.Sprintf("query %q: ", name), err)
		return nil
	}
	return t
}

func (run *run) one(name string, pairs ...any) any {
	t := run.table(name, pairs)
	if t == nil {
		return broken{}
	}
	if len(t.Rows) != 1 {
		return run.fail("one: query %q gives %d rows, not one%s", name, len(t.Rows), describe(pairs))
	}
	return &scope{table: t, cells: t.Rows[0], vars: run.Vars}
}

// describe writes params for a message.
func describe(pairs []any) string {
	var parts []string
	for i := 0; i+1 < len(pairs); i += 2 {
		key, _ := rawText(pairs[i])
		v, _ := rawText(pairs[i+1])
		parts = append(parts, fmt.Sprintf("%s = %q", key, v))
	}
	if parts == nil {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

func (run *run) rows(name string, pairs ...any) []*scope {
	t := run.table(name, pairs)
	if t == nil {
		return nil
	}
	list := make([]*scope, len(t.Rows))
	for i, cells := range t.Rows {
		list[i] = &scope{table: t, cells: cells, vars: run.Vars}
	}
	return list
}

func (run *run) number(what string, v any, decimals []any) string {
	if none(v) {
		return report.Missing
	}
	f, ok := run.float(what, v)
	if !ok {
		return ""
	}
	if n, given := run.decimals(what, decimals); given {
		return run.Locale.Number(f, n)
	}
	column := report.Column{Format: report.Text}
	if c, ok := v.(cell); ok && (c.column.Format == report.Number || c.column.Format == report.Integer) {
		column = c.column
	}
	return run.Locale.Cell(column, f)
}

func (run *run) percent(v any, decimals ...any) string {
	if none(v) {
		return report.Missing
	}
	f, ok := run.float("percent", v)
	if !ok {
		return ""
	}
	n, given := run.decimals("percent", decimals)
	if !given {
		n = 1
		if c, ok := v.(cell); ok && c.column.Format == report.Percent {
			n = c.column.Decimals
		}
	}
	return run.Locale.Percent(f, n)
}

// float is the value as a number; a fault if it is none.
func (run *run) float(what string, v any) (float64, bool) {
	f, ok := float(v)
	if !ok {
		if _, is := bare(v).(broken); !is {
			run.fail("%s: %s is not a number", what, kind(v))
		}
	}
	return f, ok
}

func (run *run) decimals(what string, given []any) (int, bool) {
	if len(given) == 0 {
		return 0, false
	}
	f, ok := float(given[0])
	if !ok || f != math.Trunc(f) || f < 0 || f > 9 || len(given) > 1 {
		run.fail("%s: decimals must be one whole number from 0 to 9", what)
		return 0, true
	}
	return int(f), true
}

func (run *run) date(v any) string {
	switch x := bare(v).(type) {
	case time.Time:
		return run.Locale.Date(x)
	case string:
		if x == "" {
			break
		}
		if t, err := time.Parse(time.DateOnly, x); err == nil {
			return run.Locale.Date(t)
		}
		run.fail("date: %s is not a day such as 2022-10-28", kind(v))
	case nil, broken:
	default:
		run.fail("date: %s is not a day", kind(v))
	}
	return report.Missing
}

func (run *run) period(v any, write func(*report.Locale, string) string) string {
	text, ok := rawText(v)
	if !ok {
		run.fail("period: %s is not a period", kind(v))
	}
	if text == "" {
		return report.Missing
	}
	return write(run.Locale, text)
}

// words is a value as people read it.
func (run *run) words(v any) string {
	text, ok := shownText(run.Locale, v)
	if !ok {
		run.fail("%s is not a text", kind(v))
	}
	return text
}

func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(r)) + text[size:]
}

// choose returns the text that agrees with a count.
func (run *run) choose(n, nothing, single, many any) string {
	if none(n) {
		return report.Missing
	}
	f, ok := run.float("choose", n)
	if !ok {
		return ""
	}
	text := many
	switch f {
	case 0:
		text = nothing
	case 1:
		text = single
	}
	return strings.ReplaceAll(run.words(text), "{n}", run.number("choose", n, nil))
}

func (run *run) say(key string, pairs ...any) string {
	if !run.Locale.Has(key) {
		run.fail("say: the catalog has no phrase %q%s", key, report.Suggest(key, run.Locale.Keys()))
		return ""
	}
	texts := make([]string, 0, len(pairs))
	for _, p := range pairs {
		texts = append(texts, run.words(p))
	}
	if len(texts)%2 != 0 {
		run.fail("say: places come in pairs of name and text")
		return ""
	}
	return run.Locale.Say(key, texts...)
}

// fold calculates from left to right; what is missing or not finite makes
// the whole missing.
func (run *run) fold(what string, a any, more []any, f func(x, y float64) float64) any {
	result := 0.0
	for i, v := range append([]any{a}, more...) {
		if none(v) {
			return nil
		}
		y, ok := run.float(what, v)
		if !ok {
			return broken{}
		}
		if i == 0 {
			result = y
		} else {
			result = f(result, y)
		}
	}
	if none(result) {
		return nil
	}
	return result
}

// eq reports whether a equals one of the others.
func (run *run) eq(a, b any, more ...any) bool {
	for _, v := range append([]any{b}, more...) {
		if bare(a) == nil || bare(v) == nil {
			if bare(a) == nil && bare(v) == nil {
				return true
			}
			continue
		}
		if o, ok := run.order("eq", a, v); ok && o == 0 {
			return true
		}
	}
	return false
}

// order compares; ok is false if one is missing.
func (run *run) order(what string, a, b any) (int, bool) {
	for _, v := range []any{a, b} {
		x := bare(v)
		if _, is := x.(broken); is || x == nil {
			return 0, false
		}
	}
	o, ok := compare(a, b)
	if !ok && !none(a) && !none(b) {
		run.fail("%s: %s and %s cannot be compared", what, kind(a), kind(b))
	}
	return o, ok
}

// kind names a value in a message.
func kind(v any) string {
	switch x := bare(v).(type) {
	case nil:
		return "no value"
	case string:
		if utf8.RuneCountInString(x) > 40 {
			x = string([]rune(x)[:40]) + "…"
		}
		return fmt.Sprintf("%q", x)
	case bool:
		return fmt.Sprint(x)
	case time.Time:
		return "the day " + x.Format(time.DateOnly)
	case *scope:
		return "a row"
	}
	if f, ok := float(v); ok {
		return fmt.Sprint(f)
	}
	if reflect.ValueOf(v).Kind() == reflect.Slice {
		return "a list"
	}
	return "this"
}
