package pdf

import (
	"fmt"
	"testing"

	"tongket/internal/report"
)

// Whatever the number of rows, no page of a paper holds but a few rows of a
// long table, none is empty, and no row is missing.
func TestTablesEndWell(t *testing.T) {
	for rows := 12; rows <= 64; rows += 2 {
		table := report.Table{Name: "t", Columns: []report.Column{{Name: "a", Title: "Tên", Format: report.Text}, {Name: "b", Title: "Mét", Format: report.Number, Decimals: 1, Total: true}},
			Source: report.Source{Query: "queries/t.sql", Files: 1, Rows: 2}}
		for i := range rows {
			table.Rows = append(table.Rows, []any{fmt.Sprintf("Đơnvị%d", i), float64(i)})
		}
		doc := tableDoc(report.Annex{Title: "Danh sách", Landscape: true}, report.TableBlock{Table: table, Caption: "Danh sách đơn vị", ID: "t", Numbered: true})
		doc.Paper = &report.Paper{Kind: "BÁO CÁO"}
		seen := 0
		for i, s := range sheets(t, written(t, doc, "vi"))[1:] {
			here := 0
			for _, w := range s.Words {
				var n int
				if _, err := fmt.Sscanf(w.Text, "Đơnvị%d", &n); err == nil {
					here++
				}
			}
			if seen += here; here < 4 {
				t.Errorf("%d rows: %d of them on page %d", rows, here, i+1)
			}
		}
		if seen != rows {
			t.Errorf("%d of %d rows printed", seen, rows)
		}
	}
}
