package register

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"hoà bình", "Hòa Bình", "HOÀ  BÌNH", "Hòa Bình.", "\u00a0hòa\u00a0bình", "ho\u0061\u0300 bi\u0300nh", "\ufeffHòa-Bình"},
		{"Thuỷ", "Thủy", "THUỶ"},
		{"toàn", "tòan"},
		{"quý", "qúy"},
		{"Đồng Nai", "Ðồng Nai", "đồng nai", "<U+0110><U+1ED2>NG NAI"},
		{"Đăk Ơ", "Đắk Ơ", "Đak Ơ", "Ðắk Ơ"},
		{"Ea H'Leo", "Ea H’leo", "Ea Hleo"},
		{"Bà Rịa - Vũng Tàu", "Bà Rịa – Vũng Tàu", "Bà Rịa Vũng Tàu", "Bà Rịa,Vũng Tàu"},
	} {
		for _, s := range same {
			if got, want := Fold(s), Fold(same[0]); got != want {
				t.Errorf("Fold(%q) = %q, want %q", s, got, want)
			}
			if got := Fold(Fold(s)); got != Fold(s) {
				t.Errorf("Fold of Fold(%q) = %q, want %q", s, got, Fold(s))
			}
		}
	}
	for _, pair := range [][2]string{{"Phú Hội", "Phú Hòa"}, {"Quí", "Quý"}, {"Phú Lý", "Phú Ly"}, {"Đa Kia", "Da Kia"}, {"Lộc Thạnh", "Lộc Thành"}} {
		if Fold(pair[0]) == Fold(pair[1]) {
			t.Errorf("%q and %q fold to one", pair[0], pair[1])
		}
	}
}

// want checks a finding written as one text: a key, or the list that answers.
func want(t *testing.T, r *Register, text, day, key string) {
	t.Helper()
	if got := r.Find(text, day); got.Key != key {
		t.Errorf("Find(%q, %q) = %+v, want %q", text, day, got, key)
	}
}

func TestFilesLoad(t *testing.T) {
	for _, name := range []string{"dongnai_units_before_20241101", "dongnai_units_2024", "dongnai_units_2025", "dongnai_units_2026", "units_2025", "units_2026"} {
		names := units(t, "units/"+name+".csv", "", "")
		r := New(names)
		for _, n := range names {
			if got := r.Find(n.Key, ""); got.Key != n.Key {
				t.Errorf("%s: code %s finds %+v", name, n.Key, got)
			}
			got := r.Find(n.Text, "")
			if got.Key != n.Key && !slices.ContainsFunc(got.Many, func(s string) bool { return strings.Contains(s, "("+n.Key) }) {
				t.Errorf("%s: %s finds %+v, want %s", name, n.Text, got, n.Key)
			}
		}
	}
}

func TestOldCommunes(t *testing.T) {
	r := dongnai(t)
	const day = "2024-12-31"
	byName := map[string][]map[string]string{}
	for _, row := range rows(t, "units/dongnai_succession_2025.csv") {
		if row["level"] == "commune" && !slices.ContainsFunc(byName[row["old_name"]], func(o map[string]string) bool { return o["old_code"] == row["old_code"] }) {
			byName[row["old_name"]] = append(byName[row["old_name"]], row)
		}
	}
	found, several, inDistrict := 0, 0, 0
	for name, same := range byName {
		got := r.Find(name, day)
		if len(same) == 1 {
			found++
			if got.Key != same[0]["old_code"] {
				t.Errorf("%s: %+v, want %s", name, got, same[0]["old_code"])
			}
		} else {
			several++
			if got.Key != "" || len(got.Many) != len(same) || !strings.Contains(got.Many[0], ", ") {
				t.Errorf("%s: %+v, want %d units with their districts", name, got, len(same))
			}
		}
		for _, row := range same {
			inDistrict++
			for _, text := range []string{name + ", " + row["old_district"], name + " - " + bareOf(row["old_district"]), name + " (" + strings.ToLower(row["old_district"]) + ")"} {
				want(t, r, text, day, row["old_code"])
			}
		}
	}
	t.Logf("%d names of one commune, %d of several, %d communes by district", found, several, inDistrict)
	if found < 200 || several < 10 {
		t.Errorf("only %d and %d names were tried", found, several)
	}
}

// Without the kind word more names are shared; the register here has communes only.
func TestOldCommunesBare(t *testing.T) {
	var names []Name
	byName := map[string][]string{}
	for _, row := range rows(t, "units/dongnai_succession_2025.csv") {
		bare := Fold(bareOf(row["old_name"])) // Xuân Hòa, Xuân Hoà
		if row["level"] != "commune" || slices.Contains(byName[bare], row["old_code"]) {
			continue
		}
		byName[bare] = append(byName[bare], row["old_code"])
		names = append(names, Name{Key: row["old_code"], Text: row["old_name"], Title: row["old_name"], Parent: row["old_district"], To: "2025-06-30"})
	}
	r, several := New(names), 0
	for bare, codes := range byName {
		got := r.Find(bare, "2025-01-01")
		switch {
		case len(codes) == 1:
			if got.Key != codes[0] {
				t.Errorf("%s: %+v, want %s", bare, got, codes[0])
			}
		case got.Key != "" || len(got.Many) != len(codes):
			t.Errorf("%s: %+v, want %q", bare, got, codes)
		default:
			several++
		}
	}
	t.Logf("%d names, %d of several communes", len(byName), several)
	if several != 26 {
		t.Errorf("%d names of several communes, want 26", several)
	}
}

func bareOf(name string) string {
	for _, kind := range []string{"Thành phố ", "Thị xã ", "Thị trấn ", "Huyện ", "Phường ", "Xã "} {
		name = strings.TrimPrefix(name, kind)
	}
	return name
}

func TestFrames(t *testing.T) {
	r := dongnai(t)
	for _, x := range []struct{ text, day, key string }{
		{"Huyện Tân Phú", "2024-01-01", "734"},
		{"H.Tân Phú", "2024-01-01", "734"},
		{"Tân Phú", "2025-08-01", "26116"},
		{"Xã Tân Phú", "2025-08-01", "26116"},
		{"Phường Tân Phú", "2026-05-01", "26116"},
		{"Xã Tân Phú", "2026-05-01", "26116"}, // the kind changed, the unit did not
		{"Phường Tân Phú", "2024-01-01", "25195"},
		{"Thị trấn Tân Phú, huyện Tân Phú", "2024-01-01", "26116"},
		{"Thị trấn Tân Phú", "2025-08-01", ""}, // the same code, but a new unit
		{"Phường Bình Phước", "2025-08-01", "25195"},
		{"TP.Biên Hòa", "2024-01-01", "731"},
		{"UBND TP. Biên Hoà", "2024-01-01", "731"},
		{"UBND thành phố Biên Hòa", "2024-01-01", "731"},
		{"Uỷ ban nhân dân thành phố Biên Hòa", "2024-01-01", "731"},
		{"BIÊN HÒA", "2024-01-01", "731"},
		{"T.P. Biên Hòa", "2024-01-01", "731"},
		{"TPBiên Hòa", "2024-01-01", "731"},
		{"BIÊN HÒA", "2025-08-01", "26068"},
		{"Phường Biên Hoà", "2025-08-01", "26068"},
		{"1. TP Biên Hòa (1)", "2024-01-01", "731"},
		{"a) Huyện Định Quán*", "2024-01-01", "736"},
		{"- H. Định Quán (số liệu tạm tính)", "2024-01-01", "736"},
		{"II. UBND HUYỆN LONG THÀNH", "2024-01-01", "740"},
		{"X. Phú Lý", "2024-12-01", "26173"},
		{"Xã Đak Lua", "2024-12-01", "26119"},
		{"Xã Đắc Lua", "2024-12-01", "26119"},
		{"Xã Đăk Lua", "2025-12-01", "26119"},
		{"xa dak lua", "2025-12-01", "26119"},
		{"huyen dinh quan", "2024-01-01", "736"},
		{"TP Bien Hoa", "2024-01-01", "731"},
		{"Đồng Nai", "2026-05-01", "75"},
		{"Tỉnh Đồng Nai", "2026-05-01", "75"},
		{"TP. Đồng Nai", "2025-05-01", "75"},
		{"xã Thanh Sơn, huyện Định Quán, tỉnh Đồng Nai", "2024-12-01", "26209"},
		{"Xã Thanh Sơn (26209, huyện Định Quán)", "2024-12-01", "26209"},
		{"26209", "2024-12-01", "26209"},
		{" 26209 ", "", "26209"},
		{"026209", "", ""},
		{"Phú Hội", "2025-08-01", ""},
		{"Xã Thanh Sơn (huyện Tân Phú)", "2025-08-01", ""},
		{"Huyện Biên Hòa", "2024-01-01", ""},
		{"Huyện", "", ""}, {"Xã", "", ""}, {"UBND", "", ""}, {"UBND tỉnh", "", ""}, {"", "", ""}, {"...", "", ""},
		{"I. Sở, ban, ngành", "", ""}, {"Huyện, thành phố", "", ""}, {"Tổng cộng", "", ""}, {"STT", "", ""},
	} {
		want(t, r, x.text, x.day, x.key)
	}
	for _, x := range []struct {
		text, day string
		want      Found
	}{
		{"Huyện Tân Phú", "2025-08-01", Found{Ended: []Term{{Title: "Huyện Tân Phú", Until: "2025-06-30"}}}},
		{"731", "2025-08-01", Found{Ended: []Term{{Title: "Thành phố Biên Hòa", Until: "2025-06-30"}}}},
		{"Phường Bình Phước", "2024-12-01", Found{Ended: []Term{{Title: "Phường Bình Phước", From: "2025-07-01"}}}},
		{"xã Thanh Sơn", "2024-12-01", Found{Many: []string{"Xã Thanh Sơn (26143, huyện Tân Phú)", "Xã Thanh Sơn (26209, huyện Định Quán)"}}},
	} {
		if got := r.Find(x.text, x.day); !reflect.DeepEqual(got, x.want) {
			t.Errorf("Find(%q, %q) = %+v, want %+v", x.text, x.day, got, x.want)
		}
	}
	if near := r.Near("Huyện Định Quãn", "2024-12-01"); len(near) == 0 || near[0] != "Huyện Định Quán" {
		t.Errorf("near Huyện Định Quãn: %q", near)
	}
}

func TestNewBareNames(t *testing.T) {
	r := dongnai(t)
	for _, row := range rows(t, "units/dongnai_units_2026.csv") {
		if row["level"] != "commune" {
			continue
		}
		for _, day := range []string{"2025-07-01", "2026-05-01"} {
			want(t, r, row["name"], day, row["code"])
			want(t, r, "UBND "+row["full_name"], day, row["code"])
			want(t, r, strings.ToUpper(row["full_name"]), day, row["code"])
		}
	}
}

func TestDepartments(t *testing.T) {
	with, without := departments(t, abbreviations), departments(t, noAliases)
	tried, alone := 0, 0
	var lost []string
	for _, row := range rows(t, "units/dongnai_departments.csv") {
		name := row["name_before_2025"]
		want(t, without, name, "2024-06-01", name)
		want(t, without, name+" tỉnh Đồng Nai", "2024-06-01", name)
		for _, short := range abbreviations(row) {
			tried++
			want(t, with, short, "2024-06-01", name)
			switch key := without.Find(short, "2024-06-01").Key; key {
			case name:
				alone++
			case "":
				lost = append(lost, short)
			default:
				t.Errorf("%s is taken for %s, not %s", short, key, name)
			}
		}
	}
	t.Logf("%d abbreviations; %d without being told; not: %q", tried, alone, lost)
	if alone*100 < tried*85 {
		t.Errorf("%d of %d abbreviations were found without being told", alone, tried)
	}
	for text, name := range map[string]string{
		"Sở GDĐT": "Sở Giáo dục và Đào tạo", "Sở Giáo dục và đào tạo": "Sở Giáo dục và Đào tạo", "so gd&dt": "Sở Giáo dục và Đào tạo", "SGDDT": "Sở Giáo dục và Đào tạo",
		"Sở Giáo dục & Đào tạo": "Sở Giáo dục và Đào tạo", "Nội vụ": "Sở Nội vụ", "so noi vu": "Sở Nội vụ",
		"Sở Lao động – Thương binh và Xã hội": "Sở Lao động - Thương binh và Xã hội", "Sở LĐ,TB và XH": "Sở Lao động - Thương binh và Xã hội",
		"Sở Nông nghiệp và PTNT": "Sở Nông nghiệp và Phát triển nông thôn", "Sở NN-PTNT": "Sở Nông nghiệp và Phát triển nông thôn",
		"Ban QLKCN": "Ban Quản lý các Khu công nghiệp Đồng Nai", "BQL các KCN Đồng Nai": "Ban Quản lý các Khu công nghiệp Đồng Nai",
		"Sở VHTTDL": "Sở Văn hóa, Thể thao và Du lịch", "Sở Văn hoá Thể thao Du lịch": "Sở Văn hóa, Thể thao và Du lịch",
		"Văn phòng Ủy ban nhân dân tỉnh": "Văn phòng UBND tỉnh", "X. Sở Nội vụ": "Sở Nội vụ", "12 Sở Nội vụ": "Sở Nội vụ",
		"Sở Du lịch": "", "Sở Nội vụ tỉnh Bình Phước": "", "UBND Nội vụ": "", "Sở": "", "Sở ĐGĐT": "", "Sở GDDN": "",
	} {
		want(t, without, text, "2024-06-01", name)
	}
	got := without.Find("Sở GTVT", "2025-06-01")
	if !reflect.DeepEqual(got, Found{Ended: []Term{{Title: "Sở Giao thông vận tải", Until: "2025-02-28"}}}) {
		t.Errorf("Sở GTVT in 2025: %+v", got)
	}
	if near := without.Near("Sở Công nghệ Thương", ""); !slices.Contains(near, "Sở Công Thương") || len(near) > 3 {
		t.Errorf("near Sở Công nghệ Thương: %q", near)
	}
}

func TestHas(t *testing.T) {
	r := departments(t, abbreviations)
	for _, text := range []string{"Sở Nội vụ", "1. Sở GD&ĐT", "SGTVT", "so tai chinh"} {
		if !r.Has(text) {
			t.Errorf("Has(%q) is false", text)
		}
	}
	for _, text := range []string{"", "STT", "Sở, ban, ngành", "Sở Nội vu", "Tên đơn vị", "Tổng cộng", "N�i vụ", strings.Repeat("Sở Nội vụ ", 1000)} {
		if r.Has(text) {
			t.Errorf("Has(%q) is true", text)
		}
	}
	if !dongnai(t).Has("Xã Thanh Sơn") {
		t.Error("a name of several units is none")
	}
}

func TestIn(t *testing.T) {
	places, offices := dongnai(t), departments(t, noAliases)
	for _, x := range []struct {
		r              *Register
		text, day, key string
	}{
		{places, "UBND HUYỆN LONG THÀNH", "2024-12-01", "740"},
		{places, "ỦY BAN NHÂN DÂN\nHUYỆN LONG THÀNH", "2024-12-01", "740"},
		{places, "UBND HUYỆN LONG THÀNH", "2025-08-01", ""},
		{places, "UBND XÃ LONG THÀNH", "2025-08-01", "26368"},
		{places, "UBND TỈNH ĐỒNG NAI\nUBND XÃ LONG THÀNH\nBáo cáo quý III", "2025-08-01", "26368"},
		{places, "bc_xuan_bac", "2025-08-01", "26428"},
		{places, "bc_long_thanh.xlsx", "2025-08-01", "26368"},
		{places, "BaoCaoLongThanh2025", "2025-08-01", "26368"},
		{places, "Báo cáo xã Thanh Sơn huyện Định Quán", "2024-12-01", "26209"},
		{places, "Báo cáo xã Thanh Sơn", "2024-12-01", ""},
		{places, "Huyện Long Thành và huyện Nhơn Trạch", "2024-12-01", ""},
		{offices, "Đơn vị báo cáo: Sở Nội vụ", "", "Sở Nội vụ"},
		{offices, "SỞ TÀI CHÍNH\nBÁO CÁO\nKính gửi: Sở Nội vụ tỉnh Đồng Nai", "", "Sở Tài chính"},
		{offices, "Sở Tài chính, Sở Nội vụ", "", ""},
		{offices, "so-noi-vu_2025-Q3", "", "Sở Nội vụ"},
		{offices, "2025Q3_SoGDDT.csv", "", "Sở Giáo dục và Đào tạo"},
		{offices, "BÁO CÁO CỦA SỞ GD&ĐT NĂM 2024", "", "Sở Giáo dục và Đào tạo"},
		{offices, "Báo cáo tiến độ năm 2024", "", ""},
		{offices, "", "", ""},
	} {
		if got := x.r.In(x.text, x.day); got != x.key {
			t.Errorf("In(%q, %q) = %q, want %q", x.text, x.day, got, x.key)
		}
	}
}
