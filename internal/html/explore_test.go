package html

import (
	"bytes"
	"testing"

	"tongket/internal/report"
)

// TestExploreHostile: what comes in the data of an explored table stays text.
func TestExploreHostile(t *testing.T) {
	const evil = `</script><img src=x onerror=alert(1)>`
	e := report.Explore{ID: "explore", Tables: []report.Table{{Name: "q", Title: evil, Columns: []report.Column{
		{Name: "u", Title: evil, Format: report.Text}, {Name: "n", Title: "N", Format: report.Number, Decimals: 1, Unit: evil},
	}, Rows: [][]any{{evil, 1.5}, {"=1+1", nil}}}}}
	doc := &report.Document{Path: "p", Title: "P", File: "reports/p.md", Outputs: []string{"html"}, Blocks: []report.Block{e}}
	dir := edition(t, demoSite(), doc)
	var data bytes.Buffer
	if err := writer(t, "vi").Explored(&data, e); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(data.Bytes(), []byte("<")) {
		t.Errorf("a tag stands in the data: %s", data.Bytes())
	}
	put(t, dir+"/"+ExploreFile("p"), data.Bytes())
	b := open(t)
	b.look(t, fileURL(dir, "p.html"), 390, "dark")
	if got := ask[string](t, b, `document.querySelector(".explore-table tbody").innerText.trim()`); got != evil+"\t1,5\n=1+1\t–" {
		t.Errorf("the table shows %q", got)
	}
	b.quiet(t, fileURL(dir, ""))
}
