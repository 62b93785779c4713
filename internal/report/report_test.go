package report

import (
	"math"
	"os"
	"strings"
	"testing"
	"time"
)

func locales(t *testing.T) (vi, en *Locale) {
	t.Helper()
	read := func(lang string) *Locale {
		text, err := os.ReadFile("../../templates/lang/" + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		l, err := NewLocale(text)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	return read("vi"), read("en")
}

func TestNumbers(t *testing.T) {
	vi, en := locales(t)
	for _, c := range []struct {
		value    float64
		decimals int
		vi, en   string
	}{
		{0, 0, "0", "0"}, {-0.04, 1, "0,0", "0.0"}, {999, 0, "999", "999"}, {1000, 0, "1.000", "1,000"},
		{1234567.891, 2, "1.234.567,89", "1,234,567.89"}, {-1234.5, 1, "-1.234,5", "-1,234.5"},
		{2.675, 2, "2,68", "2.68"}, {0.125, 2, "0,13", "0.13"}, {9.96, 1, "10,0", "10.0"}, {999.95, 1, "1.000,0", "1,000.0"}, {0.5, 0, "1", "1"}, {1e15, 0, "1.000.000.000.000.000", "1,000,000,000,000,000"},
		{math.NaN(), 1, Missing, Missing}, {math.Inf(-1), 1, Missing, Missing},
	} {
		if got := vi.Number(c.value, c.decimals); got != c.vi {
			t.Errorf("vi %v: %s, want %s", c.value, got, c.vi)
		}
		if got := en.Number(c.value, c.decimals); got != c.en {
			t.Errorf("en %v: %s, want %s", c.value, got, c.en)
		}
	}
	if got := vi.Percent(0.8156, 1) + " " + vi.Percent(0.285, 0); got != "81,6% 29%" {
		t.Errorf("percent: %s", got)
	}
}

func TestPeriods(t *testing.T) {
	vi, en := locales(t)
	for period, want := range map[string][3]string{
		"2021-Q4": {"quý IV/2021", "IV/2021", "Q4 2021"},
		"2021-09": {"tháng 9/2021", "9/2021", "month 9 of 2021"},
		"2021-H1": {"6 tháng đầu năm 2021", "6T đầu 2021", "first half of 2021"},
		"2021-9M": {"9 tháng năm 2021", "9T/2021", "first 9 months of 2021"},
		"2021":    {"năm 2021", "2021", "2021"},
		"2021-Q5": {"2021-Q5", "2021-Q5", "2021-Q5"},
		"2021-13": {"2021-13", "2021-13", "2021-13"},
		"Quý I":   {"Quý I", "Quý I", "Quý I"},
		"":        {"", "", ""},
	} {
		if got := [3]string{vi.Period(period), vi.PeriodShort(period), en.Period(period)}; got != want {
			t.Errorf("%q: %v, want %v", period, got, want)
		}
	}
}

func TestCells(t *testing.T) {
	vi, _ := locales(t)
	for _, c := range []struct {
		column Column
		cell   any
		want   string
	}{
		{Column{Format: Number, Decimals: 1}, nil, Missing},
		{Column{Format: Text}, "", Missing},
		{Column{Format: Number, Decimals: 1}, 1234.56, "1.234,6"},
		{Column{Format: Integer}, int64(1234), "1.234"},
		{Column{Format: Year}, int64(2021), "2021"},
		{Column{Format: Percent, Decimals: 1}, 1.0, "100,0%"},
		{Column{Format: Date}, time.Date(2022, 1, 5, 0, 0, 0, 0, time.UTC), "05/01/2022"},
		{Column{Format: Period}, "2021-Q1", "quý I/2021"},
		{Column{Format: Period}, "2021-Q1, 2021-07, x", "quý I/2021, tháng 7/2021, x"},
		{Column{Format: Status}, "behind", "Chậm tiến độ"},
		{Column{Format: Status}, "lạ", "lạ"},
		{Column{Format: Boolean}, true, "Có"},
		{Column{Format: Text}, 0.5, "0,50"},
	} {
		if got := vi.Cell(c.column, c.cell); got != c.want {
			t.Errorf("%v as %s: %q, want %q", c.cell, c.column.Format, got, c.want)
		}
	}
}

func TestPickBringsLinksAlong(t *testing.T) {
	table := &Table{Name: "t", Columns: []Column{{Name: "a", Link: "page"}, {Name: "b"}, {Name: "page"}}, Rows: [][]any{{"x", 1.0, "don-vi/x"}}}
	got, err := table.Pick([]string{"b", "a"})
	if err != nil || len(got.Columns) != 3 || !got.Columns[2].Hidden || got.Rows[0][2] != "don-vi/x" || len(got.Shown()) != 2 {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := table.Pick([]string{"c"}); err == nil {
		t.Error("a column that is not there was picked")
	}
	if len(table.Columns) != 3 || table.Columns[2].Hidden {
		t.Error("the table itself was changed")
	}
}

func TestRoman(t *testing.T) {
	for n, want := range map[int]string{1: "I", 4: "IV", 9: "IX", 14: "XIV", 1999: "MCMXCIX"} {
		if got := Roman(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}

func TestMissingPhraseIsSeen(t *testing.T) {
	vi, _ := locales(t)
	if got := vi.Say("no.such.key"); got != "⟦no.such.key⟧" {
		t.Errorf("got %q", got)
	}
	if got := vi.Say("load.minimum", "bound", "{bound}"); got != "nhỏ hơn mức thấp nhất cho phép là {bound}" {
		t.Errorf("got %q", got)
	}
}

func TestCSVForMachines(t *testing.T) {
	table := &Table{
		Columns: []Column{{Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "d"}},
		Rows: [][]any{
			{"=1+1", 1234.5, int64(-3), time.Date(2022, 10, 28, 0, 0, 0, 0, time.UTC)},
			{"a,\"b\"\nc", nil, true, "-5"},
		},
	}
	want := "\uFEFFa,b,c,d\n'=1+1,1234.5,-3,2022-10-28\n\"a,\"\"b\"\"\nc\",,true,'-5\n"
	var got strings.Builder
	if err := table.WriteCSV(&got, table.All()); err != nil || got.String() != want {
		t.Errorf("got:\n%q\nwant:\n%q\n%v", got.String(), want, err)
	}
}

func TestSuggest(t *testing.T) {
	for name, want := range map[string]string{
		"arranged_n": `; did you mean "arranged_m"?`, "Đơnvị": `; did you mean "Đơn vị"?`, "zzzzzz": `; there is "arranged_m", "Đơn vị"`, "y": `; there is "arranged_m", "Đơn vị"`,
	} {
		if got := Suggest(name, []string{"arranged_m", "Đơn vị"}); got != want {
			t.Errorf("%q: %s", name, got)
		}
	}
}
