package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// portion is a number that is told as a percentage.
type portion float64

// calendar is a year, which is never grouped.
type calendar float64

// latestRow is a unit with its last report.
type latestRow struct {
	unit record
	record
}

func (b *book) all() (out []latestRow) {
	for _, u := range b.scheme() {
		out = append(out, latestRow{u, b.latest(u["Mã đơn vị"], "2021-Q4")})
	}
	return out
}

// The titles of the columns that the answers need.
const (
	backlog, arranged     = "Khối lượng tồn đọng (mét)", "Khối lượng đã chỉnh lý (mét)"
	permanent, fixedTerm  = "Hồ sơ bảo quản vĩnh viễn", "Hồ sơ bảo quản có thời hạn"
	valueless, destroyed  = "Tài liệu hết giá trị loại ra (mét)", "Tài liệu hết giá trị đã tiêu hủy (mét)"
	handedFiles, handed   = "Hồ sơ đã giao nộp vào Lưu trữ lịch sử", "Tài liệu đã giao nộp (mét)"
	checked, passed       = "Hồ sơ được kiểm tra", "Hồ sơ đạt yêu cầu"
	allocated, disbursed  = "Kinh phí được phân bổ (đồng)", "Kinh phí đã giải ngân (đồng)"
	trained, digitized    = "Lượt người được tập huấn", "Số trang đã số hóa"
	target, reported      = "Chỉ tiêu lũy kế (mét)", "Ngày báo cáo"
	departments, district = "I. Sở, ban, ngành", "II. Huyện, thành phố"
	firstPeriods          = "2021-Q3" // of those that had come by 31/10/2021
)

func everyone(record) bool { return true }

func ofBlock(block string) func(record) bool {
	return func(u record) bool { return u["Khối"] == block }
}

// top are the rows that come first, as what is shown of them.
func top(rows []latestRow, n int, less func(a, b latestRow) int, show func(latestRow) []any) (out [][]any) {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, less)
	for _, r := range rows[:min(n, len(rows))] {
		out = append(out, show(r))
	}
	return out
}

// those are the rows that fit.
func those(rows []latestRow, fits func(latestRow) bool) (out []latestRow) {
	for _, r := range rows {
		if fits(r) {
			out = append(out, r)
		}
	}
	return out
}

func most(value func(latestRow) float64) func(a, b latestRow) int {
	return func(a, b latestRow) int { return cmp.Compare(value(b), value(a)) }
}

func least(value func(latestRow) float64) func(a, b latestRow) int {
	return func(a, b latestRow) int { return cmp.Compare(value(a), value(b)) }
}

func of(title string) func(latestRow) float64 {
	return func(r latestRow) float64 { return r.number(title) }
}

func over(title, below string) func(latestRow) float64 {
	return func(r latestRow) float64 { return r.number(title) / r.number(below) }
}

func (r latestRow) name() string { return r.unit["Tên đơn vị"] }

func named(r latestRow) []any { return []any{r.name()} }

func namedWith(value func(latestRow) float64) func(latestRow) []any {
	return func(r latestRow) []any { return []any{r.name(), value(r)} }
}

func namedShare(value func(latestRow) float64) func(latestRow) []any {
	return func(r latestRow) []any { return []any{r.name(), portion(value(r))} }
}

// course are all reports of a unit in the order of their periods.
func (b *book) course(unit string) (out []record) {
	for _, period := range b.periods {
		if row := b.reports[unit][period]; row != nil {
			out = append(out, row)
		}
	}
	return out
}

// yearly is what a column grew by in each year.
func (b *book) yearly(title string) (out [][]any) {
	before := 0.0
	for _, year := range []string{"2018", "2019", "2020", "2021"} {
		sum := 0.0
		for _, u := range b.scheme() {
			sum += b.latest(u["Mã đơn vị"], year+"-Q4").number(title)
		}
		out = append(out, []any{yearOf(year), sum - before})
		before = sum
	}
	return out
}

func yearOf(text string) calendar {
	day, err := time.Parse("2006", text)
	if err != nil {
		panic(err)
	}
	return calendar(day.Year())
}

// late counts the reports of a unit that came after their time.
func (b *book) late(unit string, periods ...string) (n float64) {
	for _, period := range periods {
		if b.reports[unit][period].day(reported).After(lastDay(period).AddDate(0, 0, 15)) {
			n++
		}
	}
	return n
}

// planned is what a unit was to have done by a period.
func (b *book) planned(unit, period string) float64 {
	for _, row := range b.targets {
		if b.code(row) == unit && row["Kỳ báo cáo"] == period {
			return row.number(target)
		}
	}
	return math.NaN()
}

// tally counts rows by what they have in common, in the order of that.
func tally(rows []record, by func(record) string) (names []string, n map[string]float64) {
	n = map[string]float64{}
	for _, row := range rows {
		name := by(row)
		if n[name] == 0 {
			names = append(names, name)
		}
		n[name]++
	}
	slices.Sort(names)
	return names, n
}

// nameOf is the name of a unit.
func (b *book) nameOf(code string) string {
	for _, u := range b.units {
		if u["Mã đơn vị"] == code {
			return u["Tên đơn vị"]
		}
	}
	return ""
}

func same(got, want [][]any) bool {
	return slices.EqualFunc(got, want, func(a, b []any) bool { return slices.EqualFunc(a, b, equal) })
}

// equal holds a value of JSON against one from the files.
func equal(got, want any) bool {
	switch w := want.(type) {
	case string:
		return got == w
	case time.Time:
		return got == w.Format(time.DateOnly)
	case portion:
		return equal(got, float64(w))
	case calendar:
		return equal(got, float64(w))
	case float64:
		n, ok := got.(json.Number)
		if !ok {
			return false
		}
		v, err := n.Float64()
		return err == nil && math.Abs(v-w) <= 1e-9*math.Max(1, math.Abs(w))
	}
	return false
}

// quoted writes an answer as the page shows it.
func quoted(rows [][]any) string {
	var b strings.Builder
	for i, row := range rows {
		var cells []string
		for _, v := range row {
			cells = append(cells, read(v))
		}
		end := "  \n" // a line of its own
		if i == len(rows)-1 {
			end = "\n"
		}
		b.WriteString("> " + strings.Join(cells, " — ") + end)
	}
	return b.String()
}

// read writes a value as people read it.
func read(v any) string {
	switch x := v.(type) {
	case portion:
		return strings.Replace(strconv.FormatFloat(float64(x)*100, 'f', 1, 64), ".", ",", 1) + "%"
	case calendar:
		return strconv.Itoa(int(x))
	case time.Time:
		return x.Format("02/01/2006")
	case float64:
		text := strings.TrimRight(strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0"), ".")
		whole, fraction, _ := strings.Cut(text, ".")
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "." + whole[i:]
		}
		if fraction != "" {
			whole += "," + fraction
		}
		return whole
	}
	return fmt.Sprint(v)
}
