package decree

import (
	"os"
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
