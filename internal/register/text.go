package register

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// variants lists what a cell's text can be once enumerators before it and notes
// after it are left off, all folded. The whole text, which the caller has folded, is first.
func variants(text, folded string) []string {
	text = strings.TrimSpace(unescape(text))
	out := []string{folded}
	add := func(s string) {
		if folded := Fold(s); folded != "" && !slices.Contains(out, folded) {
			out = append(out, folded)
		}
	}
	counted, ok := cutEnumerator(text)
	if ok {
		add(counted)
	}
	if s, ok := cutNote(text); ok {
		add(s)
	}
	if s, ok := cutNote(counted); ok {
		add(s)
	}
	return out
}

// cutEnumerator takes "1.", "2.1", "a)", "IV.", "-" off the beginning. A single letter
// with a dot that can be a kind of unit (X. Thanh Sơn) is taken for a number only
// before another kind of unit.
func cutEnumerator(text string) (string, bool) {
	rest := strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("-+*•–—·", r) })
	rest = strings.TrimPrefix(rest, "(")
	label, after := rest, ""
	if i := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); i >= 0 {
		label, after = rest[:i], rest[i:]
	}
	sign, size := utf8.DecodeRuneInString(after)
	after = strings.TrimSpace(after[size*btoi(strings.ContainsRune(".):/-", sign)):])
	switch {
	case label == "" || after == "":
	case strings.Trim(label, "0123456789") == "" && len(label) <= 3:
		if more, ok := cutEnumerator(after); ok && after[0] >= '0' && after[0] <= '9' {
			return more, true // 2.1.
		}
		return after, true
	case unicode.IsSpace(sign):
	case strings.ContainsRune("hqpx", unicode.ToLower([]rune(label)[0])) && utf8.RuneCountInString(label) == 1 && sign != ')':
		if r := accented.read(Fold(after)); r.kind != "" || r.seat {
			return after, true
		}
	case utf8.RuneCountInString(label) == 1, strings.Trim(label, "IVXivx") == "":
		return after, true
	}
	if len(rest) < len(text) && !strings.HasPrefix(text, "(") {
		return rest, true
	}
	return text, false
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// cutNote takes a note in parentheses off the end, unless it says where the unit is:
// that is part of the name.
func cutNote(text string) (string, bool) {
	end := strings.TrimRightFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ')' })
	open := strings.LastIndexByte(end, '(')
	if open <= 0 || !strings.HasSuffix(end, ")") {
		return text, false
	}
	note := accented.spell(strings.Split(Fold(end[open:]), " "))
	for i := range note {
		if kind, _ := accented.cutKind(note[i:]); accented.kinds[kind] {
			return text, false
		}
	}
	before := strings.TrimSpace(end[:open])
	if more, ok := cutNote(before); ok {
		return more, true
	}
	return before, true
}
