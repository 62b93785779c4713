package workbook

import (
	"bytes"
	"math"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// epoch is the day numbered 0 of a workbook.
type epoch uint8

const (
	epoch1900 epoch = iota // counts a 29 February 1900, as number 60
	epoch1904              // from Excel for the old Macintosh
)

// lastDay is 31 December 9999, counted from 1900.
const lastDay = 2958465

// appendNumber appends a number as stored with a decimal point and without an
// exponent: the shortest that gives the same float64, 0.555 for
// 0.55500000000000005; integers of any length up to 400 digits as they are.
// It reports false for what is no number.
func appendNumber(to, stored []byte) ([]byte, bool) {
	digits, point, other := 0, -1, false
	for i, c := range stored {
		switch {
		case '0' <= c && c <= '9':
			digits++
		case c == '-' && i == 0:
		case c == '.' && point < 0:
			point = i
		case c == '+' || c == '-' || c == 'e' || c == 'E':
			other = true
		default:
			return to, false
		}
	}
	if digits == 0 || len(stored) > 400 {
		return to, false
	}
	first := bytes.TrimPrefix(stored, []byte("-"))
	simple := !other && (point < 0 || digits <= 15) && first[0] != '.' && (first[0] != '0' || point == len(stored)-len(first)+1)
	if !simple {
		return appendFloat(to, stored)
	}
	// Fifteen digits are the shortest that give their float64, but for zeros
	// at the end.
	if point >= 0 {
		stored = bytes.TrimSuffix(bytes.TrimRight(stored, "0"), []byte("."))
	}
	if string(stored) == "-0" {
		return append(to, '0'), true
	}
	return append(to, stored...), true
}

func appendFloat(to, stored []byte) ([]byte, bool) {
	f, err := strconv.ParseFloat(string(stored), 64)
	if err != nil {
		return to, false
	}
	if f == 0 {
		f = 0 // not -0
	}
	return strconv.AppendFloat(to, f, 'f', -1, 64), true
}

// appendDay appends the date of a day's number, with the time of day to the
// second if there is one. It reports false for a number that is no date.
func appendDay(to, stored []byte, from epoch) ([]byte, bool) {
	f, err := strconv.ParseFloat(string(stored), 64)
	if err != nil || !(f >= 1 && f < lastDay+1) {
		return to, false
	}
	day, part := math.Modf(f)
	seconds := int64(math.Round(part * 86400))
	n := int64(day)
	switch {
	case from == epoch1904:
		n += 1462
	case n == 60:
		return to, false // 29/02/1900, which never was
	case n < 60:
		n++
	}
	// Day 0 is 30/12/1899 for all days after that one.
	const unix = -25569 * 86400
	t := time.Unix(unix+n*86400+seconds, 0).UTC()
	if t.Year() > 9999 {
		return to, false
	}
	return appendTime(to, t), true
}

func appendTime(to []byte, t time.Time) []byte {
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return t.AppendFormat(to, "2006-01-02")
	}
	return t.AppendFormat(to, "2006-01-02T15:04:05")
}

// appendISO appends a date as written in a cell of the type "d".
func appendISO(to, stored []byte) ([]byte, bool) {
	text := string(stored)
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02T15:04:05Z07:00"} {
		if t, err := time.Parse(layout, text); err == nil {
			return appendTime(to, t), true
		}
	}
	return to, false
}

// unescapeX replaces what stands for a letter that XML cannot hold, in the
// text from a place on: _x000D_ is a carriage return, and _x005F_ the line
// that begins such a thing.
func unescapeX(text []byte, from int) []byte {
	at := bytes.Index(text[from:], []byte("_x"))
	if at < 0 {
		return text
	}
	out, rest := text[:from+at], text[from+at:]
	for len(rest) > 0 {
		r, ok := escaped(rest)
		switch {
		case !ok:
			out, rest = append(out, rest[0]), rest[1:]
			continue
		case utf16.IsSurrogate(r):
			if low, ok := escaped(rest[7:]); ok && utf16.DecodeRune(r, low) != utf8.RuneError {
				r, rest = utf16.DecodeRune(r, low), rest[7:]
			}
		case r == 0:
			r = utf8.RuneError
		}
		out, rest = utf8.AppendRune(out, r), rest[7:]
	}
	return out
}

// escaped reads _xHHHH_.
func escaped(b []byte) (rune, bool) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return rune(n), err == nil
}
