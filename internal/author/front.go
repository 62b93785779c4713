package author

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"unicode/utf8"
)

// Report is one Markdown file, read and checked as far as that goes without
// tables. It does not change: several goroutines may make its documents.
type Report struct {
	File string // "reports/index.md"

	title, description, also, menu, parent phrase
	order                                  int
	outputs                                []string
	name                                   string // path of a report without for_each
	path                                   phrase // path of each document of a report with it
	pathLine                               int
	forEach                                string
	forEachLine                            int
	trail                                  string // column of for_each that names the query whose trail a page tells
	trailLine                              int
	paper                                  *paper
	explore                                []string // queries whose results readers put together as they like
	exploreLine                            int
	body                                   *template.Template
	unread                                 error // what is wrong before any table is asked for
}

// paper is what the front matter says about the official layout.
type paper struct {
	texts map[string]phrase
	lists map[string][]phrase
}

var (
	paperTexts = []string{"kind", "subject", "code", "number", "place", "date", "signer"}
	paperLists = []string{"to", "authority", "recipients"}
	isoDay     = regexp.MustCompile(`^(\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)
)

// parse reads the text of the report's file.
func (r *Report) parse(text string) error {
	f := &faults{file: r.File}
	if !utf8.ValidString(text) {
		f.add(1+strings.Count(text[:invalidAt(text)], "\n"), "the text is not UTF-8; save the file in this encoding")
		return f.err()
	}
	text = clean(strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n"))
	front, body, ok := cutFront(text)
	if !ok {
		f.add(1, `the file must begin with front matter: a line ---, at least "title: …", a line ---`)
		return f.err()
	}
	r.front(f, front)
	tmpl, err := compile(r.File, standalone(body), 2+strings.Count(front, "\n")+1)
	if err != nil {
		f.list = append(f.list, err)
	}
	r.body = tmpl
	return f.err()
}

func invalidAt(text string) int {
	for i, r := range text {
		if r == utf8.RuneError && !strings.HasPrefix(text[i:], "\ufffd") {
			return i
		}
	}
	return len(text)
}

// cutFront parts the front matter, which begins at line 2, from the body,
// which begins after the line that closes it.
func cutFront(text string) (front, body string, ok bool) {
	opening, rest, _ := strings.Cut(text, "\n")
	if strings.TrimRight(opening, " \t") != "---" {
		return "", "", false
	}
	for at := 0; at < len(rest); {
		line, _, more := strings.Cut(rest[at:], "\n")
		if strings.TrimRight(line, " \t") == "---" {
			after := min(at+len(line)+1, len(rest))
			return rest[:at], rest[after:], true
		}
		if !more {
			break
		}
		at += len(line) + 1
	}
	return "", "", false
}

// front reads the front matter. Expressions are set aside first, so that
// YAML sees a word where one stands: `path: {{ .unit }}` is no mapping then.
func (r *Report) front(f *faults, text string) {
	var aside values
	text = action.ReplaceAllStringFunc(text, func(expr string) string {
		// A line end inside an expression is kept behind it, for the lines to count.
		return aside.hold(expr, expr) + strings.Repeat("\n", strings.Count(expr, "\n"))
	})
	at := func(line int) int { return line + 1 }
	y := readYAML(f, "front matter", text, at, &aside)
	if y == nil {
		return
	}
	phrase := func(key string) phrase { return r.phrase(f, y.text(key), y.line(key)) }
	r.title = phrase("title")
	if y.text("title") == "" {
		f.add(y.line("title"), "front matter: a title is missing")
	}
	r.description = phrase("description")
	r.also = phrase("also")
	r.order = y.integer("order")
	r.parent = phrase("parent")
	r.outputs = y.words("outputs", "html", "pdf", "docx", "xlsx")
	if len(r.outputs) == 0 {
		r.outputs = []string{"html"}
	}
	r.forEach, r.forEachLine = y.text("for_each"), y.line("for_each")
	r.frontPath(f, y, phrase("path"))
	r.trail, r.trailLine = y.text("trail"), y.line("trail")
	if r.trail != "" && (r.forEach == "" || !slices.Contains(r.outputs, "html")) {
		f.add(r.trailLine, "front matter: trail is for pages (html) with for_each: it names the column of for_each that holds the query, e.g. trail: query")
	}
	r.explore, r.exploreLine = y.names("explore"), y.line("explore")
	if len(r.explore) > 0 && (r.forEach != "" || !slices.Equal(r.outputs, []string{"html"})) {
		f.add(r.exploreLine, "front matter: explore is for one page; take for_each and outputs away")
	}
	r.menu = phrase("menu")
	if r.forEach != "" && y.has("menu") {
		f.add(y.line("menu"), "front matter: menu is for one page; a report with for_each makes many (parent marks an entry for them)")
	}
	r.frontPaper(f, y)
	y.done()
}

func (r *Report) frontPath(f *faults, y *fields, given phrase) {
	r.pathLine = y.line("path")
	switch {
	case r.forEach != "" && given.source == "":
		f.add(r.forEachLine, "front matter: for_each needs a path that tells its pages apart, e.g. path: don-vi/{{ .unit }}")
	case r.forEach != "" && given.tmpl == nil:
		f.add(r.pathLine, "front matter: path %q is the same for every row of for_each; put a column in it, e.g. don-vi/{{ .unit }}", given.source)
	case r.forEach != "":
		r.path = given
	case given.tmpl != nil:
		f.add(r.pathLine, "front matter: a path with expressions needs for_each")
	default:
		r.name = given.source
		if r.name == "" {
			r.name = strings.TrimSuffix(path.Base(r.File), ".md")
		}
		if fault := pathFault(r.name); fault != "" {
			f.add(r.pathLine, "front matter: path %q %s", r.name, fault)
		}
	}
}

func (r *Report) frontPaper(f *faults, y *fields) {
	if y.word("paper", "decree30") == "decree30" {
		r.paper = &paper{texts: map[string]phrase{}, lists: map[string][]phrase{}}
	}
	for _, key := range slices.Concat(paperTexts, paperLists) {
		list := slices.Contains(paperLists, key)
		var texts []string
		if list {
			texts = y.texts(key)
		} else {
			texts = []string{y.text(key)}
		}
		if !y.has(key) {
			continue
		}
		if !y.has("paper") {
			f.add(y.line(key), "front matter: %s belongs to the official layout; add paper: decree30", key)
		}
		var phrases []phrase
		for _, text := range texts {
			phrases = append(phrases, r.phrase(f, text, y.line(key)))
		}
		switch {
		case r.paper == nil:
		case list:
			r.paper.lists[key] = phrases
		default:
			r.paper.texts[key] = phrases[0]
		}
	}
}

func (r *Report) phrase(f *faults, text string, line int) phrase {
	p, err := newPhrase(r.File, text, line)
	if err != nil {
		f.list = append(f.list, err)
	}
	return p
}
