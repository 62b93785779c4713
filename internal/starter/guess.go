package starter

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"tongket/internal/cell"
	"tongket/internal/intake"
	"tongket/internal/register"
	"tongket/internal/report"
)

// column is one column of a proposed table, with what showed it.
type column struct {
	name, title, unit string
	header            string // as the file has it; empty: the period that a title tells
	kind              string // of the contract: string, integer, number, date, year
	layout            string // of days
	decimal, group    string
	decimals          int
	period, names     bool // holds periods; names units
	cumulative        bool // counted since a beginning
	why               []string
}

// guess says what a column seems to hold.
func guess(seen intake.Seen, l *report.Locale) column {
	c := column{title: seen.Title, unit: seen.Unit, header: seen.Header, kind: "string"}
	n := len(seen.Cells)
	count := func(v int) string { return l.Number(float64(v), 0) }
	say := func(key string, pairs ...string) { c.why = append(c.why, l.Say(key, pairs...)) }
	if n == 0 {
		say("init.guess.blank")
		return c
	}
	first := quote(seen.Cells[0].Text)
	switch {
	case all(seen.Cells, isYear) && has(seen.Header, "nam", "year"):
		c.kind = "year"
		say("init.guess.year", "n", count(n), "example", first)
	case all(seen.Cells, isPeriod) && (has(seen.Header, "ky", "quy", "thang", "period", "nam") || !all(seen.Cells, isYear)):
		c.period = true
		say("init.guess.period", "n", count(n), "example", first)
	case all(seen.Cells, isDay):
		c.kind = "date"
		say("init.guess.date", "n", count(n), "example", first)
		c.days(seen, l)
	case figures(seen) > 0:
		c.numbers(seen, l)
		if c.cumulative = has(seen.Header, "luy ke", "cong don", "cumulative"); c.cumulative {
			say("init.guess.cumulative")
		}
	default:
		say("init.guess.text", "n", count(n), "example", first)
	}
	return c
}

// figures is how many cells are figures, when nine of ten are and none is a
// code: "007" is no figure.
func figures(seen intake.Seen) int {
	n := 0
	for _, x := range seen.Cells {
		digits := strings.TrimLeft(x.Text, "-")
		if !x.Number && len(digits) > 1 && digits[0] == '0' && unicode.IsDigit(rune(digits[1])) || has(seen.Header, "ma", "code", "dien thoai", "so hieu") {
			return 0
		}
		if isFigure(x) {
			n++
		}
	}
	if 10*n < 9*len(seen.Cells) {
		return 0
	}
	return n
}

// numbers finds the marks of a column of figures.
func (c *column) numbers(seen intake.Seen, l *report.Locale) {
	var proofs cell.Evidence
	var open, odd, comma, point intake.Cell
	odds, broken := 0, 0
	for _, x := range seen.Cells {
		if x.Number {
			_, fraction, _ := strings.Cut(x.Text, ".")
			broken = max(broken, len(fraction))
			continue
		}
		var one cell.Evidence
		one.Add(x.Text)
		proofs.Join(one)
		switch {
		case one.Comma > 0: // the longest one shows most
			if len(x.Text) > len(comma.Text) {
				comma = x
			}
		case one.Point > 0:
			if len(x.Text) > len(point.Text) {
				point = x
			}
		case one.Open > 0 && open.Text == "":
			open = x
		case !isFigure(x):
			if odds++; odd.Text == "" {
				odd = x
			}
		}
	}
	marks := proofs.Marks()
	c.kind, c.decimal, c.group = "integer", ",", "."
	if marks == cell.Point {
		c.decimal, c.group = ".", ","
	}
	read := cell.Comma
	if c.decimal == "." {
		read = cell.Point
	}
	grouped := false
	for _, x := range seen.Cells {
		if x.Number {
			continue
		}
		if v := cell.ParseNumber(x.Text, read); v.Kind == cell.Value || v.Kind == cell.Open {
			_, fraction, _ := strings.Cut(v.Text, ".")
			broken = max(broken, len(fraction))
			grouped = grouped || strings.Contains(x.Text, c.group)
		}
	}
	if c.decimals = broken; broken > 0 {
		c.kind = "number"
	}
	if !grouped {
		c.group = ""
	}
	n := l.Number(float64(len(seen.Cells)-odds), 0)
	c.why = append(c.why, l.Say("init.guess."+c.kind, "n", n))
	switch {
	case marks == cell.Comma:
		c.why = append(c.why, l.Say("init.guess.comma", "example", quote(comma.Text)))
	case marks == cell.Point:
		c.why = append(c.why, l.Say("init.guess.point", "example", quote(point.Text)))
	case marks == cell.Mixed:
		c.why = append(c.why, l.Say("init.guess.mixed", "first", quote(comma.Text), "second", quote(point.Text)))
	case open.Text != "":
		c.why = append(c.why, l.Say("init.guess.open", "example", quote(open.Text)))
	}
	if odds > 0 {
		c.why = append(c.why, l.Say("init.guess.odd", "n", l.Number(float64(odds), 0), "example", quote(odd.Text), "line", strconv.FormatInt(odd.Line, 10)))
	}
}

// days finds how a column writes its days.
func (c *column) days(seen intake.Seen, l *report.Locale) {
	var proofs cell.Days
	example := ""
	for _, x := range seen.Cells {
		if !x.Day {
			proofs.Add(x.Text)
			example = x.Text
		}
	}
	c.layout = "%d/%m/%Y"
	switch sign := strings.IndexAny(example, "/-."); {
	case sign == 4:
		c.layout = "%Y-%m-%d"
	case proofs.MonthFirst > proofs.DayFirst:
		c.layout = "%m/%d/%Y"
		c.why = append(c.why, l.Say("init.guess.month"))
	case proofs.DayFirst == 0 && proofs.Open > 0:
		c.why = append(c.why, l.Say("init.guess.day"))
	}
	if sign := strings.IndexAny(example, "-."); sign > 0 && sign < 4 {
		c.layout = strings.ReplaceAll(c.layout, "/", example[sign:sign+1])
	}
}

// namesUnits reports whether a column of texts seems to name the units that
// report: its header says so, and they are words.
func namesUnits(seen intake.Seen, c column) bool {
	folded := " " + plain(seen.Header) + " "
	if c.kind != "string" || c.period || strings.Contains(folded, " tinh ") || strings.Contains(folded, " ma ") || len(seen.Cells) == 0 {
		return false
	}
	for _, word := range []string{" don vi ", " co quan ", " so ban nganh ", " dia phuong ", " to chuc ", " ten so ", " huyen ", " xa ", " unit ", " department ", " agency "} {
		if strings.Contains(folded, word) {
			return true
		}
	}
	return false
}

func isFigure(x intake.Cell) bool {
	if x.Number {
		return true
	}
	v := cell.ParseNumber(x.Text, cell.Undecided)
	return v.Kind == cell.Value || v.Kind == cell.Open || v.Kind == cell.Nothing
}

func isDay(x intake.Cell) bool {
	if x.Day {
		return true
	}
	_, k := cell.ParseDate(x.Text, cell.DayFirst)
	_, other := cell.ParseDate(x.Text, cell.MonthFirst)
	return (k == cell.Value || other == cell.Value) && strings.ContainsAny(x.Text, "/-.")
}

func isYear(x intake.Cell) bool {
	y, err := strconv.Atoi(x.Text)
	return err == nil && y >= 1900 && y <= 2100
}

func isPeriod(x intake.Cell) bool {
	_, k := cell.ParsePeriod(x.Text)
	return k == cell.Value
}

func all(cells []intake.Cell, is func(intake.Cell) bool) bool {
	return !slices.ContainsFunc(cells, func(x intake.Cell) bool { return !is(x) })
}

// has reports whether one of the words stands in a header.
func has(header string, words ...string) bool {
	folded := " " + plain(header) + " "
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(folded, " "+w+" ") })
}

// plain is a text in small letters a to z and digits, blanks between words.
func plain(s string) string {
	var b strings.Builder
	for _, r := range register.Fold(strings.ReplaceAll(s, "%", " phan tram ")) {
		if r == 'đ' {
			r = 'd'
		}
		for _, c := range bare(r) {
			if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
				b.WriteRune(c)
			} else if !unicode.Is(unicode.Mn, c) {
				b.WriteByte(' ')
			}
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// quote is a value as a comment shows it.
func quote(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return s
}
