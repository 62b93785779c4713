package prompt

import (
	"slices"
	"testing"
)

// TestCut: a statement ends at a semicolon of its own.
func TestCut(t *testing.T) {
	for text, want := range map[string][]string{
		"SELECT 1; SELECT 2;":               {"SELECT 1", " SELECT 2"},
		"SELECT ';' ; x":                    {"SELECT ';' ", " x"},
		"SELECT 'it''s; so'; y":             {"SELECT 'it''s; so'", " y"},
		`SELECT "a;b";`:                     {`SELECT "a;b"`},
		"SELECT 1 -- one; two\n;":           {"SELECT 1 -- one; two\n"},
		"SELECT /* ; /* ; */ ; */ 1;":       {"SELECT /* ; /* ; */ ; */ 1"},
		"SELECT $$ ; $$, $a$ ; $$ $a$; z":   {"SELECT $$ ; $$, $a$ ; $$ $a$", " z"},
		"SELECT $1; z":                      {"SELECT $1", " z"},
		"SELECT 'chưa hết; SELECT 2;":       {"SELECT 'chưa hết; SELECT 2;"},
		"SELECT 'mét; đã' AS \"đã; xong\";": {"SELECT 'mét; đã' AS \"đã; xong\""},
	} {
		var got []string
		for rest, ended := text, true; ended && rest != ""; {
			var one string
			one, rest, ended = Cut(rest)
			got = append(got, one)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q is cut into %q, not %q", text, got, want)
		}
	}
}

func FuzzCut(f *testing.F) {
	for _, text := range []string{"SELECT 1; 2", "'", "$a$ $a", "/* /*", "--", "đ;", "$$$"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		statement, rest, ended := Cut(text)
		if ended && statement+";"+rest != text || !ended && (statement != text || rest != "") {
			t.Errorf("%q became %q and %q", text, statement, rest)
		}
		Blank(text)
		Quoted(text)
	})
}

func TestQuoted(t *testing.T) {
	for text, want := range map[string]string{"WHERE unit = 'SN": "SN", "WHERE name = '": "", "x = 'a' AND y = 'Sở N": "Sở N"} {
		if inside, open := Quoted(text); !open || inside != want {
			t.Errorf("%q: %q, %t", text, inside, open)
		}
	}
	for _, text := range []string{"", "x = 'a'", "-- it's", `"it's"`, "x = 'a''b'"} {
		if inside, open := Quoted(text); open {
			t.Errorf("%q is open: %q", text, inside)
		}
	}
}

func TestBlank(t *testing.T) {
	for text, want := range map[string]bool{"": true, " \n\t": true, "-- x\n": true, "/* a */ -- b": true, "x": false, "-- x\n y": false, "''": false} {
		if Blank(text) != want {
			t.Errorf("%q: blank is %t", text, !want)
		}
	}
}
