// Package decree holds the words that every official paper says in the same
// way, whoever writes it (Nghị định 30/2020/NĐ-CP, Annex I, part I).
package decree

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tongket/internal/report"
)

// The words at the head of every official paper are fixed by law (section II,
// point 1) and belong to no catalog.
const (
	Nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	Motto  = "Độc lập - Tự do - Hạnh phúc"
)

const nbsp = "\u00a0"

// Blank is the space left to be filled by hand.
var Blank = strings.Repeat(nbsp, 6)

// Number is the line of number and code, "Số: 05/BC-SNV". What is not known
// yet is left blank.
func Number(l *report.Locale, p *report.Paper) string {
	return l.Say("paper.number", "number", number(p), "code", p.Code)
}

// number has two digits at least.
func number(p *report.Paper) string {
	n := p.Number
	switch v, err := strconv.Atoi(n); {
	case n == "":
		return Blank
	case err == nil && v >= 0:
		return fmt.Sprintf("%02d", v)
	}
	return n
}

// PlaceDate is the line of place and date, "Đồng Nai, ngày 05 tháng 01 năm
// 2022".
func PlaceDate(l *report.Locale, p *report.Paper) string {
	place := p.Place
	if place == "" {
		place = Blank + Blank
	}
	day, month, year := dateParts(p.Date)
	return l.Say("paper.place_date", "place", place, "day", day, "month", month, "year", year)
}

// dateParts writes day, month and year as the decree does: a leading zero for
// days below 10 and for months 1 and 2. What is not known is blank.
func dateParts(iso string) (day, month, year string) {
	day, month, year = Blank, Blank, Blank
	parts := strings.Split(iso, "-")
	if len(parts) > 3 {
		return
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v < 1 || i == 1 && v > 12 || i == 2 && v > 31 {
			return
		}
		n[i] = v
	}
	year = strconv.Itoa(n[0])
	if n[1] > 2 {
		month = strconv.Itoa(n[1])
	} else if n[1] > 0 {
		month = fmt.Sprintf("%02d", n[1])
	}
	if n[2] > 0 {
		day = fmt.Sprintf("%02d", n[2])
	}
	return
}

// Receivers writes a list of receivers: "- …;" and a full stop at the end.
func Receivers(names []string) []string {
	out := make([]string, len(names))
	for i, s := range names {
		s = strings.TrimRight(strings.TrimSpace(s), ";.,")
		end := ";"
		if i == len(names)-1 {
			end = "."
		}
		out[i] = "-" + nbsp + s + end
	}
	return out
}

// Annex is what stands above the title of an annex; the only one has no
// numeral.
func Annex(l *report.Locale, numeral string) string {
	if numeral == "" {
		return l.Say("paper.annex_only")
	}
	return l.Say("paper.annex", "number", numeral)
}

// Enclosed names the paper an annex belongs to. Number and date are given
// together when it is issued; before that both are blank.
func Enclosed(l *report.Locale, p *report.Paper) string {
	day, month, year := Blank, Blank, Blank
	if p.Number != "" {
		day, month, year = dateParts(p.Date)
	}
	kind := Sentence(p.Kind)
	if kind == "" {
		kind = l.Say("paper.document")
	}
	return l.Say("paper.enclosed", "kind", kind, "number", number(p), "code", p.Code, "day", day, "month", month, "year", year)
}

// Regarding is what a letter is about, "V/v đôn đốc chỉnh lý tài liệu": it
// stands under the number (section II, point 5).
func Regarding(l *report.Locale, p *report.Paper) string {
	return l.Say("paper.regarding", "subject", Filled(p.Subject)[0])
}

// Sentence writes "BÁO CÁO" as "Báo cáo".
func Sentence(s string) string {
	s = strings.ToLower(s)
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// alphabet numbers the points of an official text.
var alphabet = strings.Fields("a b c d đ e g h i k l m n o p q r s t u v x y")

// Marker is what stands before an item of a list, as Vietnamese offices write
// it: "-" then "+", "1." then "a)". The depth of the outermost list is 0, n
// the number of an item of an ordered one.
func Marker(l report.List, n, depth int) string {
	if !l.Ordered {
		return []string{"-", "+"}[min(depth, 1)]
	}
	if depth > 0 && n >= 1 && n <= len(alphabet) {
		return alphabet[n-1] + ")"
	}
	return strconv.Itoa(n) + "."
}

// Under is what stands in small type below a table or a picture: what is
// doubtful in it, how many rows were left out, and last where its figures come
// from. An official paper names what was received before the query that added
// it up.
func Under(l *report.Locale, doc *report.Document, t report.Table) (notes []string, source string) {
	for _, n := range t.Notes {
		notes = append(notes, l.Say("paper.note", "text", n))
	}
	if t.Cut > 0 {
		notes = append(notes, l.Say("paper.cut", "n", l.Number(float64(t.Cut), 0)))
	}
	from := t.Source
	files, rows := l.Number(float64(from.Files), 0), l.Number(float64(from.Rows), 0)
	switch {
	case from.Query == "":
	case from.Files == 0:
		source = l.Say("paper.source_query", "query", from.Query)
	case doc.Paper == nil:
		source = l.Say("paper.source", "query", from.Query, "files", files, "rows", rows)
	default:
		source = l.Say("paper.source_official", "query", strings.TrimSuffix(path.Base(from.Query), ".sql"), "files", files, "rows", rows)
	}
	return notes, source
}
