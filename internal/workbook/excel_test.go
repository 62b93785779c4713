package workbook

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// must ends the test at the first error of a list.
func must(t testing.TB, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// A workbook of another program, with what officers put into theirs.
func TestExcelize(t *testing.T) {
	x := excelize.NewFile()
	defer x.Close()
	percent, err := x.NewStyle(&excelize.Style{NumFmt: 10})
	must(t, err)
	code := `dd"/"mm"/"yyyy`
	date, err := x.NewStyle(&excelize.Style{CustomNumFmt: &code})
	must(t, err)
	third := 0.1 // of a variable: a constant would be exact
	long := strings.Repeat("Đã chỉnh lý. ", 2500)
	must(t,
		x.SetSheetName("Sheet1", "Quý III"),
		x.SetCellValue("Quý III", "A1", "BÁO CÁO <tiến độ> & kết quả"),
		x.MergeCell("Quý III", "A1", "F1"),
		x.SetSheetRow("Quý III", "A3", &[]any{"Sở Nội vụ", 1234.5, "1.234", true, nil, 0.125}),
		x.SetCellStyle("Quý III", "F3", "F3", percent),
		x.SetCellValue("Quý III", "A4", time.Date(2025, 9, 30, 0, 0, 0, 0, time.UTC)),
		x.SetCellStyle("Quý III", "A4", "A4", date),
		x.SetCellValue("Quý III", "B4", time.Date(2025, 9, 30, 8, 15, 0, 0, time.UTC)),
		x.SetCellRichText("Quý III", "C4", []excelize.RichTextRun{{Text: "Sở "}, {Text: "Y tế", Font: &excelize.Font{Bold: true}}}),
		x.SetCellValue("Quý III", "D4", long),
		x.SetCellFormula("Quý III", "E4", "B3*2"),
		x.SetCellValue("Quý III", "F4", third*3),
		x.SetRowVisible("Quý III", 4, false),
		x.SetColVisible("Quý III", "B", false),
	)
	for i, state := range []string{"visible", "hidden", "veryHidden"} {
		name := fmt.Sprint("Biểu ", i)
		_, err := x.NewSheet(name)
		must(t, err, x.SetCellValue(name, "B2", i))
		if state != "visible" {
			must(t, x.SetSheetVisible(name, false, state == "veryHidden"))
		}
	}
	file := filepath.Join(t.TempDir(), "x.xlsx")
	must(t, x.SaveAs(file))

	b, err := Open(file)
	must(t, err)
	defer b.Close()
	want := []Sheet{{"Quý III", false}, {"Biểu 0", false}, {"Biểu 1", true}, {"Biểu 2", true}}
	if !reflect.DeepEqual(b.Sheets(), want) {
		t.Errorf("got %v, want %v", b.Sheets(), want)
	}
	got, merges, err := sheetText(b, 0)
	must(t, err)
	text := `1: Text "BÁO CÁO <tiến độ> & kết quả"
3: Text "Sở Nội vụ" | Number "1234.5" | Text "1.234" | Bool "TRUE" | - | Percent "0.125"
4: Date "2025-09-30" | Date "2025-09-30T08:15:00" | Text "Sở Y tế" | Text "` + long + `" | - | Number "0.30000000000000004"
`
	if got != text {
		brief := strings.NewReplacer(long, "…")
		t.Errorf("got\n%.3000s\nwant\n%.3000s", brief.Replace(got), brief.Replace(text))
	}
	if want := []Merge{{1, 1, 1, 6}}; !reflect.DeepEqual(merges, want) {
		t.Errorf("got %v, want %v", merges, want)
	}
	for i := 1; i < 4; i++ {
		got, _, err := sheetText(b, i)
		must(t, err)
		if want := fmt.Sprintf("2: - | Number \"%d\"\n", i-1); got != want {
			t.Errorf("sheet %d: got %s", i, got)
		}
	}
}

func TestExcelizePassword(t *testing.T) {
	x := excelize.NewFile()
	defer x.Close()
	file := filepath.Join(t.TempDir(), "x.xlsx")
	must(t, x.SaveAs(file, excelize.Options{Password: "bí mật"}))
	if f := faultOf(t, file); f == nil || f.Reason != Encrypted {
		t.Errorf("got %v", f)
	}
	if got := Foreign(file); got != Encrypted {
		t.Errorf("got %q", got)
	}
}

// With WORKBOOKS naming a folder, each xlsx/NAME.xlsx in it is compared with
// csv/NAME.displayed.csv, what a spreadsheet showed of its first sheet: texts
// as they are, numbers up to the digits shown.
func TestDisplayed(t *testing.T) {
	dir := os.Getenv("WORKBOOKS")
	if dir == "" {
		t.Skip("WORKBOOKS names no folder of workbooks")
	}
	files, err := filepath.Glob(filepath.Join(dir, "xlsx", "*.xlsx"))
	must(t, err)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".xlsx")
		shown, err := os.Open(filepath.Join(dir, "csv", name+".displayed.csv"))
		if err != nil {
			t.Logf("%s: nothing to compare with", name)
			continue
		}
		r := csv.NewReader(shown)
		r.FieldsPerRecord = -1
		want, err := r.ReadAll()
		shown.Close()
		must(t, err)
		b, err := Open(file)
		must(t, err)
		compare(t, name, b, want)
		b.Close()
	}
	old, err := filepath.Glob(filepath.Join(dir, "xls", "*.xls"))
	must(t, err)
	for _, file := range old {
		if f := faultOf(t, file); f == nil || f.Reason != OldExcel || Foreign(file) != OldExcel {
			t.Errorf("%s: %v, %q", file, f, Foreign(file))
		}
	}
}
