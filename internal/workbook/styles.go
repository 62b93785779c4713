package workbook

import (
	"context"
	"strconv"
	"strings"
)

// format is what a number format makes of a number.
type format uint8

const (
	asNumber format = iota
	asPercent
	asDate
)

// formats are the number formats of the styles of cells, in their order.
func (p parts) formats(name string) ([]format, error) {
	if name == "" {
		return nil, nil
	}
	in, err := p.open(context.Background(), name, maxPart)
	if err != nil {
		return nil, err
	}
	defer in.close()
	custom := map[int]format{}
	var ids []int32
	err = in.walk(func() error {
		switch {
		case in.is("numFmt") && in.within("numFmts"):
			if id, err := strconv.Atoi(string(in.attr("numFmtId"))); err == nil {
				custom[id] = formatOf(in.attrText("formatCode"))
			}
		case in.is("xf") && in.within("cellXfs"):
			id, _ := strconv.ParseInt(string(in.attr("numFmtId")), 10, 32)
			ids = append(ids, int32(id))
		}
		return nil
	})
	if err != nil {
		return nil, in.explain(err)
	}
	out := make([]format, len(ids))
	for i, id := range ids {
		f, ok := custom[int(id)]
		if !ok {
			f = builtIn(id)
		}
		out[i] = f
	}
	return out, nil
}

// builtIn is what the formats mean that no file spells out (ECMA-376 part 1,
// 18.8.30). Some of 27 to 36 and 50 to 58 are times in one language and dates
// in another; a number below 1 is no date either way.
func builtIn(id int32) format {
	switch {
	case id == 9 || id == 10:
		return asPercent
	case 14 <= id && id <= 17, id == 22, 27 <= id && id <= 36, 50 <= id && id <= 58:
		return asDate
	}
	return asNumber
}

// formatOf reads a format code: "dd/mm/yyyy", "0.0%", "#,##0;[Red]-#,##0". A
// time of day without a date, and time elapsed, "[h]:mm", stay numbers.
func formatOf(code string) format {
	letters := bare(code)
	switch {
	case strings.Contains(letters, "general"):
		return asNumber
	case strings.ContainsAny(letters, "yd"), strings.Contains(letters, "mmm"):
		return asDate
	case strings.Contains(letters, "m") && !strings.ContainsAny(letters, "hs:"):
		return asDate
	case strings.Contains(letters, "%"):
		return asPercent
	}
	return asNumber
}

// bare is a format code in lower case without what is shown as it stands:
// quoted text, escaped letters, padding, "AM/PM", and without colours,
// conditions and languages in brackets. Time elapsed becomes "h:".
func bare(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			i = closing(code, i, '"')
		case '[':
			end := closing(code, i, ']')
			inner := strings.ToLower(code[i+1 : end])
			if inner != "" && strings.Trim(inner, inner[:1]) == "" && strings.Contains("hms", inner[:1]) {
				b.WriteString("h:")
			}
			i = end
		case '\\', '_', '*':
			i++
		default:
			b.WriteByte(c)
		}
	}
	text := strings.ToLower(b.String())
	return strings.ReplaceAll(strings.ReplaceAll(text, "am/pm", ""), "a/p", "")
}

// closing is where the text begun at from ends: with the code if nothing ends
// it.
func closing(code string, from int, end byte) int {
	if n := strings.IndexByte(code[from+1:], end); n >= 0 {
		return from + 1 + n
	}
	return len(code)
}
