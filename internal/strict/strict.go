// Package strict reads YAML the way a contract is read: every key must be
// known, every value of its type, and all faults come at once, each with its
// file and line. It is the only door to the YAML library.
package strict

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"tongket/internal/report"
)

// Reader walks one YAML text and collects its faults.
type Reader struct {
	file  string
	above int // lines of the file above the text
	errs  []error
}

// Node is one value of the text. The zero Node stands for no value.
type Node struct{ n ast.Node }

// Keys says what to do with the value of each key that a mapping may hold.
type Keys map[string]func(Node)

// Parse reads a text that begins after so many lines of the file. A text that
// is no YAML gives the zero Node and a fault.
func Parse(file string, above int, text []byte) (*Reader, Node) {
	r := &Reader{file: file, above: above}
	f, err := parser.ParseBytes(text, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		var syntax *yaml.SyntaxError
		if errors.As(err, &syntax) && syntax.Token != nil {
			r.errs = append(r.errs, fmt.Errorf("%s:%d: %s", file, above+syntax.Token.Position.Line, syntax.Message))
			return r, Node{}
		}
		r.errs = append(r.errs, fmt.Errorf("%s:%d: %w", file, above+1, err))
		return r, Node{}
	}
	if len(f.Docs) == 0 || f.Docs[0].Body == nil {
		return r, Node{}
	}
	if len(f.Docs) > 1 {
		r.Fault(Node{f.Docs[1].Body}, "a second YAML document: keep one")
	}
	return r, Node{f.Docs[0].Body}
}

// Err returns every fault found so far, joined, or nil.
func (r *Reader) Err() error { return errors.Join(r.errs...) }

// Fault notes what is wrong with a node.
func (r *Reader) Fault(n Node, format string, args ...any) {
	r.FaultAt(r.Line(n), format, args...)
}

// FaultAt notes what is wrong at a line of the file.
func (r *Reader) FaultAt(line int, format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("%s:%d: %s", r.file, line, fmt.Sprintf(format, args...)))
}

// Line returns the node's line in the file, 1 at least.
func (r *Reader) Line(n Node) int {
	if n.n == nil || n.n.GetToken() == nil {
		return r.above + 1
	}
	return r.above + n.n.GetToken().Position.Line
}

// Given reports whether the node holds a value: null and nothing are none.
func (n Node) Given() bool { return n.n != nil && n.n.Type() != ast.NullType }

// Map hands each value of a mapping to its key's function, in the order of
// the text. Unknown and repeated keys are faults, and so is a missing one of
// need.
func (r *Reader) Map(n Node, keys Keys, need ...string) {
	seen := map[string]bool{}
	r.Each(n, func(key string, keyNode, value Node) {
		act := keys[key]
		switch {
		case act == nil:
			r.Fault(keyNode, "unknown key %q%s", key, report.Suggest(key, names(keys)))
		case seen[key]:
			r.Fault(keyNode, "key %q stands twice", key)
		default:
			act(value)
		}
		seen[key] = true
	})
	for _, key := range need {
		if n.n != nil && !seen[key] {
			r.Fault(n, "no %q", key)
		}
	}
}

// Each walks a mapping whose keys are free.
func (r *Reader) Each(n Node, act func(key string, keyNode, value Node)) {
	if !n.Given() {
		return
	}
	m, ok := n.n.(ast.MapNode)
	if !ok {
		r.Fault(n, "expected keys and values, found %s", kind(n))
		return
	}
	for it := m.MapRange(); it.Next(); {
		key := it.Key()
		act(strings.Trim(key.GetToken().Value, `"'`), Node{key}, Node{unwrap(it.Value())})
	}
}

// List walks the items of a sequence.
func (r *Reader) List(n Node, act func(Node)) {
	if !n.Given() {
		return
	}
	s, ok := n.n.(*ast.SequenceNode)
	if !ok {
		r.Fault(n, "expected a list, found %s", kind(n))
		return
	}
	for _, item := range s.Values {
		act(Node{unwrap(item)})
	}
}

// Text returns a scalar as it is written, without quotes.
func (r *Reader) Text(n Node) string {
	switch x := n.n.(type) {
	case nil, *ast.NullNode:
		return ""
	case *ast.StringNode:
		return x.Value
	case *ast.LiteralNode:
		return x.Value.Value
	case ast.ScalarNode:
		return x.GetToken().Value
	}
	r.Fault(n, "expected text, found %s", kind(n))
	return ""
}

// Texts returns a list of texts; a single text counts as a list of one.
func (r *Reader) Texts(n Node) []string {
	if n.Given() {
		if _, ok := n.n.(ast.ScalarNode); ok {
			return []string{r.Text(n)}
		}
	}
	var out []string
	r.List(n, func(item Node) { out = append(out, r.Text(item)) })
	return out
}

// Whole returns a whole number.
func (r *Reader) Whole(n Node) int {
	v := r.Number(n)
	if v != math.Trunc(v) || math.Abs(v) > 1<<53 {
		r.Fault(n, "expected a whole number, found %s", r.Text(n))
		return 0
	}
	return int(v)
}

// Number returns a number.
func (r *Reader) Number(n Node) float64 {
	switch x := n.n.(type) {
	case *ast.IntegerNode:
		switch v := x.Value.(type) {
		case int64:
			return float64(v)
		case uint64:
			return float64(v)
		}
	case *ast.FloatNode:
		return x.Value
	}
	r.Fault(n, "expected a number, found %s", kind(n))
	return 0
}

// Bool returns true or false.
func (r *Reader) Bool(n Node) bool {
	if b, ok := n.n.(*ast.BoolNode); ok {
		return b.Value
	}
	r.Fault(n, "expected true or false, found %s", kind(n))
	return false
}

// OneOf returns a text that must be one of a few.
func (r *Reader) OneOf(n Node, allowed ...string) string {
	text := r.Text(n)
	if !slices.Contains(allowed, text) {
		r.Fault(n, "%q is none of %s%s", text, strings.Join(allowed, ", "), report.Suggest(text, nil))
		return ""
	}
	return text
}

// Any returns a value as Go has it: string, bool, int64, float64, []any or
// map[string]any.
func (r *Reader) Any(n Node) any {
	if !n.Given() {
		return nil
	}
	switch x := n.n.(type) {
	case *ast.BoolNode:
		return x.Value
	case *ast.IntegerNode:
		return int64(r.Number(n))
	case *ast.FloatNode:
		return x.Value
	case *ast.SequenceNode:
		list := []any{}
		r.List(n, func(item Node) { list = append(list, r.Any(item)) })
		return list
	case ast.MapNode:
		m := map[string]any{}
		r.Each(n, func(key string, _, value Node) { m[key] = r.Any(value) })
		return m
	}
	return r.Text(n)
}

// unwrap takes anchors and tags off: YAML allows them, a contract gains
// nothing from them, and the value inside is what counts.
func unwrap(n ast.Node) ast.Node {
	switch x := n.(type) {
	case *ast.AnchorNode:
		return unwrap(x.Value)
	case *ast.TagNode:
		return unwrap(x.Value)
	}
	return n
}

func kind(n Node) string {
	switch x := n.n.(type) {
	case nil, *ast.NullNode:
		return "nothing"
	case *ast.SequenceNode:
		return "a list"
	case ast.MapNode:
		return "keys and values"
	case *ast.AliasNode:
		return "an alias (write the value out)"
	case ast.ScalarNode:
		return fmt.Sprintf("%q", x.GetToken().Value)
	}
	return "something else"
}

func names(keys Keys) []string {
	out := make([]string, 0, len(keys))
	for key := range keys {
		out = append(out, key)
	}
	slices.Sort(out)
	return out
}
