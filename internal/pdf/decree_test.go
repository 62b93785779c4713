package pdf

import (
	"testing"

	"tongket/internal/report"
)

// Rules under a text, by their part of its length.
var (
	none  = [2]float64{0, 0}
	whole = [2]float64{0.99, 1.01}
	third = [2]float64{1.0 / 3, 0.5}
)

// TestEveryElementLooksAsTheDecreeAsks holds what is drawn against Annex I of
// Nghị định 30/2020/NĐ-CP, part I, section II: face, size, place and the rule
// below.
func TestEveryElementLooksAsTheDecreeAsks(t *testing.T) {
	const (
		text  = 30 + 165.0/2 // middle of the text block
		wide  = 30 + 252.0/2 // of a turned page
		right = -1.0         // middle of quốc hiệu
		left  = -2.0         // middle of the bodies
		sign  = -3.0         // middle of the title of who signs
		any   = -4.0
	)
	pages := strokes(t, written(t, summary(t), "vi"))
	middles := map[float64]float64{right: pages[0].find(t, "CỘNG HÒA").middle(), left: pages[0].find(t, "UBND TỈNH").middle()}
	last := 0
	for i, p := range pages {
		for _, k := range p.texts {
			if k.text == "Nơi nhận:" {
				last = i
			}
		}
	}
	middles[sign] = pages[last].find(t, "KT. GIÁM ĐỐC").middle()
	const first, annex, turned = 0, 4, 6
	for _, want := range []struct {
		what   string
		page   int
		text   string // how it begins
		face   string
		size   float64 // pt
		middle float64 // or where it begins, if from is given
		from   float64 // mm from the left edge
		level  string  // what stands on the same line
		rule   [2]float64
	}{
		{"quốc hiệu", first, "CỘNG HÒA", "B", 13, right, 0, "UBND TỈNH", none},
		{"tiêu ngữ", first, "Độc lập - Tự do", "B", 14, right, 0, "", whole},
		{"superior body", first, "UBND TỈNH", "", 13, left, 0, "", none},
		{"issuing body", first, "SỞ NỘI VỤ", "B", 13, left, 0, "", third},
		{"number", first, "Số:", "", 13, left, 0, "Đồng Nai, ngày", none},
		{"place and date", first, "Đồng Nai, ngày", "I", 14, right, 0, "", none},
		{"kind", first, "BÁO CÁO", "B", 14, text, 0, "", none},
		{"trích yếu", first, "Tổng kết giai đoạn 1", "B", 14, text, 0, "", none},
		{"trích yếu, last line", first, "đơn vị, địa phương trên địa bàn tỉnh Đồng Nai", "B", 14, text, 0, "", third},
		{"addressees", first, "- Cục Văn thư", "", 14, any, 0, "", none},
		{"body, first line", first, "Thực ", "", 14, any, 30 + 12.7, "", none},
		{"body, second line", first, "Nai ", "", 14, any, 30, "", none},
		{"heading of a mục", first, "I. CÔNG TÁC", "B", 14, any, 30 + 12.7, "", none},
		{"heading of a khoản", first, "1. Công tác", "B", 14, any, 30 + 12.7, "", none},
		{"heading of a điểm", 2, "a) Nguyên nhân", "", 14, any, 30 + 12.7, "", none},
		{"page number", 1, "2", "", 13, text, 0, "", none},
		{"recipients", last, "Nơi nhận:", "BI", 12, any, 30, "KT. GIÁM ĐỐC", none},
		{"recipients' list", last, "- Như trên;", "", 11, any, 30, "", none},
		{"recipients' list, end", last, "- Lưu: VT", "", 11, any, 30, "", none},
		{"authority", last, "KT. GIÁM ĐỐC", "B", 14, sign, 0, "", none},
		{"title of who signs", last, "PHÓ GIÁM ĐỐC", "B", 14, sign, 0, "", none},
		{"name of who signs", last, "Nguyễn Văn Minh Họa", "B", 14, sign, 0, "", none},
		{"annex", annex, "Phụ lục I", "B", 14, text, 0, "", none},
		{"title of an annex", annex, "KẾT QUẢ CHỈNH LÝ", "B", 14, text, 0, "", none},
		{"paper an annex belongs to", annex, "(Kèm theo", "I", 14, text, 0, "", none},
		{"turned annex", turned, "Phụ lục II", "B", 14, wide, 0, "", none},
		{"page number of a turned annex", turned + 1, "2", "", 13, wide, 0, "", none},
	} {
		p := pages[want.page]
		got := p.find(t, want.text)
		if got.face != want.face {
			t.Errorf("%s is set in the face %q, want %q", want.what, got.face, want.face)
		}
		near(t, want.what+", pt", got.size, want.size, 0.01)
		if m, named := middles[want.middle]; named {
			near(t, want.what+", middle", got.middle(), m, 0.3)
		} else if want.middle > 0 {
			near(t, want.what+", middle", got.middle(), want.middle, 0.3)
		}
		if want.from > 0 {
			near(t, want.what+", left", got.x, want.from, 0.1)
		}
		if want.level != "" {
			near(t, want.what+", level", got.y, p.find(t, want.level).y, 0.5)
		}
		rules := p.under(got)
		if want.rule == none {
			if len(rules) > 0 {
				t.Errorf("%s has %d rules below", want.what, len(rules))
			}
			continue
		}
		if len(rules) != 1 {
			t.Errorf("%s has %d rules below, want 1", want.what, len(rules))
			continue
		}
		r := rules[0]
		if part := (r.x2 - r.x1) / (got.end - got.x); part < want.rule[0] || part > want.rule[1] {
			t.Errorf("the rule below %s is %.2f of its length, want %.2f–%.2f", want.what, part, want.rule[0], want.rule[1])
		}
		near(t, want.what+", middle of the rule", (r.x1+r.x2)/2, got.middle(), 0.3)
	}
	for _, k := range pages[0].texts {
		if k.y < 19 {
			t.Errorf("page 1 bears %q in its top margin", k.text)
		}
	}
}

// TestWhatIsMissingLeavesItsSpace: it is filled by hand.
func TestWhatIsMissingLeavesItsSpace(t *testing.T) {
	full, bare := paper(), paper()
	full.Subject, full.Authority = "Tổng kết giai đoạn 1", []string{"GIÁM ĐỐC"}
	bare.Kind, bare.Subject, bare.Agency, bare.Authority = "", "", nil, nil
	var lines [2]drawnPage
	for i, p := range []*report.Paper{full, bare} {
		doc := &report.Document{Path: "x", Title: "Tổng kết", Paper: p, Blocks: []report.Block{para("Thân văn bản."), report.Signature{}, para("Dòng cuối.")}}
		lines[i] = strokes(t, written(t, doc, "vi"))[0]
	}
	for _, text := range []string{"Số:", "Kính gửi:", "Thân văn bản.", "Nơi nhận:", "Dòng cuối."} {
		near(t, "level of "+text, lines[1].find(t, text).y, lines[0].find(t, text).y, 0.1)
	}
}
