package register

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// provinces is the register of the provinces before 2025 with what an officer would
// write beside their names.
func provinces(t testing.TB) *Register {
	t.Helper()
	also := map[string][]string{
		"Tỉnh Bắc Kạn": {"Bắc Cạn"}, "Tỉnh Đắk Lắk": {"Đắc Lắc"}, "Tỉnh Đắk Nông": {"Đắc Nông"},
		"Thành phố Huế": {"Thừa Thiên - Huế", "Tỉnh Thừa Thiên Huế"}, "Thành phố Hồ Chí Minh": {"TPHCM"},
	}
	names := []Name{{Key: "Tỉnh Hà Tây", Text: "Tỉnh Hà Tây", To: "2008-07-31"}}
	for _, row := range rows(t, "units/succession_2025.csv") {
		if row["level"] != "province" {
			continue
		}
		for _, text := range append(also[row["old_name"]], row["old_name"]) {
			names = append(names, Name{Key: row["old_name"], Text: text, Title: row["old_name"], To: "2025-06-30"})
		}
	}
	return New(names)
}

func TestProvinceVariants(t *testing.T) {
	r := provinces(t)
	letters := func(name string) string {
		return strings.Map(func(letter rune) rune {
			if letter < 'a' || letter > 'z' {
				return -1
			}
			return letter
		}, Plain(Fold(name)))
	}
	all, found := 0, 0
	for _, row := range rows(t, "torture/vn_mof_budget/names/province_name_variants.csv") {
		all++
		got := r.Find(row["original"], "2005-01-01")
		if got.Key == "" {
			t.Logf("refused: %q (%s): %+v", row["original"], row["fixed"], got)
			continue
		}
		found++
		name := strings.TrimPrefix(strings.TrimPrefix(got.Key, "Tỉnh "), "Thành phố ")
		if want := strings.TrimSuffix(row["fixed"], " City"); letters(name) != letters(want) {
			t.Errorf("%q is taken for %s, not %s", row["original"], got.Key, row["fixed"])
		}
	}
	t.Logf("%d of %d resolved", found, all)
	if found*100 < all*95 {
		t.Errorf("%d of %d resolved, want 95 %%", found, all)
	}
}

func TestProvinceSpellings(t *testing.T) {
	r := provinces(t)
	for text, key := range map[string]string{
		"TP.HCM": "Thành phố Hồ Chí Minh", "TP HCM": "Thành phố Hồ Chí Minh", "TPHCM": "Thành phố Hồ Chí Minh", "Tp. Hồ Chí Minh": "Thành phố Hồ Chí Minh",
		"Tỉnh Cần Thơ": "Thành phố Cần Thơ", "Hà Nội": "Thành phố Hà Nội", "TP Hà Nội": "Thành phố Hà Nội", "Thừa Thiên – Huế": "Thành phố Huế",
		"\ufffd<U+1ED2>NG NAI": "Tỉnh Đồng Nai", "H\ufffd N\ufffdi": "Thành phố Hà Nội", "\ufffd\ufffd\ufffd\ufffd": "", "\ufffd": "", "H\ufffd \ufffd\ufffd\ufffd\ufffd": "", "H NAM": "",
		"Bắc Nình": "", "Hải Phóng": "", "HN": "",
	} {
		want(t, r, text, "2005-01-01", key)
	}
	if got := r.Find("Qu\ufffdng N\ufffd\ufffd\ufffd", "2005-01-01"); got.Key != "" || len(got.Many) < 2 {
		t.Errorf("Quảng Ninh and Quảng Ngãi both fit, yet %+v", got)
	}
}

func BenchmarkNew(b *testing.B) {
	names := append(units(b, "units/units_2025.csv", "", ""), units(b, "units/units_2026.csv", "", "")...)
	b.ReportMetric(float64(len(names)), "names")
	for b.Loop() {
		New(names)
	}
}

func BenchmarkFind(b *testing.B) {
	r := New(append(units(b, "units/units_2025.csv", "2025-07-01", "2026-04-29"), units(b, "units/units_2026.csv", "2026-04-30", "")...))
	for name, text := range map[string]string{
		"name": "Phường Trấn Biên", "code": "26041", "abbreviation": "P.Trấn Biên", "bare": "TRẤN BIÊN", "plain": "phuong tran bien",
		"unknown": "Xã Không Hề Có Tên Này", "lost": "Phư\ufffdng Trấn Bi\ufffdn", "sentence": strings.Repeat("báo cáo kết quả ", 30),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				r.Find(text, "2025-08-01")
			}
		})
	}
}

func FuzzFind(f *testing.F) {
	r := New([]Name{
		{Key: "SGDDT", Text: "Sở Giáo dục và Đào tạo", Parent: "UBND tỉnh Đồng Nai"}, {Key: "SGDDT", Text: "SGDDT", Code: true},
		{Key: "731", Text: "Thành phố Biên Hòa", Parent: "Tỉnh Đồng Nai", To: "2025-06-30"}, {Key: "26068", Text: "Phường Biên Hòa", From: "2025-07-01"},
		{Key: "26209", Text: "Xã Thanh Sơn", Parent: "Huyện Định Quán"}, {Key: "26143", Text: "Xã Thanh Sơn", Parent: "Huyện Tân Phú"},
		{Key: "75", Text: "Tỉnh Đồng Nai"}, {Key: "25225", Text: "Xã Đăk Ơ"}, {Key: "TTT", Text: "Thanh tra tỉnh"},
	})
	for _, text := range []string{"1. Sở GD&ĐT (1)", "UBND TP.Biên Hoà", "xã Thanh Sơn - Định Quán", "\ufffd<U+1ED2>NG NAI", "x. đak ơ", "T.T.T", "2.1. a) -", "(((", "tp", "<U+>"} {
		f.Add(text, "2025-08-01")
		f.Add(text, "")
	}
	f.Fuzz(func(t *testing.T, text, day string) {
		got := r.Find(text, day)
		r.In(text, day)
		if r.Has(text) && r.Find(text, "").Key == "" && len(r.Find(text, "").Many) == 0 {
			t.Errorf("Has(%q), yet nothing is found", text)
		}
		if got.Key != "" && (len(got.Many) > 0 || len(got.Ended) > 0) || len(got.Many) == 1 {
			t.Errorf("Find(%q) = %+v", text, got)
		}
		if folded := Fold(text); Fold(folded) != folded {
			t.Errorf("Fold(%q) = %q, folded again %q", text, folded, Fold(folded))
		}
		if got.Key == "" || !utf8.ValidString(text) || len(text) > 300 {
			return
		}
		for _, same := range []string{norm.NFD.String(text), norm.NFC.String(text), " " + text + "\u00a0"} {
			if other := r.Find(same, day); other.Key != got.Key {
				t.Errorf("Find(%q) = %q, Find(%q) = %+v", text, got.Key, same, other)
			}
		}
		// What folds alike is alike, unless signs carried a meaning that folding loses.
		if other := r.Find(Fold(text), day); other.Key != "" && other.Key != got.Key {
			t.Errorf("Find(%q) = %q, folded %+v", text, got.Key, other)
		}
	})
}
