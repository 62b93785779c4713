package register

import (
	"strings"
	"unicode/utf8"
)

// damaged tries a text that a converter has damaged: letters lost, or written as
// escapes, or bereft of their marks. A lost letter stands for any one letter, a letter
// without marks for itself with any; half of the letters must be left.
func (s *search) damaged(text string) bool {
	escaped := hasEscape(text)
	text = unescape(text)
	if !escaped && !strings.ContainsRune(text, lost) {
		return false
	}
	text = strings.TrimSpace(strings.ToValidUTF8(text, string(lost)))
	texts := []string{text}
	// A blank without a break is lost like a letter.
	if rest, ok := strings.CutPrefix(text, string(lost)); ok {
		texts = append(texts, rest)
	}
	for _, text := range texts {
		if rest, ok := strings.CutSuffix(text, string(lost)); ok {
			texts = append(texts, rest)
		}
	}
	var ids []int32
	for _, text := range texts {
		for _, variant := range variants(text, Fold(text)) {
			r := s.exact.read(variant)
			if pattern := []rune(r.whole()); enough(pattern) {
				ids = append(ids, s.fitting(pattern, r)...)
			}
		}
	}
	return s.take(ids)
}

func enough(pattern []rune) bool {
	left, gone := 0, 0
	for _, letter := range pattern {
		switch letter {
		case ' ':
		case lost:
			gone++
		default:
			left++
		}
	}
	return left > 1 && left >= gone
}

func (s *search) fitting(pattern []rune, r reading) []int32 {
	var out []int32
	for i := range s.exact.forms {
		f := &s.exact.forms[i]
		switch {
		case f.whole == "":
		case fits(pattern, f.whole), r.kind == "" && (!r.seat || f.locality) && fits(pattern, f.bare):
			out = append(out, int32(i))
		}
	}
	return out
}

func fits(pattern []rune, name string) bool {
	for _, want := range pattern {
		letter, size := utf8.DecodeRuneInString(name)
		if size == 0 || want == lost && letter == ' ' {
			return false
		}
		if want != lost && want != letter && (want >= utf8.RuneSelf || want != base(letter)) {
			return false
		}
		name = name[size:]
	}
	return name == ""
}
