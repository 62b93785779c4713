package author

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tongket/internal/report"
)

// TestTablesTooLargeToQuestion: a table that a browser cannot take is left out
// with the questions to it, and the page says so; nothing is at fault.
func TestTablesTooLargeToQuestion(t *testing.T) {
	c := context(t)
	large := &report.Table{Name: "large", Title: "Qua các kỳ", Columns: []report.Column{{Name: "n", Title: "Số", Format: report.Integer}}}
	for n := range mostExplored + 1 {
		large.Rows = append(large.Rows, []any{int64(n)})
	}
	query := c.Query
	c.Query = func(name string, params map[string]string) (*report.Table, error) {
		if name == "large" {
			return large, nil
		}
		return query(name, params)
	}
	c.CheckSQL = func(sql string, tables []string) error {
		_, from, _ := strings.Cut(sql, "FROM ")
		if !slices.Contains(tables, from) {
			return fmt.Errorf("no table %q", from)
		}
		return nil
	}
	page := func(sql string) []byte {
		return []byte("---\ntitle: Hỏi\n---\n```ask\ntables: [units, large]\nexamples:\n  - {question: Một, sql: SELECT unit FROM units}\n  - {question: Hai, sql: SELECT n FROM " + sql + "}\n```\n")
	}
	made := func(sql string) ([]*report.Document, error) {
		reports, err := Parse(fstest.MapFS{"a.md": {Data: page(sql)}}, "reports")
		if err != nil {
			t.Fatal(err)
		}
		docs, err := reports[0].Documents(c)
		return docs, err
	}
	docs, err := made("large")
	if err != nil || len(docs) != 1 {
		t.Fatalf("%d pages: %v", len(docs), err)
	}
	var said string
	var asked report.Ask
	for _, b := range docs[0].Blocks {
		switch b := b.(type) {
		case report.Notice:
			said += report.Plain(b.Text)
		case report.Ask:
			asked = b
		}
	}
	if !strings.Contains(said, "“Qua các kỳ” (large) có 20.001 dòng") {
		t.Errorf("the page says %q", said)
	}
	if len(asked.Tables) != 1 || asked.Tables[0].Name != "units" || len(asked.Examples) != 1 || asked.Examples[0].Question != "Một" {
		t.Errorf("left are %d tables and %+v", len(asked.Tables), asked.Examples)
	}
	if _, err := made("lage"); err == nil || !strings.Contains(err.Error(), `no table "lage"`) {
		t.Errorf("a question at fault: %v", err)
	}
}
