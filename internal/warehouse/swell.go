package warehouse

import (
	"regexp"
	"slices"
	"strings"
)

// Some words make the engine copy what stands in them, and copies of copies
// grow beyond all bounds before anything is computed; nothing stops it then.

// mostParts is how many parts a question may have when all is copied.
const mostParts = 1 << 18

// copied are the macros of the engine, and ours, that use what they are given
// more than once, and how often.
var copied = map[string]int{"round_even": 3, "roundbankers": 3, "nullif": 2, "split_part": 2, "array_pop_back": 2, "array_to_string": 2,
	"array_to_string_comma_default": 2, "weighted_avg": 2, "wavg": 2, "fmod": 2, "json_group_array": 2, "json_group_object": 2, "format_pg_type": 14,
	"format_type": 2, "period_end": 32, "period_months": 64}

// copies is how often a table macro may use what it is given.
const copies = 8

// parts counts the parts of a tree when all is copied.
func parts(node any) int {
	n, times := 0, 1
	switch x := node.(type) {
	case []any:
		for _, child := range x {
			n = min(n+parts(child), mostParts+1)
		}
		return n
	case map[string]any:
		for _, child := range x {
			n = min(n+parts(child), mostParts+1)
		}
		name := lower(word(x["function_name"]))
		switch {
		case x["class"] == "BETWEEN":
			times = 2
		case x["class"] == "FUNCTION" && copied[name] > 0:
			times = copied[name]
		case x["type"] == "TABLE_FUNCTION":
			f, _ := x["function"].(map[string]any)
			if !slices.Contains(makers, lower(word(f["function_name"]))) {
				times = copies
			}
		}
		return min(1+times*n, mostParts+1)
	}
	return 0
}

var tokens = regexp.MustCompile(`'[^']*'|"[^"]*"|--[^\n]*|(?s:/\*.*?\*/)|[\pL_][\pL\pN_]*|\S`)

// chosen counts the words of a text when what a CASE compares stands in each of
// its WHENs: so the parser has it, before there is a tree to look at.
func chosen(text string) int {
	type choice struct{ compared, rest, whens int }
	open := []choice{{}}
	add := func(n int) {
		top := &open[len(open)-1]
		if len(open) > 1 && top.whens == 0 {
			top.compared = min(top.compared+n, mostParts+1)
		} else {
			top.rest = min(top.rest+n, mostParts+1)
		}
	}
	for _, token := range tokens.FindAllString(text, -1) {
		switch strings.ToUpper(token) {
		case "CASE":
			open = append(open, choice{})
			continue
		case "WHEN":
			open[len(open)-1].whens++
		case "END":
			if last := len(open) - 1; last > 0 {
				c := open[last]
				open = open[:last]
				add(min(c.compared*max(c.whens, 1)+c.rest, mostParts+1))
			}
		}
		add(1)
	}
	total := 0
	for _, c := range open {
		total = min(total+c.compared*max(c.whens, 1)+c.rest, mostParts+1)
	}
	return total
}
