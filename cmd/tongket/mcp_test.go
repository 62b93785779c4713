package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// assistant is a client that runs the program and speaks with it.
type assistant struct {
	t       *testing.T
	session *mcp.ClientSession
	log     *bytes.Buffer
}

func newAssistant(t *testing.T, dir string, flags ...string) *assistant {
	t.Helper()
	a := &assistant{t: t, log: &bytes.Buffer{}}
	c := exec.Command("tongket", append([]string{"mcp"}, flags...)...)
	c.Dir, c.Stderr = dir, a.log
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.CommandTransport{Command: c}, nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, a.log)
	}
	a.session = session
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Errorf("%v\n%s", err, a.log)
		}
		if a.log.Len() > 0 {
			t.Errorf("the log says %s", a.log)
		}
	})
	return a
}

// call calls a tool and takes its data apart.
func (a *assistant) call(tool string, args map[string]any, into any) (text string, refused bool) {
	a.t.Helper()
	r, err := a.session.CallTool(context.Background(), &mcp.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		a.t.Fatalf("%s %v: %v\n%s", tool, args, err, a.log)
	}
	if r.IsError != (r.StructuredContent == nil) {
		a.t.Errorf("%s %v: an error is %t and has the data %v", tool, args, r.IsError, r.StructuredContent)
	}
	data, err := json.Marshal(r.StructuredContent)
	if err != nil {
		a.t.Fatal(err)
	}
	if into != nil && !r.IsError {
		if err := json.Unmarshal(data, into); err != nil {
			a.t.Fatalf("%s: %v", data, err)
		}
	}
	for _, c := range r.Content {
		text += c.(*mcp.TextContent).Text
	}
	return text, r.IsError
}

// replied is what an answer holds, as a client reads it.
type replied struct {
	Query   string
	Columns []struct{ Name, Title, Unit, Format, Type string }
	Rows    [][]any
	Total   int64 `json:"total_rows"`
	Cut     []string
	Notices []string
	Source  struct {
		File        string
		Files, Rows int
	}
}

// TestMCP asks as an assistant does, over the real process.
func TestMCP(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := copySample(dir); err != nil {
		t.Fatal(err)
	}
	given(t, dir, "tongket load --received 2022-01-20T08:00:00Z")
	before := hashes(t, dir)
	a := newAssistant(t, dir)
	if i := a.session.InitializeResult(); !strings.Contains(i.Instructions, "Số liệu minh họa") || i.ServerInfo.Name != "tongket" {
		t.Errorf("it introduces itself as %+v: %s", i.ServerInfo, i.Instructions)
	}
	tools, err := a.session.ListTools(t.Context(), nil)
	if err != nil || len(tools.Tools) != 5 {
		t.Fatalf("%d tools, %v", len(tools.Tools), err)
	}
	for _, tool := range tools.Tools {
		if !tool.Annotations.ReadOnlyHint || strings.Contains(tool.Description, "⟦") || !strings.ContainsAny(tool.Description, "ệốảấ") {
			t.Errorf("%s: %q, read only is %t", tool.Name, tool.Description, tool.Annotations.ReadOnlyHint)
		}
	}

	t.Run("saved", a.saved)
	t.Run("asked", a.asked)
	t.Run("traced", a.traced)
	t.Run("contained", func(t *testing.T) { a.contained(t, dir) })

	given(t, dir, "tongket load") // nothing holds the warehouse between two questions
	if after := hashes(t, dir); after != before {
		t.Errorf("the folder was %s and is %s", before, after)
	}
}

func (a *assistant) saved(t *testing.T) {
	a.t = t
	var list struct {
		Queries []struct {
			Name, Title string
			Params      []struct{ Name, Title, Type string }
			Columns     []string
		}
	}
	a.call("list_queries", nil, &list)
	if len(list.Queries) < 80 {
		t.Errorf("%d queries", len(list.Queries))
	}
	all := len(list.Queries)
	a.call("list_queries", map[string]any{"search": "giai ngan so nganh"}, &list)
	if len(list.Queries) == 0 || len(list.Queries) == all {
		t.Errorf("%d of %d queries are about it", len(list.Queries), all)
	}
	a.call("list_queries", map[string]any{"search": "progress_total"}, &list)
	if len(list.Queries) == 0 || !strings.Contains(strings.Join(list.Queries[0].Columns, "\n"), "arranged_m: Khối lượng đã chỉnh lý (mét)") {
		t.Errorf("found %+v", list.Queries)
	}
	var described struct {
		Tables []struct {
			Name, Title string
			Rows        int
			Columns     []struct {
				Name, Title, Unit string
				Values            []string
			}
		}
	}
	a.call("describe_tables", nil, &described)
	if len(described.Tables) < 8 {
		t.Errorf("%d tables", len(described.Tables))
	}
	if text, _ := a.call("describe_tables", map[string]any{"name": "units"}, &described); len(described.Tables) != 1 || len(described.Tables[0].Columns[2].Values) == 0 {
		t.Errorf("units is told as %s", text)
	}
	var r replied
	text, _ := a.call("run_query", map[string]any{"query": "unit_summary", "params": map[string]any{"unit": "SNV"}}, &r)
	if len(r.Rows) != 1 || r.Query != "unit_summary" || r.Source.File != "queries/unit_summary.sql" || r.Source.Files == 0 {
		t.Errorf("it answers %+v", r)
	}
	told := strings.Join(r.Notices, "\n")
	for _, notice := range []string{"Số liệu minh họa", "Cảnh báo: Chưa phân công lãnh đạo", "leader_missing", "Số liệu nguồn có 1 cảnh báo"} {
		if !strings.Contains(told, notice) || !strings.Contains(text, notice) {
			t.Errorf("no notice %q with %s", notice, text)
		}
	}
	if !strings.Contains(text, "236,5") || !strings.Contains(text, "Khối lượng tồn đọng (mét)") {
		t.Errorf("people read %s", text)
	}
	if text, refused := a.call("run_query", map[string]any{"query": "progress_totl"}, nil); !refused || !strings.Contains(text, "progress_total") {
		t.Errorf("a wrong name is told as %s", text)
	}
	res, err := a.session.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: "tongket://queries"})
	if err != nil || !strings.Contains(res.Contents[0].Text, `"unit_summary"`) {
		t.Errorf("the list as a resource: %v", err)
	}
}

func (a *assistant) asked(t *testing.T) {
	a.t = t
	var r replied
	a.call("ask_sql", map[string]any{"sql": "SELECT 12345678901234567.25 AS exact, DATE '2021-12-31' AS day, NULL AS nothing, 'Đồng Nai' AS place"}, &r)
	if len(r.Rows) != 1 || r.Rows[0][1] != "2021-12-31" || r.Rows[0][2] != nil || r.Rows[0][3] != "Đồng Nai" || r.Cut != nil {
		t.Errorf("it answers %+v", r)
	}
	r = replied{}
	text, _ := a.call("ask_sql", map[string]any{"sql": "FROM progress", "rows": 7}, &r)
	if len(r.Rows) != 7 || r.Total < 300 || len(r.Cut) != 1 || !strings.Contains(text, "Chỉ đưa ra 7 dòng đầu trong") {
		t.Errorf("%d rows of %d, %q", len(r.Rows), r.Total, r.Cut)
	}
	r = replied{}
	a.call("ask_sql", map[string]any{"sql": "FROM range(100000)", "rows": 99999}, &r)
	if len(r.Rows) != 2000 || len(r.Cut) != 1 {
		t.Errorf("%d rows, %q", len(r.Rows), r.Cut)
	}
	r = replied{}
	a.call("ask_sql", map[string]any{"sql": "SELECT count(*) AS n FROM progress", "as_of": "2022-01-20"}, &r)
	if len(r.Rows) != 1 || r.Rows[0][0] == 0.0 || !strings.Contains(strings.Join(r.Notices, "\n"), "2022-01-20") {
		t.Errorf("the day when all came: %+v", r)
	}
	if text, refused := a.call("ask_sql", map[string]any{"sql": "FROM progress", "as_of": "2022-01-19"}, nil); !refused || !strings.Contains(text, "19/01/2022") {
		t.Errorf("the day before anything came: %s", text)
	}
	if text, refused := a.call("ask_sql", map[string]any{"sql": "SELECT 1", "as_of": "hôm qua"}, nil); !refused || !strings.Contains(text, "2022-01-31") {
		t.Errorf("a wrong day is told as %s", text)
	}
	if text, refused := a.call("ask_sql", map[string]any{"sql": "SELECT arranged FROM progress"}, nil); !refused || !strings.Contains(text, "arranged_m") || !strings.Contains(text, "^") {
		t.Errorf("a wrong column is told as %s", text)
	}
}

func (a *assistant) traced(t *testing.T) {
	a.t = t
	var trail struct {
		Query   string
		Sources []struct{ Path string }
		Rows    []struct {
			Path string
			Line int
		}
	}
	text, _ := a.call("trace", map[string]any{"query": "progress_total", "unit": "SNV"}, &trail)
	if len(trail.Sources) == 0 || len(trail.Rows) == 0 {
		t.Fatalf("the trail is %+v", trail)
	}
	if !strings.Contains(text, trail.Rows[0].Path) || !strings.Contains(text, "dòng") {
		t.Errorf("people read %s", text)
	}
	// What was asked in SQL is followed by the tables that it read, a unit by its name.
	trail.Sources, trail.Rows = nil, nil
	a.call("trace", map[string]any{"query": "progress", "unit": "Sở Nội vụ"}, &trail)
	for _, row := range trail.Rows {
		if !strings.HasPrefix(row.Path, "progress/") || row.Line < 2 {
			t.Errorf("a row of the table is at %s:%d", row.Path, row.Line)
		}
	}
	if len(trail.Sources) < 2 || len(trail.Rows) < 2 {
		t.Errorf("the trail of a table is %+v", trail)
	}
	if text, refused := a.call("trace", map[string]any{"query": "progress", "as_of": "2000-01-01"}, nil); !refused || !strings.Contains(text, "01/01/2000") {
		t.Errorf("the trail of a day without files: %s", text)
	}
	if text, refused := a.call("trace", map[string]any{"query": "nothing"}, nil); !refused || !strings.Contains(text, "nothing") {
		t.Errorf("a wrong name is told as %s", text)
	}
}

// contained: what may not be asked is refused, and what takes too long ends.
func (a *assistant) contained(t *testing.T, dir string) {
	a.t = t
	out := filepath.Join(dir, "out.csv")
	for _, sql := range []string{
		"COPY progress TO '" + out + "'", "SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM '/etc/passwd'", "ATTACH '" + out + "' AS x",
		"INSTALL httpfs", "LOAD httpfs", "SET memory_limit = '100GB'", "PRAGMA database_list", "SELECT getenv('HOME')", "SELECT * FROM glob('/*')",
		"DELETE FROM progress", "CREATE TABLE x AS SELECT 1", "WITH x AS (DELETE FROM progress RETURNING *) SELECT * FROM x", "SELECT 1; SELECT 2",
		"EXPORT DATABASE '" + out + "'", "SELECT * FROM duckdb_settings()", "SELECT * FROM query('SELECT 1')", "CALL pragma_version()",
		"SELECT * FROM warehouse.main.submissions", "", ";", "\x00", strings.Repeat("(", 5000),
	} {
		if text, refused := a.call("ask_sql", map[string]any{"sql": sql}, nil); !refused || strings.Contains(text, "root:") || text == "" {
			t.Errorf("%.80q is answered: %s", sql, text)
		}
	}
	for tool, args := range map[string]map[string]any{
		"run_query":       {"query": "../../etc/passwd"},
		"describe_tables": {"name": "/etc/passwd"},
		"trace":           {"query": "progress_total", "unit": "' OR 1=1 --"},
	} {
		if text, refused := a.call(tool, args, nil); !refused || strings.Contains(text, "root:") {
			t.Errorf("%s %v is answered: %s", tool, args, text)
		}
	}
	if text, refused := a.call("run_query", map[string]any{"query": "unit_summary", "params": map[string]any{"unit": []string{"SNV"}}}, nil); !refused || !strings.Contains(text, "unit") {
		t.Errorf("a list as a parameter is told as %s", text)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("something was written")
	}
	b := newAssistant(t, dir, "--timeout", "1s")
	if text, refused := b.call("ask_sql", map[string]any{"sql": "SELECT count(*) FROM range(1000000000) a, range(1000000000) b"}, nil); !refused || !strings.Contains(text, "quá 1 giây") {
		t.Errorf("a question without end is answered: %s", text)
	}
	var r replied
	if b.call("ask_sql", map[string]any{"sql": "SELECT 6 * 7 AS answer"}, &r); len(r.Rows) != 1 || r.Rows[0][0] != 42.0 {
		t.Errorf("after it: %+v", r)
	}
}

// hashes lists the files of a folder with what they hold, but for what the
// engine writes into its own.
func hashes(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".lock") {
			return err
		}
		text, err := fs.ReadFile(root, name)
		if strings.HasSuffix(name, ".duckdb") {
			text = nil
		}
		b.WriteString(name + " " + fmt.Sprintf("%x", sha256.Sum256(text)) + "\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
