package mcp

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"tongket/internal/edition"
	"tongket/internal/register"
	"tongket/internal/warehouse"
)

// What the tools take.
type (
	listing struct {
		Search string `json:"search"`
	}
	naming struct {
		Name string `json:"name"`
	}
	running struct {
		Query  string         `json:"query"`
		Params map[string]any `json:"params"`
		AsOf   string         `json:"as_of"`
		Rows   int            `json:"rows"`
	}
	asking struct {
		SQL  string `json:"sql"`
		AsOf string `json:"as_of"`
		Rows int    `json:"rows"`
	}
	tracing struct {
		Query string `json:"query"`
		Unit  string `json:"unit"`
		AsOf  string `json:"as_of"`
	}
)

// offer gives a server its tools. Their names stay the same in every language.
func (d *Desk) offer(s *mcp.Server) {
	rows := property{"rows", "integer", "mcp.takes.rows"}
	day := property{"as_of", "string", "mcp.takes.as_of"}
	mcp.AddTool(s, d.tool("list_queries", property{"search", "string", "mcp.takes.search"}), d.listQueries)
	mcp.AddTool(s, d.tool("describe_tables", property{"name", "string", "mcp.takes.name"}), d.describeTables)
	mcp.AddTool(s, d.tool("run_query", property{"query!", "string", "mcp.takes.query"}, property{"params", "object", "mcp.takes.params"}, day, rows),
		func(ctx context.Context, _ *mcp.CallToolRequest, in running) (*mcp.CallToolResult, any, error) {
			params, err := d.params(in.Params)
			if err != nil {
				return nil, nil, err
			}
			return d.answer(ctx, in.AsOf, warehouse.Question{Query: in.Query, Params: params}, in.Rows)
		})
	mcp.AddTool(s, d.tool("ask_sql", property{"sql!", "string", "mcp.takes.sql"}, day, rows),
		func(ctx context.Context, _ *mcp.CallToolRequest, in asking) (*mcp.CallToolResult, any, error) {
			return d.answer(ctx, in.AsOf, warehouse.Question{SQL: in.SQL, Name: "SQL"}, in.Rows)
		})
	mcp.AddTool(s, d.tool("trace", property{"query!", "string", "mcp.takes.traced"}, property{"unit", "string", "mcp.takes.unit"}, day), d.trace)
	s.AddResource(&mcp.Resource{URI: "tongket://queries", Name: "queries", Title: d.Programme.Locale.Say("mcp.tool.list_queries.title"), MIMEType: "application/json"},
		func(ctx context.Context, _ *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
			list, _, err := d.saved(ctx, "")
			if err != nil {
				return nil, d.told(err)
			}
			text, err := json.Marshal(list)
			if err != nil {
				return nil, fmt.Errorf("queries: %w", err)
			}
			return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{URI: "tongket://queries", MIMEType: "application/json", Text: string(text)}}}, nil
		})
}

// property is what a tool takes: its name, with ! if it must be given, its
// kind, and the phrase that describes it.
type property struct{ name, kind, phrase string }

func (d *Desk) tool(name string, takes ...property) *mcp.Tool {
	l := d.Programme.Locale
	properties, required := map[string]any{}, []string{}
	for _, p := range takes {
		key, must := strings.CutSuffix(p.name, "!")
		if must {
			required = append(required, key)
		}
		properties[key] = map[string]any{"type": p.kind, "description": l.Say(p.phrase)}
	}
	closed := false
	title := l.Say("mcp.tool." + name + ".title")
	return &mcp.Tool{Name: name, Title: title, Description: l.Say("mcp.tool." + name),
		InputSchema: map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false},
		Annotations: &mcp.ToolAnnotations{Title: title, ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed, DestructiveHint: &closed}}
}

// params are values as the command line takes them.
func (d *Desk) params(given map[string]any) (map[string]string, error) {
	out := map[string]string{}
	for name, v := range given {
		switch x := v.(type) {
		case string:
			out[name] = x
		case float64:
			out[name] = strconv.FormatFloat(x, 'f', -1, 64)
		case bool:
			out[name] = strconv.FormatBool(x)
		default:
			return nil, d.errParam(name)
		}
	}
	return out, nil
}

// listed is a saved query in the list: enough to choose it.
type listed struct {
	Name        string                     `json:"name"`
	Title       string                     `json:"title"`
	Description string                     `json:"description,omitempty"`
	Params      []warehouse.DescribedParam `json:"params,omitempty"`
	Columns     []string                   `json:"columns"` // "name: title (unit)"
}

func (d *Desk) listQueries(ctx context.Context, _ *mcp.CallToolRequest, in listing) (*mcp.CallToolResult, any, error) {
	list, faults, err := d.saved(ctx, in.Search)
	if err != nil {
		return nil, nil, d.told(err)
	}
	var text strings.Builder
	fmt.Fprintln(&text, sentence(d.Programme.Locale, "mcp.queries", len(list)))
	for _, q := range list {
		name := q.Name
		if len(q.Params) > 0 {
			var params []string
			for _, p := range q.Params {
				params = append(params, p.Name)
			}
			name += "(" + strings.Join(params, ", ") + ")"
		}
		fmt.Fprintln(&text, printable(name+": "+q.Title))
	}
	out := map[string]any{"queries": list}
	if faults != "" {
		out["faults"] = faults
		fmt.Fprintln(&text, faults)
	}
	return said(text.String()), out, nil
}

// saved lists the saved queries that hold every word that is looked for, with
// or without accents.
func (d *Desk) saved(ctx context.Context, search string) (list []listed, faults string, err error) {
	plain := func(text string) string { return register.Plain(register.Fold(text)) }
	words := strings.Fields(plain(search))
	list = []listed{}
	err = d.open(ctx, "", func(r *warehouse.Reader) error {
		limited, cancel := context.WithTimeout(ctx, d.Timeout)
		defer cancel()
		all, wrong := r.Saved(limited)
		if all == nil {
			return wrong
		}
		if wrong != nil {
			faults = printable(warehouse.Shown(wrong))
		}
	queries:
		for _, q := range all {
			one := listed{Name: q.Name, Title: printable(q.Title), Description: printable(q.Description), Params: q.Params, Columns: []string{}}
			for _, c := range q.Columns {
				text := c.Name + ": " + printable(c.Title)
				if c.Unit != "" {
					text += " (" + c.Unit + ")"
				}
				one.Columns = append(one.Columns, text)
			}
			hay := plain(strings.ReplaceAll(one.Name, "_", " ") + " " + one.Name + " " + one.Title + " " + one.Description + " " + strings.Join(one.Columns, " "))
			for _, w := range words {
				if !strings.Contains(hay, w) {
					continue queries
				}
			}
			list = append(list, one)
		}
		return nil
	})
	return list, faults, err
}

func (d *Desk) describeTables(ctx context.Context, _ *mcp.CallToolRequest, in naming) (*mcp.CallToolResult, any, error) {
	var tables []warehouse.Described
	err := d.open(ctx, "", func(r *warehouse.Reader) (err error) {
		ctx, cancel := context.WithTimeout(ctx, d.Timeout)
		defer cancel()
		if in.Name == "" {
			tables, err = r.Tables(ctx)
			return err
		}
		one, err := r.Describe(ctx, in.Name)
		if err == nil {
			tables = []warehouse.Described{*one}
		}
		return err
	})
	if err != nil {
		return nil, nil, d.told(err)
	}
	var text strings.Builder
	for _, t := range tables {
		fmt.Fprintln(&text, printable(t.Name+": "+t.Title))
		for _, c := range t.Columns {
			line := "  " + c.Name + ": " + c.Title
			if c.Unit != "" {
				line += " (" + c.Unit + ")"
			}
			if len(c.Values) > 0 {
				line += "; " + strings.Join(c.Values, " | ")
			}
			fmt.Fprintln(&text, printable(line))
		}
	}
	return said(text.String()), map[string]any{"tables": tables}, nil
}

// trace follows a query to the files and, for a unit, to their lines.
func (d *Desk) trace(ctx context.Context, _ *mcp.CallToolRequest, in tracing) (*mcp.CallToolResult, any, error) {
	l := d.Programme.Locale
	n := func(v int64) string { return l.Number(float64(v), 0) }
	var t *warehouse.Trail
	order, err := d.asOf(in.AsOf)
	if err != nil {
		return nil, nil, err
	}
	err = d.inTurn(ctx, func() (err error) {
		limited, cancel := context.WithTimeout(ctx, d.Timeout)
		defer cancel()
		t, err = edition.Trace(limited, order, in.Query, in.Unit)
		return err
	})
	if err != nil {
		return nil, nil, d.told(err)
	}
	var text strings.Builder
	fmt.Fprintln(&text, printable(t.File+": "+t.Title))
	for _, x := range t.Sources {
		fmt.Fprintln(&text, printable(l.Say("trace.source", "table", x.Table, "file", x.Path, "rows", n(x.Rows), "submission", n(x.Submission))))
	}
	var cut []string
	if len(t.Rows) > mostRows {
		cut = append(cut, l.Say("mcp.cut.rows", "shown", n(mostRows), "total", n(int64(len(t.Rows))), "most", n(mostRows)))
		t.Rows = t.Rows[:mostRows]
	}
	for _, x := range t.Rows {
		where := l.Say("trace.line", "file", x.Path, "line", fmt.Sprint(x.Line))
		if x.Sheet != "" {
			where = l.Say("trace.line.sheet", "file", x.Path, "sheet", x.Sheet, "line", fmt.Sprint(x.Line))
		}
		fmt.Fprintln(&text, printable(where+": "+x.Key))
	}
	for _, line := range cut {
		fmt.Fprintln(&text, line)
	}
	return said(text.String()), struct {
		*warehouse.Trail
		Cut []string `json:"cut,omitempty"`
	}{t, cut}, nil
}

func said(text string) *mcp.CallToolResult {
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}}
}
