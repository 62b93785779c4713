package intake

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"tongket/internal/cell"
	"tongket/internal/contract"
)

// sums holds the sums that a file prints, and the relations between its
// columns, against its rows. What differs is a warning beside the number it
// doubts, never a change of it.
type sums struct {
	*reading
	now      []float64 // the present row, by column; NaN for none
	top      []float64 // of the rows, without those one level down
	all      []float64
	digits   []int // most digits behind the point that the column shows; negative before it
	shown    []bool
	n        int  // rows so far
	deeper   bool // there are rows one level down
	sections []stated
	totals   []stated
	formulas []formula
}

// stated is a printed sum: a row of them, and what had been summed up when it
// stood there.
type stated struct {
	line     int64
	label    string
	level    level
	values   []float64
	cells    []string // as printed
	top, all []float64
	n        int
	closed   bool
	// What a total may be the sum of: the rows since the last heading, and
	// since the last total.
	since, after *mark
}

type mark struct {
	top, all []float64
	n        int
}

// mostSums bounds how many printed sums are checked.
const mostSums = 5000

func newSums(r *reading) *sums {
	n := len(r.table.Fields)
	s := &sums{reading: r, now: make([]float64, n), top: make([]float64, n), all: make([]float64, n), digits: make([]int, n), shown: make([]bool, n), formulas: r.table.shape.formulas}
	for i := range s.now {
		s.now[i] = math.NaN()
	}
	return s
}

// add takes the value of one cell of the present row.
func (s *sums) add(column int, f *contract.Field, text string) {
	s.now[column] = math.NaN()
	if text == "" || !isFigures(f) {
		return
	}
	if v, err := strconv.ParseFloat(text, 64); err == nil {
		s.now[column] = v
		s.show(column, text)
	}
}

// show notes how finely a column is written. 27.156 in triệu đồng, which is
// 27156000000, shows nothing of the last six digits.
func (s *sums) show(column int, text string) {
	whole, fraction, _ := strings.Cut(text, ".")
	digits := len(fraction)
	if power := s.table.shape.columns[column].power; power > 0 && digits == 0 {
		digits = -min(power, len(whole)-len(strings.TrimRight(whole, "0")))
	}
	if !s.shown[column] || digits > s.digits[column] {
		s.digits[column], s.shown[column] = digits, true
	}
}

// row ends the present row.
func (s *sums) row(t *tidying, x *row) {
	s.n++
	down := x.level == lower
	s.deeper = s.deeper || down
	for c, v := range s.now {
		if math.IsNaN(v) {
			continue
		}
		s.all[c] += v
		if !down {
			s.top[c] += v
		}
	}
	for _, f := range s.formulas {
		f.check(t, x)
	}
}

// summable reports whether the sum of a column means anything: that of shares
// does not.
func (s *sums) summable(c int) bool {
	f := s.table.Fields[c]
	return f != nil && isFigures(f) && !s.table.shape.columns[c].percent && !isPercent(f)
}

// printed reads the figures of a printed sum.
func (s *sums) printed(x *row) []float64 {
	out := make([]float64, len(s.table.Fields))
	for c := range out {
		out[c] = math.NaN()
		if c >= len(x.cells) || x.cells[c] == "" || !s.summable(c) || strings.Contains(x.cells[c], "%") || strings.HasPrefix(x.cells[c], markPercent) {
			continue
		}
		v := s.read(c, x.cells[c])
		if n, err := strconv.ParseFloat(v.text, 64); err == nil && v.fault == "" {
			out[c] = n
			s.show(c, v.text)
		}
	}
	return out
}

func (s *sums) mark() *mark {
	return &mark{append([]float64(nil), s.top...), append([]float64(nil), s.all...), s.n}
}

// section begins a block. Those as deep or deeper end.
func (s *sums) section(t *tidying, x *row) {
	s.close(t, x.level)
	if len(s.sections)+len(s.totals) > mostSums {
		return
	}
	m := s.mark()
	s.sections = append(s.sections, stated{line: x.line, label: x.label, level: x.level, values: s.printed(x), cells: x.cells, top: m.top, all: m.all, n: m.n})
}

// close ends the open blocks that are as deep as a level, or deeper.
func (s *sums) close(t *tidying, l level) {
	for i := range s.sections {
		b := &s.sections[i]
		if b.closed || b.level < l {
			continue
		}
		b.closed = true
		s.compare(t, b, []*mark{{b.top, b.all, b.n}}, s.mark())
	}
}

// total notes a printed total; what it sums up is known at the end.
func (s *sums) total(t *tidying, x *row) {
	if len(s.sections)+len(s.totals) > mostSums {
		return
	}
	b := stated{line: x.line, label: x.label, values: s.printed(x), cells: x.cells, n: s.n}
	zero := &mark{make([]float64, len(s.top)), make([]float64, len(s.top)), 0}
	b.since, b.after = zero, zero
	for i := range s.sections {
		if p := &s.sections[i]; !p.closed || i == len(s.sections)-1 {
			b.since = &mark{p.top, p.all, p.n}
		}
	}
	if len(s.totals) > 0 {
		p := s.totals[len(s.totals)-1]
		b.after = &mark{p.top, p.all, p.n}
	}
	m := s.mark()
	b.top, b.all = m.top, m.all
	s.totals = append(s.totals, b)
}

// finish compares what could only be compared when all rows were seen.
func (s *sums) finish(t *tidying) {
	s.close(t, none)
	end := s.mark()
	zero := &mark{make([]float64, len(s.top)), make([]float64, len(s.top)), 0}
	for i := range s.totals {
		b := &s.totals[i]
		here := &mark{b.top, b.all, b.n}
		switch {
		case s.agrees(b, zero, end):
		case b.n == 0:
			s.compare(t, b, []*mark{zero}, end)
		case s.agrees(b, b.since, here) || s.agrees(b, b.after, here) || s.agrees(b, zero, here):
		case strings.HasPrefix(fold(b.label), "tong"):
			s.compare(t, b, []*mark{zero}, here)
		case b.n == s.n:
			s.compare(t, b, []*mark{zero, b.since, b.after}, here)
		default:
			s.compare(t, b, []*mark{b.since, b.after}, here)
		}
	}
}

// agrees reports whether every figure of a printed sum is the sum of the rows
// between two moments.
func (s *sums) agrees(b *stated, from, to *mark) bool {
	for c, v := range b.values {
		if !math.IsNaN(v) && !s.near(c, v, from, to) {
			return false
		}
	}
	return true
}

func (s *sums) near(c int, printed float64, from, to *mark) bool {
	_, _, ok := s.difference(c, printed, from, to)
	return ok
}

// difference returns the sum of the rows between two moments, how far rounding
// may move it, and whether the printed one lies within. Rows one level down
// count or do not, whichever fits.
func (s *sums) difference(c int, printed float64, from, to *mark) (sum, allowed float64, ok bool) {
	n := to.n - from.n
	if s.table.Fields[c].Type != contract.Integer {
		allowed = 0.5 * math.Pow10(-s.digits[c]) * float64(n+1)
	}
	slack := allowed + 1e-9*math.Abs(printed)
	sum = to.top[c] - from.top[c]
	whole := to.all[c] - from.all[c]
	return sum, allowed, math.Abs(sum-printed) <= slack || math.Abs(whole-printed) <= slack
}

// compare tells what differs from the nearest of the sums it may be.
func (s *sums) compare(t *tidying, b *stated, from []*mark, to *mark) {
	for c, v := range b.values {
		if math.IsNaN(v) {
			continue
		}
		best, allowed, fits := math.Inf(1), 0.0, false
		for _, m := range from {
			if to.n == m.n {
				fits = true // there are no rows to hold it against
				break
			}
			sum, a, ok := s.difference(c, v, m, to)
			if fits = fits || ok; math.Abs(sum-v) < math.Abs(best-v) {
				best, allowed = sum, a
			}
		}
		if fits {
			continue
		}
		f := s.table.Fields[c]
		digits := max(min(s.digits[c], 6), 0)
		number := func(x float64) string { return s.Locale.Number(x, digits) }
		key := "load.total"
		if allowed > 0 {
			key = "load.total.rounded"
		}
		t.fault(Fault{Line: b.line, Column: f.Title, Value: short(bare(b.cells[c])), Rule: "total", Message: s.Locale.Say(key,
			"label", short(b.label), "sum", number(best), "difference", number(math.Abs(v-best)), "allowed", s.Locale.Number(allowed, digits+1))}, false)
	}
}

// formula is a relation that the row of column numbers states: (7)=(5)+(6).
type formula struct {
	left   int // columns
	terms  []int
	minus  []bool
	divide bool
	text   string
}

var reference = regexp.MustCompile(`[(\[]?([A-Z]|\d{1,2})[)\]]?`)
var chain = regexp.MustCompile(`^(?:[(\[]?(?:[A-Z]|\d{1,2})[)\]]?)(?:\s*[-+]\s*[(\[]?(?:[A-Z]|\d{1,2})[)\]]?)+$`)
var ratio = regexp.MustCompile(`^([(\[]?(?:[A-Z]|\d{1,2})[)\]]?)\s*[/:]\s*([(\[]?(?:[A-Z]|\d{1,2})[)\]]?)(?:\s*[x*×]\s*100\s*%?)?$`)

// formulas reads the relations in a row of column numbers.
func formulas(r *record) []formula {
	at := map[string]int{}
	for c, text := range r.cells {
		text = strings.TrimSpace(bare(text))
		name, _, _ := strings.Cut(text, "=")
		if name = strings.Trim(name, " ()[]"); name != "" {
			if _, twice := at[name]; !twice {
				at[name] = c
			}
		}
	}
	var out []formula
	for c, text := range r.cells {
		text = strings.TrimSpace(bare(text))
		_, right, ok := strings.Cut(text, "=")
		right = strings.TrimSpace(right)
		f := formula{left: c, text: text}
		switch {
		case !ok:
			continue
		case chain.MatchString(right):
		case ratio.MatchString(right):
			f.divide, right = true, strings.Join(ratio.FindStringSubmatch(right)[1:3], "/")
		default:
			continue
		}
		known := true
		for _, m := range reference.FindAllStringSubmatchIndex(right, -1) {
			term, found := at[right[m[2]:m[3]]]
			known = known && found
			before := strings.TrimRight(right[:m[0]], " ")
			f.terms, f.minus = append(f.terms, term), append(f.minus, strings.HasSuffix(before, "-"))
		}
		if known && len(f.terms) > 1 {
			out = append(out, f)
		}
	}
	return out
}

// check holds a row against the relation.
func (f formula) check(t *tidying, x *row) {
	left, digits, ok := t.plainly(x, f.left)
	if !ok {
		return
	}
	want, slack := 0.0, 0.5*math.Pow10(-digits)
	for i, c := range f.terms {
		v, d, ok := t.plainly(x, c)
		switch {
		case !ok && f.divide:
			return
		case !ok:
			continue
		case f.divide && i == 1:
			if v == 0 {
				return
			}
			want /= v
		case f.minus[i]:
			want -= v
		default:
			want += v
		}
		if !f.divide {
			slack += 0.5 * math.Pow10(-d)
		}
	}
	if f.divide && strings.Contains(x.cells[f.left], "%") {
		want *= 100
	} else if f.divide && math.Abs(left-100*want) < math.Abs(left-want) {
		want *= 100
	}
	if f.divide {
		slack = math.Max(slack, math.Pow10(-digits)) // one unit of the last digit: some cut off instead of rounding
	}
	if math.Abs(left-want) <= slack*1.000001+1e-9*math.Abs(left) {
		return
	}
	title := t.here.Header[f.left]
	if field := t.here.Fields[f.left]; field != nil {
		title = field.Title
	}
	t.fault(Fault{Line: x.line, Column: title, Value: short(bare(x.cells[f.left])), Rule: "formula",
		Message: t.Locale.Say("load.formula", "formula", f.text, "value", t.Locale.Number(want, max(digits, 1)))}, false)
}

// plainly reads a figure of any column as it is written, and how many digits
// it shows behind the mark.
func (t *tidying) plainly(x *row, c int) (v float64, digits int, ok bool) {
	if c >= len(x.cells) || c >= len(t.reading.marks) {
		return 0, 0, false
	}
	text := x.cells[c]
	switch {
	case text == "":
		return 0, 0, false
	case strings.HasPrefix(text, markPercent):
		text = shift(text[2:], 2)
	case strings.HasPrefix(text, markNumber):
		text = tidied(text[2:])
	case text[0] == '\x01':
		return 0, 0, false
	default:
		n := cell.ParseNumber(text, t.reading.marks[c])
		if n.Kind != cell.Value {
			return 0, 0, false
		}
		text = n.Text
	}
	_, fraction, _ := strings.Cut(text, ".")
	v, err := strconv.ParseFloat(text, 64)
	if strings.HasPrefix(x.cells[c], "\x01") {
		return v, min(len(fraction), 2), err == nil
	}
	return v, len(fraction), err == nil
}
