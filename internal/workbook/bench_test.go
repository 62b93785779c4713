package workbook

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

// large is a workbook of 100,000 rows and 20 columns: two of text, the others
// of figures.
func large(b *testing.B) string {
	x := excelize.NewFile()
	defer x.Close()
	w, err := x.NewStreamWriter("Sheet1")
	must(b, err)
	row := make([]any, 20)
	for n := range 100_000 {
		row[0], row[1] = fmt.Sprintf("Phường số %d", n%97), "2025-Q3"
		for i := 2; i < len(row); i++ {
			row[i] = float64(n*i) / 8
		}
		must(b, w.SetRow(fmt.Sprint("A", n+1), row))
	}
	file := filepath.Join(b.TempDir(), "large.xlsx")
	must(b, w.Flush(), x.SaveAs(file))
	return file
}

func BenchmarkRows(b *testing.B) {
	file := large(b)
	b.Run("workbook", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			book, err := Open(file)
			must(b, err)
			cells := 0
			_, err = book.Rows(context.Background(), 0, func(_ int64, row []Cell) error { cells += len(row); return nil })
			must(b, err, book.Close())
			if cells != 2_000_000 {
				b.Fatal(cells)
			}
		}
	})
	b.Run("excelize", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			book, err := excelize.OpenFile(file)
			must(b, err)
			rows, err := book.Rows("Sheet1")
			must(b, err)
			cells := 0
			for rows.Next() {
				row, err := rows.Columns()
				must(b, err)
				cells += len(row)
			}
			must(b, rows.Close(), book.Close())
			if cells != 2_000_000 {
				b.Fatal(cells)
			}
		}
	})
}
