package intake

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"tongket/internal/cell"
)

var (
	// A place and a date of signing tell when a paper was written.
	signedAt = regexp.MustCompile(`^[^,]{1,40},.*(?:tháng|thang).*(?:năm|nam)`)
	reports  = regexp.MustCompile(`bao cao|tien do|ket qua|so lieu|tong hop|bieu|luy ke`)
	// Years of other things: of decisions, of plans, of the records themselves.
	otherYear = regexp.MustCompile(`quyet dinh|luat|nghi quyet|nghi dinh|thong tu|cong van|ke hoach|de an|tro ve truoc|truoc nam|tu nam|den nam|so voi|cung ky|hinh thanh|kem theo|ban hanh|giai doan|nhiem ky|mau bieu|mau so|bieu mau|(?:^| )qd(?: |$)|(?:^| )mau(?: |$)`)
	compared  = regexp.MustCompile(`so voi|cung ky|(?:quy|thang|nam) truoc|ke tiep|phuong huong|ke hoach`)
	part      = regexp.MustCompile(`(?:^| )(?:quy|q) ?(?:[1-4]|iv|i{1,3})(?: |$)|(?:^| )thang \d{1,2}(?: |$)|(?:^| )\d{1,2} thang(?: |$)`)
	passing   = regexp.MustCompile(`ban hanh|kinh gui|noi nhan|kem theo|(?:^| )mau(?: |$)|theo huong dan`)
)

// fill finds the period, and the unit, of a table that has no column for them:
// in the titles, else in the sheet's name, else in the file's.
func (f *File) fill(t *Table) {
	var lines []string
	for _, r := range t.shape.titles {
		for _, c := range r.cells {
			if c = strings.TrimSpace(bare(c)); c != "" {
				lines = append(lines, c)
			}
		}
	}
	for _, field := range f.Resource.Fields {
		if field.Period && !slices.Contains(t.Fields, field) && t.Period == "" {
			if period, source := f.findPeriod(t, lines); period != "" {
				t.Period, t.Sources[field.Name] = period, source
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
		if unit, source := f.findUnit(t, lines); unit != "" {
			t.Unit, t.Sources[field.Name] = unit, source
		}
		return
	}
}

// findPeriod takes the first of title, sheet and file that tells a part of a
// year, and a whole year only where none does. When two of them tell different
// parts, nobody knows which is right.
func (f *File) findPeriod(t *Table, lines []string) (period, source string) {
	var kept, years []string
	open := false
	for _, line := range lines {
		folded := fold(line)
		if compared.MatchString(folded) || signedAt.MatchString(strings.ToLower(line)) && !reports.MatchString(folded) {
			continue
		}
		open = open || part.MatchString(folded)
		kept = append(kept, line)
		if !otherYear.MatchString(folded) {
			years = append(years, line)
		}
	}
	type told struct{ period, source, text string }
	base := strings.TrimSuffix(path.Base(f.Name), path.Ext(f.Name))
	finer := []told{{cell.FindPeriod(strings.Join(kept, "\n")), "title", ""}, {cell.FindPeriod(f.sheetName), "sheet", f.sheetName}, {cell.FindPeriod(base), "name", base}}
	for _, x := range finer {
		switch {
		case len(x.period) <= 4:
		case period == "":
			period, source = x.period, x.source
		case x.period != period:
			t.shape.conflict = f.Locale.Say("intake.period.conflict", "title", f.Locale.Period(period), "name", f.Locale.Period(x.period), "text", x.text)
		}
	}
	if period == "" {
		t.shape.periods = cell.Periods(strings.Join(kept, "\n"))
	}
	if period != "" || open { // "QUÝ IV" without its year is no whole year
		return period, source
	}
	if year := cell.FindPeriod(strings.Join(years, "\n")); year != "" {
		return year, "title"
	}
	for _, x := range finer[1:] {
		if x.period != "" && !otherYear.MatchString(fold(x.text)) {
			return x.period, x.source
		}
	}
	return "", ""
}

// findUnit takes the one unit that the titles name, else the one in the name
// of the sheet or the file. Who issued the form does not report.
func (f *File) findUnit(t *Table, lines []string) (unit, source string) {
	day := cell.PeriodEnd(t.Period)
	lines = slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return passing.MatchString(fold(line)) })
	for _, x := range []struct{ text, source string }{{strings.Join(lines, "\n"), "title"}, {f.sheetName, "sheet"}, {f.Name, "name"}} {
		if unit := f.Units.In(x.text, day); unit != "" {
			return unit, x.source
		}
	}
	return "", ""
}
