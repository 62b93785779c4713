package author

import (
	"math"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode"

	"tongket/internal/report"
)

// A token stands in the text for a printed value: its number between two
// private-use characters, which no source keeps (clean).
const (
	tokenOpen  = "\uE000"
	tokenClose = "\uE001"
)

// values are what was printed, by the number of its token.
type values struct{ list []printed }

// printed is a value in two forms: as people read it, and as a name or a
// path needs it. "quý IV/2021" and "2021-Q4".
type printed struct{ shown, raw string }

// hold keeps a value and returns its token.
func (v *values) hold(shown, raw string) string {
	v.list = append(v.list, printed{shown, raw})
	return tokenOpen + strconv.Itoa(len(v.list)-1) + tokenClose
}

// fill returns a text with the values in place of their tokens.
func (v *values) fill(text string) string {
	return v.replace(text, func(p printed) string { return p.shown })
}

// raw is fill with the other form.
func (v *values) raw(text string) string {
	return v.replace(text, func(p printed) string { return p.raw })
}

func (v *values) replace(text string, form func(printed) string) string {
	if !strings.Contains(text, tokenOpen) {
		return text
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, tokenOpen)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		number, after, _ := strings.Cut(rest, tokenClose)
		if i, err := strconv.Atoi(number); err == nil && i >= 0 && i < len(v.list) {
			b.WriteString(form(v.list[i]))
		}
		text = after
	}
}

// clean takes the token's characters out of a text that is not ours.
func clean(text string) string {
	return strings.NewReplacer(tokenOpen, "\ufffd", tokenClose, "\ufffd").Replace(text)
}

// plain is a value on one line, without the characters that show nothing but
// change how their neighbours are read.
func plain(text string) string {
	odd := func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\ufffd' || r == '\ue000' || r == '\ue001' ||
			r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
	}
	if !strings.ContainsFunc(text, odd) {
		return text
	}
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return r == '\n' || r == '\r' || r == '\t' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029'
	}), " ")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\ufffd' || r == '\ue000' || r == '\ue001':
			return '\ufffd'
		case odd(r):
			return -1
		}
		return r
	}, text)
}

// lines is a value of several lines, each of them plain but for its tabs.
func lines(text string) string {
	var out []string
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		var parts []string
		for part := range strings.SplitSeq(line, "\t") {
			parts = append(parts, plain(part))
		}
		out = append(out, strings.Join(parts, "\t"))
	}
	return strings.Join(out, "\n")
}

// scope is what a dot can be: a row of a table, and .vars.
type scope struct {
	table *report.Table // nil: the top of a report without for_each
	cells []any
	vars  map[string]any
}

func (*scope) String() string { return "[row]" } // not its address, which changes

// cell is a value that knows its column.
type cell struct {
	value  any
	column report.Column
}

// broken is what a call that went wrong returns: everything made of it is
// broken too, silently, since the first fault says it all.
type broken struct{}

func (broken) String() string { return "" }

// bare takes the column off a value.
func bare(v any) any {
	if c, ok := v.(cell); ok {
		return c.value
	}
	return v
}

// float returns any number as a float64.
func float(v any) (float64, bool) {
	switch x := bare(v).(type) {
	case float64:
		return x, true
	case int64:
		return float64(x), true
	case nil, string, bool, time.Time:
		return 0, false
	default:
		r := reflect.ValueOf(x)
		switch {
		case r.CanInt():
			return float64(r.Int()), true
		case r.CanUint():
			return float64(r.Uint()), true
		case r.CanFloat():
			return r.Float(), true
		}
	}
	return 0, false
}

// none reports whether a value is missing.
func none(v any) bool {
	switch x := bare(v).(type) {
	case nil:
		return true
	case string:
		return x == ""
	case float64:
		return math.IsNaN(x) || math.IsInf(x, 0)
	}
	return false
}

// rawText writes a value for names and params: numbers in digits, days in
// ISO, nothing for no value. ok is false for what is no single value.
func rawText(v any) (text string, ok bool) {
	switch x := bare(v).(type) {
	case nil, broken:
		return "", true
	case string:
		return x, true
	case bool:
		return strconv.FormatBool(x), true
	case time.Time:
		return x.Format(time.DateOnly), true
	}
	if f, ok := float(v); ok {
		return strconv.FormatFloat(f, 'f', -1, 64), true
	}
	return "", false
}

// shownText writes a value for people.
func shownText(l *report.Locale, v any) (text string, ok bool) {
	column := report.Column{Format: report.Text}
	if c, is := v.(cell); is {
		column = c.column
	}
	switch x := bare(v).(type) {
	case broken:
		return "", true
	case string:
		if _, is := v.(cell); !is {
			return x, true
		}
		return l.Cell(column, x), true
	case nil, bool, time.Time, report.Series:
		return l.Cell(column, x), true
	}
	if f, ok := float(v); ok {
		return l.Cell(column, f), true
	}
	return "", false
}

// compare orders two values; ok is false if they are not of one kind.
func compare(a, b any) (order int, ok bool) {
	a, b = bare(a), bare(b)
	if x, is := float(a); is {
		y, is := float(b)
		return sign(x < y, x > y), is && x == x && y == y
	}
	switch x := a.(type) {
	case string:
		if y, is := b.(string); is {
			return strings.Compare(x, y), true
		}
		if y, is := b.(time.Time); is {
			return strings.Compare(x, y.Format(time.DateOnly)), true
		}
	case time.Time:
		if y, is := b.(time.Time); is {
			return x.Compare(y), true
		}
		if y, is := b.(string); is {
			return strings.Compare(x.Format(time.DateOnly), y), true
		}
	case bool:
		if y, is := b.(bool); is {
			return sign(!x && y, x && !y), true
		}
	}
	return 0, false
}

func sign(less, more bool) int {
	switch {
	case less:
		return -1
	case more:
		return 1
	}
	return 0
}

func sorted(names []string) []string {
	sort.Strings(names)
	return names
}
