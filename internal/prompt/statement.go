package prompt

import "strings"

// Cut takes the first statement off a text: what stands before the first
// semicolon that is in no string, name or comment. Whether it is one the
// engine decides; here it is only about where a line ends and where one goes
// on. ended is false when there is no such semicolon.
func Cut(text string) (statement, rest string, ended bool) {
	for at := 0; at < len(text); {
		if text[at] == ';' {
			return text[:at], text[at+1:], true
		}
		at += length(text[at:])
	}
	return text, "", false
}

// Blank reports whether a text holds nothing but blanks and comments.
func Blank(text string) bool {
	for at := 0; at < len(text); {
		rest := text[at:]
		n := length(rest)
		comment := strings.HasPrefix(rest, "--") || strings.HasPrefix(rest, "/*")
		if !comment && strings.TrimSpace(rest[:n]) != "" {
			return false
		}
		at += n
	}
	return true
}

// Quoted reports whether a text ends within quotes, and what they hold so far.
func Quoted(text string) (inside string, open bool) {
	for at := 0; at < len(text); {
		n := length(text[at:])
		if text[at] == '\'' && at+n == len(text) && (n == 1 || text[len(text)-1] != '\'') {
			return text[at+1:], true
		}
		at += n
	}
	return "", false
}

// length is how long the string, name, comment or letter is that a text
// begins with.
func length(text string) int {
	switch {
	case strings.HasPrefix(text, "--"):
		return until(text, "\n")
	case strings.HasPrefix(text, "/*"):
		return comment(text)
	case text[0] == '\'' || text[0] == '"':
		return 1 + until(text[1:], text[:1])
	case text[0] == '$':
		return dollar(text)
	}
	return 1
}

func until(text, end string) int {
	if i := strings.Index(text, end); i >= 0 {
		return i + len(end)
	}
	return len(text)
}

// comment is the length of one that may hold others.
func comment(text string) int {
	deep := 0
	for at := 0; at < len(text); {
		switch {
		case strings.HasPrefix(text[at:], "/*"):
			deep++
			at += 2
		case strings.HasPrefix(text[at:], "*/"):
			deep--
			at += 2
			if deep == 0 {
				return at
			}
		default:
			at++
		}
	}
	return len(text)
}

// dollar is the length of a string between $tag$ and $tag$, or of one sign.
func dollar(text string) int {
	end := strings.IndexByte(text[1:], '$')
	if end < 0 {
		return 1
	}
	tag := text[:end+2]
	if strings.Trim(tag[1:end+1], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") != "" || len(tag) > 2 && tag[1] >= '0' && tag[1] <= '9' {
		return 1
	}
	return len(tag) + until(text[len(tag):], tag)
}
