package pdf

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"tongket/internal/decree"
	"tongket/internal/report"
)

func TestLetterheadStandsAsTheDecreeAsks(t *testing.T) {
	first := sheets(t, written(t, summary(t), "vi"))[0]
	near(t, "page width", first.Width, 210, 0.1)
	near(t, "page height", first.Height, 297, 0.1)

	state, free := first.find(t, decree.Nation), first.find(t, decree.Motto)
	near(t, "quốc hiệu size", state.size(), 13, 0.2)
	near(t, "tiêu ngữ size", free.size(), 14, 0.2)
	near(t, "tiêu ngữ middle", free.middle(), state.middle(), 0.3)
	near(t, "quốc hiệu right edge", state.X2, 195, 1)

	above, body := first.find(t, "UBND TỈNH ĐỒNG NAI"), first.find(t, "SỞ NỘI VỤ")
	near(t, "issuing body middle", body.middle(), above.middle(), 0.3)
	near(t, "superior beside quốc hiệu", above.Y1, state.Y1, 0.3)

	number, date := first.find(t, "Số: /BC-SNV"), first.find(t, "Đồng Nai, ngày tháng 10 năm 2022")
	near(t, "number size", number.size(), 13, 0.2)
	near(t, "date size", date.size(), 14, 0.2)
	near(t, "number on the date's line", (number.Y1+number.Y2)/2, (date.Y1+date.Y2)/2, 0.5)
	near(t, "date middle", date.middle(), state.middle(), 0.5)

	kind := first.find(t, "BÁO CÁO")
	near(t, "BÁO CÁO middle", kind.middle(), 30+165.0/2, 0.3)
	near(t, "BÁO CÁO size", kind.size(), 14, 0.2)
	near(t, "dash under the colon", first.find(t, "- Ủy ban nhân dân tỉnh").X1, first.find(t, "Kính gửi:").X2, 1.5)
}

func TestBodyKeepsToItsMargins(t *testing.T) {
	file := written(t, summary(t), "vi")
	for i, s := range sheets(t, file) {
		for _, w := range s.Words {
			if w.X1 < 29.9 || w.X2 > s.Width-14.8 || w.Y2 > s.Height-19.5 {
				t.Errorf("page %d: %q at %.1f–%.1f, %.1f is outside the text block", i+1, w.Text, w.X1, w.X2, w.Y2)
			}
			if w.Y1 < 19.5 && strings.Trim(w.Text, "0123456789") != "" {
				t.Errorf("page %d: %q stands in the top margin", i+1, w.Text)
			}
		}
	}
	first := sheets(t, file)[0]
	near(t, "first line indent", first.find(t, "Thực hiện Quyết định").X1, 30+12.7, 0.2)
	near(t, "second line", first.find(t, "Nai về việc").X1, 30, 0.2)
	start, end := first.find(t, "Thực hiện Quyết định"), 0.0
	for _, w := range first.Words {
		if w.Y1 > start.Y1-0.5 && w.Y1 < start.Y1+0.5 {
			end = max(end, w.X2)
		}
	}
	near(t, "justified line end", end, 195, 0.3)
	near(t, "body size", first.find(t, "Thực hiện").size(), 14, 0.2)
}

func TestPageNumbersRestartInAnnexes(t *testing.T) {
	var got []string
	for _, s := range sheets(t, written(t, summary(t), "vi")) {
		number := "-"
		for _, w := range s.Words {
			if w.Y2 < 19 {
				number = w.Text
				near(t, "page number middle", w.middle(), 30+(s.Width-45)/2, 0.3)
				near(t, "page number size", w.size(), 13.5, 0.7)
			}
		}
		if s.Width > s.Height {
			number += " turned"
		}
		got = append(got, number)
	}
	if want := "-, 2, 3, 4, -, 2, - turned, 2 turned, 3 turned"; strings.Join(got, ", ") != want {
		t.Errorf("page numbers: %s, want %s", strings.Join(got, ", "), want)
	}
}

func TestSignatureStandsWithTheLastLines(t *testing.T) {
	// Whatever length the text before it has, the signature is never alone.
	for n := range 12 {
		doc := &report.Document{Paper: paper(), Blocks: []report.Block{}}
		for range 14 + n {
			doc.Blocks = append(doc.Blocks, para("Đoạn văn ngắn."))
		}
		doc.Blocks = append(doc.Blocks, para("Trên đây là báo cáo."), report.Signature{})
		found := false
		for _, s := range sheets(t, written(t, doc, "vi")) {
			if _, ok := s.look("Nơi nhận:"); !ok {
				continue
			}
			found = true
			s.find(t, "Trên đây là báo cáo.")
			to, by := s.find(t, "Nơi nhận:"), s.find(t, "KT. GIÁM ĐỐC")
			near(t, "receivers' size", to.size(), 12, 0.2)
			near(t, "receivers level with the signer", to.Y2, by.Y2, 1)
			near(t, "list size", s.find(t, "- Như trên;").size(), 11, 0.2)
			signer := s.find(t, "Nguyễn Văn Minh Họa")
			near(t, "signer under his title", signer.middle(), by.middle(), 0.5)
			if space := signer.Y1 - s.find(t, "PHÓ GIÁM ĐỐC").Y2; space < 25 || space > 40 {
				t.Errorf("%.1f mm to sign in", space)
			}
			s.find(t, "- Lưu: VT, CCVTLT (5).")
		}
		if !found {
			t.Error("no signature")
		}
	}
}

func TestTextReadsBackInOrder(t *testing.T) {
	got := copied(t, written(t, summary(t), "vi"))
	at := 0
	for _, want := range []string{
		"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "BÁO CÁO", "Kính gửi:",
		"phê duyệt Đề án “Chỉnh lý tài liệu tồn đọng từ năm 2015 trở về trước”", "Lưu ý: Số liệu trong báo cáo",
		"12 văn bản chỉ đạo, hướng dẫn", "+ Cấp sở: 24 đơn vị;", "12.345,6 mét", "85,2% kế hoạch",
		"Bảng 1. Tiến độ của sáu đơn vị", "Tổng cộng 1.664,0 900,9", "Nguồn: tổng hợp từ số liệu báo cáo (35 tệp, 420 dòng); truy vấn progress_by_unit.",
		"Hình 1. Khối lượng đã chỉnh lý", "Hình 2. Lũy kế", "a) Nguyên nhân chủ quan", "Nơi nhận:", "Phụ lục I",
		"KẾT QUẢ CHỈNH LÝ CỦA CÁC CƠ QUAN, ĐƠN VỊ, ĐỊA PHƯƠNG", "II. Huyện, thành phố", "Phụ lục II",
	} {
		i := strings.Index(got[at:], want)
		if i < 0 {
			t.Fatalf("%q is missing after %q", want, got[max(0, at-60):at])
		}
		at += i
	}
}

func TestFileIsSoundAndSelfContained(t *testing.T) {
	file := written(t, summary(t), "vi")
	if out := tool(t, "qpdf", "--check", file); strings.Contains(out, "WARNING") {
		t.Error(out)
	}
	fonts := strings.Split(strings.TrimSpace(tool(t, "pdffonts", file)), "\n")[2:]
	for _, f := range fonts {
		if !strings.Contains(f, "CID TrueType") || !strings.Contains(f, "yes no  yes") {
			t.Errorf("font not embedded or not searchable: %s", f)
		}
	}
	if len(fonts) != 5 {
		t.Errorf("%d fonts", len(fonts))
	}
	info := tool(t, "pdfinfo", file)
	for _, want := range []string{"Báo cáo tổng kết giai đoạn 1", "UBND TỈNH ĐỒNG NAI - SỞ NỘI VỤ", "Báo cáo; BC-SNV; Đồng Nai", "A4"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo lacks %q:\n%s", want, info)
		}
	}
	data := tool(t, "qpdf", "--qdf", "--object-streams=disable", file, "-")
	for _, want := range []string{"/Lang (vi)", "/Outlines", "/EmbeddedFiles", "/DisplayDocTitle true"} {
		if !strings.Contains(data, want) {
			t.Errorf("no %s", want)
		}
	}
	list := tool(t, "pdfdetach", "-list", file)
	for _, want := range []string{"progress_by_unit.csv", "progress_by_unit-2.csv"} {
		if !strings.Contains(list, want) {
			t.Errorf("no attachment %s in %s", want, list)
		}
	}
}

func TestPageLabelsNameTheAnnexes(t *testing.T) {
	var doc struct {
		Pagelabels []struct {
			Index int
			Label struct {
				Prefix string `json:"/P"`
			}
		}
	}
	without := summary(t) // nothing attached
	without.Blocks = []report.Block{para("Một."), report.Annex{Number: "I", Title: "Hai"}, para("Ba."), report.Annex{Number: "II) /x", Title: "Bốn"}, para("Năm.")}
	for want, d := range map[string]*report.Document{"0 4u:I- 6u:II- ": summary(t), "0 1u:I- 2u:IIx- ": without} {
		file := written(t, d, "vi")
		tool(t, "qpdf", "--check", file)
		if err := json.Unmarshal([]byte(tool(t, "qpdf", "--json", "--json-key=pagelabels", file)), &doc); err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, l := range doc.Pagelabels {
			got += itoa(l.Index) + l.Label.Prefix + " "
		}
		if got != want {
			t.Errorf("labels begin at %q, want %q", got, want)
		}
		doc.Pagelabels = nil
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	var a, b bytes.Buffer
	for _, w := range []*bytes.Buffer{&a, &b} {
		if err := Write(w, summary(t), locale(t, "vi")); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two runs differ")
	}
}

func TestPlainReport(t *testing.T) {
	doc := summary(t)
	doc.Paper, doc.Description = nil, "Results of phase 1 in all 35 units."
	pages := sheets(t, written(t, doc, "en"))
	if _, ok := pages[0].look(decree.Nation); ok {
		t.Error("a plain report shows the national heading")
	}
	pages[0].find(t, "Results of phase 1 in all 35 units.")
	foot := pages[1].find(t, "Page 2 of "+itoa(len(pages)))
	near(t, "page number middle", foot.middle(), 105, 0.3)
	if foot.Y1 < 280 {
		t.Errorf("page number at %.1f", foot.Y1)
	}
}

func TestOutlineListsHeadingsAndAnnexes(t *testing.T) {
	file := written(t, summary(t), "vi")
	var doc struct {
		Outlines []outline
	}
	if err := json.Unmarshal([]byte(tool(t, "qpdf", "--json", "--json-key=outlines", file)), &doc); err != nil {
		t.Fatal(err)
	}
	var got []string
	var walk func(list []outline, depth int)
	walk = func(list []outline, depth int) {
		for _, o := range list {
			got = append(got, strings.Repeat(">", depth)+o.Title+" "+itoa(o.Page))
			walk(o.Kids, depth+1)
		}
	}
	walk(doc.Outlines, 0)
	all := strings.Join(got, "\n")
	for _, want := range []string{"BÁO CÁO Tổng kết", "\nII. KẾT QUẢ THỰC HIỆN 2\n", "\n>1. Công tác chỉ đạo 1\n", "\n>>a) Nguyên nhân chủ quan 3\n", "\nPhụ lục II. Khối lượng chỉnh lý chia theo năm 7"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
}

type outline struct {
	Title string
	Page  int `json:"destpageposfrom1"`
	Kids  []outline
}

func TestManyAtOnce(t *testing.T) {
	var want bytes.Buffer
	if err := Write(&want, summary(t), locale(t, "vi")); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 {
		doc, l := summary(t), locale(t, "vi")
		group.Go(func() {
			var got bytes.Buffer
			if err := Write(&got, doc, l); err != nil || !bytes.Equal(got.Bytes(), want.Bytes()) {
				t.Errorf("written beside others it differs: %v", err)
			}
		})
	}
	group.Wait()
}
