package edition_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tongket/internal/edition"
	"tongket/internal/warehouse"
)

// These tests run two programmes that have nothing in common with the sample
// but the program: another language, other tables, other words. Their figures
// are added up here once more, in plain Go, from the file as it was published.

// rounding is what the ministry's annexes may be out by, million đồng.
const rounding = 5

func TestRecordTransferReport(t *testing.T) {
	source := published(t, "uk_tna_record_transfer_report/rtr_autumn_2016.csv")
	made := produce(t, "uk-backlog", "rtr_autumn_2016.csv", source)
	if r := made.receipts[0]; r.Accepted != 66 || r.Rejected != 0 || r.Warned != 0 {
		t.Fatalf("receipt: %d accepted, %d rejected, %d warned; 66 rows should be accepted: %v", r.Accepted, r.Rejected, r.Warned, r.Faults)
	}
	columns := []string{"total_records_held", "records_selected_for_transfer", "records_selected_for_transfer_under_lci", "records_still_to_be_reviewed",
		"records_still_to_be_reviewed_under_lci", "planned_total_for_year_end_transfer", "awaiting_disposal", "awaiting_disposal_under_lci"}
	summed, printed := map[string]float64{}, map[string]float64{} // by category and column
	held, planned, selected := map[string]float64{}, map[string]float64{}, map[string]float64{}
	for _, row := range records(t, source) {
		into := summed
		if row["department"] == "All 21 departments" {
			into = printed
		} else {
			held[row["department"]] += number(t, row["total_records_held"])
			planned[row["department"]] += number(t, row["planned_total_for_year_end_transfer"])
			selected[row["department"]] += number(t, row["records_selected_for_transfer"]) + number(t, row["records_selected_for_transfer_under_lci"])
		}
		for _, c := range columns {
			into[row["category"]+" "+c] += number(t, row[c])
		}
	}
	if len(held) != 21 || len(printed) != 3*len(columns) {
		t.Fatalf("%d departments and %d printed totals in the source, want 21 and %d", len(held), len(printed), 3*len(columns))
	}
	total := 0.0
	for _, category := range []string{"legacy", "current_year", "forecast"} {
		for _, c := range columns {
			if key := category + " " + c; summed[key] != printed[key] {
				t.Errorf("%s: the departments make %v, the report prints %v", key, summed[key], printed[key])
			}
		}
		total += summed[category+" total_records_held"]
	}

	for _, row := range made.table(t, "departments") {
		near(t, row["department"], number(t, row["held"]), held[row["department"]], 0)
		near(t, row["department"]+" planned", number(t, row["planned"]), planned[row["department"]], 0)
	}
	for _, row := range made.table(t, "categories") {
		near(t, row["category"], number(t, row["held"]), summed[row["category"]+" total_records_held"], 0)
		near(t, row["category"]+" planned", number(t, row["planned"]), summed[row["category"]+" planned_total_for_year_end_transfer"], 0)
		near(t, row["category"]+" disposal", number(t, row["disposal_all"]), summed[row["category"]+" awaiting_disposal"]+summed[row["category"]+" awaiting_disposal_under_lci"], 0)
	}
	near(t, "all departments", number(t, made.table(t, "totals")[0]["held"]), total, 0)
	little := 0
	for d := range selected {
		if selected[d] >= 500 && planned[d] < 0.1*selected[d] {
			little++
		}
	}
	made.found(t, map[string]int{"warn few_transfers_planned": little})

	if made.summary.Pages != 6 || made.summary.Papers != 1 {
		t.Errorf("%d pages and %d papers, want 6 and 1", made.summary.Pages, made.summary.Papers)
	}
	vietnamese := regexp.MustCompile(`(?i)[ăâđêôơưàáãèéẽìíĩòóõùúũỳý\x{1EA0}-\x{1EF9}]|\bSTT\b`)
	for name, page := range made.pages(t) {
		if !strings.Contains(page, `<html lang="en"`) {
			t.Errorf("%s is not marked as English", name)
		}
		if found := vietnamese.FindStringIndex(page); found != nil {
			t.Errorf("%s speaks Vietnamese: %q", name, page[max(0, found[0]-40):min(len(page), found[1]+40)])
		}
	}
	if want := grouped(total, ","); !strings.Contains(made.page(t, "index.html"), want) {
		t.Errorf("index.html does not say %s", want)
	}
	if text := made.paper(t, "report.pdf"); !strings.Contains(text, grouped(total, ",")) {
		t.Errorf("report.pdf does not say %s:\n%.800s", grouped(total, ","), text)
	}
}

// A total that does not agree must close the gate, for the very columns.
func TestRecordTransferReportWithOneFigureChanged(t *testing.T) {
	source := published(t, "uk_tna_record_transfer_report/rtr_autumn_2016.csv")
	before, after := []byte(",500,500,0,0,0,500,0,0,"), []byte(",501,501,0,0,0,500,0,0,") // Ordnance Survey, current year
	if bytes.Count(source, before) != 1 {
		t.Fatal("the row to change is not in the source")
	}
	made := produce(t, "uk-backlog", "rtr_autumn_2016.csv", bytes.Replace(source, before, after, 1))
	if made.receipts[0].Rejected != 0 {
		t.Fatalf("rejected: %v", made.receipts[0].Faults)
	}
	made.found(t, map[string]int{"warn few_transfers_planned": 4, "stop printed_total_differs": 2})
}

func TestProvincialBudget(t *testing.T) {
	source := published(t, "vn_mof_provincial_budget/vn_provincial_budget_2006_2016.csv")
	made := produce(t, "vn-budget", "vn_provincial_budget_2006_2016.csv", source)
	if r := made.receipts[0]; r.Accepted != 1484 || r.Rejected != 0 || r.Warned != 4 {
		t.Fatalf("receipt: %d accepted, %d rejected, %d warned; want 1484, 0 and 4: %v", r.Accepted, r.Rejected, r.Warned, r.Faults)
	}
	type sums struct{ provinces, revenue, expenditure float64 }
	summed, printed, ours := map[string]sums{}, map[string]sums{}, map[string]sums{}
	for _, row := range records(t, source) {
		key := row["kind"] + " " + row["year"]
		value := sums{1, number(t, row["v1_total_revenue"]), number(t, row["v3_total_expenditure"])}
		switch row["row_type"] {
		case "total":
			printed[key] = value
		case "province":
			s := summed[key]
			summed[key] = sums{s.provinces + 1, s.revenue + value.revenue, s.expenditure + value.expenditure}
			if strings.EqualFold(strings.Trim(row["name_raw"], " \u00a0\n"), "đồng nai") {
				ours[key] = value
			}
		}
	}
	if len(summed) != 21 || len(printed) != 20 || len(ours) != 21 {
		t.Fatalf("the source has %d annexes, %d totals, %d rows of Đồng Nai; want 21, 20, 21", len(summed), len(printed), len(ours))
	}

	var differing []string
	rows := made.table(t, "reconciliation")
	for _, row := range rows {
		key := row["kind"] + " " + row["year"]
		want := summed[key]
		near(t, key+" provinces", number(t, row["provinces"]), want.provinces, 0)
		near(t, key+" revenue", number(t, row["revenue_summed"]), want.revenue, 0.01)
		near(t, key+" expenditure", number(t, row["expenditure_summed"]), want.expenditure, 0.01)
		expected := 63.0
		if key == "plan 2008" || row["year"] < "2008" {
			expected = 64
		}
		near(t, key+" provinces of the time", want.provinces, expected, 0)
		total, ok := printed[key]
		outcome := "Khớp"
		switch {
		case !ok:
			outcome = "Không có dòng tổng số"
		case math.Abs(total.revenue-want.revenue) > rounding || math.Abs(total.expenditure-want.expenditure) > rounding:
			outcome = "Lệch"
			differing = append(differing, key)
			near(t, key+" excess", number(t, row["revenue_excess"]), total.revenue-want.revenue, 0.01)
		}
		if row["outcome"] != outcome {
			t.Errorf("%s: %q, want %q", key, row["outcome"], outcome)
		}
	}
	if len(rows) != 21 || !slices.Equal(differing, []string{"plan 2015", "plan 2016", "plan 2017"}) {
		t.Errorf("%d annexes, differing: %v; want 21 and the plans of 2015 to 2017", len(rows), differing)
	}
	made.found(t, map[string]int{"warn plan_total_differs": 3, "warn total_row_missing": 1})
	page := made.page(t, "doi-chieu.html")
	for _, year := range []string{"2015", "2016", "2017"} {
		if !strings.Contains(page, "Dự toán năm "+year+": tổng số thu in lớn hơn") {
			t.Errorf("doi-chieu.html does not report the plan of %s", year)
		}
	}
	if n := strings.Count(page, "tổng số thu in lớn hơn"); n != 3 {
		t.Errorf("doi-chieu.html reports %d totals, want 3", n)
	}

	names := map[string]int{}
	for _, row := range made.table(t, "province_years") {
		names[row["province"]]++
		if row["province"] == "Đồng Nai" {
			near(t, "Đồng Nai "+row["year"], number(t, row["plan_expenditure"]), ours["plan "+row["year"]].expenditure, 0.01)
			near(t, "Đồng Nai "+row["year"], number(t, row["final_expenditure"]), ours["final "+row["year"]].expenditure, 0.01)
		}
	}
	if len(names) != 64 || names["Hà Tây"] != 3 || names["Đồng Nai"] != 12 || names["TP. Hồ Chí Minh"] != 12 {
		t.Errorf("%d provinces, years: %v", len(names), names)
	}
	pages := made.pages(t)
	own := 0
	for name, page := range pages {
		if strings.HasPrefix(name, "tinh/") {
			own++
		}
		if !strings.Contains(page, `<html lang="vi"`) {
			t.Errorf("%s is not marked as Vietnamese", name)
		}
	}
	if own != 64 || len(pages) != 68 {
		t.Errorf("%d pages, %d of provinces; want 68 and 64", len(pages), own)
	}
	if page := pages["tinh/dong-nai.html"]; !strings.Contains(page, "Tỉnh Đồng Nai") || !strings.Contains(page, grouped(ours["plan 2017"].expenditure, ".")) {
		t.Error("tinh/dong-nai.html lacks its name or the plan of 2017")
	}
	total := grouped(summed["plan 2017"].revenue, ".")
	if text := made.paper(t, "bao-cao.pdf"); !strings.Contains(text, total) {
		t.Errorf("bao-cao.pdf does not say %s:\n%.800s", total, text)
	}
}

// edited is an edition made by a test, and how it came about.
type edited struct {
	folder   string
	receipts []*warehouse.Receipt
	summary  *edition.Summary
}

// published reads a file of the collection of published data that may lie
// beside the repository. It is not kept in it.
func published(t *testing.T, name string) []byte {
	t.Helper()
	root, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if root == filepath.Dir(root) {
			t.Fatal("no go.mod above this package")
		}
		root = filepath.Dir(root)
	}
	path := filepath.Join(filepath.Dir(root), "shared", "cases", "real", filepath.FromSlash(name))
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the published data is not there: ../shared/cases/real/%s beside the repository", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// produce makes an edition of a programme of testdata with this file in its
// data folder: loaded and built as the command line does it.
func produce(t *testing.T, programme, file string, data []byte) *edited {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", programme))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "data", file), data, 0o644); err != nil {
		t.Fatal(err)
	}
	made := &edited{folder: filepath.Join(dir, "dist"), receipts: loaded(t, dir)}
	if len(made.receipts) != 1 {
		t.Fatalf("%d files were loaded, want 1", len(made.receipts))
	}
	var err error
	if made.summary, err = edition.Build(t.Context(), orderOf(dir)); err != nil {
		t.Fatal(err)
	}
	made.accounted(t)
	return made
}

// accounted holds the manifest against the folder: the rows that were loaded,
// and every file with its size and hash.
func (e *edited) accounted(t *testing.T) {
	t.Helper()
	var m struct {
		Inputs []struct {
			Accepted int64 `json:"rows_accepted"`
			Rejected int64 `json:"rows_rejected"`
		}
		Outputs []struct {
			Path, SHA256 string
			Bytes        int
		}
	}
	if err := json.Unmarshal([]byte(e.page(t, "manifest.json")), &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Inputs) != 1 || m.Inputs[0].Accepted != e.receipts[0].Accepted || m.Inputs[0].Rejected != e.receipts[0].Rejected {
		t.Errorf("manifest.json accounts for %+v", m.Inputs)
	}
	for _, o := range m.Outputs {
		data := e.page(t, o.Path)
		if hash := sha256.Sum256([]byte(data)); len(data) != o.Bytes || hex.EncodeToString(hash[:]) != o.SHA256 {
			t.Errorf("%s is not the file of the manifest", o.Path)
		}
		if strings.Contains(data, "⟦") {
			t.Errorf("%s holds a phrase that the catalog lacks", o.Path)
		}
	}
}

// found holds the findings against the expected: "severity name" and rows.
func (e *edited) found(t *testing.T, want map[string]int) {
	t.Helper()
	got := map[string]int{}
	for _, f := range e.summary.Findings {
		got[f.Severity+" "+f.Name] = f.Rows
	}
	if fmt.Sprint(got) != fmt.Sprint(want) { // maps print in order of their keys
		t.Errorf("findings: %v, want %v", got, want)
	}
}

func (e *edited) page(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(e.folder, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// pages returns every HTML page by its path in the edition.
func (e *edited) pages(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(e.folder), ".", func(name string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".html") {
			out[name] = e.page(t, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// table reads a result that the edition carries for machines.
func (e *edited) table(t *testing.T, query string) []map[string]string {
	t.Helper()
	rows := records(t, []byte(strings.TrimPrefix(e.page(t, "data/"+query+".csv"), "\ufeff")))
	if len(rows) == 0 {
		t.Fatalf("data/%s.csv has no rows", query)
	}
	return rows
}

// paper returns the text of a PDF, its spaces made single.
func (e *edited) paper(t *testing.T, name string) string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("pdftotext is missing: install poppler-utils")
		}
		t.Skip("pdftotext is missing: the papers are not read")
	}
	text, err := exec.Command("pdftotext", "-enc", "UTF-8", filepath.Join(e.folder, name), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(text)), " ")
}

// records reads CSV with a header; rows may be shorter than it.
func records(t *testing.T, data []byte) []map[string]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, cell := range cells {
			row[all[0][i]] = cell
		}
		out = append(out, row)
	}
	return out
}

// number reads a figure; no value counts nothing.
func number(t *testing.T, text string) float64 {
	t.Helper()
	if text == "" {
		return 0
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// grouped writes a number the way people do, whole.
func grouped(v float64, mark string) string {
	digits := strconv.FormatFloat(math.Round(v), 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + mark + digits[i:]
	}
	return digits
}
