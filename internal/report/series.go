package report

import (
	"math"
	"strconv"
	"strings"
)

// Series is a cell of a Sparkline column: numbers in their order, NaN where
// there is none.
type Series []float64

// MarshalJSON writes null where there is no number.
func (s Series) MarshalJSON() ([]byte, error) {
	return []byte("[" + strings.Join(s.words("null"), ",") + "]"), nil
}

func (s Series) words(missing string) []string {
	words := make([]string, len(s))
	for i, v := range s {
		if words[i] = missing; !math.IsNaN(v) {
			words[i] = strconv.FormatFloat(v, 'f', -1, 64)
		}
	}
	return words
}

// String writes the list as SQL does: [1, NULL, 2.5].
func (s Series) String() string { return "[" + strings.Join(s.words("NULL"), ", ") + "]" }

// Last is the last number; ok is false when there is none.
func (s Series) Last() (v float64, ok bool) {
	for i := len(s) - 1; i >= 0; i-- {
		if !math.IsNaN(s[i]) {
			return s[i], true
		}
	}
	return 0, false
}

// known are the numbers that are there.
func (s Series) known() []float64 {
	var out []float64
	for _, v := range s {
		if !math.IsNaN(v) {
			out = append(out, v)
		}
	}
	return out
}

// Lines are the strokes of the series in a field of this size, from left to
// right, broken where a number is missing; a lone one is a stroke of one
// point. The field spans from the lowest to the highest number, and from zero
// where all are above it.
func (s Series) Lines(width, height float64) (lines [][][2]float64) {
	low, high := 0.0, 0.0
	for _, v := range s.known() {
		low, high = min(low, v), max(high, v)
	}
	if high == low {
		high = low + 1
	}
	open := false
	for i, v := range s {
		if math.IsNaN(v) {
			open = false
			continue
		}
		x := width
		if len(s) > 1 {
			x = width * float64(i) / float64(len(s)-1)
		}
		p := [2]float64{x, height * (high - v) / (high - low)}
		if !open {
			lines, open = append(lines, nil), true
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], p)
	}
	return lines
}

// Course says in words what a sparkline shows: where it begins and ends, its
// lowest and highest number, and how many are missing.
func (l *Locale) Course(c Column, s Series) string {
	known := s.known()
	if len(known) == 0 {
		return l.Say("chart.say.nothing_short")
	}
	write := func(v float64) string { return l.one(c, v) }
	first, last := known[0], known[len(known)-1]
	from, to := write(first), write(last)
	key := "spark.same"
	switch {
	case len(known) == 1:
		key = "spark.one"
	case from != to && last > first:
		key = "spark.rise"
	case from != to:
		key = "spark.fall"
	}
	text := l.Say(key, "from", from, "to", to)
	low, high := known[0], known[0]
	for _, v := range known {
		low, high = min(low, v), max(high, v)
	}
	if low < min(first, last) || high > max(first, last) {
		text += l.Say("spark.range", "low", write(low), "high", write(high))
	}
	if n := len(s) - len(known); n > 0 {
		text += l.Say("spark.missing", "n", strconv.Itoa(n))
	}
	return text
}

// one writes a number of a series with its unit.
func (l *Locale) one(c Column, v float64) string {
	text := l.Number(v, c.Decimals)
	switch c.Unit {
	case "":
	case "%":
		text += "%"
	default:
		text += " " + c.Unit
	}
	return text
}

// short writes a series in a cell of text: its first and its last number.
func (l *Locale) short(c Column, s Series) string {
	known := s.known()
	c.Unit = strings.TrimFunc(c.Unit, func(r rune) bool { return r != '%' }) // the head of the column has it
	switch len(known) {
	case 0:
		return Missing
	case 1:
		return l.one(c, known[0])
	}
	return l.Say("spark.short", "from", l.one(c, known[0]), "to", l.one(c, known[len(known)-1]))
}
