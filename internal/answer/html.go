package answer

import (
	"html/template"
	"io"

	"tongket/internal/report"
)

// Page is an answer as a page of its own: one file without a script, without
// anything from elsewhere.
type Page struct {
	Sheet
	Heading  string // what was asked, where the answer has no title
	SQL      string
	Drawing  []byte // a chart's SVG, made by the program; nil: none
	Sentence string // what the chart shows
}

var page = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title>
<style>
body { font: 16px/1.5 "Be Vietnam Pro", "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; color: #1b2a2f; background: #fff; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; line-height: 1.25 }
figure { margin: 1rem 0 } figure svg { max-width: 100%; height: auto }
.wide { overflow-x: auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { border: 1px solid #b9c7cb; padding: .3rem .6rem; text-align: left; vertical-align: top }
thead th { background: #e2ecef; vertical-align: bottom }
td.n, th.n { text-align: right }
pre { background: #f3f6f7; padding: .8rem; overflow-x: auto; white-space: pre-wrap }
p.note { color: #41555c; margin: .4rem 0 }
@media (prefers-color-scheme: dark) { body { color: #e6eef0; background: #14201f } thead th { background: #22383d } th, td { border-color: #48616a } pre { background: #1d2d30 } p.note { color: #b4c5ca } .f-text { fill: #e6eef0 } .s-grid { stroke: #2c4046 } .s-axis { stroke: #6c8890 } .f-surface { fill: #14201f } .s-surface { stroke: #14201f } .f-plan { fill: #dfe8ea } .s-plan { stroke: #dfe8ea } }
@media print { thead { display: table-header-group } tr { break-inside: avoid } }
</style>
</head>
<body>
<main>
<h1>{{.Title}}</h1>
{{with .Picture}}<figure>{{.}}{{with $.Sentence}}<figcaption>{{.}}</figcaption>{{end}}</figure>
{{end}}<div class="wide" role="region" tabindex="0" aria-label="{{.Title}}">
<table>
<thead><tr>{{range .Heads}}<th scope="col"{{if .Number}} class="n"{{end}}>{{.Text}}</th>{{end}}</tr></thead>
<tbody>
{{range .Rows}}<tr>{{range .}}<td{{if .Number}} class="n"{{end}}>{{.Text}}</td>{{end}}</tr>
{{end}}</tbody>
</table>
</div>
{{if not .Rows}}<p>{{.None}}</p>
{{end}}{{range .Notes}}<p class="note">{{.}}</p>
{{end}}{{with .SQL}}<pre><code>{{.}}</code></pre>
{{end}}</main>
</body>
</html>
`))

type cellView struct {
	Text   string
	Number bool
}

// HTML writes the page.
func (p Page) HTML(to io.Writer, l *report.Locale) error {
	title := p.Table.Title
	if title == "" {
		title = p.Heading
	}
	view := struct {
		Lang, Title, Sentence, SQL, None string
		Picture                          template.HTML
		Heads                            []cellView
		Rows                             [][]cellView
		Notes                            []string
	}{Lang: l.Lang, Title: title, Sentence: p.Sentence, SQL: p.SQL, None: l.Say("ask.none"), Notes: p.Notes,
		Picture: template.HTML(p.Drawing)} // made by internal/chart, which lets nothing but shapes and escaped text through
	right := p.right()
	row := func(texts []string) []cellView {
		out := make([]cellView, len(texts))
		for i, text := range texts {
			out[i] = cellView{text, right[i]}
		}
		return out
	}
	view.Heads = row(p.heads())
	for _, cells := range p.Table.Rows {
		view.Rows = append(view.Rows, row(p.cells(cells, l)))
	}
	return page.Execute(to, view)
}
