package report

import "testing"

func TestTame(t *testing.T) {
	for text, want := range map[string]string{
		"Sở Nội vụ":              "Sở Nội vụ",
		"a\x1b[31mb\x07":         "a [31mb ",
		"a\nb\tc\rd":             "a\nb c d",
		"\u202egnp.exe\u2069 x":  " gnp.exe  x",
		"a\u0085b\u2028c\u200fd": "a b c d",
		"👨‍👩‍👧 nối bằng U+200D còn": "👨‍👩‍👧 nối bằng U+200D còn",
	} {
		if got := Tame(text, "\n"); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
