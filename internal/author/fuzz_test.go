package author

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"tongket/internal/report"
)

// around holds a value in every place that a report has for one.
const around = `---
title: "{{ .name }}"
description: {{ .name }}
---
# Mục {{ .name }}

{{ .name }}

**{{ .name }}** *{{ .name }}* ` + "`{{ .name }}`" + ` {{ .name }}{{ .name }}

{{ .name }}
---

- {{ .name }}

{{ .name }}. một

> {{ .name }}

| Cột | {{ .name }} |
|-----|-----|
| {{ .name }} | a |

` + "```notice\nseverity: warn\ntext: {{ .name }}\n```\n\n```notice\ntext: \"a {{ .name }}\"\n```\n\n```figures\nquery: q\nitems:\n- column: name\n  label: {{ .name }}\n  note: 'x {{ .name }}'\n```\n"

// A value never becomes structure: the blocks are those of a harmless value,
// no run has a link, and the text is the value's.
func FuzzExpand(f *testing.F) {
	for _, s := range []string{"Sở Nội vụ", "", hostile, "# x", "1. x", "- x", "a|b", "\n\n# x\n", "```chart\n", "<script>", "javascript:alert(1)", "\uE0000\uE001", "{{ .x }}",
		"www.x.vn https://x.vn <https://x.vn>", "---\n", ": # \"'&*!%@`", "\xff\xfe", "&amp; \\*", "**", "\u2028# x", "[x]: javascript:a"} {
		f.Add(s, "đoạn văn")
		f.Add("x", s)
	}
	c := context(f)
	f.Fuzz(func(t *testing.T, value, markdown string) {
		neverPanics(t, c, markdown)
		got := expandAround(t, c, value)
		want := expandAround(t, c, "x")
		if g, w := shape(got.Blocks), shape(want.Blocks); visible(value) && g != w {
			t.Errorf("%q makes structure:\n%s\nnot\n%s", value, g, w)
		}
		for _, r := range allRuns(got.Blocks) {
			if r.Href != "" {
				t.Errorf("%q makes the link %q", value, r.Href)
			}
			if strings.ContainsAny(r.Text, tokenOpen+tokenClose) || strings.ContainsFunc(r.Text, unicode.IsControl) {
				t.Errorf("%q leaves %q", value, r.Text)
			}
		}
		if visible(value) && !strings.Contains(got.Title+"|", plain(value)+"|") {
			t.Errorf("%q becomes %q", value, got.Title)
		}
	})
}

// visible is a value that leaves something to see; another leaves its
// paragraph out, and no value is written as a dash.
func visible(value string) bool { return strings.TrimSpace(plain(value)) != "" }

func expandAround(t *testing.T, c Context, value string) *report.Document {
	t.Helper()
	table := &report.Table{Name: "q", Columns: []report.Column{{Name: "name", Title: "Tên", Format: report.Text}}, Rows: [][]any{{value}}}
	c.Query = func(string, map[string]string) (*report.Table, error) { return table, nil }
	text := strings.Replace(around, "---\n# Mục", "for_each: q\npath: a{{ len .name }}\n---\n# Mục", 1)
	reports, err := Parse(fstest.MapFS{"x.md": {Data: []byte(text)}}, "")
	if err != nil {
		t.Fatal(err)
	}
	docs, err := reports[0].Documents(c)
	if err != nil {
		t.Fatalf("%q: %v", value, err)
	}
	return docs[0]
}

// neverPanics reads any text as a report, in the body and in a block.
func neverPanics(t *testing.T, c Context, text string) {
	for _, file := range []string{text, "---\n" + text + "\n---\n", "---\ntitle: x\n---\n" + text, "---\ntitle: x\n---\n```chart\n" + text + "\n```\n"} {
		reports, err := Parse(fstest.MapFS{"x.md": {Data: []byte(file)}}, "reports")
		if err != nil {
			t.Fatal(err)
		}
		_, broken := All(reports, c)
		if err := Faults(broken); err != nil && !strings.HasPrefix(err.Error(), "reports/x.md:") {
			t.Errorf("%q: a fault without its place: %v", file, err)
		}
	}
}

// shape writes blocks without their text.
func shape(blocks []report.Block) string {
	var b strings.Builder
	for _, block := range blocks {
		switch x := block.(type) {
		case report.Heading:
			b.WriteString("heading ")
		case report.Paragraph:
			b.WriteString("paragraph ")
			for _, r := range x.Text {
				if r.Bold || r.Italic || r.Code {
					b.WriteString("styled ")
				}
			}
		case report.Notice:
			b.WriteString("notice ")
		case report.PageBreak:
			b.WriteString("break ")
		case report.List:
			b.WriteString("list(")
			for _, item := range x.Items {
				b.WriteString(shape(item) + ";")
			}
			b.WriteString(") ")
		case report.TableBlock:
			b.WriteString("table ")
			for _, row := range x.Table.Rows {
				b.WriteString(strings.Repeat("cell ", len(row)))
			}
		case report.Figures:
			b.WriteString("figures ")
		default:
			b.WriteString("other ")
		}
	}
	return b.String()
}

func allRuns(blocks []report.Block) (runs []report.Run) {
	for _, block := range blocks {
		switch x := block.(type) {
		case report.Heading:
			runs = append(runs, x.Text...)
		case report.Paragraph:
			runs = append(runs, x.Text...)
		case report.Notice:
			runs = append(runs, x.Text...)
		case report.List:
			for _, item := range x.Items {
				runs = append(runs, allRuns(item)...)
			}
		}
	}
	return runs
}
