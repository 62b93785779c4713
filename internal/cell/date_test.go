package cell

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
)

func TestDays(t *testing.T) {
	for want, texts := range map[string][]string{
		"2025-09-30": {
			"30/9/2025", "30/09/2025", "30-9-2025", "30.9.2025", "30 9 2025", "30 / 9 / 2025", "30/9/25", "30.09.25", "2025-09-30", "2025/9/30", "2025.09.30",
			"2025-09-30T00:00:00", "2025-09-30 00:00:00", "2025-09-30T00:00:00Z", "2025-09-30T10:00:00+07:00", "2025-09-30T00:00:00.000", "30/9/2025 17:45", "30/9/2025 5:45 PM", "30/9/2025.",
			"ngày 30 tháng 9 năm 2025", "Ngày 30 tháng 09 năm 2025", "30 tháng 9 năm 2025", "30 tháng 9, năm 2025", "NGAY 30 THANG 9 NAM 2025", "ngày 30/9/2025", "Thứ ba, 30/9/2025", "thứ 3, ngày 30/9/2025", "Thứ Ba ngày 30 tháng 9 năm 2025", "Tue 30/9/2025",
			"30 Sep 2025", "30-Sep-25", "30-Sept-2025", "September 30, 2025", "Sep 30 2025", "Tuesday, September 30, 2025", "45930", "45930.5", "45930,75", "３０/９/２０２５", "\u200b30/9/2025\u00a0", "đến 30/9/2025", "tính đến ngày 30/9/2025"},
		"2025-10-09": {"09/10/2025", "9-10-25"},
		"2024-02-29": {"29/2/2024", "45351"},
		"1970-01-01": {"1/1/70", "25569"},
		"2069-12-31": {"31/12/69"},
		"1800-01-01": {"1/1/1800"},
		"2200-12-31": {"2200-12-31"},
		"": {"31/02/2025", "31/4/2025", "29/2/2025", "29/2/1900", "0/1/2025", "1/0/2025", "32/1/2025", "9/30/2025", "đến 30/9", "30/9", "30/9/202", "30/9/20255", "30/9-2025", "30//9/2025", "2025-09", "9/2025", "2025", "4593", "459301", "45930.", "45930 5", "31/12/1799", "1/1/2201",
			"Quý III/2025", "tháng 9 năm 2025", "ngày tháng 9 năm 2025", "30 Foo 2025", "Ma 30, 2025", "30/9/2025 và 1/10/2025", "30/9/2025 hoặc sau", "30/9/2025 25:00", "2025-09-29T17:00:00Z", "2025-09-30T00:00:00-05:00", "2025-30-09", "Đồng Nai", "trước 30/9/2025", "12/2025/QĐ", "30 tháng 9 năm 25", "ngày", "<b>30/9/2025</b>", strings.Repeat("30/9/2025 ", 20)},
	} {
		for _, text := range texts {
			for _, text := range []string{text, norm.NFD.String(text)} {
				day, k := ParseDate(text, DayFirst)
				if day != want || (k == Value) != (want != "") {
					t.Errorf("%.40q: %q %d, want %q", text, day, k, want)
				}
			}
		}
	}
	if _, k := ParseDate("#VALUE!", DayFirst); k != Error {
		t.Errorf("an error of a spreadsheet: %d", k)
	}
}

func TestMonthFirst(t *testing.T) {
	for text, want := range map[string]string{
		"9/30/2025": "2025-09-30", "09/10/2025": "2025-09-10", "9-30-25": "2025-09-30", "9/30/2025 12:00:00 AM": "2025-09-30",
		"30/9/2025": "", "2025-09-10": "2025-09-10", "10 Sep 2025": "2025-09-10", "ngày 10 tháng 9 năm 2025": "2025-09-10", "45930": "2025-09-30",
	} {
		if day, _ := ParseDate(text, MonthFirst); day != want {
			t.Errorf("%q: %q, want %q", text, day, want)
		}
	}
}

func TestOrderOfDays(t *testing.T) {
	for text, want := range map[string]Days{
		"30/9/2025": {DayFirst: 1}, "30.9.25": {DayFirst: 1}, "ngày 30/9/2025": {DayFirst: 1}, "9/30/2025": {MonthFirst: 1}, "9/30/2025 0:00": {MonthFirst: 1}, "09/10/2025": {Open: 1},
		"9/9/2025": {}, "31/2/2025": {}, "2025-09-30": {}, "45930": {}, "": {}, "-": {}, "30 Sep 2025": {}, "13/13/2025": {}, "Sở Nội vụ": {},
	} {
		var d Days
		if d.Add(text); d != want {
			t.Errorf("%q: %+v, want %+v", text, d, want)
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, text := range []string{"30/9/2025", "2025-09-30T00:00:00Z", "ngày 30 tháng 9 năm 2025", "Thứ ba, 30/9/25", "30-Sep-25", "45930.5", "September 30, 2025", "T", "30/9/", "\xff"} {
		f.Add(text, 0)
	}
	f.Fuzz(func(t *testing.T, text string, order int) {
		new(Days).Add(text)
		day, k := ParseDate(text, Order(order&1))
		if k != Value {
			if day != "" {
				t.Fatalf("%q: %q of kind %d", text, day, k)
			}
			return
		}
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if again, _ := ParseDate(day, MonthFirst); again != day {
			t.Fatalf("%q: %q is read as %q", text, day, again)
		}
	})
}
