package author

import (
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"tongket/internal/report"
)

// blockNames are the words after ``` that begin a block.
var blockNames = []string{"annex", "ask", "chart", "code", "contents", "figures", "filter", "map", "notice", "page_break", "signature", "table"}

const (
	mostRows   = 100_000
	mostHeight = 4_000 // CSS pixels
)

// fence makes the block of a fenced piece of YAML.
func (p *page) fence(n *ast.FencedCodeBlock) {
	line := p.lineOf(n)
	info := ""
	if n.Info != nil {
		info = strings.TrimSpace(p.values.raw(string(n.Info.Segment.Value(p.source))))
	}
	if !slices.Contains(blockNames, info) {
		what := fmt.Sprintf("unknown block %q%s", info, report.Suggest(info, blockNames))
		if info == "" {
			what = "a block needs a name after ```" + report.Suggest("", blockNames)
		}
		p.faults.add(line, "%s", what)
		return
	}
	var yaml strings.Builder
	lines := []int{line}
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		yaml.Write(segment.Value(p.source))
		lines = append(lines, p.lineAt(segment.Start))
	}
	at := func(i int) int { return lines[min(i, len(lines)-1)] }
	y := readYAML(p.faults, info, yaml.String(), at, &p.values)
	if y == nil {
		return
	}
	switch info {
	case "annex":
		p.annex(y)
	case "ask":
		p.ask(y)
	case "chart":
		p.chart(y)
	case "code":
		p.codeBlock(y)
	case "contents":
		p.add(report.Contents{})
	case "figures":
		p.figures(y)
	case "map":
		p.placeMap(y)
	case "filter":
		p.filter(y)
	case "notice":
		p.notice(y)
	case "page_break":
		p.add(report.PageBreak{})
	case "signature":
		p.add(report.Signature{})
	case "table":
		p.tableBlock(y)
	}
	y.done()
}

func (p *page) annex(y *fields) {
	y.need("title", "Danh sách đơn vị")
	a := report.Annex{Title: plain(y.text("title")), Landscape: y.flag("landscape")}
	a.ID = p.id(slug(a.Title))
	p.annexes++
	p.section = a.Title
	p.add(a)
}

func (p *page) notice(y *fields) {
	y.need("text", "Số liệu minh họa.")
	notice := report.Notice{Severity: y.word("severity", "info", "warn", "stop")}
	if notice.Severity == "" {
		notice.Severity = "info"
	}
	if notice.Text = p.markdownText(y.scalar("text"), y.line("text")); len(notice.Text) > 0 {
		p.add(notice)
	}
}

// query returns the table that a block asks for; nil after a fault.
func (p *page) query(y *fields) *report.Table {
	y.need("query", "progress_by_department")
	name, params := y.name("query"), y.pairs("params")
	if name == "" {
		return nil
	}
	t, err := p.Query(name, params)
	if err != nil {
		p.faults.addAll(y.line("query"), fmt.Sprintf("%s: query %q: ", y.what, name), err)
		return nil
	}
	return t
}

// hasColumn reports whether a table has a column, and complains if not. An
// empty name, or no table after an earlier fault, is no news.
func (p *page) hasColumn(y *fields, key, name string, t *report.Table) bool {
	if name == "" || t == nil {
		return false
	}
	if t.Index(name) < 0 {
		p.faults.add(y.line(key), "%s: %s: %s has no column %q%s", y.what, key, t.Name, name, report.Suggest(name, columnNames(t)))
		return false
	}
	return true
}

// columns keeps the names that are columns, each once.
func (p *page) columns(y *fields, key string, names []string, t *report.Table) []string {
	var out []string
	for _, name := range names {
		if !slices.Contains(out, name) && p.hasColumn(y, key, name, t) {
			out = append(out, name)
		}
	}
	return out
}

// codeBlock shows a text of a query's only row, or of the page's own row, with
// its lines and spaces.
func (p *page) codeBlock(y *fields) {
	y.need("column", "sql")
	name, title := y.name("column"), plain(y.text("title"))
	var t *report.Table
	var cells []any
	switch {
	case y.has("query") || p.dot.table == nil:
		if t = p.query(y); t != nil && len(t.Rows) != 1 {
			p.faults.add(y.line("query"), "code: query %q gives %d rows; code needs one", t.Name, len(t.Rows))
			return
		}
		if t != nil {
			cells = t.Rows[0]
		}
	default:
		t, cells = p.dot.table, p.dot.cells
	}
	if !p.hasColumn(y, "column", name, t) {
		return
	}
	text, _ := rawText(cells[t.Index(name)])
	if title == "" {
		title = t.Columns[t.Index(name)].Title
	}
	p.add(report.Code{Text: lines(text), Caption: title, ID: p.id("code")})
}

func (p *page) tableBlock(y *fields) {
	t := p.query(y)
	block := report.TableBlock{
		Group:     y.name("group"),
		Numbered:  y.flag("numbered"),
		Search:    y.flag("search"),
		Landscape: y.flag("landscape"),
	}
	columns, title, top := y.names("columns"), plain(y.text("title")), y.count("top", 1, mostRows)
	sums := y.flag("totals") || !y.has("totals")
	if t == nil {
		return
	}
	asked := len(columns) > 0
	columns = p.columns(y, "columns", columns, t)
	if !asked {
		for _, i := range t.Shown() {
			columns = append(columns, t.Columns[i].Name)
		}
	}
	if block.Group != "" && p.hasColumn(y, "group", block.Group, t) && !slices.Contains(columns, block.Group) {
		columns = append([]string{block.Group}, columns...)
	}
	part, err := narrow(t, columns, top)
	if err != nil {
		p.faults.add(y.first, "table: %s", err)
		return
	}
	if !sums {
		dropTotals(&part)
	}
	p.from[len(p.blocks)] = t
	block.Table, block.Caption, block.ID = part, caption(title, t), p.id(t.Name)
	p.add(block)
}

// narrow returns the named columns and the first rows of a table. A top of 0
// keeps them all; when some are cut, no column keeps its total, which would be
// that of the rest.
func narrow(t *report.Table, names []string, top int) (report.Table, error) {
	short := *t
	cut := top > 0 && top < len(t.Rows)
	if cut {
		short.Rows, short.Cut = t.Rows[:top], t.Cut+len(t.Rows)-top
	}
	part, err := short.Pick(names)
	part.Notes = slices.Clone(part.Notes)
	if cut {
		dropTotals(&part)
	}
	return part, err
}

func dropTotals(t *report.Table) {
	for i := range t.Columns {
		t.Columns[i].Total = false
	}
}

// caption is never empty.
func caption(title string, t *report.Table) string {
	switch {
	case title != "":
		return title
	case t.Title != "":
		return t.Title
	}
	return t.Name
}
