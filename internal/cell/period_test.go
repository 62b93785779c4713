package cell

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
)

func TestPeriods(t *testing.T) {
	for want, texts := range map[string][]string{
		"2025": {"2025", "Năm 2025", "cả năm 2025", "12 tháng năm 2025", "năm  2025.", "đến hết năm 2025", "2025-12M", "báo cáo năm 2025", "mười hai tháng năm 2025"},
		"2025-Q3": {"Quý III/2025", "quý 3 năm 2025", "QUÝ III NĂM 2025", "quy 3/2025", "Q3/2025", "Q3-2025", "Q3 2025", "2025-Q3", "2025Q3", "2025 quý 3", "năm 2025 - quý III", "QIII/2025", "Quý ba năm 2025", "Quý 03/2025", "quý III, năm 2025",
			"đến hết quý III/2025", "tính đến hết quý 3 năm 2025", "Kỳ báo cáo: Quý III/2025", "lũy kế đến quý III/2025", "quy3_2025", "Q.III-2025", "Q 3/2025", "Qui 3/2025", "Qúy III/2025", "Quý: III, Năm: 2025", "III/2025"},
		"2025-Q1": {"3 tháng đầu năm 2025", "3 tháng năm 2025", "2025-3M", "Quý I/2025"},
		"2025-Q4": {"Quý IV/2025", "quý tư năm 2025", "3 tháng cuối năm 2025"},
		"2025-H1": {"6 tháng đầu năm 2025", "6 tháng năm 2025", "06 tháng đầu năm 2025", "nửa đầu năm 2025", "nửa năm đầu 2025", "H1/2025", "6T đầu năm 2025", "2025-H1", "sáu tháng đầu năm 2025", "6 THANG DAU NAM 2025", "lũy kế 6 tháng đầu năm 2025", "6 tháng đầu của năm 2025"},
		"2025-H2": {"6 tháng cuối năm 2025", "nửa cuối năm 2025", "2025-H2"},
		"2025-09": {"Tháng 9/2025", "tháng 09 năm 2025", "T9-2025", "T9/2025", "T09.2025", "9/2025", "09/2025", "9-2025", "09-2025", "2025-09", "2025-9", "2025/09", "đến tháng 9/2025", "T 9/2025", "Th.9/2025", "Tháng: 9/2025", "tháng 9 2025"},
		"2025-9M": {"9 tháng năm 2025", "9 tháng đầu năm 2025", "2025-9M", "chín tháng năm 2025", "9 tháng 2025", "9T/2025", "9T2025", "tháng 1 đến hết tháng 9 năm 2025", "T1-T9/2025"},
		"2025-8M": {"8 tháng đầu năm 2025", "2025-8M"},
		"": {"Quý III", "quý 5/2025", "Quý 0/2025", "tháng 13/2025", "T13/2025", "10 tháng năm 2025", "30/9/2025", "ngày 30 tháng 9 năm 2025", "45930", "25", "12025", "1899", "2101", "2025-13", "2025-00", "2025-2026", "2025 - 2030", "-2025", "2025%", "2025 hồ sơ", "2.025", "2025,5", "2025.5", "Q3/25", "T9/25",
			"Quý II, III/2025", "quý I và quý II năm 2025", "quý III/2025 và năm 2026", "tháng 9 và 9 tháng năm 2025", "2085/QĐ-UBND", "Sở Nội vụ 2025", "6 tháng cuối 2025 2026", "tháng 7 đến tháng 9 năm 2025", "9 tháng cuối năm 2025", strings.Repeat("quý III/2025 ", 30)},
	} {
		for _, text := range texts {
			for _, text := range []string{text, norm.NFD.String(text), strings.ToUpper(text)} {
				period, k := ParsePeriod(text)
				if period != want || (k == Value) != (want != "") {
					t.Errorf("%.40q: %q %d, want %q", text, period, k, want)
				}
			}
		}
	}
	if _, k := ParsePeriod("#N/A"); k != Error {
		t.Errorf("an error of a spreadsheet: %d", k)
	}
}

func TestFoundPeriods(t *testing.T) {
	for text, want := range map[string]string{
		"KẾT QUẢ CHỈNH LÝ TÀI LIỆU – QUÝ III/2025 (số liệu tính đến ngày 30/9/2025)":           "2025-Q3",
		"Báo cáo số liệu tính đến hết quý 3 năm 2025":                                          "2025-Q3",
		"BÁO CÁO\nQuý III năm 2025\n(Kèm theo Báo cáo số 123/BC-SNV ngày 30 tháng 9 năm 2025)": "2025-Q3",
		"bao-cao_quy3_2025":               "2025-Q3",
		"bao-cao_quy3_2025.xlsx":          "2025-Q3",
		"2021-Q4_dinh-chinh":              "2021-Q4",
		"2021-Q4_dinh-chinh.csv":          "2021-Q4",
		"BC T9-2025":                      "2025-09",
		"6 thang dau nam 2025":            "2025-H1",
		"BC_6_thang_dau_nam_2025.xlsx":    "2025-H1",
		"BÁO CÁO CÔNG TÁC THÁNG 9/2025":   "2025-09",
		"bao_cao_2025_09.csv":             "2025-09",
		"bao_cao_09_2025.csv":             "2025-09",
		"quy3_2025_01.xlsx":               "2025-Q3",
		"TIẾN ĐỘ 9 THÁNG NĂM 2025":        "2025-9M",
		"Kết quả năm 2025":                "2025",
		"2025 (1).xlsx":                   "2025",
		"bao-cao-2025-v2.xlsx":            "2025",
		"Kế hoạch năm 2026, quý III/2025": "2025-Q3",
		"Quý III/2025 - năm 2025":         "2025-Q3",
		"Quý III/2025 ... quý III":        "2025-Q3",
		"Thực hiện Quyết định số 2085/QĐ-UBND, báo cáo quý I/2021": "2021-Q1",
		"Theo Thông tư 05/2025/TT-BNV, năm 2026":                   "2026",
		"Nghị định 30/2020/NĐ-CP":                                  "",
		"2085/QĐ-UBND":                                             "",
		"Công văn số 2025 ngày 12/3/2024":                          "",
		"Công văn 2025-CV/TU":                                      "",
		"ngày 30/10/2025":                                          "",
		"20/10/2025":                                               "",
		"/10/2025":                                                 "",
		"ngày …/10/2025":                                           "",
		"progress/2025-Q3.csv":                                     "2025-Q3",
		"progress/2025/quy3_2025.csv":                              "2025-Q3",
		"Đồng Nai, ngày … tháng 9 năm 2025":                        "",
		"Đồng Nai, ngày 30 tháng 9 năm 2025":                       "",
		"Quý II/2025 và quý III/2025":                              "",
		"Quý II, III năm 2025":                                     "",
		"Báo cáo quý III, kế hoạch năm 2025":                       "",
		"BÁO CÁO THÁNG 9 VÀ 9 THÁNG NĂM 2025":                      "",
		"6 tháng đầu năm, kế hoạch 6 tháng cuối năm 2025":          "",
		"Quý III/25, so với năm 2024":                              "",
		"giai đoạn 2021-2025":                                      "",
		"giai đoạn 2017 - 2021":                                    "",
		"Tài liệu 1954 - 1975, quý III/2025":                       "2025-Q3",
		"tài liệu trước năm 1975":                                  "",
		"Chỉnh lý 2000 mét tài liệu":                               "",
		"Chỉnh lý 2000 mét tài liệu năm 2025":                      "2025",
		"2.025 hồ sơ":                                              "",
		"TCVN 102:2016":                                            "",
		"tuần 39 năm 2025":                                         "",
		"Phụ lục 02-2025":                                          "",
		"Biểu 01/2025, năm 2025":                                   "2025",
		"Mẫu số 01 - quý III/2025":                                 "2025-Q3",
		"Phụ lục III/2025":                                         "",
		"Báo cáo Q.III, năm 2025":                                  "2025-Q3",
		"baocao-2025-2":                                            "",
		"20250930":                                                 "",
		"H19.22.2025":                                              "",
		"sau tháng 9/2025":                                         "2025-09",
		"Sở Nội vụ":                                                "",
		"":                                                         "",
		strings.Repeat("Quý III/2025 ", 500):                       "2025-Q3",
	} {
		for _, text := range []string{text, norm.NFD.String(text)} {
			if got := FindPeriod(text); got != want {
				t.Errorf("%.60q: %q, want %q", text, got, want)
			}
		}
	}
}

func TestPeriodEnd(t *testing.T) {
	for period, want := range map[string]string{
		"2025": "2025-12-31", "2025-Q1": "2025-03-31", "2025-Q3": "2025-09-30", "2025-Q4": "2025-12-31", "2025-H1": "2025-06-30", "2025-H2": "2025-12-31",
		"2025-09": "2025-09-30", "2024-02": "2024-02-29", "2025-12": "2025-12-31", "2025-9M": "2025-09-30", "2025-2M": "2025-02-28",
		"": "", "2025-": "", "2025-Q5": "", "2025-H3": "", "2025-13": "", "2025-00": "", "2025-0M": "", "2025-MM": "", "25": "", "Quý I": "", "2025-Q10": "", "2025-1x": "",
	} {
		if got := PeriodEnd(period); got != want {
			t.Errorf("%q: %q, want %q", period, got, want)
		}
	}
}

func FuzzPeriod(f *testing.F) {
	for _, text := range []string{"Quý III/2025", "2025-9M", "6 tháng đầu năm 2025", "T1-T9/2025", "2021-Q4_dinh-chinh", "ngày … tháng 9 năm 2025", "05/2025/TT-BNV", "ca nam", "2025%", "\xff2025"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parsed, k := ParsePeriod(text)
		if (k == Value) != (parsed != "") {
			t.Fatalf("%q: %q of kind %d", text, parsed, k)
		}
		for _, period := range []string{parsed, FindPeriod(text)} {
			if period == "" {
				continue
			}
			if again, _ := ParsePeriod(period); again != period {
				t.Fatalf("%q: %q is read as %q", text, period, again)
			}
			if again := FindPeriod(period); again != period && period >= "1990" && period < "2080" {
				t.Fatalf("%q: %q is found as %q", text, period, again)
			}
			if _, err := time.Parse(time.DateOnly, PeriodEnd(period)); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
		}
	})
}
