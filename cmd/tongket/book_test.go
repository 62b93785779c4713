package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// book is the sample as its CSV files have it, read by nothing of ours: the
// figures that the program gives are held against it.
type book struct {
	t                             *testing.T
	units                         []record // in the order of the file
	codes                         map[string]string
	targets, inspections, honours []record
	transfers, transferTotals     []record
	reports                       map[string]map[string]record // unit, period
	replaced                      map[string]map[string]record // rows that a correction came for
	periods                       []string
}

// record is a row by the titles of its columns.
type record map[string]string

func readBook(t *testing.T) *book {
	t.Helper()
	b := &book{t: t, codes: map[string]string{}, reports: map[string]map[string]record{}, replaced: map[string]map[string]record{}}
	b.units = b.read("units.csv")
	for _, u := range b.units {
		for _, name := range append(strings.Split(u["Tên gọi khác"], "|"), u["Mã đơn vị"], u["Tên đơn vị"], u["Tên viết tắt"]) {
			if name != "" {
				b.codes[name] = u["Mã đơn vị"]
			}
		}
	}
	b.targets, b.inspections, b.honours = b.read("targets.csv"), b.read("inspections.csv"), b.read("honours.csv")
	b.transfers, b.transferTotals = b.read("transfers.csv"), b.read("transfer_totals.csv")
	files, err := filepath.Glob("../../data/progress/*.csv")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d reports, %v", len(files), err)
	}
	slices.Sort(files) // a correction has the name of its period and more
	for _, file := range files {
		for _, row := range b.read("progress/" + filepath.Base(file)) {
			unit, period := b.code(row), row["Kỳ báo cáo"]
			if b.reports[unit] == nil {
				b.reports[unit], b.replaced[unit] = map[string]record{}, map[string]record{}
			}
			if before := b.reports[unit][period]; before != nil {
				b.replaced[unit][period] = before
			}
			b.reports[unit][period] = row
			if !slices.Contains(b.periods, period) {
				b.periods = append(b.periods, period)
			}
		}
	}
	slices.Sort(b.periods)
	return b
}

func (b *book) read(name string) []record {
	b.t.Helper()
	text, err := os.ReadFile(filepath.Join("../../data", name))
	if err != nil {
		b.t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff")))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		b.t.Fatalf("%s: %v", name, err)
	}
	var out []record
	for _, row := range rows[1:] {
		one := record{}
		for i, title := range rows[0] {
			one[title] = row[i]
		}
		out = append(out, one)
	}
	return out
}

// code is that of the unit that a row names.
func (b *book) code(row record) string {
	b.t.Helper()
	code := b.codes[row["Đơn vị"]]
	if code == "" {
		b.t.Fatalf("no unit is called %q", row["Đơn vị"])
	}
	return code
}

// scheme are the units of the scheme in the order of the register.
func (b *book) scheme() []record {
	return slices.DeleteFunc(slices.Clone(b.units), func(u record) bool { return u["Loại đơn vị"] == "other" })
}

// number reads 1234,5; nothing and a dash are 0.
func (r record) number(title string) float64 {
	v, err := strconv.ParseFloat(strings.ReplaceAll(r[title], ",", "."), 64)
	if err != nil && r[title] != "" && r[title] != "-" {
		panic(title + ": " + r[title])
	}
	return v
}

func (r record) day(title string) time.Time {
	day, err := time.Parse("02/01/2006", r[title])
	if err != nil {
		return time.Time{}
	}
	return day
}

// latest is the last report of a unit up to a period, with what it leaves
// blank as the unit told it before.
func (b *book) latest(unit, until string) record {
	out := record{}
	for _, period := range b.periods {
		if row := b.reports[unit][period]; row != nil && period <= until {
			for title, v := range row {
				if v != "" && v != "-" || out[title] == "" {
					out[title] = v
				}
			}
		}
	}
	return out
}

// sum adds up a column of the last reports of the units that fit.
func (b *book) sum(title string, fits func(unit record) bool) (total float64) {
	for _, u := range b.scheme() {
		if fits(u) {
			total += b.latest(u["Mã đơn vị"], "2021-Q4").number(title)
		}
	}
	return total
}

// added is what a column grew by between two periods at the units that fit.
func (b *book) added(title, from, to string, fits func(unit record) bool) (total float64) {
	for _, u := range b.scheme() {
		if fits(u) {
			total += b.reports[u["Mã đơn vị"]][to].number(title) - b.reports[u["Mã đơn vị"]][from].number(title)
		}
	}
	return total
}

// lastDay is the last day of a quarter, "2021-Q4".
func lastDay(period string) time.Time {
	year, err1 := strconv.Atoi(period[:4])
	quarter, err2 := strconv.Atoi(period[6:])
	if err1 != nil || err2 != nil {
		panic(period)
	}
	return time.Date(year, time.Month(quarter*3+1), 0, 0, 0, 0, 0, time.UTC)
}
