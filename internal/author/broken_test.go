package author

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"tongket/internal/report"
)

// TestBroken: what can be made is made; a page at fault tells its file and
// lines, and no more than that page is lost of a report of many.
func TestBroken(t *testing.T) {
	files := fstest.MapFS{
		"a.md": {Data: []byte("---\ntitle: Tốt\nmenu: Tốt\n---\nMột câu.\n")},
		"b.md": {Data: []byte("---\ntitle: Hỏng\nmenu: Hỏng\norder: 3\n---\nMột câu.\n\n{{ nope }}\n")},
		"c.md": {Data: []byte("---\ntitel: Không đọc được\n---\n")},
		"d.md": {Data: []byte("---\ntitle: \"{{ .unit_name }}\"\nfor_each: three\npath: d/{{ .unit }}\n---\n{{ with one \"only\" \"unit\" .unit }}{{ .unit_name }}{{ end }}\n")},
		"e.md": {Data: []byte("---\ntitle: Chỉ in\noutputs: [pdf]\n---\n{{ .nope }}\n")},
		"f.md": {Data: []byte("---\ntitle: Lỗi khi tính\n---\n\n```table\nquery: none\n```\n")},
		"g.md": {Data: []byte("---\ntitle: Trùng\npath: A\n---\nx\n")},
	}
	reports, err := Parse(files, "reports")
	if err != nil {
		t.Fatal(err)
	}
	c := context(t)
	three := &report.Table{Name: "three", Columns: []report.Column{{Name: "unit"}, {Name: "unit_name"}}, Rows: [][]any{{"1", "Một"}, {"2", "Hai"}, {"3", "Ba"}}}
	c.Query = func(name string, params map[string]string) (*report.Table, error) {
		switch name {
		case "three":
			return three, nil
		case "only":
			one := *three
			if one.Rows = three.Rows[:1]; params["unit"] == "2" {
				one.Rows = nil
			}
			return &one, nil
		}
		return nil, fmt.Errorf("no query %q", name)
	}
	for _, c.Workers = range []int{1, 2} {
		docs, broken := All(reports, c)
		var pages []string
		for _, d := range docs {
			text := ""
			if n, is := d.Blocks[0].(report.Notice); is {
				text = " " + n.Severity + " " + n.Text[0].Text
			}
			pages = append(pages, d.Path+" “"+d.Title+"”"+text)
		}
		want := []string{"a “Tốt”", "b “Hỏng” stop", "c “reports/c.md” stop", "d/1 “Một”", "d/2 “Hai” stop", "d/3 “Ba”", "f “Lỗi khi tính” stop"}
		for i, page := range pages {
			if len(pages) != len(want) || !strings.HasPrefix(page, want[i]) || strings.Contains(page, "stop") != strings.Contains(want[i], "stop") {
				t.Fatalf("page %d is not %q:\n%s", i, want[i], strings.Join(pages, "\n"))
			}
		}
		if !strings.Contains(pages[1], "reports/b.md") || !strings.Contains(pages[1], "8") || !strings.Contains(pages[4], "reports/d.md") {
			t.Errorf("what is wrong where: %s", strings.Join(pages, "\n"))
		}
		var told []string
		for _, b := range broken {
			told = append(told, b.File)
		}
		if got := strings.Join(told, " "); got != "reports/b.md reports/c.md reports/d.md reports/e.md reports/f.md reports/g.md" {
			t.Errorf("broken: %s", got)
		}
	}
}
