package author

import (
	"fmt"
	"strings"
	"text/template"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"tongket/internal/report"
)

// page makes the blocks of one document out of executed Markdown.
type page struct {
	*run
	dot     *scope
	source  []byte // tokens for values in it
	ids     map[string]bool
	section string // the last heading, or the document's title
	annexes int
	blocks  []report.Block

	from       map[int]*report.Table // the whole table behind a block, by its place
	filterLine int                   // of the filter's columns; 0: the page has none
}

const lowestHeading = 4

// body executes a report's text and returns its blocks.
func (run *run) body(t *template.Template, title string, dot *scope) []report.Block {
	run.execute(t, dot)
	p := &page{run: run, dot: dot, source: run.out.Bytes(), ids: map[string]bool{}, from: map[int]*report.Table{}, section: title}
	p.children(run.markdown.Parse(text.NewReader(p.source)))
	p.numberAnnexes()
	p.carry()
	return p.blocks
}

func (p *page) children(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		p.block(n)
	}
}

func (p *page) add(b report.Block) { p.blocks = append(p.blocks, b) }

func (p *page) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		p.heading(n)
	case *ast.Paragraph, *ast.TextBlock:
		if runs := p.runs(n); len(runs) > 0 {
			p.add(report.Paragraph{Text: runs})
		}
	case *ast.List:
		if list := p.bullets(n); len(list.Items) > 0 {
			p.add(list)
		}
	case *ast.Blockquote:
		if runs := p.quote(n); len(runs) > 0 {
			p.add(report.Notice{Severity: "info", Text: runs})
		}
	case *ast.ThematicBreak:
		p.add(report.PageBreak{})
	case *ast.FencedCodeBlock:
		p.fence(n)
	case *extension.Table:
		p.textTable(n)
	case *ast.LinkReferenceDefinition:
	default:
		p.refuse(n)
	}
}

// refuse notes what reports do not have.
func (p *page) refuse(n ast.Node) {
	line := p.lineOf(n)
	switch n.(type) {
	case *ast.HTMLBlock, *ast.RawHTML:
		p.faults.add(line, "HTML is off in reports; write Markdown (a remark that is not shown: {{/* … */}})")
	case *ast.CodeBlock:
		p.faults.add(line, "a line indented by four spaces is code, which reports do not have; take the spaces away. Blocks are written ```%s", strings.Join(blockNames, ", ```"))
	case *ast.Image:
		p.faults.add(line, "images are off in reports; draw a ```chart block")
	default:
		p.faults.add(line, "%s cannot stand here", n.Kind())
	}
}

// lineOf returns the line in the file where a node begins, or the nearest
// node above it that knows.
func (p *page) lineOf(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if raw, ok := n.(*ast.RawHTML); ok && raw.Segments.Len() > 0 {
			return p.lineAt(raw.Segments.At(0).Start)
		}
		if pos := n.Pos(); pos >= 0 && n.Kind() != ast.KindDocument {
			return p.lineAt(pos)
		}
		if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
			return p.lineAt(n.Lines().At(0).Start)
		}
	}
	return 1
}

func (p *page) heading(n *ast.Heading) {
	if n.Level > lowestHeading {
		p.faults.add(p.lineOf(n), "headings go down to %s", strings.Repeat("#", lowestHeading))
	}
	runs := p.runs(n)
	if len(runs) == 0 {
		return
	}
	p.section = report.Plain(runs)
	p.add(report.Heading{Level: n.Level, ID: p.id(slug(p.section)), Text: runs})
}

// id makes a name unique in the document.
func (p *page) id(name string) string {
	id := name
	for i := 2; p.ids[id]; i++ {
		id = fmt.Sprintf("%s-%d", name, i)
	}
	p.ids[id] = true
	return id
}

func (p *page) bullets(n *ast.List) report.List {
	list := report.List{Ordered: n.IsOrdered(), Start: n.Start}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		var blocks []report.Block
		for c := item.FirstChild(); c != nil; c = c.NextSibling() {
			switch c := c.(type) {
			case *ast.Paragraph, *ast.TextBlock:
				if runs := p.runs(c); len(runs) > 0 {
					blocks = append(blocks, report.Paragraph{Text: runs})
				}
			case *ast.List:
				if inner := p.bullets(c); len(inner.Items) > 0 {
					blocks = append(blocks, inner)
				}
			case *ast.HTMLBlock, *ast.CodeBlock:
				p.refuse(c)
			case *ast.LinkReferenceDefinition:
			default:
				p.faults.add(p.lineOf(c), "a list holds text and lists; begin this at the margin, after an empty line")
			}
		}
		if len(blocks) > 0 {
			list.Items = append(list.Items, blocks)
		}
	}
	return list
}

// quote returns the text of a block quote, a break between its paragraphs.
func (p *page) quote(n ast.Node) []report.Run {
	var runs []report.Run
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c.(type) {
		case *ast.Paragraph, *ast.TextBlock:
			more := p.runs(c)
			if len(runs) > 0 && len(more) > 0 {
				runs = append(runs, report.Run{Break: true})
			}
			runs = append(runs, more...)
		case *ast.HTMLBlock, *ast.CodeBlock:
			p.refuse(c)
		case *ast.LinkReferenceDefinition:
		default:
			p.faults.add(p.lineOf(c), "a quote (>) is a notice and holds text only")
		}
	}
	return runs
}

// textTable turns a Markdown table into one of text columns. Its caption is the
// heading above it.
func (p *page) textTable(n *extension.Table) {
	id := p.id("table")
	t := report.Table{Name: id, Title: p.section}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []any
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, report.Plain(p.runs(c)))
		}
		if _, header := row.(*extension.TableHeader); !header {
			t.Rows = append(t.Rows, cells)
			continue
		}
		for i, title := range cells {
			if title == "" {
				title = report.Missing
			}
			t.Columns = append(t.Columns, report.Column{Name: fmt.Sprintf("column_%d", i+1), Title: title.(string), Format: report.Text})
		}
	}
	for i, cells := range t.Rows {
		for len(cells) < len(t.Columns) {
			cells = append(cells, "")
		}
		t.Rows[i] = cells[:len(t.Columns)]
	}
	p.add(report.TableBlock{Table: t, Caption: t.Title, ID: id})
}

// numberAnnexes gives Roman numerals to annexes when there are several.
func (p *page) numberAnnexes() {
	if p.annexes < 2 {
		return
	}
	n := 0
	for i, b := range p.blocks {
		if annex, ok := b.(report.Annex); ok {
			n++
			annex.Number = report.Roman(n)
			p.blocks[i] = annex
		}
	}
}
