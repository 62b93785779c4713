package intake

import (
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
	words, right, key := 0, false, false
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
	above := f.measures(p.titles)
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
			t.First = grid[i].next
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
func (f *File) measures(titles []*record) []measure {
	var out []measure
	for _, r := range titles {
		for _, c := range r.cells {
			_, text, found := strings.Cut(fold(strings.ReplaceAll(bare(c), ":", " xx ")), " xx ")
			key := fold(bare(c))
			if !found && !strings.HasPrefix(key, "don vi tinh") && !strings.HasPrefix(key, "dvt") && measuredWords(key) == nil {
				continue
			}
			if found && !strings.HasPrefix(key, "don vi") && !strings.HasPrefix(key, "dvt") {
				continue
			}
			if !found {
				text = strings.TrimPrefix(strings.TrimPrefix(key, "don vi tinh"), "dvt")
			}
			out = append(out, measuredWords(text)...)
		}
	}
	return out
}

// measuredWords reads the units in a short text, the longest first.
func measuredWords(text string) []measure {
	words := strings.Fields(text)
	var out []measure
	for i := 0; i < len(words); {
		n := min(4, len(words)-i)
		for ; n > 0; n-- {
			if m, ok := units[strings.Join(words[i:i+n], " ")]; ok {
				out = append(out, m)
				break
			}
		}
		if n == 0 && len(out) == 0 {
			return nil
		}
		i += max(n, 1)
	}
	return out
}

// fill finds the period, and the unit, of a table that has no column for them:
// in the titles, else in the sheet's or the file's name.
func (f *File) fill(t *Table) {
	var lines []string
	for _, r := range t.shape.titles {
		var texts []string
		for _, c := range r.cells {
			if c = strings.TrimSpace(bare(c)); c != "" {
				texts = append(texts, c)
			}
		}
		lines = append(lines, texts...)
	}
	for _, field := range f.Resource.Fields {
		if slices.Contains(t.Fields, field) {
			continue
		}
		if field.Period && t.Period == "" {
			if t.Period = cell.FindPeriod(strings.Join(lines, "\n")); t.Period != "" {
				t.Sources[field.Name] = "title"
			} else if t.Period = cell.FindPeriod(f.Name); t.Period != "" {
				t.Sources[field.Name] = "name"
			}
		}
	}
	if f.Units == nil || t.shape.key >= 0 {
		return
	}
	for _, field := range f.Resource.Fields {
		if f.Resource.Key(field.Name) == nil || slices.Contains(t.Fields, field) {
			continue
		}
		day := cell.PeriodEnd(t.Period)
		for i := len(lines) - 1; i >= 0 && t.Unit == ""; i-- {
			if t.Unit = f.Units.In(lines[i], day); t.Unit != "" {
				t.Sources[field.Name] = "title"
			}
		}
		if t.Unit == "" {
			if t.Unit = f.Units.In(f.Name, day); t.Unit != "" {
				t.Sources[field.Name] = "name"
			}
		}
		return
	}
}

// check refuses a header that leaves something open.
func (f *File) check(t *Table) error {
	l, r := f.Locale, f.Resource
	at := func(message string) *Refusal { return &Refusal{Line: t.First - 1, Message: message} }
	var faults []string
	seen := map[string]string{}
	for i, field := range t.Fields {
		if field == nil {
			continue
		}
		if first, twice := seen[field.Name]; twice {
			faults = append(faults, l.Say("intake.header.twice", "field", field.Title, "first", first, "second", t.Header[i]))
		}
		seen[field.Name] = t.Header[i]
		own, known := measured(field.Unit)
		unit := t.shape.columns[i].unit
		if m, ok := measured(unit); ok && known && m.base != own.base && m.base != "%" && isFigures(field) {
			faults = append(faults, l.Say("intake.header.unit", "header", t.Header[i], "unit", unit, "wanted", field.Unit))
		}
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
		switch near := nearest(field, t.Unknown); {
		case near != "":
			message += l.Say("intake.header.near", "header", near)
		case field.Period:
			message += l.Say("intake.header.period")
		}
		faults = append(faults, message)
	}
	if len(faults) > 0 {
		return at(strings.Join(faults, " "))
	}
	return nil
}
