package author

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"tongket/internal/report"
)

// fields is one YAML mapping, read key by key. Asking for a key makes it
// known; done complains about the others. What is wrong becomes a fault and
// an empty value, so that one reading finds everything.
type fields struct {
	faults *faults
	what   string           // the block, for messages
	first  int              // line of the block, where a missing key is missing
	at     func(int) int    // line in the YAML → line in the file
	values *values          // what stands behind the tokens of the text
	nodes  map[string]value // by key
	order  []string
	known  []string
}

type value struct {
	node ast.Node
	line int // in the file
}

// readYAML reads a mapping; nil after a fault of its syntax. The line in the
// file of each line of text comes from at; line 0 is that of the block itself.
func readYAML(f *faults, what, text string, at func(int) int, v *values) *fields {
	y := &fields{faults: f, what: what, first: at(0), at: at, values: v, nodes: map[string]value{}}
	node, line, err := parseYAML(text)
	if err != nil {
		f.add(at(max(line, 1)), "%s: %s", what, v.fill(err.Error()))
		return nil
	}
	if node == nil {
		return y
	}
	if !y.mapping(node) {
		f.add(at(lineOf(node)), "%s: its lines must be \"key: value\"", what)
		return nil
	}
	return y
}

var elsewhere = regexp.MustCompile(` at \[\d+:\d+\]$`)

// parseYAML returns the only document of a text, nil if it has nothing but
// comments, or the first fault and its line.
func parseYAML(text string) (node ast.Node, line int, err error) {
	// The parser is not ours and its input is whatever somebody wrote: should
	// it stumble, the answer is still a fault of this text.
	defer func() {
		if recover() != nil {
			node, line, err = nil, 1, errors.New("not readable as YAML")
		}
	}()
	file, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		var at yaml.Error
		if errors.As(err, &at) && at.GetToken() != nil {
			// Its own "already defined at [1:1]" counts from the block.
			return nil, at.GetToken().Position.Line, errors.New(elsewhere.ReplaceAllString(at.GetMessage(), ""))
		}
		return nil, 1, err
	}
	if len(file.Docs) > 1 && file.Docs[1].Body != nil {
		return nil, lineOf(file.Docs[1].Body), errors.New("a second YAML document")
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return nil, 0, nil
	}
	if file.Docs[0].Body.Type() == ast.CommentType || file.Docs[0].Body.Type() == ast.NullType {
		return nil, 0, nil
	}
	return file.Docs[0].Body, 0, nil
}

func lineOf(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 1
	}
	return n.GetToken().Position.Line
}

func (y *fields) mapping(n ast.Node) bool {
	var pairs []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	default:
		return false
	}
	for _, pair := range pairs {
		key := y.values.raw(pair.Key.GetToken().Value)
		y.nodes[key] = value{pair.Value, y.at(lineOf(pair.Key))}
		y.order = append(y.order, key)
	}
	return true
}

// done complains about keys that were never asked for.
func (y *fields) done() {
	slices.Sort(y.known)
	known := slices.Compact(y.known)
	for _, key := range y.order {
		if !slices.Contains(known, key) {
			y.faults.add(y.nodes[key].line, "%s: unknown key %q%s", y.what, key, report.Suggest(key, known))
		}
	}
}

// has reports whether a key is given.
func (y *fields) has(key string) bool {
	_, ok := y.nodes[key]
	return ok
}

// line returns a key's line in the file, or that of the block.
func (y *fields) line(key string) int {
	if v, ok := y.nodes[key]; ok {
		return v.line
	}
	return y.first
}

func (y *fields) ask(key string) (value, bool) {
	y.known = append(y.known, key)
	v, ok := y.nodes[key]
	if ok && v.node.Type() == ast.NullType {
		return v, false
	}
	return v, ok
}

func (y *fields) wrong(key, right string) {
	y.faults.add(y.line(key), "%s: %s must be %s", y.what, key, right)
}

// need complains when a key is missing or empty.
func (y *fields) need(key, example string) {
	if v, ok := y.nodes[key]; !ok || v.node.Type() == ast.NullType {
		y.faults.add(y.first, "%s: %s is missing, e.g. %s: %s", y.what, key, key, example)
	}
}

// text returns a text for people: expressions in it as they are shown.
func (y *fields) text(key string) string { return strings.TrimSpace(y.values.fill(y.scalar(key))) }

// name returns a text for machines, e.g. a query's name.
func (y *fields) name(key string) string { return strings.TrimSpace(y.values.raw(y.scalar(key))) }

func (y *fields) scalar(key string) string {
	v, ok := y.ask(key)
	if !ok {
		return ""
	}
	text, ok := scalar(v.node)
	if !ok {
		y.wrong(key, "a text")
	}
	return text
}

func scalar(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true // as written: 01 stays 01
	}
	return "", false
}

// texts returns a list of texts; a single text is a list of one.
func (y *fields) texts(key string) []string { return y.many(key, y.values.fill) }

// names is texts for machines.
func (y *fields) names(key string) []string { return y.many(key, y.values.raw) }

func (y *fields) many(key string, fill func(string) string) []string {
	v, ok := y.ask(key)
	if !ok {
		return nil
	}
	items := []ast.Node{v.node}
	if list, ok := v.node.(*ast.SequenceNode); ok {
		items = list.Values
	}
	var out []string
	for _, item := range items {
		text, ok := scalar(item)
		if !ok {
			y.wrong(key, "a text or a list of texts")
			return nil
		}
		out = append(out, strings.TrimSpace(fill(text)))
	}
	return out
}

// words is names of which only some are allowed.
func (y *fields) words(key string, allowed ...string) []string {
	var out []string
	for _, word := range y.names(key) {
		switch {
		case !slices.Contains(allowed, word):
			y.notOf(key, word, allowed)
		case slices.Contains(out, word):
			y.faults.add(y.line(key), "%s: %s names %q twice", y.what, key, word)
		default:
			out = append(out, word)
		}
	}
	return out
}

// word is words for one.
func (y *fields) word(key string, allowed ...string) string {
	word := y.name(key)
	if word == "" || slices.Contains(allowed, word) {
		return word
	}
	y.notOf(key, word, allowed)
	return ""
}

func (y *fields) notOf(key, word string, allowed []string) {
	y.faults.add(y.line(key), "%s: %s cannot be %q%s", y.what, key, word, report.Suggest("", allowed))
}

func (y *fields) integer(key string) int {
	text := y.name(key)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		y.wrong(key, fmt.Sprintf("a whole number, not %q", text))
	}
	return n
}

// count is integer between a least and a most.
func (y *fields) count(key string, least, most int) int {
	n := y.integer(key)
	if y.has(key) && (n < least || n > most) {
		y.wrong(key, fmt.Sprintf("a whole number from %d to %d", least, most))
		return 0
	}
	return n
}

func (y *fields) flag(key string) bool {
	switch text := y.name(key); text {
	case "true":
		return true
	case "", "false":
	default:
		y.wrong(key, fmt.Sprintf("true or false, not %q", text))
	}
	return false
}

// pairs returns a mapping of texts for machines.
func (y *fields) pairs(key string) map[string]string {
	v, ok := y.ask(key)
	if !ok {
		return nil
	}
	inner := &fields{values: y.values, at: y.at, nodes: map[string]value{}}
	if !inner.mapping(v.node) {
		y.wrong(key, "a mapping, e.g. {unit: {{ .unit }}}")
		return nil
	}
	out := map[string]string{}
	for _, name := range inner.order {
		text, ok := scalar(inner.nodes[name].node)
		if !ok {
			y.faults.add(inner.nodes[name].line, "%s: %s: %s must be a text or a number", y.what, key, name)
			continue
		}
		out[name] = y.values.raw(text)
	}
	return out
}

// list returns a list of mappings.
func (y *fields) list(key string) []*fields {
	v, ok := y.ask(key)
	if !ok {
		return nil
	}
	list, ok := v.node.(*ast.SequenceNode)
	if !ok {
		y.wrong(key, "a list, each item with a dash")
		return nil
	}
	var out []*fields
	for _, item := range list.Values {
		inner := &fields{faults: y.faults, what: y.what, first: y.at(lineOf(item)), at: y.at, values: y.values, nodes: map[string]value{}}
		if !inner.mapping(item) {
			y.faults.add(inner.first, "%s: an item of %s must be a mapping", y.what, key)
			continue
		}
		out = append(out, inner)
	}
	return out
}
