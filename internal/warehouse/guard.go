package warehouse

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"tongket/internal/report"
)

// A question may read what is listed here, and nothing else. The engine's own
// parser says what a text is; the walk sees every table and function in it,
// however they are wrapped. Behind this stands the engine, cut off from files
// and network, its settings locked.

// makers are the functions of the engine that make rows of nothing but their
// arguments.
var makers = []string{"range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree", "summary"}

// withheld are functions that tell of the machine or of the engine's settings,
// wait, write, or run SQL that the walk would not see.
var withheld = []string{"getenv", "current_setting", "current_query", "current_query_id", "current_connection_id", "write_log", "nextval", "currval",
	"sleep_ms", "pg_sleep", "sleep", "json_serialize_plan", "json_execute_serialized_sql", "stats", "txid_current", "current_transaction_id",
	"current_database", "current_catalog", "current_schemas", "in_search_path", "which_secret", "query", "query_table", "create_sort_key",
	"add_parquet_key", "parse_duckdb_log_message", "inet_server_addr", "inet_server_port", "inet_client_addr", "inet_client_port", "set_config", "pg_read_file",
	"pg_postmaster_start_time", "pg_conf_load_time", "version", "vector_type", "getvariable", "get_block_size", "map_to_pg_oid", "pg_get_viewdef", "pg_get_constraintdef", "pg_get_expr", "json_serialize_sql", "json_deserialize_sql", "finalize", "combine",
	// The process falls over in these when what they are given is nested deeply.
	"json_structure", "json_group_structure", "json_merge_patch", "json_contains", "json_transform", "json_transform_strict", "from_json", "from_json_strict",
	"variant_bytes_to_variant", "variant_extract", "variant_normalize", "variant_to_parquet_variant", "variant_typeof", "make_type", "cast_to_type"}

// guard takes a question apart and refuses what it may not do.
func (r *Reader) guard(ctx context.Context, q *Query, from source) error {
	if chosen(q.text) > mostParts {
		return errors.New(r.locale.Say("ask.deep"))
	}
	var text string
	err := r.asking.QueryRowContext(ctx, serialized, q.text).Scan(&text)
	if err != nil {
		return r.explain(ctx, from, q, err)
	}
	var tree struct {
		Error      bool
		Message    string `json:"error_message"`
		Position   string
		Statements []any
	}
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		return errors.New(r.locale.Say("ask.deep"))
	}
	switch {
	case tree.Error && strings.Contains(tree.Message, "Only SELECT"):
		return from.at(first(q.text), r.locale.Say("ask.select"))
	case tree.Error:
		at, err := strconv.Atoi(tree.Position)
		if err != nil {
			at = -1
		}
		return r.syntax(from, letters(q.text, at), tree.Message)
	case len(tree.Statements) == 0:
		return errors.New(r.locale.Say("ask.empty"))
	case len(tree.Statements) > 1:
		return errors.New(r.locale.Say("ask.several", "n", strconv.Itoa(len(tree.Statements))))
	}
	if nested(tree.Statements[0]) > deepest || parts(tree.Statements[0]) > mostParts {
		return errors.New(r.locale.Say("ask.deep"))
	}
	v := &visit{query: q, rules: r.rules(from)}
	v.walk(tree.Statements[0], nil)
	errs := append(v.errs, r.mistakable(ctx, from, v.named))
	for i, ref := range q.reads {
		if err := r.allow(from, ref); err != nil {
			errs = append(errs, err)
		}
		if table, past := strings.CutSuffix(ref.name, "_as_of"); past && ref.call && r.contract.Resource(table) != nil {
			q.reads[i].name = table
		}
	}
	r.throughTime(q)
	return errors.Join(errs...)
}

// mistakable refuses names of WITH that the engine has for tables of its own:
// it alone knows where the one ends and the other begins.
func (r *Reader) mistakable(ctx context.Context, from source, names []string) error {
	var hidden []string
	for _, name := range names {
		kind, err := r.kindOf(name)
		if err != nil {
			return err
		}
		if kind == "" {
			hidden = append(hidden, lit(name))
		}
	}
	if len(hidden) == 0 {
		return nil
	}
	list := strings.Join(hidden, ", ")
	found, err := r.texts(ctx, `SELECT lower(view_name) AS name FROM duckdb_views() WHERE name IN (`+list+`) AND schema_name <> 'information_schema'
		UNION SELECT lower(table_name) AS name FROM duckdb_tables() WHERE name IN (`+list+`) AND database_name <> 'warehouse' ORDER BY name`)
	if err != nil {
		return err
	}
	var errs []error
	for _, name := range found {
		errs = append(errs, from.at(-1, r.locale.Say("ask.with", "name", name)))
	}
	return errors.Join(errs...)
}

// deepest is how far questions within questions may go: the engine takes twice
// as long for each that stands in another, and does not stop meanwhile.
const deepest = 16

// nested counts subqueries and lambdas that stand in each other.
func nested(node any) (deep int) {
	switch x := node.(type) {
	case []any:
		for _, child := range x {
			deep = max(deep, nested(child))
		}
	case map[string]any:
		for _, child := range x {
			deep = max(deep, nested(child))
		}
		if class := word(x["class"]); class == "SUBQUERY" || class == "LAMBDA" {
			deep++
		}
	}
	return deep
}

// rules of a question.
func (r *Reader) rules(from source) rules {
	no := func(name string, at int) error { return from.at(at, r.locale.Say("ask.withheld", "name", name)) }
	return rules{
		barred: withheld,
		bars:   no,
		hides:  no,
		apart: func(schema, table string, at int) error {
			return from.at(at, r.locale.Say("ask.schema", "name", schema+"."+table, "table", table))
		},
		unclear: func(at int) error { return from.at(at, r.locale.Say("ask.show")) },
		open:    func() error { return errors.New(r.locale.Say("ask.open")) },
		fells:   func(phrase, name string, at int) error { return from.at(at, r.locale.Say(phrase, "name", name)) },
	}
}

// allow says what is wrong with a table or a table function that a question
// names.
func (r *Reader) allow(from source, ref reference) error {
	kind, err := r.kindOf(ref.name)
	switch {
	case err != nil:
		return err
	case kind == "table" && !ref.call, kind == "call" && ref.call:
		return nil
	case kind == "call":
		return from.at(ref.at, r.locale.Say("ask.call", "name", ref.name, "params", strings.Join(r.takes(ref.name), ", ")))
	case kind == "table":
		return from.at(ref.at, r.locale.Say("ask.no_call", "name", ref.name))
	case ref.call && r.engineHas(ref.name):
		return from.at(ref.at, r.locale.Say("ask.withheld", "name", ref.name))
	}
	return r.unknownTable(from, ref)
}

// kindOf tells whether a question may read a name as a table or has to call
// it; neither where it may not read it at all.
func (r *Reader) kindOf(name string) (string, error) {
	if r.contract.Resource(name) != nil || slices.Contains(r.Offered(), name) {
		return "table", nil
	}
	if table, past := strings.CutSuffix(name, "_as_of"); past && r.contract.Resource(table) != nil {
		return "call", nil
	}
	if r.contract.Macros()[name] != nil || slices.Contains(makers, name) {
		return "call", nil
	}
	plain, before := strings.CutPrefix(name, "previous.")
	if before && r.previous[plain] {
		return "table", nil
	}
	q, err := r.saved(plain)
	switch {
	case q == nil:
		return "", err
	case len(q.Params) == 0:
		return "table", nil
	case before:
		return "", nil
	}
	return "call", nil
}

// readable lists what a question may read.
func (r *Reader) readable() []string {
	out := append(r.Offered(), r.shelf.names...)
	for _, res := range r.contract.Resources {
		out = append(out, res.Name, res.Name+"_as_of")
	}
	out = append(append(out, slices.Sorted(maps.Keys(r.contract.Macros()))...), makers...)
	for name, q := range r.queries {
		if q.Severity == "" {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// takes are the parameters of what can be called.
func (r *Reader) takes(name string) []string {
	var out []string
	if q, _ := r.saved(name); q != nil {
		for _, p := range q.Params {
			out = append(out, p.Name)
		}
		return out
	}
	switch {
	case name == "successors":
		return []string{"code", "from_day", "to_day"}
	case name == "lineage":
		return []string{"code", "day"}
	case slices.Contains(makers, name):
		return []string{"…"}
	}
	return []string{"day"}
}

// engineHas reports whether the engine knows a table function of this name.
func (r *Reader) engineHas(name string) bool {
	var n int
	err := r.db.QueryRow("SELECT count(*) FROM duckdb_functions() WHERE function_name = $1 AND function_type IN ('table', 'table_macro', 'pragma')", name).Scan(&n)
	return err == nil && n > 0
}

func (r *Reader) unknownTable(from source, ref reference) error {
	if name, title, ok := r.titledTable(ref.name); ok {
		return from.at(ref.at, r.locale.Say("ask.title.table", "title", title, "name", name))
	}
	key := "ask.no_table"
	if ref.call {
		key = "ask.no_call_of"
	}
	return from.at(ref.at, r.locale.Say(key, "name", ref.name)+r.meant(report.Like(ref.name, r.readable())))
}

// meant ends a complaint with the names that may have been meant.
func (r *Reader) meant(names []string) string {
	const few = 5 // more are those that do not look like it
	if len(names) == 0 || len(names) > few {
		return ""
	}
	return " " + r.locale.Say("ask.meant", "list", strings.Join(names, ", "))
}

// first is where a text begins after its blanks and comments.
func first(text string) int {
	at := 0
	for {
		rest := strings.TrimLeft(text[at:], " \t\r\n\ufeff")
		at = len(text) - len(rest)
		if !strings.HasPrefix(rest, "--") {
			return at
		}
		_, after, found := strings.Cut(rest, "\n")
		if !found {
			return at
		}
		at = len(text) - len(after)
	}
}

// letters turns a place counted in letters, as the parser does, into bytes.
func letters(text string, at int) int {
	if at < 0 {
		return at
	}
	n := 0
	for i := range text {
		if n == at {
			return i
		}
		n++
	}
	return len(text)
}
