package intake

import (
	"encoding/csv"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tongket/internal/register"
)

const budgetContract = `name: x
resources:
  - name: budget
    path: "*.csv"
    schema:
      primaryKey: province
      missingValues: ["", "-"]
      foreignKeys: [{fields: province, reference: {resource: provinces, fields: name}}]
      fields:
        - {name: region, title: Vùng, block: true}
        - {name: province, title: "Tỉnh, thành phố", aliases: ["Tên tỉnh, thành phố"]}
        - name: revenue
          title: Tổng thu ngân sách nhà nước trên địa bàn
          type: number
          unit: đồng
          constraints: {required: true}
          aliases: [Tổng thu NSNN trên địa bàn, "Tổng thu NSNN trên địa bàn tỉnh, thành phố", "Tổng thu NSNN trên địa bàn từng tỉnh, thành phố", Thu NSNN trên địa bàn,
            "Tổng thu NSNN trên địa bàn các tỉnh, TP trực thuộc trung ương"]
        - name: expenditure
          title: Tổng chi cân đối ngân sách địa phương
          type: number
          unit: đồng
          aliases: [Tổng chi cân đối NSĐP, "Tổng số chi ngân sách tỉnh, thành phố trực thuộc trung ương"]
  - name: provinces
    path: provinces.csv
    schema: {primaryKey: name, fields: [{name: name}]}
`

// provinces is the register of the provinces before 2025.
func provinces(t testing.TB) *register.Register {
	t.Helper()
	file, err := os.Open(filepath.Join(cases(t, "../units"), "succession_2025.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	also := map[string][]string{
		"Tỉnh Bắc Kạn": {"Bắc Cạn"}, "Tỉnh Đắk Lắk": {"Đắc Lắc"}, "Tỉnh Đắk Nông": {"Đắc Nông"},
		"Thành phố Huế": {"Thừa Thiên - Huế", "Tỉnh Thừa Thiên Huế"}, "Thành phố Hồ Chí Minh": {"TPHCM"},
	}
	names := []register.Name{{Key: "Tỉnh Hà Tây", Text: "Tỉnh Hà Tây", To: "2008-07-31"}}
	for _, row := range rows {
		if name := row[1]; row[5] == "province" {
			for _, text := range append(also[name], name) {
				names = append(names, register.Name{Key: name, Text: text, Title: name, To: "2025-06-30"})
			}
		}
	}
	return register.New(names)
}

// year is what one of the ministry's tables holds, counted and added up by
// hand.
type year struct {
	header    string // lines of the header
	first     int64  // line below the header and the column numbers: that of the printed total
	moved     int64  // lines further down in the text file: line ends stand inside its header's cells
	day       string // on which its provinces are meant
	provinces int
	regions   int
	kinds     string
	faults    []string
}

// The printed total of 2017 counts what the customs bring in beside the
// provinces (1.313.580 against 1.192.306 tỷ). In 2003 one heading, "Thành
// phố", with the figures of the cities stands above all 61 provinces, and
// below them, without a name, the count of them: 61.
var years = map[string]year{
	"Plan_2003": {"9-14", 16, 0, "2003-06-30", 61, 1, "heading 1, title 4, total 1", []string{
		"Tổng thu ngân sách nhà nước trên địa bàn: total: dòng “Thành phố”: cộng các dòng được 127.400.000.000.000, chênh 100.243.300.000.000",
		"Tổng chi cân đối ngân sách địa phương: total: dòng “Thành phố”: cộng các dòng được 64.729.441.000.000, chênh 56.638.541.000.000"}},
	"Plan_2006":  {"8-10", 14, 16, "2006-06-30", 64, 8, "heading 8, note 8, title 5, total 1", nil},
	"Plan_2008":  {"8-11", 14, 0, "2008-06-30", 64, 6, "heading 6, note 9, title 5, total 1", nil},
	"Plan_2010":  {"6-9", 13, 0, "2010-06-30", 63, 6, "heading 6, title 4, total 1", nil},
	"Plan_2017":  {"7-10", 13, 2, "2017-06-30", 63, 6, "heading 6, note 4, title 4, total 1", []string{"Tổng thu ngân sách nhà nước trên địa bàn: total: dòng “TỔNG SỐ”: cộng các dòng được 1.192.306.000.000.000, chênh 121.274.000.000.000"}},
	"Final_2008": {"8-9", 10, 0, "2008-12-31", 63, 8, "heading 8, note 3, title 5, total 1", nil},
	"Final_2012": {"10-12", 13, 0, "2012-12-31", 63, 6, "heading 6, note 1, title 6, total 1", nil},
}

// unnamed are rows of figures that name no province: they go back to whoever
// sent them.
var unnamed = map[string]string{"Plan_2003": "61"}

func budgetFile(t testing.TB, path string) (*File, error) {
	_, l := setUp(t)
	f, err := Inspect(t.Context(), Order{Path: path, Name: filepath.Base(path), Resource: resource(t, budgetContract), Locale: l, Units: provinces(t)})
	t.Cleanup(f.Release)
	return f, err
}

// TestBudget: the tables that the Ministry of Finance published from 2003 to
// 2017 are read as they are, without a hint.
func TestBudget(t *testing.T) {
	dir := cases(t, "vn_mof_budget")
	books, _ := filepath.Glob(filepath.Join(dir, "xlsx", "*.xlsx"))
	texts, _ := filepath.Glob(filepath.Join(dir, "csv", "*.csv"))
	if len(books) != 7 || len(texts) != 9 {
		t.Fatalf("%d workbooks, %d text files", len(books), len(texts))
	}
	read := map[string][][]string{} // rows by year, of the workbook
	for _, path := range append(books, texts...) {
		name := filepath.Base(path)
		of, _, _ := strings.Cut(name, ".")
		t.Run(name, func(t *testing.T) {
			rows := years[of].check(t, path, unnamed[of])
			if first := read[of]; first != nil {
				alike(t, first, rows)
				return
			}
			read[of] = rows
		})
	}
}

// check reads one file and holds it against what was counted by hand.
func (y year) check(t *testing.T, path, unnamed string) [][]string {
	f, err := budgetFile(t, path)
	if err != nil {
		t.Fatal(err)
	}
	if !f.Workbook {
		y.first += y.moved
	}
	if len(f.Tables) != 1 {
		t.Fatalf("%d tables", len(f.Tables))
	}
	at := f.Tables[0]
	s := at.shape
	grown := s.line + int64(s.height) - 1
	if got := fmt.Sprintf("%d-%d", s.line, grown); got != y.header || at.First != y.first {
		t.Errorf("header on %s, want %s; first line %d, want %d", got, y.header, at.First, y.first)
	}
	for i, field := range at.Fields {
		if field != nil && isFigures(field) && s.columns[i].power != 6 {
			t.Errorf("%s is not read in triệu đồng", field.Name)
		}
	}
	out, faults, found := tidy(t, f)
	kinds := map[string]int{}
	for _, p := range found.Passed {
		kinds[p.Kind]++
		if p.Kind == "total" && p.Line != y.first {
			t.Errorf("the total is said to be on line %d", p.Line)
		}
	}
	var put []string
	for _, k := range slices.Sorted(maps.Keys(kinds)) {
		put = append(put, fmt.Sprint(k, " ", kinds[k]))
	}
	if got := strings.Join(put, ", "); got != y.kinds || found.Torn != 0 {
		t.Errorf("put aside: %s, want %s; %d torn", got, y.kinds, found.Torn)
	}
	var told []string
	for _, x := range records(t, faults) {
		if x[2] != "false" {
			t.Errorf("a fault: %v", x)
		}
		message, _, _ := strings.Cut(x[6], " (làm tròn")
		told = append(told, x[3]+": "+x[5]+": "+message)
	}
	if !slices.Equal(told, y.faults) {
		t.Errorf("told:\n%s\nwant:\n%s", strings.Join(told, "\n"), strings.Join(y.faults, "\n"))
	}
	return y.rows(t, out, unnamed)
}

// rows returns the rows of figures: region, code of the province, revenue and
// expenditure in đồng.
func (y year) rows(t *testing.T, out, unnamed string) [][]string {
	units, seen, regions := provinces(t), map[string]bool{}, map[string]bool{}
	var rows [][]string
	for _, r := range records(t, out) {
		if r[2] == "" && unnamed != "" && r[3] == unnamed+"000000" {
			unnamed = ""
			continue
		}
		key := units.Find(r[2], y.day).Key
		if key == "" || seen[key] {
			t.Errorf("line %s: %q names %q", r[0], r[2], key)
		}
		if r[3] == "" || r[4] == "" || r[5] != "" {
			t.Errorf("line %s: not all is read: %q", r[0], r)
		}
		seen[key], regions[r[1]] = true, true
		rows = append(rows, []string{fold(r[1]), key, r[3], r[4]})
	}
	if len(rows) != y.provinces || len(regions) != y.regions || unnamed != "" {
		t.Errorf("%d provinces in %d regions, want %d in %d", len(rows), len(regions), y.provinces, y.regions)
	}
	return rows
}

// alike reports where two readings of one table differ by more than the
// rounding to a triệu đồng explains.
func alike(t *testing.T, one, two [][]string) {
	for i := range min(len(one), len(two)) {
		a, b := one[i], two[i]
		if a[0] != b[0] || a[1] != b[1] {
			t.Errorf("row %d: %q and %q", i, a, b)
		}
		for c := 2; c < 4; c++ {
			x, _ := strconv.ParseFloat(a[c], 64)
			y, _ := strconv.ParseFloat(b[c], 64)
			if math.Abs(x-y) > 500_001 {
				t.Errorf("%s: %s and %s", a[1], a[c], b[c])
			}
		}
	}
	if len(one) != len(two) {
		t.Errorf("%d rows and %d", len(one), len(two))
	}
}

// records reads CSV that Tidy wrote.
func records(t testing.TB, text string) [][]string {
	t.Helper()
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord = -1
	out, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestBudgetInFourLetters: one table in letters of its time, these read as
// others, Unicode, and a workbook in the old letters.
func TestBudgetInFourLetters(t *testing.T) {
	dir := cases(t, "vn_mof_budget")
	var first string
	for _, name := range []string{"csv/Plan_2003.expected-utf8.csv", "csv/Plan_2003.tcvn3-as-latin1.csv", "csv/Plan_2003.tcvn3-mojibake-utf8.csv", "xlsx/Plan_2003.xlsx"} {
		f, err := budgetFile(t, filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		out, _, _ := tidy(t, f)
		if out = strings.ToLower(out); first == "" {
			first = out
		}
		if out != first {
			t.Errorf("%s is read as\n%s\nnot\n%s", name, out, first)
		}
	}
}

// TestBudgetOldExcel: what cannot be read says what to do.
func TestBudgetOldExcel(t *testing.T) {
	_, err := budgetFile(t, filepath.Join(cases(t, "vn_mof_budget"), "xls", "Plan_2008.xls"))
	if refusal := AsRefusal(err); refusal == nil || !strings.Contains(refusal.Message, "(.xls)") || !strings.Contains(refusal.Message, ".xlsx rồi gửi lại") {
		t.Errorf("%v", err)
	}
}
