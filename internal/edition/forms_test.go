package edition_test

import (
	"archive/zip"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestFormsAgree takes every figure of a summary table from the page, the
// paper, the document for Word, the workbook and the CSV beside them.
func TestFormsAgree(t *testing.T) {
	made := sampleEdition(t)
	columns := []string{"unit_name", "backlog_m", "arranged_m", "remaining_m", "done_share", "plan_share"}
	raw := records(t, []byte(strings.TrimPrefix(made.page(t, "data/progress_annex_department.csv"), "\ufeff")))
	page := rows(t, made.page(t, "bao-cao-tong-ket.html"), "progress_annex_department")
	word := wordRows(t, filepath.Join(made.folder, "bao-cao-tong-ket.docx"))
	book := bookRows(t, filepath.Join(made.folder, "bao-cao-tong-ket.xlsx"), "Kết quả thực hiện của các sở")
	paper := made.lines(t, "bao-cao-tong-ket.pdf")
	if len(raw) != 20 || len(page) < len(raw) {
		t.Fatalf("%d rows in the CSV, %d on the page", len(raw), len(page))
	}
	for i, row := range raw {
		var shown []string // as the page writes them, after the running number
		for _, cell := range page[i][1 : 1+len(columns)] {
			shown = append(shown, strings.TrimSpace(cell))
		}
		for j, name := range columns {
			if got := figureOf(t, shown[j], name); j > 0 && got != rounded(t, row[name], name) {
				t.Errorf("%s, %s: the page says %s, the CSV %s", row["unit"], name, shown[j], row[name])
			}
			if got := book[i][j]; j == 0 && got != shown[0] || j > 0 && rounded(t, got, name) != rounded(t, row[name], name) {
				t.Errorf("%s, %s: the workbook says %s, the CSV %s", row["unit"], name, got, row[name])
			}
		}
		if !slices.ContainsFunc(word, func(cells []string) bool {
			return len(cells) > len(columns) && slices.Equal(cells[1:1+len(columns)], shown)
		}) {
			t.Errorf("%s: the document for Word has no row %q", row["unit"], shown)
		}
		if figures := strings.Join(shown[1:], " "); !strings.Contains(paper, figures) {
			t.Errorf("%s: the paper has no %q", row["unit"], figures)
		}
	}
}

// lines returns the text of a PDF as it stands on its lines, the spaces made
// single.
func (e *edited) lines(t *testing.T, name string) string {
	t.Helper()
	e.paper(t, name) // or the test is skipped
	text, err := exec.Command("pdftotext", "-layout", "-enc", "UTF-8", filepath.Join(e.folder, name), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(text)), " ")
}

// figureOf reads a figure as people write it: 1.234,5 or 85,2%.
func figureOf(t *testing.T, text, column string) string {
	t.Helper()
	if column == "unit_name" {
		return text
	}
	text = strings.NewReplacer(".", "", ",", ".", "\u00a0", "").Replace(text)
	v, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
	if err != nil {
		t.Fatalf("%q is no figure", text)
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}

// rounded is a bare figure as precise as the page tells it.
func rounded(t *testing.T, text, column string) string {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	if strings.HasSuffix(column, "_share") {
		v *= 100
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}

func wordRows(t *testing.T, file string) (out [][]string) {
	t.Helper()
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	run := regexp.MustCompile(`<w:t [^>]*>([^<]*)</w:t>`)
	for _, row := range strings.Split(string(text), "<w:tr>") {
		var cells []string
		for _, cell := range strings.Split(row, "<w:tc>")[1:] {
			text := ""
			for _, m := range run.FindAllStringSubmatch(cell, -1) {
				text += m[1]
			}
			cells = append(cells, read(text))
		}
		out = append(out, cells)
	}
	return out
}

// bookRows are the rows below the titles of the sheet whose name begins so,
// unformatted.
func bookRows(t *testing.T, file, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, name := range f.GetSheetList() {
		if strings.HasPrefix(name, sheet) {
			all, err := f.GetRows(name, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			return all[4:]
		}
	}
	t.Fatalf("no sheet %s in %q", sheet, f.GetSheetList())
	return nil
}
