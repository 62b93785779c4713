package warehouse

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// serialized is a text as a tree, without what goes without saying.
const serialized = "SELECT json_serialize_sql($1::VARCHAR, skip_null := true, skip_empty := true, skip_default := true)::VARCHAR"

// read has the engine take the SQL apart: its syntax is checked, and the
// tables and macros that it reads are found.
func (r *Reader) read(ctx context.Context, q *Query) error {
	var text string
	err := r.db.QueryRowContext(ctx, serialized, q.text).Scan(&text)
	if err != nil {
		return fmt.Errorf("%s: %w", q.File, err)
	}
	var tree struct {
		Error      bool
		Message    string `json:"error_message"`
		Position   string
		Statements []any
	}
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		return fmt.Errorf("%s: %w", q.File, err)
	}
	switch {
	case tree.Error && strings.Contains(tree.Message, "Only SELECT"):
		return fmt.Errorf("%s:%d: a query is one SELECT", q.File, q.first())
	case tree.Error:
		at, _ := strconv.Atoi(tree.Position)
		return r.syntax(source{name: q.File, text: q.text}, letters(q.text, at), tree.Message)
	case len(tree.Statements) != 1:
		return fmt.Errorf("%s:%d: a query is one SELECT, here are %d statements", q.File, q.first(), len(tree.Statements))
	}
	v := &visit{query: q, rules: q.rules()}
	v.walk(tree.Statements[0], nil)
	q.taken = true
	for i, ref := range q.reads { // the table on another day is the table
		if table, past := strings.CutSuffix(ref.name, "_as_of"); past && r.contract.Resource(table) != nil {
			q.reads[i].name = table
		}
	}
	r.throughTime(q)
	if node, ok := tree.Statements[0].(map[string]any); ok {
		q.ordered = ordered(node["node"])
	}
	return errors.Join(v.errs...)
}

// first is the line where the SELECT begins.
func (q *Query) first() int {
	return 1 + strings.Count(headerOf(q.text), "\n")
}

// ordered reports whether the outermost SELECT says in which order its rows
// come.
func ordered(node any) bool {
	n, _ := node.(map[string]any)
	modifiers, _ := n["modifiers"].([]any)
	return slices.ContainsFunc(modifiers, func(m any) bool {
		modifier, _ := m.(map[string]any)
		return modifier["type"] == "ORDER_MODIFIER"
	})
}

// visit is a walk over a syntax tree: what it reads goes to the query, what it
// may not do to the errors.
type visit struct {
	query *Query
	rules rules
	named []string // tables that the statement defines for itself
	errs  []error
}

// rules are what a text may not do, and the words for it.
type rules struct {
	barred  []string                                 // functions
	bars    func(name string, at int) error          // one of these is called
	apart   func(schema, table string, at int) error // a table of another schema is named
	hides   func(name string, at int) error          // what the text reads stands in a value
	unclear func(at int) error                       // SHOW; nil: it may
	open    func() error                             // a value is left open ($1), the tree does not say where; nil: it may
	fells   func(phrase, name string, at int) error  // the process may fall over it; nil: nobody would write that
}

// rules of a query: the same input gives the same edition.
func (q *Query) rules() rules {
	fault := func(at int, format string, args ...any) error {
		return fmt.Errorf("%s:%d: %s", q.File, q.lineOf(at), fmt.Sprintf(format, args...))
	}
	return rules{
		barred: unsteady,
		bars: func(name string, at int) error {
			return fault(at, "%s gives another answer every time, an edition must not: take the value from the data, or from vars in tongket.yaml", name)
		},
		apart: func(schema, table string, at int) error {
			return fault(at, "%s.%s: name the table alone", schema, table)
		},
		hides: func(name string, at int) error {
			return fault(at, "%s() hides what the query reads: name the table", name)
		},
	}
}

// unsteady are functions that give another answer at another time or place.
var unsteady = []string{"now", "current_date", "current_time", "current_timestamp", "today", "get_current_time", "get_current_timestamp",
	"transaction_timestamp", "localtime", "localtimestamp", "current_localtime", "current_localtimestamp",
	"random", "uuid", "gen_random_uuid", "uuidv4", "uuidv7", "nextval", "setseed", "getenv", "version"}

// walk goes through a tree. The names in own are tables that the statement
// defines for itself (WITH) around this node.
func (v *visit) walk(node any, own []string) {
	switch x := node.(type) {
	case []any:
		for _, child := range x {
			v.walk(child, own)
		}
	case map[string]any:
		at, _ := x["query_location"].(float64)
		switch {
		case x["type"] == "BASE_TABLE":
			v.table(x, int(at), own)
		case x["type"] == "TABLE_FUNCTION":
			if f, ok := x["function"].(map[string]any); ok {
				v.read(reference{name: word(f["function_name"]), at: int(at), call: true}, nil)
				v.query.told = append(v.query.told, telling{lower(word(f["function_name"])), constant(f["children"])})
			}
		case x["type"] == "SHOW_REF" && v.rules.unclear != nil && (x["query"] == nil || word(x["table_name"]) != ""):
			v.errs = append(v.errs, v.rules.unclear(int(at)))
		case x["class"] == "PARAMETER" && v.rules.open != nil:
			v.errs = append(v.errs, v.rules.open())
		case x["class"] == "FUNCTION" || x["class"] == "WINDOW":
			v.call(word(x["function_name"]), int(at))
		}
		v.want(x)
		v.name(x)
		v.fell(x, int(at))
		if names, ok := x["column_names"].([]any); ok && len(names) == 1 {
			v.clock(word(names[0]), int(at))
		}
		own = v.with(x["cte_map"], own)
		for _, key := range slices.Sorted(maps.Keys(x)) {
			if key != "cte_map" {
				v.walk(x[key], within(x, key, own))
			}
		}
	}
}

// with walks the tables that a statement defines for itself; each knows those
// before it, and may read a query of its own name.
func (v *visit) with(ctes any, own []string) []string {
	m, _ := ctes.(map[string]any)
	entries, _ := m["map"].([]any)
	own = slices.Clone(own)
	for _, e := range entries {
		entry, _ := e.(map[string]any)
		v.walk(entry["value"], own)
		own = append(own, lower(word(entry["key"])))
		v.named = append(v.named, lower(word(entry["key"])))
	}
	return own
}

// within are the names that a part of a statement knows: only the second part
// of a table that builds on itself (WITH RECURSIVE) knows that table. In the
// first part its name is that of another one.
func within(x map[string]any, key string, own []string) []string {
	if x["type"] == "RECURSIVE_CTE_NODE" && key == "right" {
		return append(slices.Clone(own), lower(word(x["cte_name"])))
	}
	return own
}

// lower makes names equal as the engine does: by the letters of ASCII alone. A
// sign that Unicode takes for a capital k is another name to it.
func lower(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, name)
}

// fell faults what the engine falls over, and the process with it: a value
// that is nested deeply as a VARIANT, and a step of lag() or lead() that is the
// least whole number, which any that is not written out may be.
func (v *visit) fell(x map[string]any, at int) {
	const furthest = 1_000_000_000
	switch {
	case v.rules.fells == nil:
	case x["id"] == "VARIANT":
		v.errs = append(v.errs, v.rules.fells("ask.type", "VARIANT", at))
	case x["offset_expr"] != nil:
		offset, _ := x["offset_expr"].(map[string]any)
		value, _ := offset["value"].(map[string]any)
		if n, whole := value["value"].(float64); !whole || n < -furthest || n > furthest {
			v.errs = append(v.errs, v.rules.fells("ask.offset", word(x["function_name"]), at))
		}
	}
}

// clock faults the words that read the clock without looking like a function.
func (v *visit) clock(name string, at int) {
	if name = lower(name); strings.HasPrefix(name, "current_") || strings.HasPrefix(name, "localtime") {
		v.call(name, at)
	}
}

func (v *visit) call(name string, at int) {
	if name = lower(name); slices.Contains(v.rules.barred, name) {
		v.errs = append(v.errs, v.rules.bars(name, at))
	}
}

func (v *visit) table(x map[string]any, at int, own []string) {
	schema, catalog := lower(word(x["schema_name"])), lower(word(x["catalog_name"]))
	if catalog == "" && schema == "previous" {
		v.read(reference{name: "previous." + word(x["table_name"]), at: at}, own)
		return
	}
	if catalog != "" || schema != "" && schema != "main" {
		v.errs = append(v.errs, v.rules.apart(schema, word(x["table_name"]), at))
		return
	}
	if schema != "" {
		own = nil // a table of WITH has no schema
	}
	v.read(reference{name: word(x["table_name"]), at: at}, own)
}

func (v *visit) read(ref reference, own []string) {
	ref.name = lower(ref.name)
	switch {
	case slices.Contains(own, ref.name):
	case ref.name == "query" || ref.name == "query_table":
		v.errs = append(v.errs, v.rules.hides(ref.name, ref.at))
	default:
		v.query.reads = append(v.query.reads, ref)
	}
}

func word(x any) string {
	s, _ := x.(string)
	return s
}
