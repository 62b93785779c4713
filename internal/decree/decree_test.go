package decree

import (
	"os"
	"strings"
	"testing"

	"tongket/internal/report"
)

func vietnamese(t *testing.T) *report.Locale {
	t.Helper()
	text, err := os.ReadFile("../../templates/lang/vi.json")
	if err != nil {
		t.Fatal(err)
	}
	l, err := report.NewLocale(text)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestDates(t *testing.T) {
	l := vietnamese(t)
	for iso, want := range map[string]string{
		"2022-10-28": "Đồng Nai, ngày 28 tháng 10 năm 2022",
		"2022-06-29": "Đồng Nai, ngày 29 tháng 6 năm 2022",
		"2022-01-05": "Đồng Nai, ngày 05 tháng 01 năm 2022",
		"2022-02-10": "Đồng Nai, ngày 10 tháng 02 năm 2022",
		"2022-10":    "Đồng Nai, ngày " + Blank + " tháng 10 năm 2022",
		"":           "Đồng Nai, ngày " + Blank + " tháng " + Blank + " năm " + Blank,
		"hôm nay":    "Đồng Nai, ngày " + Blank + " tháng " + Blank + " năm " + Blank,
	} {
		if got := PlaceDate(l, &report.Paper{Place: "Đồng Nai", Date: iso}); got != want {
			t.Errorf("%q: %q, want %q", iso, got, want)
		}
	}
}

func TestAnnexNamesItsPaperOnceIssued(t *testing.T) {
	l, p := vietnamese(t), &report.Paper{Kind: "BÁO CÁO", Code: "BC-SNV"}
	if got, want := Enclosed(l, p), "(Kèm theo Báo cáo số "+Blank+"/BC-SNV ngày "+Blank+" tháng "+Blank+" năm "+Blank+")"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	p.Number, p.Date = "123", "2022-11-05"
	if got, want := Enclosed(l, p), "(Kèm theo Báo cáo số 123/BC-SNV ngày 05 tháng 11 năm 2022)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	p.Number = "7"
	if got := Number(l, p); got != "Số: 07/BC-SNV" {
		t.Error(got)
	}
}

// A group ends with its sums where there is more than one group; remarks that
// are rare stay blank in the rows, whatever the sums hold.
func TestSubtotals(t *testing.T) {
	l := vietnamese(t)
	block := &report.TableBlock{Group: "g", Numbered: true, Table: report.Table{Columns: []report.Column{
		{Name: "g", Title: "Khối", Format: report.Text}, {Name: "u", Title: "Đơn vị", Format: report.Text}, {Name: "m", Title: "Mét", Format: report.Number, Decimals: 1, Total: true}, {Name: "n", Title: "Ghi chú", Format: report.Text},
	}, Rows: [][]any{{"I. Sở", "A", 1.5, nil}, {"I. Sở", "B", 2.0, "chậm"}, {"II. Huyện", "C", nil, nil}, {"II. Huyện", "D", 4.0, nil}}}}
	told := func() string {
		var out []string
		for _, r := range Table(l, &report.Document{Paper: &report.Paper{}}, block).Rows {
			out = append(out, strings.Trim(r.Text+" "+strings.Join(r.Cells, " "), " "))
		}
		return strings.Join(out, "|")
	}
	if got, want := told(), "I. Sở|1 A 1,5|2 B 2,0 chậm|Cộng: Sở   3,5|II. Huyện|3 C –|4 D 4,0|Cộng: Huyện   4,0|Tổng cộng   7,5"; got != want {
		t.Errorf("\n%s, want\n%s", got, want)
	}
	block.Table.Rows = block.Table.Rows[:2]
	if got, want := told(), "I. Sở|1 A 1,5 –|2 B 2,0 chậm|Tổng cộng   3,5"; strings.ReplaceAll(got, " –", "") != strings.ReplaceAll(want, " –", "") {
		t.Errorf("one group: %s", got)
	}
	block.Group, block.Table.Columns[2].Total = "", false
	if got := told(); strings.Contains(got, "ộng") {
		t.Errorf("no sums: %s", got)
	}
}
