package cell

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Order is how a column writes days and months.
type Order int

const (
	DayFirst   Order = iota // 30/9/2025
	MonthFirst              // 9/30/2025
)

// ParseDate reads a day and returns it as "2025-09-30". The kind is Nothing for
// an empty cell or a dash, Error for an error of a spreadsheet, and Invalid for
// what is no day of the years 1800 to 2200: 31/02, a day without its year, and
// 9/30/2025 in a column of DayFirst. Two-digit years 00 to 69 are 2000 to 2069.
// Five digits are a spreadsheet's day number in the 1900 system.
func ParseDate(text string, o Order) (day string, k Kind) {
	s, ok := clean(text)
	switch {
	case !ok:
		return "", Invalid
	case isNothing(s):
		return "", Nothing
	case isError(s):
		return "", Error
	}
	a, b, year, ok := numericDate(s)
	if ok && o == MonthFirst {
		a, b = b, a
	}
	if !ok {
		year, b, a, ok = otherDate(s)
	}
	if !ok || !isDay(year, b, a) {
		return "", Invalid
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, b, a), Value
}

// Days counts what a column proves about the order of day and month.
type Days struct {
	DayFirst   int // 30/9/2025
	MonthFirst int // 9/30/2025
	Open       int // 09/10/2025
}

// Add counts one cell. A day such as 9/9/2025 proves nothing.
func (d *Days) Add(text string) {
	s, ok := clean(text)
	if !ok {
		return
	}
	a, b, year, ok := numericDate(s)
	if !ok || a == b {
		return
	}
	first, second := isDay(year, b, a), isDay(year, a, b)
	switch {
	case first && second:
		d.Open++
	case first:
		d.DayFirst++
	case second:
		d.MonthFirst++
	}
}

func isDay(year, month, day int) bool {
	if year < 1800 || year > 2200 || month < 1 || month > 12 || day < 1 {
		return false
	}
	return day <= time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// numericDate reads the three numbers of "30/9/2025 00:00:00", the year last,
// with any words that may stand before them.
func numericDate(s string) (a, b, year int, ok bool) {
	if s == "" {
		return 0, 0, 0, false
	}
	if !isDigit(s[0]) {
		s = untitled(fold(s))
	}
	var mark byte
	if a, s, ok = leading(s, 2); !ok {
		return 0, 0, 0, false
	}
	if s, mark, ok = marked(s); !ok {
		return 0, 0, 0, false
	}
	if b, s, ok = leading(s, 2); !ok {
		return 0, 0, 0, false
	}
	again := byte(0)
	if s, again, ok = marked(s); !ok || again != mark {
		return 0, 0, 0, false
	}
	if year, s, ok = yearOf(s); !ok || !isClock(s) {
		return 0, 0, 0, false
	}
	return a, b, year, true
}

// leading reads the digits at the start of s, at most most of them.
func leading(s string, most int) (n int, rest string, ok bool) {
	end := 0
	for end < len(s) && isDigit(s[end]) {
		end++
	}
	if end == 0 || end > most {
		return 0, s, false
	}
	n, _ = strconv.Atoi(s[:end])
	return n, s[end:], true
}

// marked reads the mark between two numbers of a day, and the blanks around it.
func marked(s string) (rest string, mark byte, ok bool) {
	rest = strings.TrimLeft(s, " ")
	if rest == "" {
		return s, 0, false
	}
	switch rest[0] {
	case '/', '-', '.':
		return strings.TrimLeft(rest[1:], " "), rest[0], true
	}
	return rest, ' ', len(rest) < len(s)
}

// yearOf reads a year of four digits, or of two.
func yearOf(s string) (year int, rest string, ok bool) {
	year, rest, ok = leading(s, 4)
	switch digits := len(s) - len(rest); {
	case digits == 2 && year <= 69:
		year += 2000
	case digits == 2:
		year += 1900
	case digits != 4:
		return 0, s, false
	}
	return year, rest, ok
}

// isClock reports whether what stands behind a day leaves it that day: nothing,
// a stop, or a time of day. A time of another zone may belong to another day
// here, unless it is midnight.
func isClock(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s))
	if s == "" || s == "." || s == "," {
		return true
	}
	s = strings.TrimLeft(strings.TrimPrefix(s, "t"), ", ")
	zone := ""
	if i := strings.LastIndexAny(s, "z+-"); i > 0 {
		s, zone = s[:i], s[i:]
	}
	for _, half := range []string{"am", "pm", "sa", "ch"} {
		if rest, ok := strings.CutSuffix(s, half); ok {
			s = strings.TrimSpace(rest)
			break
		}
	}
	whole, fraction, dotted := strings.Cut(s, ".")
	if dotted && !isDigits(fraction) {
		return false
	}
	parts := strings.Split(whole, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return false
	}
	for i, limit := range []int{24, 60, 60}[:len(parts)] {
		n, rest, ok := leading(parts[i], 2)
		if !ok || rest != "" || n >= limit {
			return false
		}
	}
	switch zone {
	case "", "+07:00", "+0700", "+07":
		return true
	case "z", "+00:00", "+0000":
		return strings.Trim(s, "0:.") == ""
	}
	return false
}

var weekdays = []string{
	"thu hai", "thu ba", "thu tu", "thu nam", "thu sau", "thu bay", "chu nhat",
	"thu 2", "thu 3", "thu 4", "thu 5", "thu 6", "thu 7",
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
	"mon", "tue", "wed", "thu", "fri", "sat", "sun", "cn",
}

// untitled takes off what may stand before a day, of a folded text: its
// weekday, "ngày", "đến".
func untitled(s string) string {
	for _, name := range weekdays {
		if rest, ok := strings.CutPrefix(s, name); ok && rest != "" && (rest[0] == ',' || rest[0] == ' ' || rest[0] == '.') {
			s = strings.TrimLeft(rest, "., ")
			break
		}
	}
	for _, words := range []string{"tinh den het", "tinh den", "den het", "den"} {
		if rest, ok := strings.CutPrefix(s, words+" "); ok {
			s = rest
			break
		}
	}
	for _, words := range []string{"ngay", "mung", "mong"} {
		if rest, ok := strings.CutPrefix(s, words+" "); ok {
			s = strings.TrimLeft(rest, " :")
		}
	}
	return s
}

// otherDate reads days that leave no doubt about their order: the year first,
// months in words, and day numbers.
func otherDate(s string) (year, month, day int, ok bool) {
	s = untitled(fold(s))
	if s == "" {
		return 0, 0, 0, false
	}
	if len(s) >= 5 && isDigits(s[:5]) {
		return serial(s)
	}
	if len(s) >= 4 && isDigits(s[:4]) {
		return yearFirst(s)
	}
	if !isDigit(s[0]) {
		return monthFirst(s)
	}
	day, s, _ = leading(s, 2)
	s = strings.TrimLeft(s, " -.,/")
	if rest, found := strings.CutPrefix(s, "thang"); found {
		if month, s, ok = leading(strings.TrimLeft(rest, " "), 2); !ok {
			return 0, 0, 0, false
		}
		s = strings.TrimLeft(s, " ,")
		if s, ok = strings.CutPrefix(s, "nam"); !ok {
			return 0, 0, 0, false
		}
		year, s, ok = leading(strings.TrimLeft(s, " "), 4)
		return year, month, day, ok && isClock(s)
	}
	if month, s, ok = monthName(s); !ok {
		return 0, 0, 0, false
	}
	if year, s, ok = yearOf(strings.TrimLeft(s, " -.,/")); !ok {
		return 0, 0, 0, false
	}
	return year, month, day, isClock(s)
}

// serial reads a spreadsheet's day number, "45930" or "45930.5". Day 60 of
// 1900, which never was, lies below five digits, so days count from 30
// December 1899.
func serial(s string) (year, month, day int, ok bool) {
	n, rest, ok := leading(s, 5)
	if !ok || rest != "" && (rest[0] != '.' && rest[0] != ',' || !isDigits(rest[1:])) {
		return 0, 0, 0, false
	}
	t := time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC)
	return t.Year(), int(t.Month()), t.Day(), true
}

func yearFirst(s string) (year, month, day int, ok bool) {
	year, s, _ = leading(s, 4)
	s, mark, ok := marked(s)
	if !ok || mark == ' ' {
		return 0, 0, 0, false
	}
	if month, s, ok = leading(s, 2); !ok {
		return 0, 0, 0, false
	}
	s, again, ok := marked(s)
	if !ok || again != mark {
		return 0, 0, 0, false
	}
	day, s, ok = leading(s, 2)
	return year, month, day, ok && isClock(s)
}

// monthFirst reads "september 30, 2025".
func monthFirst(s string) (year, month, day int, ok bool) {
	if month, s, ok = monthName(s); !ok {
		return 0, 0, 0, false
	}
	if day, s, ok = leading(strings.TrimLeft(s, " -."), 2); !ok {
		return 0, 0, 0, false
	}
	rest := strings.TrimLeft(s, " -,")
	year, s, ok = leading(rest, 4)
	return year, month, day, ok && len(rest)-len(s) == 4 && isClock(s)
}

var months = []string{
	"january", "february", "march", "april", "may", "june", "july",
	"august", "september", "october", "november", "december",
}

// monthName reads an English month at the start of s, whole or as three or
// four letters.
func monthName(s string) (month int, rest string, ok bool) {
	end := 0
	for end < len(s) && 'a' <= s[end] && s[end] <= 'z' {
		end++
	}
	for i, name := range months {
		if word := s[:end]; word == name || len(word) >= 3 && len(word) <= 4 && strings.HasPrefix(name, word) {
			return i + 1, s[end:], true
		}
	}
	return 0, s, false
}
