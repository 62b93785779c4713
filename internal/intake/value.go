package intake

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"tongket/internal/cell"
	"tongket/internal/contract"
)

// value is what a cell became: a text that the engine casts to the field's
// type, or nothing. A fault is a cell that was not read; a doubt one that was.
type value struct {
	text         string
	fault, doubt string // messages
	rule         string
}

// evidence is what the cells of one column prove.
type evidence struct {
	numbers cell.Evidence
	days    cell.Days
	open    int64 // line of the first cell with two readings
}

// reading is how the columns of one table are read, once all of it was seen.
type reading struct {
	*File
	table *Table
	marks []cell.Marks
	open  []bool // the column's marks are the contract's, not its own
	days  []cell.Order
	odd   []bool // days are written both ways

	lastPeriod [2]string // a text and the period that it means

	rounded []rounding // cells of a workbook with more decimals than are kept, by column
}

// rounding is how many cells of a column were rounded, and the line of the
// first.
type rounding struct{ n, line int64 }

// settle decides how the numbers and days of each column are written: by the
// column, else by the file's other columns, else by the contract.
func (f *File) settle(t *Table, seen []evidence) *reading {
	r := &reading{File: f, table: t, rounded: make([]rounding, len(t.Fields))}
	var all cell.Evidence
	for i := range seen {
		all.Join(seen[i].numbers)
	}
	for i := range seen {
		marks, open := seen[i].numbers.Marks(), false
		if marks == cell.Undecided {
			marks = all.Marks()
		}
		if f.Hints.Decimal != "" {
			marks = marksOf(f.Hints.Decimal)
		}
		if field := t.Fields[i]; marks == cell.Undecided && field != nil {
			marks, open = marksOf(field.Decimal), seen[i].numbers.Open > 0
		}
		r.marks, r.open = append(r.marks, marks), append(r.open, open)
		order, odd := cell.DayFirst, false
		if field := t.Fields[i]; field != nil && field.Type == contract.Date {
			if month := strings.Index(field.Layout, "%m"); month >= 0 && month < strings.Index(field.Layout, "%d") && !strings.HasPrefix(field.Layout, "%Y") {
				order = cell.MonthFirst
			}
			d := seen[i].days
			odd = order == cell.DayFirst && d.MonthFirst > 0 || order == cell.MonthFirst && d.DayFirst > 0
		}
		r.days, r.odd = append(r.days, order), append(r.odd, odd)
	}
	return r
}

func marksOf(decimal string) cell.Marks {
	if decimal == "," {
		return cell.Comma
	}
	return cell.Point
}

// read reads the cell of one column.
func (r *reading) read(column int, text string) value {
	f := r.table.Fields[column]
	plain := strings.TrimSpace(bare(text))
	if plain == "" || slices.Contains(r.Resource.Missing, plain) {
		return value{}
	}
	switch f.Type {
	case contract.Number, contract.Integer:
		return r.number(column, f, text)
	case contract.Date:
		return r.day(column, f, text, plain)
	case contract.Year:
		return r.year(text, plain)
	case contract.Boolean:
		switch strings.ToLower(plain) {
		case "true", "1", "có", "x", "yes":
			return value{text: "true"}
		case "false", "0", "không", "no":
			return value{text: "false"}
		}
		return r.bad("type", "load.type.boolean")
	}
	if f.Period {
		return value{text: r.period(plain)}
	}
	if strings.HasPrefix(text, markDate) && len(plain) >= 10 { // a text that a spreadsheet took for a day
		plain = plain[8:10] + "/" + plain[5:7] + "/" + plain[:4]
	}
	if bare := strings.TrimPrefix(plain, "'"); bare != plain && bare != "" && strings.Trim(bare, "0123456789") == "" {
		plain = bare // a number that a spreadsheet was told to keep as text
	}
	if len(plain) > 1 && plain[0] == '\'' && strings.ContainsRune("=+-@", rune(plain[1])) {
		plain = plain[1:] // our own lists keep a spreadsheet from taking a text for a formula
	}
	return value{text: visible(plain)}
}

// visible puts the signs of Windows-1252 for the control characters that a
// careless conversion leaves in their places: U+0092 for ’. A reader of the
// text would see nothing there.
func visible(text string) string {
	for _, c := range text {
		if c >= 0x80 && c < 0xA0 {
			return strings.Map(func(c rune) rune {
				if c >= 0x80 && c < 0xA0 {
					return charmap.Windows1252.DecodeByte(byte(c))
				}
				return c
			}, text)
		}
	}
	return text
}

// period reads a reporting period; what is none stays as it is. Rows of one
// period stand together, so the last answer is kept.
func (r *reading) period(text string) string {
	if r.lastPeriod[0] != text {
		r.lastPeriod = [2]string{text, text}
		if p, k := cell.ParsePeriod(text); k == cell.Value {
			r.lastPeriod[1] = p
		}
	}
	return r.lastPeriod[1]
}

func (r *reading) bad(rule, key string, pairs ...string) value {
	return value{rule: rule, fault: r.Locale.Say(key, pairs...)}
}

func (r *reading) day(column int, f *contract.Field, text, plain string) value {
	if strings.HasPrefix(text, markDate) {
		return value{text: plain[:min(len(plain), 10)]}
	}
	day, k := cell.ParseDate(plain, r.days[column])
	switch k {
	case cell.Nothing:
		return value{}
	case cell.Value:
		v := value{text: day}
		if r.odd[column] && ambiguous(plain) {
			v.rule, v.doubt = "days", r.Locale.Say("load.doubt.days")
		}
		return v
	}
	return r.bad("type", "load.type.date", "layout", f.Example())
}

// ambiguous reports whether a day may be read with the month first.
func ambiguous(text string) bool {
	var d cell.Days
	d.Add(text)
	return d.Open > 0
}

func (r *reading) year(text, plain string) value {
	plain = strings.TrimSuffix(plain, ".0")
	if len(plain) == 4 && strings.Trim(plain, "0123456789") == "" && plain[0] != '0' {
		return value{text: plain}
	}
	if n := cell.ParseNumber(plain, cell.Comma); n.Kind == cell.Nothing && text[0] != '\x01' {
		return value{}
	}
	return r.bad("type", "load.type.year")
}

func (r *reading) number(column int, f *contract.Field, text string) value {
	n, typed := cell.Number{}, text[0] == '\x01'
	switch {
	case strings.HasPrefix(text, markNumber):
		n.Text = text[2:]
	case strings.HasPrefix(text, markPercent):
		n.Text, n.Percent = shift(text[2:], 2), true
	case strings.HasPrefix(text, markError):
		n.Kind = cell.Error
	case typed:
		n.Kind = cell.Invalid
	default:
		n = cell.ParseNumber(text, r.marks[column])
	}
	v := value{}
	if n.Unit == "%" {
		n.Unit = ""
	}
	if n.Percent {
		if own, fixed := measured(f.Unit); fixed && own.base != "%" {
			return r.bad("unit", "load.type.unit", "unit", "%", "wanted", f.Unit)
		}
	}
	if n.Unit != "" {
		v = r.unit(f, &n)
		if v.fault != "" {
			return v
		}
	}
	switch n.Kind {
	case cell.Nothing:
		return value{}
	case cell.Open:
		return r.bad("type", "load.type.open", "a", n.Text, "b", n.Other)
	case cell.Error:
		return r.bad("type", "load.type.error")
	case cell.Fraction:
		return r.bad("type", "load.type.fraction")
	case cell.Invalid:
		return r.bad("type", "load.type."+string(f.Type))
	}
	power := 0
	switch c := r.table.shape.columns[column]; {
	case n.Percent && !isPercent(f), c.percent && !n.Percent && n.Unit == "":
		power = -2
	case n.Unit == "" || !hasPower(n.Unit):
		power = c.power
	default:
		m, _ := measured(n.Unit)
		own, _ := measured(f.Unit)
		power = m.power - own.power
	}
	if !typed && twoWays(text, r.marks[column]) && (f.Type == contract.Integer || r.open[column] && f.Scale >= 0 && f.Scale < 3) {
		return r.bad("type", "load.type.open", "a", n.Text, "b", ungrouped(text))
	}
	if v.text = shift(n.Text, power); typed {
		v.text = r.round(column, f, tidied(v.text))
	}
	if key, pairs := r.fits(f, v.text); key != "" {
		return r.bad("type", key, pairs...)
	}
	switch {
	case v.doubt != "":
	case n.About:
		v.rule, v.doubt = "about", r.Locale.Say("load.doubt.about")
	case n.Against && strings.Contains(n.Text, "."):
		v.rule, v.doubt = "against", r.Locale.Say("load.doubt.against", "value", n.Text)
	}
	return v
}

// round takes the decimals that are not kept off a number of a workbook. They
// are there because a formula made them: nobody typed 150.3333333.
func (r *reading) round(column int, f *contract.Field, text string) string {
	_, fraction, _ := strings.Cut(text, ".")
	if f.Type != contract.Number || f.Scale < 0 || len(fraction) <= max(f.Scale, 3) {
		return text
	}
	v, ok := new(big.Rat).SetString(text)
	if !ok {
		return text
	}
	r.rounded[column].n++
	rounded := v.FloatString(f.Scale)
	if strings.Contains(rounded, ".") {
		rounded = strings.TrimRight(strings.TrimRight(rounded, "0"), ".")
	}
	if rounded == "-0" {
		return "0"
	}
	return rounded
}

// twoWays reports whether the one mark of a text is taken for the decimal mark
// and stands before three digits: it may as well be a thousands mark.
func twoWays(text string, m cell.Marks) bool {
	mark := byte(',')
	if m == cell.Point {
		mark = '.'
	}
	text = strings.TrimSpace(text)
	i := strings.IndexByte(text, mark)
	return i > 0 && i == len(text)-4 && strings.Trim(text[i+1:], "0123456789") == "" && !strings.ContainsAny(text[:i], ".,")
}

func ungrouped(text string) string {
	return strings.NewReplacer(".", "", ",", "").Replace(strings.TrimSpace(text))
}

func hasPower(unit string) bool {
	_, ok := measured(unit)
	return ok
}

func isPercent(f *contract.Field) bool {
	m, ok := measured(f.Unit)
	return ok && m.base == "%"
}

// unit holds the words behind a figure against the field's unit.
func (r *reading) unit(f *contract.Field, n *cell.Number) value {
	m, known := measured(n.Unit)
	own, fixed := measured(f.Unit)
	switch {
	case known && fixed && m.base != own.base:
		return r.bad("unit", "load.type.unit", "unit", n.Unit, "wanted", f.Unit)
	case known && fixed:
		return value{}
	case !known && (fixed || len([]rune(n.Unit)) < 3): // 12O is no 12
		return r.bad("type", "load.type."+string(f.Type))
	}
	return value{rule: "unit", doubt: r.Locale.Say("load.doubt.unit", "unit", n.Unit)}
}

// fits reports why a number cannot be kept as it is, or "".
func (r *reading) fits(f *contract.Field, text string) (key string, pairs []string) {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	switch {
	case f.Type == contract.Integer && fraction != "":
		return "load.type.integer", nil
	case f.Type == contract.Integer && (len(whole) > 18), f.Type == contract.Number && f.Scale >= 0 && len(whole) > 18-f.Scale, len(whole) > 300:
		return "load.type.large", nil
	case f.Type == contract.Number && f.Scale >= 0 && len(fraction) > f.Scale:
		return "load.type.scale", []string{"n", strconv.Itoa(f.Scale)}
	}
	return "", nil
}

// shift moves the decimal point of a canonical number.
func shift(text string, power int) string {
	if power == 0 {
		return text
	}
	negative := strings.HasPrefix(text, "-")
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	for ; power > 0; power-- {
		next := "0"
		if fraction != "" {
			next, fraction = fraction[:1], fraction[1:]
		}
		whole += next
	}
	for ; power < 0; power++ {
		last := "0"
		if whole != "" {
			last, whole = whole[len(whole)-1:], whole[:len(whole)-1]
		}
		fraction = last + fraction
	}
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if negative && whole != "0" {
		whole = "-" + whole
	}
	return whole
}

// tidied takes off what binary arithmetic leaves behind a number in a
// workbook: 150.50000000000003. A spreadsheet shows fifteen digits.
func tidied(text string) string {
	_, fraction, _ := strings.Cut(text, ".")
	if len(text) <= 16 || fraction == "" {
		return text
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.Abs(v) >= 1e15 {
		return text
	}
	short := strconv.FormatFloat(v, 'g', 15, 64)
	if v, err = strconv.ParseFloat(short, 64); err != nil {
		return text
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
