package warehouse

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tongket/internal/report"
)

// Explained is a fault of an SQL text, with the place and, where it can be
// told, what would be right. It is one line; Shown adds the text.
type Explained struct {
	File   string // or what else the text is called
	Line   int    // from 1; 0: the engine does not tell the place
	Column int    // letters from 1
	Text   string // the line
	What   string // what is wrong and what would be right, for people
}

func (e *Explained) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.What
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.What)
}

// Shown is the fault, the line that it is in, and a mark under the place. Long
// lines are cut around it.
func (e *Explained) Shown() string {
	if e.Line == 0 {
		return e.Error()
	}
	const before, after = 60, 60
	text, at := []rune(printable(strings.ReplaceAll(e.Text, "\t", " "))), e.Column-1
	at = min(max(at, 0), len(text))
	begin, end, dots := max(at-before, 0), min(at+after, len(text)), ""
	if begin > 0 {
		dots = "…"
	}
	number := strconv.Itoa(e.Line)
	shown := dots + string(text[begin:end])
	if end < len(text) {
		shown += "…"
	}
	return fmt.Sprintf("%s\n  %s | %s\n  %s | %s^", e.Error(), number, shown,
		strings.Repeat(" ", len(number)), strings.Repeat(" ", report.Width(dots+string(text[begin:at]))))
}

// Shown is an error with the text of each fault of a question in it.
func Shown(err error) string {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var out []string
		for _, e := range joined.Unwrap() {
			out = append(out, Shown(e))
		}
		return strings.Join(out, "\n")
	}
	var e *Explained
	if errors.As(err, &e) {
		return e.Shown()
	}
	return err.Error()
}

// source is a text that faults are in.
type source struct {
	name, text string
	behind     int // bytes of the text that the engine was given before this one
}

// at makes the fault at a place, counted in bytes; a negative one is unknown.
func (s source) at(place int, what string) error {
	e := &Explained{File: s.name, What: what}
	if place < 0 {
		return e
	}
	place = min(place, len(s.text))
	begin := strings.LastIndexByte(s.text[:place], '\n') + 1
	e.Line = 1 + strings.Count(s.text[:place], "\n")
	e.Column = 1 + utf8.RuneCountInString(s.text[begin:place])
	e.Text, _, _ = strings.Cut(s.text[begin:], "\n")
	e.Text = strings.TrimRight(e.Text, "\r")
	return e
}

// told is an error of the engine as it tells it to questions.
type told struct {
	Type       string `json:"exception_type"`
	Message    string `json:"exception_message"`
	Subtype    string `json:"error_subtype"`
	Kind       string `json:"type"`
	Name       string
	Call       string
	Position   string
	Candidates string
}

// parse finds the engine's object in an error.
func parseTold(err error) (t told, ok bool) {
	_, text, found := strings.Cut(err.Error(), "{")
	if !found || json.NewDecoder(strings.NewReader("{"+text)).Decode(&t) != nil {
		return told{}, false
	}
	return t, t.Type != ""
}

// explain says in the programme's language what is wrong with a text. The
// query, if there is one, tells what the text reads.
func (r *Reader) explain(ctx context.Context, from source, q *Query, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	t, ok := parseTold(err)
	if !ok {
		return fmt.Errorf("%s: %w", from.name, err)
	}
	at, unknown := strconv.Atoi(t.Position)
	if at -= from.behind; unknown != nil || at < 0 || at > len(from.text) {
		at = -1
	}
	if t.Type == "Parser" {
		return r.syntax(from, letters(from.text, at), t.Message)
	}
	return r.explained(from, q, at, t)
}

// tooDeep is how the engine begins to say that a text is nested too deeply.
const tooDeep = "Max expression depth"

var (
	noColumnIn = regexp.MustCompile(`(?:Table|Values list) "([^"]+)" does not have a column named "([^"]+)"`)
	noTableOf  = regexp.MustCompile(`Referenced table "([^"]+)" not found`)
	unlike     = regexp.MustCompile(`Cannot compare values of type (\S+) and type (\S+)`)
	notGrouped = regexp.MustCompile(`column "([^"]+)" must appear in the GROUP BY`)
	ambiguous  = regexp.MustCompile(`Ambiguous reference to column name "([^"]+)" \(use: (.*)\)`)
	unreadable = regexp.MustCompile(`Could not convert string ['"]((?s).*)['"] to (\w+)`)
	noDate     = regexp.MustCompile(`invalid date field format: "((?s).*)", expected`)
)

func (r *Reader) explained(from source, q *Query, at int, t told) error {
	l := r.locale
	switch {
	case strings.HasPrefix(t.Message, tooDeep):
		return from.at(-1, l.Say("ask.deep"))
	case t.Type == "Out of Memory":
		return ErrMemory
	case t.Subtype == "COLUMN_NOT_FOUND":
		return from.at(at, r.noColumn(q, t.Name, candidates(t.Candidates)))
	case t.Subtype == "MISSING_ENTRY" && strings.HasSuffix(t.Kind, "Function"):
		return from.at(at, l.Say("ask.no_function", "name", t.Name)+r.meant(r.functionsLike(t.Name)))
	case t.Subtype == "MISSING_ENTRY" && t.Kind == "Table":
		return r.unknownTable(from, reference{name: t.Name, at: at})
	case t.Subtype == "NO_MATCHING_FUNCTION":
		return from.at(at, l.Say("ask.no_match", "call", strings.ReplaceAll(t.Call, "_LITERAL", ""), "list", matches(t.Candidates)))
	}
	if m := noColumnIn.FindStringSubmatch(t.Message); m != nil {
		_, list, _ := strings.Cut(t.Message, "Candidate bindings:")
		return from.at(at, r.noColumn(q, m[2], candidates(strings.ReplaceAll(list, ":", ""))))
	}
	if m := noTableOf.FindStringSubmatch(t.Message); m != nil {
		_, list, _ := strings.Cut(t.Message, "Candidate tables:")
		return from.at(at, l.Say("ask.not_in_from", "name", m[1])+r.meant(candidates(list)))
	}
	if m := unlike.FindStringSubmatch(t.Message); m != nil {
		kind := strings.NewReplacer("_LITERAL", "")
		return from.at(at, l.Say("ask.compare", "one", kind.Replace(m[1]), "other", kind.Replace(m[2])))
	}
	if m := notGrouped.FindStringSubmatch(t.Message); m != nil {
		return from.at(at, l.Say("ask.group", "name", m[1]))
	}
	if m := ambiguous.FindStringSubmatch(t.Message); m != nil {
		return from.at(at, l.Say("ask.ambiguous", "name", m[1], "list", strings.NewReplacer(`"`, "", " or ", ", ").Replace(m[2])))
	}
	if m := unreadable.FindStringSubmatch(t.Message); m != nil {
		return from.at(at, l.Say("ask.convert", "value", shortened(m[1], 60), "kind", r.typeSaid(m[2])))
	}
	if m := noDate.FindStringSubmatch(t.Message); m != nil {
		return from.at(at, l.Say("ask.convert", "value", shortened(m[1], 60), "kind", r.typeSaid("DATE")))
	}
	text, _, _ := strings.Cut(t.Message, "\n\nLINE")
	return from.at(at, l.Say("ask.engine", "text", strings.Join(strings.Fields(printable(shortened(text, 400))), " ")))
}

// noColumn is about a column that is not there: its title may have been meant.
func (r *Reader) noColumn(q *Query, name string, near []string) string {
	if c, ok := r.titled(q, name); ok {
		return r.locale.Say("ask.title.column", "title", c.Title, "name", c.Name)
	}
	what := r.locale.Say("ask.no_column_here", "name", name)
	if r.value(q, name) {
		return what + " " + r.locale.Say("ask.quotes", "name", name)
	}
	known := r.columnsRead(q)
	like := report.Like(name, columnNames(known))
	there := r.elsewhere(name)
	switch words := sharing(name, known); {
	case len(words) > 0 && !spelt(name, like):
		like = words
	case len(like) <= 3 && len(known) > 0: // near by their letters
	case len(there) > 0:
		like = nil
	default:
		like = near
	}
	for i, n := range like {
		if at := slices.IndexFunc(known, func(c report.Column) bool { return c.Name == n }); at >= 0 && known[at].Title != n {
			like[i] = fmt.Sprintf("%s (%s)", n, known[at].Title)
		}
	}
	what += r.meant(like)
	if len(there) > 0 {
		what += " " + r.locale.Say("ask.elsewhere", "name", name, "list", strings.Join(there, ", "))
	}
	return what
}

// value reports whether a name looks like a value in the wrong quotes: nothing
// that a query reads has a name in capitals or with digits in front.
func (r *Reader) value(q *Query, name string) bool {
	return name != "" && (name == strings.ToUpper(name) || strings.ContainsAny(name, " -/"))
}

// syntax is about a text that the parser does not take. Where titles stand in
// it as names, their names are told.
func (r *Reader) syntax(from source, at int, message string) error {
	if strings.HasPrefix(message, tooDeep) {
		return from.at(-1, r.locale.Say("ask.deep"))
	}
	what := r.locale.Say("ask.syntax.end")
	if _, near, found := strings.Cut(message, "at or near "); found {
		what = r.locale.Say("ask.syntax", "near", strings.Trim(near, `"`))
	} else if !strings.Contains(message, "at end of input") {
		what = r.locale.Say("ask.engine", "text", strings.Join(strings.Fields(printable(message)), " "))
	}
	for _, c := range r.titlesIn(from.text) {
		what += " " + r.locale.Say("ask.title.column", "title", c.Title, "name", c.Name)
	}
	return from.at(at, what)
}

// functionsLike are the engine's functions whose names look like one.
func (r *Reader) functionsLike(name string) []string {
	rows, err := r.db.Query("SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('scalar', 'aggregate', 'macro') AND function_name ~ '^[a-z][a-z0-9_]*$' ORDER BY 1")
	if err != nil {
		return nil
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var n string
		if rows.Scan(&n) == nil && !slices.Contains(withheld, n) {
			names = append(names, n)
		}
	}
	if like := report.Like(name, names); len(like) <= 3 {
		return like
	}
	return nil
}

// candidates reads the engine's list of names.
func candidates(list string) []string {
	var out []string
	for n := range strings.SplitSeq(list, ",") {
		if n = strings.Trim(n, "\" \n:"); n != "" && len(out) < 5 {
			out = append(out, n)
		}
	}
	return out
}

var signature = regexp.MustCompile(`\w*[^,()]*\([^()]*\) -> [^,]+`)

// matches lists the first few ways to call a function.
func matches(list string) string {
	all := signature.FindAllString(list, 4)
	for i, m := range all {
		all[i], _, _ = strings.Cut(strings.TrimLeft(m, ", "), " -> ")
	}
	return strings.Join(all, "; ")
}

func shortened(text string, most int) string {
	n, cut := 0, 0
	for i := range text {
		if n++; n == most {
			cut = i
		}
		if n > most {
			return text[:cut] + "…"
		}
	}
	return text
}
