package report

import "strings"

// Tame puts blanks for what a terminal would obey and for what hides or turns
// round the text beside it, but for the letters to keep, such as "\n\t".
func Tame(text, keep string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(keep, r):
			return r
		case r < ' ', r >= 0x7f && r < 0xa0, r == '\u061c', r >= '\u200e' && r <= '\u200f', r >= '\u2028' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return ' '
		}
		return r
	}, text)
}
