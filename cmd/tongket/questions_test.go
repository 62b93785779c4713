package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the expected results anew")

// answersOf computes the answer to each question of docs/40-cau-hoi.md from the
// CSV files of the sample.
func answersOf(b *book) [][][]any {
	rows := b.all()
	ofLocality := func(u record) bool { return u["Loại đơn vị"] == "locality" }
	northern := func(u record) bool { return u["Hàng trên bản đồ ô"] == "1" }
	sum := func(title string) float64 { return b.sum(title, everyone) }
	byBlock := func(show func(fits func(record) bool) []any) (out [][]any) {
		for _, block := range []string{departments, district} {
			out = append(out, append([]any{block}, show(ofBlock(block))...))
		}
		return out
	}
	localities := those(rows, func(r latestRow) bool { return ofLocality(r.unit) })
	working := those(rows, func(r latestRow) bool { return r.number(arranged) > 0 })
	remaining := func(r latestRow) float64 { return r.number(backlog) - r.number(arranged) }
	pagesInScope := func() (pages float64) {
		for _, r := range working {
			kept := r.number(arranged) - r.number(valueless)
			if files := r.number(permanent) + r.number(fixedTerm); kept > 0 && files > 0 {
				pages += math.Round(kept * r.number(permanent) / files * 5000)
			}
		}
		return pages
	}
	return [][][]any{
		1: {{sum(arranged), portion(sum(arranged) / sum(backlog))}},
		2: byBlock(func(f func(record) bool) []any {
			return []any{b.sum(backlog, f), b.sum(arranged, f), portion(b.sum(arranged, f) / b.sum(backlog, f))}
		}),
		3:  top(rows, 5, most(of(arranged)), namedWith(of(arranged))),
		4:  top(localities, 5, least(over(arranged, backlog)), namedShare(over(arranged, backlog))),
		5:  {{b.added(arranged, "2021-Q2", "2021-Q4", ofLocality), b.added(disbursed, "2021-Q2", "2021-Q4", ofLocality)}},
		6:  {{b.added(handed, "2021-Q2", "2021-Q4", northern), b.added(disbursed, "2021-Q2", "2021-Q4", northern)}},
		7:  b.yearly(arranged),
		8:  b.bestPeriod(),
		9:  top(rows, 3, most(of(backlog)), namedWith(of(backlog))),
		10: {{float64(len(those(rows, func(r latestRow) bool { return remaining(r) <= 0 })))}},
		11: top(those(rows, func(r latestRow) bool { return r.number(arranged) == 0 }), 99, most(of(backlog)), named),
		12: b.behind(rows),
		13: {{portion(b.planShare(rows))}},
		14: b.periodsOf("738", "2021-"),
		15: top(those(rows, func(r latestRow) bool { return b.reports[r.unit["Mã đơn vị"]]["2021-Q4"] == nil }), 99, least(of(backlog)), named),
		16: b.missing(),
		17: {{float64(len(those(rows, func(r latestRow) bool { return b.late(r.unit["Mã đơn vị"], "2021-Q4") > 0 })))}},
		18: b.latest3(rows),
		19: b.fallen(),
		20: {{sum(allocated), sum(disbursed), portion(sum(disbursed) / sum(allocated))}},
		21: {{sum(disbursed) / sum(arranged)}},
		22: top(working, 3, most(over(disbursed, arranged)), namedWith(over(disbursed, arranged))),
		23: top(those(rows, func(r latestRow) bool { return r.number(allocated) > 0 && over(disbursed, allocated)(r) < 0.9 }), 99,
			func(x, y latestRow) int {
				return cmp.Or(least(over(disbursed, allocated))(x, y), cmp.Compare(x.unit["Mã đơn vị"], y.unit["Mã đơn vị"]))
			}, namedShare(over(disbursed, allocated))),
		24: top(those(rows, func(r latestRow) bool { return r.number(allocated) == 0 }), 99, least(of(allocated)), named),
		25: b.yearly(disbursed),
		26: {{portion(sum(passed) / sum(checked))}},
		27: top(those(rows, func(r latestRow) bool { return r.number(checked) > 0 && over(passed, checked)(r) < 0.9 }), 99, least(over(passed, checked)), namedShare(over(passed, checked))),
		28: b.inspectedByYear(),
		29: b.inspectedAgain(),
		30: b.remedies("2021"),
		31: byBlock(func(f func(record) bool) []any { return []any{b.sum(trained, f)} }),
		32: b.honoured(),
		33: {{sum(permanent) + sum(fixedTerm), sum(permanent), (sum(permanent) + sum(fixedTerm)) / (sum(arranged) - sum(valueless))}},
		34: {{sum(valueless), portion(sum(destroyed) / sum(valueless))}},
		35: top(those(working, func(r latestRow) bool { return r.number(handedFiles) == 0 }), 99, most(of(arranged)), namedWith(of(arranged))),
		36: {{b.handedOver(), b.transferTotals[0].number("Số hồ sơ")}},
		37: {{sum(digitized), float64(len(those(rows, func(r latestRow) bool { return r.number(digitized) > 0 }))), pagesInScope()}},
		38: top(rows, 3, most(remaining), func(r latestRow) []any {
			left := sum(backlog) - sum(arranged)
			return []any{r.name(), remaining(r), left, left * 8_300_000}
		}),
		39: b.corrected(),
		40: {{firstPeriods, b.stood(firstPeriods)}},
	}[1:]
}

func (b *book) bestPeriod() [][]any {
	added := map[string]float64{}
	for _, u := range b.scheme() {
		before := 0.0
		for _, row := range b.course(u["Mã đơn vị"]) {
			added[row["Kỳ báo cáo"]] += row.number(arranged) - before
			before = row.number(arranged)
		}
	}
	best := slices.MaxFunc(b.periods, func(x, y string) int { return cmp.Compare(added[x], added[y]) })
	return [][]any{{best, added[best]}}
}

func (b *book) behind(rows []latestRow) [][]any {
	plan := func(r latestRow) float64 { return r.number(arranged) / b.planned(r.unit["Mã đơn vị"], "2021-Q4") }
	return top(those(rows, func(r latestRow) bool {
		return b.reports[r.unit["Mã đơn vị"]]["2021-Q4"] != nil && r.number(arranged) > 0 && plan(r) < 0.9
	}), 99, least(plan), namedShare(plan))
}

func (b *book) planShare(rows []latestRow) float64 {
	var done, planned float64
	for _, r := range rows {
		if b.reports[r.unit["Mã đơn vị"]]["2021-Q4"] != nil {
			done, planned = done+r.number(arranged), planned+b.planned(r.unit["Mã đơn vị"], "2021-Q4")
		}
	}
	return done / planned
}

func (b *book) periodsOf(unit, year string) (out [][]any) {
	for _, row := range b.course(unit) {
		if strings.HasPrefix(row["Kỳ báo cáo"], year) {
			out = append(out, []any{row["Kỳ báo cáo"], row.number(arranged)})
		}
	}
	return out
}

func (b *book) missing() (out [][]any) {
	for _, row := range b.targets {
		if unit := b.code(row); b.reports[unit][row["Kỳ báo cáo"]] == nil {
			out = append(out, []any{b.nameOf(unit), row["Kỳ báo cáo"]})
		}
	}
	slices.SortFunc(out, func(x, y []any) int { return cmp.Compare(x[1].(string), y[1].(string)) })
	return out
}

func (b *book) latest3(rows []latestRow) [][]any {
	late := func(r latestRow) float64 { return b.late(r.unit["Mã đơn vị"], b.periods...) }
	return top(rows, 3, func(x, y latestRow) int {
		return cmp.Or(most(late)(x, y), cmp.Compare(x.unit["Mã đơn vị"], y.unit["Mã đơn vị"]))
	}, namedWith(late))
}

// fallen are the reports below the ones before them, before corrections.
func (b *book) fallen() (out [][]any) {
	for _, u := range b.scheme() {
		before := 0.0
		for _, row := range b.course(u["Mã đơn vị"]) {
			if first := b.replaced[u["Mã đơn vị"]][row["Kỳ báo cáo"]]; first != nil {
				row = first
			}
			if row["Kỳ báo cáo"] > firstPeriods {
				break
			}
			if row.number(arranged) < before {
				out = append(out, []any{u["Tên đơn vị"], row["Kỳ báo cáo"], before, row.number(arranged)})
			}
			before = row.number(arranged)
		}
	}
	return out
}

func (b *book) inspectedByYear() (out [][]any) {
	year := func(r record) string { return r.day("Ngày kiểm tra").Format("2006") }
	names, n := tally(b.inspections, year)
	for _, name := range names {
		files := 0.0
		for _, row := range b.inspections {
			if year(row) == name {
				files += row.number(checked)
			}
		}
		out = append(out, []any{yearOf(name), n[name], files})
	}
	return out
}

func (b *book) inspectedAgain() (out [][]any) {
	names, n := tally(b.inspections, func(r record) string { return b.nameOf(b.code(r)) })
	for _, name := range names {
		if n[name] > 1 {
			out = append(out, []any{name, n[name]})
		}
	}
	return out
}

func (b *book) remedies(year string) (out [][]any) {
	rows := slices.DeleteFunc(slices.Clone(b.inspections), func(r record) bool { return r.day("Hạn khắc phục").Format("2006") != year })
	slices.SortFunc(rows, func(x, y record) int {
		return cmp.Or(x.day("Hạn khắc phục").Compare(y.day("Hạn khắc phục")), cmp.Compare(b.code(x), b.code(y)))
	})
	for _, row := range rows {
		out = append(out, []any{b.nameOf(b.code(row)), row.day("Hạn khắc phục")})
	}
	return out
}

func (b *book) honoured() [][]any {
	_, n := tally(b.honours, func(r record) string { return r["Đối tượng"] })
	return [][]any{{n["collective"], n["individual"]}}
}

func (b *book) handedOver() (files float64) {
	for _, row := range b.transfers {
		if row["Ngày giao nộp"] == "05/12/2024" {
			files += row.number("Số hồ sơ")
		}
	}
	return files
}

func (b *book) corrected() (out [][]any) {
	for _, u := range b.scheme() {
		for period, before := range b.replaced[u["Mã đơn vị"]] {
			now := b.reports[u["Mã đơn vị"]][period]
			if before.number(arranged) != now.number(arranged) {
				out = append(out, []any{u["Tên đơn vị"], period, before.number(arranged), now.number(arranged)})
			}
		}
	}
	return out
}

// stood is what all units had arranged by a period, before corrections.
func (b *book) stood(period string) (total float64) {
	for _, u := range b.scheme() {
		code := u["Mã đơn vị"]
		row := b.latest(code, period)
		if first := b.replaced[code][row["Kỳ báo cáo"]]; first != nil {
			row = first
		}
		total += row.number(arranged)
	}
	return total
}

var question = regexp.MustCompile("(?m)^### (\\d+)\\. (.*)\n\n```sql(.*)\n((?s).*?)```\n((?:\n> .*(?:\n> .*)*\n)?)")

// TestQuestions: what the page says is what the CSV files hold, and what the
// command line answers.
func TestQuestions(t *testing.T) {
	t.Parallel()
	const page = "../../docs/40-cau-hoi.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	right := answersOf(readBook(t))
	dir := loadedInTwoDays(t)
	n := 0
	now := question.ReplaceAllStringFunc(string(text), func(found string) string {
		m := question.FindStringSubmatch(found)
		if n++; m[1] != strconv.Itoa(n) || n > len(right) {
			t.Fatalf("question %d is called %s; there are %d answers", n, m[1], len(right))
		}
		want := right[n-1]
		if len(want) == 0 {
			t.Errorf("%d. %s: the files tell nothing", n, m[2])
		}
		got := answered(t, dir, m[4], strings.Fields(m[3])...)
		if !same(got, want) {
			t.Errorf("%d. %s\nanswered %v\nthe files tell %v", n, m[2], got, want)
		}
		return strings.TrimSuffix(found, m[5]) + "\n" + quoted(want)
	})
	if n != 40 {
		t.Errorf("%d questions", n)
	}
	if now == string(text) || t.Failed() {
		return
	}
	if !*update {
		t.Fatalf("%s does not say what the files tell; go test ./cmd/tongket -run TestQuestions -update writes it anew", page)
	}
	if err := os.WriteFile(page, []byte(now), 0o644); err != nil {
		t.Fatal(err)
	}
}

// loadedInTwoDays is the sample as it came in: a correction and the last
// period three months after the rest.
func loadedInTwoDays(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := copySample(dir); err != nil {
		t.Fatal(err)
	}
	var later []string
	for _, file := range []string{"2021-Q2_dinh-chinh.csv", "2021-Q4.csv"} {
		aside := filepath.Join(dir, file)
		if err := os.Rename(filepath.Join(dir, "data", "progress", file), aside); err != nil {
			t.Fatal(err)
		}
		later = append(later, aside)
	}
	given(t, dir, "tongket load --received 2021-10-20T08:00:00Z")
	for _, aside := range later {
		if err := os.Rename(aside, filepath.Join(dir, "data", "progress", filepath.Base(aside))); err != nil {
			t.Fatal(err)
		}
	}
	given(t, dir, "tongket load --received 2022-01-20T08:00:00Z")
	return dir
}

// answered asks on the command line and reads the JSON in its order.
func answered(t *testing.T, dir, sql string, flags ...string) (out [][]any) {
	t.Helper()
	c := exec.Command("tongket", append([]string{"query", sql, "--format", "json"}, flags...)...)
	c.Dir = dir
	var said bytes.Buffer
	c.Stderr = &said
	text, err := c.Output()
	if err != nil {
		t.Errorf("%s: %v\n%s", sql, err, said.String())
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	for d.More() {
		token, err := d.Token()
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		switch x := token.(type) {
		case json.Delim:
			if x == '{' {
				out = append(out, nil)
			}
			if x == '{' || x == '[' {
				continue
			}
		case string: // the name of a column
			value, err := d.Token()
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			out[len(out)-1] = append(out[len(out)-1], value)
		}
		for !d.More() {
			if _, err := d.Token(); err != nil {
				return out
			}
		}
	}
	return out
}
