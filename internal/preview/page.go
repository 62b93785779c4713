package preview

import (
	"bytes"
	"html/template"
	"regexp"
	"strings"

	"tongket/internal/report"
)

// pages are what the preview adds to an edition. The panel can be folded away,
// which needs no script.
var pages = template.Must(template.New("").Funcs(template.FuncMap{"say": func(string) string { return "" }}).Parse(`
{{define "panel"}}<section class="tongket-panel{{if not .Faults}} is-note{{end}}" role="alert">
<details open>
<summary>{{.Title}}</summary>
{{with .Stays}}<p>{{.}}</p>
{{end}}{{with .Faults}}<ol>
{{range .}}<li>{{with .Place}}<b>{{.}}</b> {{end}}{{.Text}}</li>
{{end}}</ol>
{{end}}{{with .More}}<p>{{.}}</p>
{{end}}{{if .Notes}}{{if .Faults}}<p>{{say "preview.notes"}}</p>
{{end}}<ol>
{{range .Notes}}<li>{{with .Place}}<b>{{.}}</b> {{end}}{{.Text}}</li>
{{end}}</ol>
{{end}}</details>
</section>
{{end}}

{{define "alone"}}<!doctype html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title>
<link rel="icon" href="data:,">
</head>
<body class="tongket-alone">
<main>
<h1>{{.Title}}</h1>
<p>{{.Text}}</p>
{{with .Home}}<p><a href="/">{{.}}</a></p>
{{end}}</main>
</body>
</html>
{{end}}

{{define "script"}}<link rel="stylesheet" href="/_tongket/live.css">
<script src="/_tongket/live.js" data-page="{{.Page}}" data-state="{{.State}}" defer></script>
{{end}}`))

// render fills one of the pages in a language.
func render(name string, data any, l *report.Locale) []byte {
	t := template.Must(pages.Clone()).Funcs(template.FuncMap{"say": func(key string) string { return l.Say(key) }})
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		panic(err) // the pages and what fills them are ours
	}
	return b.Bytes()
}

// listed is how many faults are shown at once.
const listed = 200

// line is one fault or note: where it is, and what.
type line struct{ Place, Text string }

// place is how faults begin: a file of the programme and a line of it.
var place = regexp.MustCompile(`^([^\s:][^:\n]*\.[A-Za-z0-9]+(?::\d+){0,2}):\s+`)

func lines(texts []string) (out []line) {
	for _, text := range texts[:min(len(texts), listed)] {
		text = clean(text)
		at := place.FindStringSubmatch(text)
		if at == nil {
			out = append(out, line{"", text})
			continue
		}
		out = append(out, line{at[1], strings.TrimPrefix(text, at[0])})
	}
	return out
}

// longest is how much of one fault is shown, in letters.
const longest = 2000

// clean takes out of a text what would hide or turn round the rest of it.
func clean(text string) string {
	text = report.Tame(strings.ToValidUTF8(text, "\ufffd"), "\n")
	if r := []rune(text); len(r) > longest {
		text = string(r[:longest]) + "…"
	}
	return text
}

// panel is what stands over every page while something is wrong.
func panel(s *shown) []byte {
	l := s.locale
	n := func(count int) string { return l.Number(float64(count), 0) }
	var data struct {
		Title, Stays, More string
		Faults, Notes      []line
	}
	data.Faults, data.Notes = lines(s.faults), lines(s.notes)
	switch {
	case len(s.faults)+len(s.notes) == 0:
		return nil
	case len(s.faults) == 0:
		data.Title = l.Say("preview.mend", "n", n(len(s.notes)))
	default:
		data.Title = l.Say("preview.faults", "n", n(len(s.faults)))
	}
	if len(s.faults) > 0 && s.root != nil {
		data.Stays = l.Say("preview.stays")
	}
	if more := max(0, len(s.faults)-listed) + max(0, len(s.notes)-listed); more > 0 {
		data.More = l.Say("preview.more", "n", n(more))
	}
	return render("panel", data, l)
}

// stand is the page where the edition has none: not there, or no edition yet.
func stand(s *shown, name string) []byte {
	l := s.locale
	var data struct{ Lang, Title, Text, Home string }
	data.Lang = l.Say("lang")
	switch {
	case s.root != nil:
		data.Title, data.Text, data.Home = l.Say("preview.lost"), l.Say("preview.lost.text", "page", clean(name)), l.Say("preview.home")
	case len(s.faults) > 0:
		data.Title, data.Text = l.Say("preview.none"), l.Say("preview.none.text")
	default:
		data.Title, data.Text = l.Say("preview.begun"), l.Say("preview.begun.text")
	}
	return render("alone", data, l)
}

var policyOf = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"&]*)">`)

// live makes a page listen: it adds the script and the panel, and lets the
// page connect to where it came from, which its own policy forbids and nothing
// else of it. The file of the edition stays as it is. It returns the policy as
// well, to be sent along.
func live(text []byte, name string, s *shown) (out []byte, policy string) {
	head, rest, found := bytes.Cut(text, []byte("</head>"))
	if !found {
		return text, "default-src 'none'"
	}
	policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
	if m := policyOf.FindSubmatchIndex(head); m != nil {
		policy = strings.Replace(string(head[m[2]:m[3]]), "connect-src 'none'", "connect-src 'self'", 1)
		head = bytes.Join([][]byte{head[:m[2]], []byte(policy), head[m[3]:]}, nil)
	}
	end := bytes.LastIndex(rest, []byte("</body>"))
	if end < 0 {
		end = len(rest)
	}
	added := render("script", struct{ Page, State string }{name, s.state(name)}, s.locale)
	return bytes.Join([][]byte{head, added, []byte("</head>"), rest[:end], s.panel, rest[end:]}, nil), policy
}
