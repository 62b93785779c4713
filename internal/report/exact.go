package report

import (
	"strconv"
	"strings"
)

// Exact is a number with more digits than a float64 holds, written out with a
// decimal point. Only answers to questions have such cells.
type Exact string

// MarshalJSON writes the number as such.
func (x Exact) MarshalJSON() ([]byte, error) { return []byte(x), nil }

// exact writes all digits, grouped.
func (l *Locale) exact(x Exact) string {
	text, sign := strings.CutPrefix(string(x), "-")
	digits, fraction, _ := strings.Cut(text, ".")
	var b strings.Builder
	if sign {
		b.WriteByte('-')
	}
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(l.phrases["number.group"])
		}
		b.WriteRune(d)
	}
	if fraction != "" {
		b.WriteString(l.phrases["number.decimal"] + fraction)
	}
	return b.String()
}

func (x Exact) float() float64 {
	v, err := strconv.ParseFloat(string(x), 64)
	if err != nil {
		return 0
	}
	return v
}
