package starter

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// bare is a letter without its accents.
func bare(r rune) string { return norm.NFD.String(string(r)) }

// reserved are words that SQL keeps for itself, and columns that every table
// has. A table or column of such a name gets another.
var reserved = strings.Fields(`all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default
	deferrable desc describe distinct do else end except false fetch for foreign from group having in initially intersect into lambda lateral leading
	limit not null offset on only or order pivot pivot_longer pivot_wider placing primary qualify references returning select show some summarize
	symmetric table then to trailing true union unique unpivot using variadic when where window with
	submission line sheet_number since superseded_by rowid submissions rejects warnings passed settings meta previous restated period_end findings
	trail trail_reads trail_sources trail_keys trail_rows`)

// identifier makes a name for SQL of a title, at most so many letters long.
func identifier(title string, most int) string {
	var kept []string
	n := 0
	for _, w := range strings.Fields(plain(title)) {
		if n += len(w) + 1; n > most && len(kept) > 0 {
			break
		}
		kept = append(kept, w[:min(len(w), most)])
	}
	name := strings.Join(kept, "_")
	switch {
	case name == "":
		return "cot"
	case name[0] >= '0' && name[0] <= '9' || slices.Contains(reserved, name):
		return "cot_" + name
	}
	return name
}

// unique makes a name differ from those that are taken.
func unique(name string, taken []string) string {
	for n, first := 2, name; slices.Contains(taken, name); n++ {
		name = first + "_" + strconv.Itoa(n)
	}
	return name
}
