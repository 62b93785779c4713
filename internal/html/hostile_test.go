package html

import (
	"strings"
	"testing"

	"tongket/internal/look"
	"tongket/internal/report"
)

const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'` + "`" + `<!--<script>{{.}}&lt;`

func hostileRuns() []report.Run {
	return []report.Run{
		{Text: hostile, Bold: true, Italic: true, Code: true},
		{Text: hostile, Href: "javascript:alert(3)"}, {Text: hostile, Href: " javascript:alert(3)"},
		{Text: hostile, Href: "JaVaScRiPt:alert(3)"}, {Text: hostile, Href: "data:text/html,<script>alert(4)</script>"},
		{Text: hostile, Href: `https://example.vn/"onclick="alert(5)`}, {Text: hostile, Href: `"><script>alert(6)</script>`},
		{Text: hostile, Href: "#" + hostile},
	}
}

// hostileDocument has hostile values in every place that a user's data or
// text can reach.
func hostileDocument() *report.Document {
	long := strings.Repeat("Nghiêng", 400)
	t := report.Table{
		Name: hostile, Title: hostile, Notes: []string{hostile}, Source: report.Source{Query: hostile, Files: 1, Rows: 1}, Cut: 3,
		Columns: []report.Column{
			{Name: "a", Title: hostile, Format: report.Text, Unit: hostile, Link: "l"}, {Name: "s", Title: "S", Format: report.Status},
			{Name: "p", Title: "P", Format: report.Period}, {Name: "n", Title: "N", Format: report.Number, Bar: true, Total: true},
			{Name: "g", Title: "G", Format: report.Text}, {Name: "l", Title: "L", Format: report.Text, Hidden: true},
		},
		Rows: [][]any{
			{hostile, hostile, hostile, 1.5, hostile, "javascript:alert(7)"},
			{long, "done", "2021-Q4", -2.5, hostile, `x" onclick="alert(8)`},
			{"\x00\x01\u202eabc", nil, nil, nil, "", "../../etc"},
		},
	}
	chart := demoChart()
	chart.Table, chart.Caption, chart.Sentence = t, hostile, hostile
	chart.Drawing.Option = []byte(`{"title":"</script><script>alert(9)</script><!-- \u2028"}`)
	return &report.Document{
		Path: "hostile", Title: hostile, Description: hostile, File: hostile, Outputs: []string{"html", "pdf"},
		Paper: &report.Paper{Superior: []string{hostile}, Agency: []string{hostile}, Number: hostile, Code: hostile, Place: hostile, Date: "2022-<b>-" + hostile, Kind: hostile, Subject: hostile, To: []string{hostile}},
		Blocks: []report.Block{
			report.Heading{Level: 1, ID: hostile, Text: hostileRuns()}, report.Heading{Level: 9, ID: "b", Text: text(long)},
			report.Paragraph{Text: hostileRuns()}, report.Notice{Severity: hostile, Text: hostileRuns()},
			report.List{Items: [][]report.Block{{report.Paragraph{Text: hostileRuns()}}}},
			report.Figures{Items: []report.Figure{{Label: hostile, Value: hostile, Unit: hostile, Note: hostile, Status: hostile, Meter: true, Share: 7}}, Notes: []string{hostile}},
			chart, report.TableBlock{Table: t, ID: "t", Caption: hostile, Group: "g", Numbered: true, Search: true},
			report.Annex{Number: hostile, ID: "annex", Title: hostile},
		},
	}
}

func hostileSite() *report.Site {
	return &report.Site{Title: hostile, Agency: hostile, Notice: hostile, Edition: hostile, Findings: 1,
		Menu: []report.MenuItem{{Path: "hostile", Label: hostile}, {Path: "javascript:alert(10)", Label: hostile}}}
}

func TestHostileValuesStayText(t *testing.T) {
	dir := edition(t, hostileSite(), hostileDocument())
	b := look.Open(t)
	b.Visit(t, fileURL(dir, "hostile.html"), 1280, "light")
	if n := look.Ask[int](t, b, `document.querySelectorAll("img, [onerror], [onclick], [style], a[href^='javascript' i], a[href^='data' i]").length`); n != 0 {
		t.Errorf("%d elements came out of values", n)
	}
	if foreign := look.Ask[string](t, b, `[...document.scripts].filter(s => s.type !== "application/json" && !/assets\/(site|echarts)\./.test(s.src)).map(s => s.outerHTML).join()`); foreign != "" {
		t.Errorf("scripts: %s", foreign)
	}
	for place, selector := range map[string]string{
		"title": "h1", "agency": ".agency", "notice": ".ribbon", "caption": "figcaption", "header": "#t thead th:nth-child(2)",
		"cell": "#t tbody tr:nth-child(2) th", "group": "#t .group", "figure": ".figure-number", "remark": ".remarks li", "list": "li p",
	} {
		if !strings.Contains(look.Ask[string](t, b, `document.querySelector("`+selector+`").textContent`), hostile) {
			t.Errorf("%s does not show the value as it is", place)
		}
	}
	if got := look.Ask[string](t, b, `JSON.parse(document.querySelector(".chart-option").textContent).title`); got != "</script><script>alert(9)</script><!-- \u2028" {
		t.Errorf("the option arrives as %q", got)
	}
	b.Quiet(t, "", fileURL(dir, ""))
}

func TestDrawingsAreChecked(t *testing.T) {
	for _, bad := range []string{
		"", "text", `<div/>`, `<svg><script>alert(1)</script></svg>`, `<svg onload="alert(1)"/>`, `<svg><a href="x"/></svg>`,
		`<svg><foreignObject/></svg>`, `<svg><rect style="x"/></svg>`, `<svg><g></svg>`, `<svg/><script/>`, `<svg><!-- --></svg>`,
	} {
		if _, err := picture([]byte(bad)); err == nil {
			t.Errorf("%s passes", bad)
		}
	}
	if _, err := picture(demoChart().Drawing.Screen.Markup); err != nil {
		t.Error(err)
	}
}
