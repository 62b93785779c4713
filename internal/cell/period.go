package cell

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// ParsePeriod reads a reporting period that is all a cell says, with words such
// as "lũy kế đến hết" before it: "2025", "2025-Q3", "2025-H1", "2025-09" of a
// month, "2025-9M" of the months since January. The first three, six and twelve
// months are the quarter, the half and the year; ten and eleven have no name
// here and are Invalid.
func ParsePeriod(text string) (period string, k Kind) {
	s, ok := clean(text)
	switch {
	case !ok:
		return "", Invalid
	case isNothing(s):
		return "", Nothing
	case isError(s):
		return "", Error
	}
	w := words(s)
	found := w.find()
	if len(found) == 0 {
		return "", Invalid
	}
	f := found[len(found)-1]
	if len(found) > 1 || f.to < len(w) || f.year == 0 || f.certainty == doubtful {
		return "", Invalid
	}
	for _, t := range w[:f.from] {
		if !fillers[t.text] {
			return "", Invalid
		}
	}
	if f.name() == "" || !isWords(s) {
		return "", Invalid
	}
	return f.name(), Value
}

// isWords reports whether only marks that join words stand in a text, none at
// its start.
func isWords(s string) bool {
	for i, r := range s {
		mark := !unicode.In(r, unicode.L, unicode.M, unicode.Nd)
		if mark && (i == 0 || !strings.ContainsRune(" \n/-–_.,:", r)) {
			return false
		}
	}
	return true
}

var fillers = map[string]bool{
	"den": true, "het": true, "tinh": true, "ky": true, "luy": true, "ke": true, "bao": true, "cao": true,
	"so": true, "lieu": true, "trong": true, "ket": true, "qua": true, "cua": true, "nam": true,
}

// FindPeriod finds the period that a title or a file's name speaks of:
// "… – QUÝ III/2025 (số liệu …)", "bao-cao_quy3_2025". It returns "" when there
// is none, when there are several, or when one lacks its year. A year alone
// counts only where nothing finer stands. Days, the numbers of documents
// ("2085/QĐ-UBND") and amounts are no periods.
func FindPeriod(text string) string {
	var fine, year string
	var dangling []finding
	for _, f := range words(tidy(text)).find() {
		name := f.name()
		switch {
		case f.certainty != certain:
			return ""
		case f.year == 0:
			dangling = append(dangling, f)
		case name == "":
			return ""
		case f.part == 'Y' && (f.year < 1990 || f.year > 2079): // of the documents, not of a report
		case f.part == 'Y' && !f.whole:
			if year != "" && year != name {
				year = "several"
			} else {
				year = name
			}
		case fine != "" && fine != name:
			return ""
		default:
			fine = name
		}
	}
	for _, d := range dangling {
		if len(fine) < 4 {
			return ""
		}
		if d.year, _ = strconv.Atoi(fine[:4]); d.name() != fine {
			return ""
		}
	}
	switch {
	case fine != "":
		return fine
	case year == "several":
		return ""
	}
	return year
}

// Periods lists the different parts of years that a text speaks of, in their
// order; one without a year takes that of the next.
func Periods(text string) []string {
	var out []string
	found := words(tidy(text)).find()
	for i := len(found) - 1; i >= 0; i-- {
		f := found[i]
		if f.year == 0 && i+1 < len(found) {
			f.year = found[i+1].year
			found[i] = f
		}
		name := f.name()
		if f.certainty == certain && f.year > 0 && f.part != 'Y' && name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	slices.Reverse(out)
	return out
}

// PeriodEnd returns the last day of a period, "2025-09-30" of 2025-Q3 and
// 2025-9M, and "" of what is no period.
func PeriodEnd(period string) string {
	year, part, cut := strings.Cut(period, "-")
	if len(year) != 4 || !isDigits(year) || cut && len(part) != 2 {
		return ""
	}
	month := 12
	switch {
	case !cut:
	case part[0] == 'Q' && '1' <= part[1] && part[1] <= '4':
		month = 3 * int(part[1]-'0')
	case part == "H1" || part == "H2":
		month = 6 * int(part[1]-'0')
	case part[1] == 'M' && '1' <= part[0] && part[0] <= '9':
		month = int(part[0] - '0')
	case isDigits(part) && "01" <= part && part <= "12":
		month, _ = strconv.Atoi(part)
	default:
		return ""
	}
	y, _ := strconv.Atoi(year)
	return time.Date(y, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// finding is a period in a text, or one without its year.
type finding struct {
	year      int  // 0: not said
	part      byte // 'Y' year, 'Q' quarter, 'H' half, 'T' month, 'M' months since January; 0: none that has a name
	n         int
	whole     bool // of a year: said to be all of it, "12 tháng", "cả năm"
	from, to  int  // its words
	certainty certainty
}

type certainty int

const (
	certain  certainty = iota
	alone              // a period when nothing else stands there: "9-2025"
	doubtful           // a period of some kind
)

// name writes a finding, or "" if it has no name.
func (f finding) name() string {
	switch f.part {
	case 'Y':
		return fmt.Sprintf("%04d", f.year)
	case 'Q', 'H':
		return fmt.Sprintf("%04d-%c%d", f.year, f.part, f.n)
	case 'T':
		return fmt.Sprintf("%04d-%02d", f.year, f.n)
	case 'M':
		return fmt.Sprintf("%04d-%dM", f.year, f.n)
	}
	return ""
}

// since is the finding of the first n months of a year.
func since(n int) finding {
	switch {
	case n == 12:
		return finding{part: 'Y', whole: true}
	case n == 3:
		return finding{part: 'Q', n: 1}
	case n == 6:
		return finding{part: 'H', n: 1}
	case n >= 1 && n <= 9:
		return finding{part: 'M', n: n}
	}
	return finding{}
}
