package report

import (
	"encoding/json"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
	"time"
)

// Missing is written where there is no value. It is not a zero.
const Missing = "–"

// Locale writes values and fixed phrases in one language. Its phrases come
// from a catalog, templates/lang/<lang>.json.
type Locale struct {
	Lang    string // BCP 47: "vi", "en"
	phrases map[string]string
}

// NewLocale reads a catalog: a JSON object of phrases by key. It must hold
// "lang", "number.decimal" and "number.group".
func NewLocale(catalog []byte) (*Locale, error) {
	l := &Locale{phrases: map[string]string{}}
	if err := json.Unmarshal(catalog, &l.phrases); err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	for _, key := range []string{"lang", "number.decimal", "number.group"} {
		if l.phrases[key] == "" {
			return nil, fmt.Errorf("catalog: no %q", key)
		}
	}
	l.Lang = l.phrases["lang"]
	return l, nil
}

// Say returns the phrase of a key with its {places} filled from pairs of name
// and text. A key that the catalog lacks comes back in brackets, so that it
// is seen and a test can find it.
func (l *Locale) Say(key string, pairs ...string) string {
	phrase, ok := l.phrases[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	if len(pairs) == 0 {
		return phrase
	}
	old := make([]string, len(pairs))
	for i, p := range pairs {
		if i%2 == 0 {
			p = "{" + p + "}"
		}
		old[i] = p
	}
	return strings.NewReplacer(old...).Replace(phrase)
}

// Has reports whether the catalog holds a phrase for this key.
func (l *Locale) Has(key string) bool { _, ok := l.phrases[key]; return ok }

// Phrases returns every phrase whose key begins with the prefix, by the rest
// of its key: what a page's script needs to speak the same language.
func (l *Locale) Phrases(prefix string) map[string]string {
	out := map[string]string{}
	for key, phrase := range l.phrases {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			out[rest] = phrase
		}
	}
	return out
}

// Keys returns the catalog's keys in order.
func (l *Locale) Keys() []string {
	keys := make([]string, 0, len(l.phrases))
	for key := range l.phrases {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// exact is the number up to which a float64 holds every integer.
const exact = 1 << 53

// Number writes v with so many decimals, grouped: "1.234,5" in Vietnamese.
// What is not a finite number is written as Missing.
func (l *Locale) Number(v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Missing
	}
	digits, fraction := rounded(math.Abs(v), decimals)
	var b strings.Builder
	if v < 0 && strings.Trim(digits+fraction, "0") != "" {
		b.WriteByte('-')
	}
	b.WriteString(l.grouped(digits))
	if fraction != "" {
		b.WriteString(l.phrases["number.decimal"])
		b.WriteString(fraction)
	}
	return b.String()
}

// grouped parts digits by threes.
func (l *Locale) grouped(digits string) string {
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(l.phrases["number.group"])
		}
		b.WriteRune(d)
	}
	return b.String()
}

// rounded returns the digits before and after the decimal mark. It rounds the
// decimal that people see, halves away from zero, not the binary fraction
// behind it: 2.675, stored a hair below, becomes 2.68.
func rounded(v float64, decimals int) (digits, fraction string) {
	digits, fraction, _ = strings.Cut(strconv.FormatFloat(v, 'f', -1, 64), ".")
	if len(fraction) <= decimals {
		return digits, fraction + strings.Repeat("0", decimals-len(fraction))
	}
	up := fraction[decimals] >= '5'
	all := []byte(digits + fraction[:decimals])
	for i := len(all) - 1; up && i >= 0; i-- {
		if up = all[i] == '9'; up {
			all[i] = '0'
		} else {
			all[i]++
		}
	}
	if up {
		all = append([]byte{'1'}, all...)
	}
	return string(all[:len(all)-decimals]), string(all[len(all)-decimals:])
}

// Percent writes a share as a percentage: 0.5 is "50,0%" with one decimal.
func (l *Locale) Percent(share float64, decimals int) string {
	if math.IsNaN(share) || math.IsInf(share, 0) {
		return Missing
	}
	// Fifteen digits: what the multiplication adds behind them is noise, and
	// would round 0.285 down to 28%.
	v, err := strconv.ParseFloat(strconv.FormatFloat(share*100, 'g', 15, 64), 64)
	if err != nil {
		return Missing
	}
	return l.Number(v, decimals) + "%"
}

// Date writes a day: "28/10/2022" in Vietnamese.
func (l *Locale) Date(t time.Time) string { return t.Format(l.phrases["date.layout"]) }

// Period writes a reporting period in words: "2021-Q4" is "quý IV/2021". Text
// that is no period comes back as it is.
func (l *Locale) Period(p string) string { return l.period(p, "period.") }

// PeriodShort is Period for an axis or a narrow column: "IV/2021".
func (l *Locale) PeriodShort(p string) string { return l.period(p, "period.short.") }

func (l *Locale) period(p, prefix string) string {
	year, part, cut := strings.Cut(p, "-")
	if len(year) != 4 || strings.Trim(year, "0123456789") != "" {
		return p
	}
	if !cut {
		return l.Say(prefix+"year", "year", year)
	}
	switch {
	case len(part) == 2 && part[0] == 'Q' && part[1] >= '1' && part[1] <= '4':
		n := int(part[1] - '0')
		return l.Say(prefix+"quarter", "year", year, "n", strconv.Itoa(n), "roman", Roman(n))
	case part == "H1" || part == "H2":
		return l.Say(prefix+"half"+part[1:], "year", year)
	case len(part) == 2 && part >= "01" && part <= "12":
		return l.Say(prefix+"month", "year", year, "n", strings.TrimPrefix(part, "0"))
	case len(part) == 2 && part[1] == 'M' && part[0] >= '1' && part[0] <= '9':
		return l.Say(prefix+"months", "year", year, "n", part[:1])
	}
	return p
}

// Roman writes 1 to 3999 in Roman numerals.
func Roman(n int) string {
	var b strings.Builder
	for _, r := range []struct {
		value int
		text  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.value {
			b.WriteString(r.text)
			n -= r.value
		}
	}
	return b.String()
}

// periods writes one period, or several that a comma and a space part.
func (l *Locale) periods(text string) string {
	all := strings.Split(text, ", ")
	for i, p := range all {
		all[i] = l.Period(p)
	}
	return strings.Join(all, ", ")
}

// Cell writes one cell of a table the way its column asks for, without the
// unit. A text of no characters is Missing too.
func (l *Locale) Cell(c Column, cell any) string {
	switch x := cell.(type) {
	case nil:
		return Missing
	case bool:
		if x {
			return l.Say("boolean.true")
		}
		return l.Say("boolean.false")
	case time.Time:
		return l.Date(x)
	case Series:
		return l.short(c, x)
	case Exact:
		return l.exact(x)
	case string:
		switch {
		case x == "":
			return Missing
		case c.Format == Period:
			return l.periods(x)
		case c.Format == Status && l.Has("status."+x):
			return l.Say("status." + x)
		}
		return x
	}
	v, _ := Float(cell)
	if x, is := cell.(int64); is && math.Abs(v) >= exact && c.Format != Percent && c.Decimals == 0 {
		digits, negative := strings.CutPrefix(strconv.FormatInt(x, 10), "-")
		if negative {
			return "-" + l.grouped(digits)
		}
		return l.grouped(digits)
	}
	switch c.Format {
	case Percent:
		return l.Percent(v, c.Decimals)
	case Number:
		return l.Number(v, c.Decimals)
	case Year:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case Integer:
		return l.Number(v, 0)
	}
	if v == math.Trunc(v) {
		return l.Number(v, 0)
	}
	return l.Number(v, max(c.Decimals, 2))
}
