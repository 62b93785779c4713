package author

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"

	"tongket/internal/report"
)

// phrase is a text of the front matter or of the settings, with or without
// expressions.
type phrase struct {
	source string
	line   int
	tmpl   *template.Template // nil: no expression in it
}

func newPhrase(file, text string, line int) (phrase, *fault) {
	p := phrase{source: text, line: line}
	if !strings.Contains(text, "{{") {
		return p, nil
	}
	tmpl, err := compile(file, text, line)
	p.tmpl = tmpl
	return p, err
}

// action matches one expression. A closing }} inside quotes or a comment
// does not end it.
var action = regexp.MustCompile("(?s)\\{\\{-?\\s*/\\*.*?\\*/\\s*-?\\}\\}|" +
	"\\{\\{(?:\"(?:[^\"\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\n]|\\\\.)*'|`[^`]*`|[^\"'`}]|\\}[^}])*\\}\\}")

// control matches an expression that prints nothing itself. Those that trim
// (with {{- or -}}) do so by the author's own choice and are left alone.
var control = regexp.MustCompile(`^\{\{\s*(?:(?:if|else|end|range|with|define|break|continue)\b|\$\w*\s*(?:,\s*\$\w+\s*)?:?=|/\*)`)

// standalone makes lines of nothing but control expressions as if they were
// not there. Their line end moves inside the last expression, where it prints
// nothing and is still counted.
func standalone(body string) string {
	lines := strings.SplitAfter(body, "\n")
	for i, line := range lines {
		bare := strings.TrimSpace(line)
		if !strings.HasPrefix(bare, "{{") || !strings.HasSuffix(bare, "}}") || strings.HasSuffix(bare, "-}}") || !strings.HasSuffix(line, "\n") {
			continue
		}
		if !allControl(bare) {
			continue
		}
		end := len(bare) - len("}}")
		if strings.HasSuffix(bare, "*/}}") {
			end -= len("*/")
		}
		lines[i] = bare[:end] + "\n" + bare[end:]
	}
	return strings.Join(lines, "")
}

func allControl(line string) bool {
	for line != "" {
		at := action.FindStringIndex(line)
		if at == nil || at[0] != 0 || !control.MatchString(line[:at[1]]) {
			return false
		}
		line = strings.TrimLeft(line[at[1]:], " \t")
	}
	return true
}

// compile parses a text whose first line is this line of the file, and
// rewrites it for a run.
func compile(file, text string, line int) (*template.Template, *fault) {
	functions := (&run{}).functions()
	// Empty lines before the text make the template count the file's lines.
	text = strings.Repeat("\n", line-1) + text
	tmpl, err := template.New(file).Option("missingkey=error").Funcs(functions).Parse(text)
	if err != nil {
		return nil, syntaxFault(file, err, functions)
	}
	tmpl.Funcs((&run{}).inner())
	w := rewriter{functions: functions}
	for _, t := range tmpl.Templates() {
		if t.Tree != nil && t.Root != nil {
			w.source = text
			w.list(t.Root)
		}
	}
	if w.wrong != nil {
		w.wrong.file = file
		return nil, w.wrong
	}
	return tmpl, nil
}

var (
	templateFault = regexp.MustCompile(`(?s)^template: .*?:(\d+)(?::\d+)?: (?:executing ".*?" at <.*?>: )?(.*)$`)
	noFunction    = regexp.MustCompile(`^function "(.*)" not defined$`)
)

// syntaxFault turns an error of text/template into one of ours.
func syntaxFault(file string, err error, functions template.FuncMap) *fault {
	m := templateFault.FindStringSubmatch(strings.TrimPrefix(err.Error(), "author: "))
	if m == nil {
		return &fault{file: file, text: "expression: " + err.Error()}
	}
	line, _ := strconv.Atoi(m[1])
	text := m[2]
	if name := noFunction.FindStringSubmatch(text); name != nil {
		names := []string{"and", "or", "not", "len", "index", "printf", "if", "range", "with", "else", "end"}
		for f := range functions {
			names = append(names, f)
		}
		text = fmt.Sprintf("there is no function %q%s", name[1], report.Suggest(name[1], sorted(names)))
	}
	return &fault{file: file, line: line, text: "expression: " + text}
}

// rewriter changes a parsed template so that
//   - what prints, prints a token for its value (hold);
//   - a run knows which line it is at (at), in expressions and in the text;
//   - columns are looked up by us, with names suggested (raw), and keep
//     knowing their column where a function of ours takes them (cell);
//   - `.x | number 1` is `number .x 1`.
type rewriter struct {
	functions template.FuncMap
	source    string
	wrong     *fault
}

// valueFirst are the functions that take the piped value before their other
// arguments, for which text/template would put it last.
var valueFirst = map[string]bool{"number": true, "integer": true, "percent": true, "with_unit": true, "choose": true, "sub": true, "div": true}

func (w *rewriter) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	var nodes []parse.Node
	for _, n := range l.Nodes {
		nodes = append(nodes, w.at(n.Position()))
		switch n := n.(type) {
		case *parse.ActionNode:
			w.printed(n)
		case *parse.IfNode:
			w.branch(&n.BranchNode)
		case *parse.RangeNode:
			w.branch(&n.BranchNode)
		case *parse.WithNode:
			w.branch(&n.BranchNode)
		case *parse.TemplateNode:
			w.pipe(n.Pipe)
		}
		nodes = append(nodes, n)
	}
	l.Nodes = nodes
}

func (w *rewriter) branch(b *parse.BranchNode) {
	w.pipe(b.Pipe)
	w.list(b.List)
	w.list(b.ElseList)
}

func (w *rewriter) printed(n *parse.ActionNode) {
	w.pipe(n.Pipe)
	if len(n.Pipe.Decl) > 0 {
		return
	}
	pos := n.Pipe.Position()
	if first := n.Pipe.Cmds[0]; len(n.Pipe.Cmds) == 1 && len(first.Args) == 1 {
		w.keepColumn(first.Args[0])
	}
	n.Pipe.Cmds = append(n.Pipe.Cmds, command(pos, function("hold", pos)))
}

// pipe rewrites the look-ups of a pipeline, inside first.
func (w *rewriter) pipe(p *parse.PipeNode) {
	if p == nil {
		return
	}
	for i, c := range p.Cmds {
		for j, arg := range c.Args {
			if lookup(arg) && (len(c.Args) > 1 && j == 0 || i > 0 && j == 0) {
				w.fail(arg, "%s is a value, not a function", arg)
			}
			c.Args[j] = w.argument(arg)
		}
		w.columns(c)
	}
	p.Cmds = w.fold(p.Cmds)
}

// argument returns the node of an argument with look-ups made calls.
func (w *rewriter) argument(n parse.Node) parse.Node {
	switch n := n.(type) {
	case *parse.PipeNode:
		w.pipe(n)
	case *parse.FieldNode:
		return call(n.Pos, &parse.DotNode{NodeType: parse.NodeDot, Pos: n.Pos}, n.Ident)
	case *parse.VariableNode:
		if len(n.Ident) > 1 {
			bare := &parse.VariableNode{NodeType: parse.NodeVariable, Pos: n.Pos, Ident: n.Ident[:1]}
			return call(n.Pos, bare, n.Ident[1:])
		}
	case *parse.ChainNode:
		return call(n.Pos, w.argument(n.Node), n.Field)
	}
	return n
}

func lookup(n parse.Node) bool {
	switch n := n.(type) {
	case *parse.FieldNode, *parse.ChainNode:
		return true
	case *parse.VariableNode:
		return len(n.Ident) > 1
	}
	return false
}

// columns lets the direct arguments of our functions keep their column.
func (w *rewriter) columns(c *parse.CommandNode) {
	name, ok := c.Args[0].(*parse.IdentifierNode)
	if !ok || w.functions[name.Ident] == nil {
		return
	}
	for _, arg := range c.Args[1:] {
		w.keepColumn(arg)
	}
}

// keepColumn turns a look-up for its bare value into one for the cell.
func (w *rewriter) keepColumn(n parse.Node) {
	p, ok := n.(*parse.PipeNode)
	for ok && len(p.Cmds) == 1 && len(p.Cmds[0].Args) == 1 {
		p, ok = p.Cmds[0].Args[0].(*parse.PipeNode)
	}
	if !ok || len(p.Cmds) != 1 {
		return
	}
	if name, ok := p.Cmds[0].Args[0].(*parse.IdentifierNode); ok && name.Ident == "raw" {
		name.Ident = "cell"
	}
}

// fold nests what is piped into a function that takes its value first.
func (w *rewriter) fold(cmds []*parse.CommandNode) []*parse.CommandNode {
	for i := 1; i < len(cmds); i++ {
		name, ok := cmds[i].Args[0].(*parse.IdentifierNode)
		if !ok || w.functions[name.Ident] == nil {
			continue
		}
		if len(cmds[i].Args) > 1 && !valueFirst[name.Ident] {
			continue
		}
		piped := &parse.PipeNode{NodeType: parse.NodePipe, Pos: cmds[i].Pos, Cmds: cmds[:i:i]}
		args := append([]parse.Node{name, piped}, cmds[i].Args[1:]...)
		folded := command(cmds[i].Pos, args...)
		w.columns(folded)
		cmds, i = append([]*parse.CommandNode{folded}, cmds[i+1:]...), 0
	}
	return cmds
}

func (w *rewriter) line(pos parse.Pos) int {
	return 1 + strings.Count(w.source[:min(int(pos), len(w.source))], "\n")
}

func (w *rewriter) fail(n parse.Node, format string, args ...any) {
	if w.wrong == nil {
		w.wrong = &fault{line: w.line(n.Position()), text: "expression: " + fmt.Sprintf(format, args...)}
	}
}

// at returns the expression that tells a run its line.
func (w *rewriter) at(pos parse.Pos) parse.Node {
	line := w.line(pos)
	number := &parse.NumberNode{NodeType: parse.NodeNumber, Pos: pos, IsInt: true, Int64: int64(line), Text: strconv.Itoa(line)}
	pipe := &parse.PipeNode{NodeType: parse.NodePipe, Pos: pos, Cmds: []*parse.CommandNode{command(pos, function("at", pos), number)}}
	return &parse.ActionNode{NodeType: parse.NodeAction, Pos: pos, Line: line, Pipe: pipe}
}

func function(name string, pos parse.Pos) *parse.IdentifierNode {
	return parse.NewIdentifier(name).SetPos(pos)
}

func command(pos parse.Pos, args ...parse.Node) *parse.CommandNode {
	return &parse.CommandNode{NodeType: parse.NodeCommand, Pos: pos, Args: args}
}

// call returns (raw of "a" "b"), the look-up of .a.b in of.
func call(pos parse.Pos, of parse.Node, names []string) parse.Node {
	args := []parse.Node{function("raw", pos), of}
	for _, name := range names {
		args = append(args, &parse.StringNode{NodeType: parse.NodeString, Pos: pos, Quoted: strconv.Quote(name), Text: name})
	}
	return &parse.PipeNode{NodeType: parse.NodePipe, Pos: pos, Cmds: []*parse.CommandNode{command(pos, args...)}}
}
