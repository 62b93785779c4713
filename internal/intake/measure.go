package intake

import (
	"regexp"
	"strings"
)

// A measure is what a figure counts, and the power of ten it stands for.
type measure struct {
	base  string // đồng, mét, %
	power int
}

// bases are the words for what is counted, folded.
var bases = map[string]measure{
	"dong": {"đồng", 0}, "d": {"đồng", 0}, "vnd": {"đồng", 0}, "vn dong": {"đồng", 0}, "dong viet nam": {"đồng", 0}, "viet nam dong": {"đồng", 0},
	"m": {"mét", 0}, "met": {"mét", 0}, "met gia": {"mét", 0}, "m gia": {"mét", 0}, "mg": {"mét", 0}, "met gia tai lieu": {"mét", 0}, "met tai lieu": {"mét", 0},
	"metre": {"mét", 0}, "metres": {"mét", 0}, "km": {"mét", 3},
	"ho so": {"hồ sơ", 0}, "hs": {"hồ sơ", 0}, "don vi bao quan": {"hồ sơ", 0}, "dvbq": {"hồ sơ", 0},
	"hop": {"hộp", 0}, "cap": {"cặp", 0}, "trang": {"trang", 0}, "to": {"tờ", 0}, "nguoi": {"người", 0}, "luot nguoi": {"người", 0},
	"%": {"%", 0}, "phan tram": {"%", 0},
}

// scales are the words for powers of ten that stand before money, folded.
var scales = map[string]int{
	"nghin": 3, "ngan": 3, "1000": 3, "1 000": 3, "thousand": 3,
	"trieu": 6, "tr": 6, "1000000": 6, "1 000 000": 6, "million": 6, "millions": 6, "millions of": 6,
	"ty": 9, "ti": 9, "billion": 9, "billions of": 9,
}

var (
	glued    = regexp.MustCompile(`(\d)([a-z])`)
	saysUnit = regexp.MustCompile(`^(?:don vi tinh|don vi do|don vi|dvt|d v t|tinh theo|tinh bang|x|in) `)
	scaled   = regexp.MustCompile(`(?:^| )(?:nghin|ngan|trieu|ty|ti|1000|1 000|1000000|thousand|millions?|billions?)(?: |$)`)
)

// measured reads a unit as people write it: "triệu đồng", "1.000 đ", "ĐVT:
// mét giá"; false when it is none.
func measured(text string) (measure, bool) {
	key := glued.ReplaceAllString(strings.ReplaceAll(fold(text), " %", "%"), "$1 $2")
	return measuredKey(key)
}

func measuredKey(key string) (measure, bool) {
	for saysUnit.MatchString(key) {
		key = saysUnit.ReplaceAllString(key, "")
	}
	for _, tail := range []string{" luy ke", " lam tron", " chan"} {
		key = strings.TrimSuffix(key, tail)
	}
	if m, ok := bases[key]; ok {
		return m, true
	}
	if power, ok := scales[key]; ok && key != "tr" && key[0] > '9' {
		return measure{"đồng", power}, true
	}
	words := strings.Fields(key)
	for n := 1; n < len(words) && n <= 3; n++ {
		power, known := scales[strings.Join(words[:n], " ")]
		if base, ok := bases[strings.Join(words[n:], " ")]; known && ok && base.base == "đồng" {
			return measure{"đồng", base.power + power}, true
		}
	}
	if len(words) == 2 && words[0] == "vnd" { // VND million
		if power, ok := scales[words[1]]; ok {
			return measure{"đồng", power}, true
		}
	}
	return measure{}, false
}

// unclear reports whether a text speaks of thousands or millions in a way that
// is not understood: then nobody can say how large the figures are.
func unclear(text string) bool {
	key := glued.ReplaceAllString(fold(text), "$1 $2")
	if _, ok := measuredKey(key); ok {
		return false
	}
	return scaled.MatchString(lookalikes.Replace(key))
}

// lookalikes are words that are like those for powers of ten when their
// accents are left off: ngân sách, tỷ lệ.
var lookalikes = strings.NewReplacer("ngan sach", "", "ngan hang", "", "ty le", "", "ty trong", "", "ti le", "", "tr d", "")

var tellsUnit = regexp.MustCompile(`(?:^| )(?:don vi tinh|don vi do|dvt|d v t|(?:kinh phi|so tien|so lieu) tinh (?:bang|theo)) (.*)$`)

// unitLine reads a line such as "Đơn vị tính: mét; triệu đồng" above a table.
// Told is false when the line is about something else.
func unitLine(text string) (found []measure, told bool) {
	key := glued.ReplaceAllString(fold(strings.NewReplacer(";", " xx ", ",", " xx ", " - ", " xx ", "/", " xx ").Replace(text)), "$1 $2")
	if m := tellsUnit.FindStringSubmatch(key); m != nil {
		key, told = m[1], true
	} else if rest, is := strings.CutPrefix(key, "don vi "); is { // "Đơn vị: triệu đồng", but also "Đơn vị: Sở Nội vụ"
		key = rest
	} else if len(strings.Fields(key)) < 2 || len(key) > 60 {
		return nil, false // "ĐỒNG NAI" is no currency
	}
	for part := range strings.SplitSeq(key, "xx") {
		part = strings.TrimSpace(part)
		if m, ok := measuredKey(part); ok {
			found = append(found, m)
		} else if !told && part != "" && len(found) == 0 {
			return nil, false
		}
	}
	return found, told || len(found) > 0
}
