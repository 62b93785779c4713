package intake

import (
	"regexp"
	"slices"
	"strings"

	"tongket/internal/cell"
	"tongket/internal/charset"
	"tongket/internal/contract"
	"tongket/internal/workbook"
)

// shape is where the parts of a table stand in a sheet or a text file.
type shape struct {
	score    int
	top      int   // titles above the header, in records
	line     int64 // on which the header begins
	height   int   // of the header, in records
	numbers  bool  // a row of column numbers stands below it
	columns  []column
	key      int // column that names the unit, or -1
	ordinal  int // column of running numbers, or -1
	formulas []formula
	titles   []*record
	header   [][]string // folded texts of the header's rows, to know them again
	decoding charset.Decoding
	merges   []workbook.Merge // below the header, over several rows
	conflict string           // between what the title and the name say, as a message
	periods  []string         // that the title tells, where they are several
	unclear  string           // a line that speaks of thousands in a way that is not understood
}

// column is how the figures of one column are to be read.
type column struct {
	power   int    // of ten, by which they are multiplied: 6 for triệu đồng in a field of đồng
	percent bool   // they are parts of a hundred
	figures bool   // the field is a number
	unit    string // that the header tells, as it stands there
}

// deepest and highest bound the search for a header: how many records may
// stand above it, and over how many it may spread.
const deepest, highest = 80, 7

// table finds the header in the first records: of all places and heights the
// one under which most fields are known.
func (f *File) table(grid []*record, merges []workbook.Merge) *Table {
	by := spell(f.Resource)
	g := newGrid(grid[:min(len(grid), deepest+highest)], merges)
	best, top, height := matched{}, 0, 1
	score := -1 << 30
	deepest, highest := deepest, highest
	if g.width > 300 { // no report is so wide; each place costs that much more
		deepest, highest = 12, 3
	}
	for i := 0; i < min(len(grid), deepest); i++ {
		if f.Hints.HeaderRow > 0 && grid[i].line != int64(f.Hints.HeaderRow) {
			continue
		}
		for h := 1; h <= highest && i+h <= len(grid); h++ {
			m := match(g.headings(i, h), by, f.Resource)
			if s := 40*m.known - 30*m.twice - 15*m.missing - 2*h - i/8; s > score {
				best, top, height, score = m, i, h, s
			}
			if m.missing+m.twice == 0 && m.known == len(m.fields) { // every column is known
				if h == 1 {
					i = len(grid) // a taller one may have taken in a line that stands above it
				}
				break
			}
			if h < highest && i+h < len(grid) && figureRow(grid[i+h]) {
				break
			}
		}
	}
	for f.Hints.HeaderRow == 0 && top+height < len(grid) && height < highest && best.known > 0 && f.under(grid[top+height], best) {
		m := match(g.headings(top, height+1), by, f.Resource)
		if m.known < best.known || m.twice > best.twice {
			break
		}
		best, height = m, height+1
	}
	return f.lay(grid, g, best, shape{score: score, top: top, height: height})
}

// under reports whether a record below the header still belongs to it: it
// holds no figure and names no unit, and its words stand in columns of
// figures, or it begins to the right of where the units stand.
func (f *File) under(r *record, m matched) bool {
	words, right, key, said := 0, false, false, map[string]bool{}
	figures := slices.ContainsFunc(m.fields, func(x *contract.Field) bool { return x != nil && isFigures(x) })
	for i, c := range r.cells {
		if strings.TrimSpace(c) == "" {
			continue
		}
		if c[0] == '\x01' || cell.ParseNumber(c, cell.Undecided).Kind != cell.Invalid {
			return false
		}
		var field *contract.Field
		if i < len(m.fields) {
			field = m.fields[i]
		}
		switch {
		case field == nil:
			right = right || i > 1
		case isFigures(field):
			words++
			text := fold(c)
			if _, unit := measured(strings.Trim(c, "()[] ")); !unit && (said[text] || statusText.MatchString(text)) {
				return false // "đang thống kê" is said of a unit, not of a column
			}
			said[text] = true
		case field.Period || field.Type == contract.Date:
			return false
		case field == f.keyField():
			key = true
			if f.Units != nil && f.Units.Has(c) {
				return false
			}
		}
	}
	return figures && (words > 0 || right && !key)
}

// reports tells whether a record may be a row of the table: it holds a figure,
// which "(1)" is not, where figures stand, or names a unit.
func (f *File) reports(t *Table, r *record) bool {
	for i, c := range r.cells {
		switch {
		case strings.TrimSpace(c) == "" || i >= len(t.Fields) || t.Fields[i] == nil:
		case isFigures(t.Fields[i]):
			if c[0] == '\x01' || !numbered.MatchString(strings.TrimSpace(c)) && cell.ParseNumber(c, cell.Undecided).Kind == cell.Value {
				return true
			}
		case f.Units != nil && f.Units.Has(c):
			return true
		}
	}
	return false
}

var statusText = regexp.MustCompile(`^(?:dang|chua|khong|se|xin|da bao|theo) `)

func isFigures(f *contract.Field) bool {
	return f.Type == contract.Number || f.Type == contract.Integer
}

// figureRow reports whether half of a record's cells are figures: no header.
func figureRow(r *record) bool {
	figures, all := 0, 0
	for _, c := range r.cells {
		if strings.TrimSpace(c) == "" {
			continue
		}
		all++
		if c[0] == '\x01' || cell.ParseNumber(c, cell.Undecided).Kind == cell.Value {
			figures++
		}
	}
	return all > 1 && 2*figures >= all && !numberRow(r)
}

// lay makes the table below a header that was found.
func (f *File) lay(grid []*record, g *texts, m matched, s shape) *Table {
	t := &Table{Fields: m.fields, Sources: map[string]string{}, shape: s}
	p := &t.shape
	p.key, p.ordinal = -1, -1
	if len(grid) == 0 {
		return t
	}
	last := grid[s.top+s.height-1]
	t.First, p.line, p.titles = last.next, grid[s.top].line, grid[:s.top]
	for _, r := range grid[s.top : s.top+s.height] {
		var line []string
		for _, c := range r.cells {
			line = append(line, fold(bare(c)))
		}
		p.header = append(p.header, line)
	}
	headings := g.headings(s.top, s.height)
	above := f.measures(p)
	for i := range headings {
		h, field := &headings[i], m.fields[i]
		t.Header = append(t.Header, h.text)
		p.columns = append(p.columns, f.column(h, field, above))
		switch {
		case field == nil && slices.Contains([]string{"stt", "tt", "so tt", "so thu tu", "s t t", "no", "s tt", "so"}, firstWords(h)) && p.ordinal < 0:
			p.ordinal = i
		case field == nil && h.text != "":
			t.Unknown = append(t.Unknown, h.text)
		case field != nil && p.key < 0 && field == f.keyField():
			p.key = i
		}
	}
	for i := s.top + s.height; i < len(grid) && i < s.top+s.height+2; i++ {
		if numberRow(grid[i]) {
			p.numbers = true
			p.formulas = formulas(grid[i])
			if !slices.ContainsFunc(grid[s.top+s.height:i], func(r *record) bool { return f.reports(t, r) }) { // what stands between is the header's
				t.First = grid[i].next
			}
			break
		}
	}
	if p.ordinal < 0 {
		p.ordinal = f.ordinalColumn(grid, t)
	}
	f.fill(t)
	return t
}

// keyField is the field that names what a row is about: the first text of the
// primary key that is no period, else the first key of another table.
func (f *File) keyField() *contract.Field {
	for _, name := range f.Resource.PrimaryKey {
		if x := f.Resource.Field(name); x.Type == contract.String && !x.Period {
			return x
		}
	}
	for _, k := range f.Resource.ForeignKeys {
		return f.Resource.Field(k.Field)
	}
	return nil
}

func firstWords(h *heading) string {
	joined := strings.Join(h.folded, " ")
	for _, end := range []string{" no", " no no"} {
		joined = strings.TrimSuffix(joined, end)
	}
	return joined
}

// ordinalColumn finds running numbers under a header that does not say so:
// the first column, when no field answers to it and its cells are numbers of
// rows.
func (f *File) ordinalColumn(grid []*record, t *Table) int {
	if len(t.Fields) == 0 || t.Fields[0] != nil || t.shape.key == 0 {
		return -1
	}
	is, all := 0, 0
	for _, r := range grid {
		if r.line < t.First || len(r.cells) == 0 || strings.TrimSpace(r.cells[0]) == "" {
			continue
		}
		all++
		if _, rest := ordinal(bare(r.cells[0])); rest == "" {
			is++
		}
	}
	if all > 1 && 10*is >= 6*all {
		return 0
	}
	return -1
}

// column says how the figures under a heading are to be read. A unit in the
// heading goes before the one in the line above the table.
func (f *File) column(h *heading, field *contract.Field, above []measure) column {
	if field == nil || !isFigures(field) {
		return column{}
	}
	c := column{figures: true, unit: h.unit}
	own, known := measured(field.Unit)
	if m, ok := measured(h.unit); ok {
		c.percent = m.base == "%" && own.base != "%"
		if known && m.base == own.base {
			c.power = m.power - own.power
		}
		return c
	}
	if strings.Contains(h.text, "%") && own.base != "%" {
		c.percent = true
		return c
	}
	for _, m := range above {
		if known && m.base == own.base { // the first one: others are its translation
			c.power = m.power - own.power
			break
		}
	}
	return c
}

// measures reads lines such as "Đơn vị tính: triệu đồng" above a table.
func (f *File) measures(p *shape) []measure {
	var out []measure
	for _, r := range p.titles {
		for _, c := range r.cells {
			found, told := unitLine(bare(c))
			if told {
				out = append(out, found...)
			}
			if told && len(found) == 0 && unclear(bare(c)) || !told && len(c) < 80 && strings.Contains(fold(c), "tinh") && unclear(bare(c)) {
				p.unclear = bare(c)
			}
		}
	}
	return out
}

// paid reports whether a table has columns of money that say nothing of their
// scale themselves.
func (f *File) paid(t *Table) bool {
	for i, field := range t.Fields {
		if field == nil || !isFigures(field) {
			continue
		}
		own, _ := measured(field.Unit)
		if _, ok := measured(t.shape.columns[i].unit); own.base == "đồng" && !ok {
			return true
		}
	}
	return false
}

// check refuses a header that leaves something open.
func (f *File) check(t *Table) error {
	l, r := f.Locale, f.Resource
	at := func(message string) *Refusal { return &Refusal{Line: t.First - 1, Message: message} }
	var faults []string
	advice := false
	seen := map[string]string{}
	for i, field := range t.Fields {
		if field == nil {
			continue
		}
		if first, twice := seen[field.Name]; twice {
			advice = true
			faults = append(faults, l.Say("intake.header.twice", "field", field.Title, "first", first, "second", t.Header[i]))
		}
		seen[field.Name] = t.Header[i]
		own, known := measured(field.Unit)
		unit := t.shape.columns[i].unit
		switch m, ok := measured(unit); {
		case !isFigures(field):
		case ok && known && m.base != own.base:
			faults = append(faults, l.Say("intake.header.unit", "header", t.Header[i], "unit", unit, "wanted", field.Unit))
		case !ok && unclear(unit) && own.base == "đồng":
			faults = append(faults, l.Say("intake.header.scale", "text", unit))
		case known && own.base != "%" && strings.Contains(t.Header[i], "%"):
			faults = append(faults, l.Say("intake.header.unit", "header", t.Header[i], "unit", "%", "wanted", field.Unit))
		}
	}
	if t.shape.conflict != "" {
		faults = append(faults, t.shape.conflict)
	}
	if t.shape.unclear != "" && f.paid(t) {
		faults = append(faults, l.Say("intake.header.scale", "text", short(t.shape.unclear)))
	}
	if len(seen) == 0 {
		return at(l.Say("intake.header.none", "found", short(strings.Join(t.Header, " | ")), "wanted", titles(r.Fields)))
	}
	given := t.Given(r)
	for _, field := range r.Fields {
		if slices.Contains(given, field) || !needed(r, field) {
			continue
		}
		message := l.Say("intake.header.missing", "field", field.Title)
		advice = advice || !field.Period
		switch near := nearest(field, t.Unknown); {
		case near != "":
			message += l.Say("intake.header.near", "header", near)
		case field.Period && len(t.shape.periods) > 1:
			var told []string
			for _, p := range t.shape.periods {
				told = append(told, l.Period(p))
			}
			message += l.Say("intake.header.periods", "periods", strings.Join(told, ", "))
		case field.Period:
			message += l.Say("intake.header.period")
		}
		faults = append(faults, message)
	}
	if advice {
		faults = append(faults, l.Say("intake.header.merged"))
	}
	if len(faults) > 0 {
		return at(strings.Join(faults, " "))
	}
	return nil
}
