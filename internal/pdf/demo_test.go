package pdf

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"tongket/internal/report"
)

var keep = flag.String("keep", "", "folder to keep the PDFs of the tests in, to look at")

func locale(t testing.TB, lang string) *report.Locale {
	t.Helper()
	catalog, err := os.ReadFile("../../templates/lang/" + lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	l, err := report.NewLocale(catalog)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// written renders a document and returns the file it is in.
func written(t testing.TB, doc *report.Document, lang string) string {
	t.Helper()
	var buf bytes.Buffer
	if err := Write(&buf, doc, locale(t, lang)); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "out.pdf")
	if *keep != "" {
		name = filepath.Join(*keep, filepath.Base(t.Name())+".pdf")
	}
	if err := os.WriteFile(name, buf.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func drawing(t testing.TB, name string) *report.Drawing {
	t.Helper()
	markup, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return &report.Drawing{Paper: report.SVG{Width: 624, Height: 360, Markup: markup}}
}

func text(s string) []report.Run { return []report.Run{{Text: s}} }

func para(s string) report.Paragraph { return report.Paragraph{Text: text(s)} }

func head(level int, s string) report.Heading {
	return report.Heading{Level: level, ID: s, Text: text(s)}
}

var departments = []string{"Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", "Văn phòng Ủy ban nhân dân tỉnh", "Sở Nội vụ", "Sở Tư pháp", "Sở Kế hoạch và Đầu tư", "Sở Tài chính", "Sở Công Thương", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài nguyên và Môi trường", "Sở Giao thông vận tải", "Sở Xây dựng", "Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ", "Sở Lao động - Thương binh và Xã hội", "Sở Văn hóa, Thể thao và Du lịch", "Sở Giáo dục và Đào tạo", "Sở Y tế", "Thanh tra tỉnh", "Sở Ngoại vụ", "Ban Dân tộc", "Ban Quản lý các Khu công nghiệp Đồng Nai", "Ban Quản lý Khu công nghệ cao công nghệ sinh học Đồng Nai", "Ban Quản lý dự án đầu tư xây dựng tỉnh", "Ban An toàn giao thông tỉnh"}

var districts = []string{"Thành phố Biên Hòa", "Thành phố Long Khánh", "Huyện Cẩm Mỹ", "Huyện Định Quán", "Huyện Long Thành", "Huyện Nhơn Trạch", "Huyện Tân Phú", "Huyện Thống Nhất", "Huyện Trảng Bom", "Huyện Vĩnh Cửu", "Huyện Xuân Lộc"}

// units is a table of 35 invented rows with every format an annex has.
func units() report.Table {
	t := report.Table{
		Name: "progress_by_unit", Title: "Tiến độ theo đơn vị",
		Columns: []report.Column{
			{Name: "block", Title: "Khối", Format: report.Text},
			{Name: "unit_name", Title: "Tên cơ quan, đơn vị", Format: report.Text},
			{Name: "backlog_m", Title: "Tồn đọng", Unit: "mét", Format: report.Number, Decimals: 1, Total: true},
			{Name: "arranged_m", Title: "Đã chỉnh lý", Unit: "mét", Format: report.Number, Decimals: 1, Total: true},
			{Name: "done_share", Title: "Tỷ lệ", Format: report.Percent, Decimals: 1},
			{Name: "files", Title: "Hồ sơ lập được", Format: report.Integer, Total: true},
			{Name: "budget", Title: "Kinh phí giải ngân", Unit: "đồng", Format: report.Integer, Total: true},
			{Name: "status", Title: "Tình trạng", Format: report.Status},
		},
		Notes:  []string{"Số liệu minh họa, không phải số liệu thật của đơn vị nào."},
		Source: report.Source{Query: "queries/progress_by_unit.sql", Tables: []string{"progress", "units"}, Files: 35, Rows: 420},
	}
	for i, name := range append(append([]string(nil), departments...), districts...) {
		block := "I. Sở, ban, ngành"
		if i >= len(departments) {
			block = "II. Huyện, thành phố"
		}
		backlog := 40 + float64(i*i*37%611)
		share := float64(100-i*13%101) / 100
		row := []any{block, name, backlog, backlog * share, share, int64(backlog*share) * 31, int64(backlog*share) * 8_100_000, "on_track"}
		switch {
		case share == 1:
			row[7] = "done"
		case share < .2:
			row[3], row[4], row[5], row[6], row[7] = nil, nil, nil, nil, "not_started"
		case share < .6:
			row[7] = "behind"
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func paper() *report.Paper {
	return &report.Paper{
		Superior: []string{"UBND TỈNH ĐỒNG NAI"}, Agency: []string{"SỞ NỘI VỤ"}, Code: "BC-SNV",
		Place: "Đồng Nai", Date: "2022-10", Kind: "BÁO CÁO",
		Subject:   "Tổng kết giai đoạn 1 Đề án “Chỉnh lý tài liệu tồn đọng từ năm 2015 trở về trước” tại các cơ quan, đơn vị, địa phương trên địa bàn tỉnh Đồng Nai",
		To:        []string{"Ủy ban nhân dân tỉnh Đồng Nai", "Cục Văn thư và Lưu trữ nhà nước, Bộ Nội vụ"},
		Authority: []string{"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"}, Signer: "Nguyễn Văn Minh Họa",
		Recipients: []string{"Như trên", "Chủ tịch, các Phó Chủ tịch UBND tỉnh", "Các sở, ban, ngành; UBND các huyện, thành phố", "Lưu: VT, CCVTLT (5)"},
	}
}

// summary is a whole report with every kind of block.
func summary(t testing.TB) *report.Document {
	all := units()
	chart := &report.Chart{
		ID: "progress_by_department", Caption: "Khối lượng đã chỉnh lý và còn lại của tám đơn vị", Table: all,
		Sentence: "Cao nhất là Sở Giáo dục và Đào tạo với 515 mét, thấp nhất là Thanh tra tỉnh với 80 mét.", Drawing: drawing(t, "bar.svg"),
	}
	line := &report.Chart{ID: "progress_by_period", Caption: "Lũy kế khối lượng đã chỉnh lý so với kế hoạch", Table: all,
		Sentence: "Từ quý I/2019 đến quý II/2020, lũy kế tăng từ 1 lên 18 nghìn mét.", Drawing: drawing(t, "line.svg")}
	few, _ := all.Pick([]string{"unit_name", "backlog_m", "arranged_m", "done_share", "status"})
	few.Rows = few.Rows[:6]
	wide, _ := all.Pick([]string{"unit_name", "backlog_m", "arranged_m", "done_share", "files", "budget", "status"})
	for y := 2018; y <= 2021; y++ {
		wide.Columns = append(wide.Columns, report.Column{Name: fmt.Sprint("y", y), Title: fmt.Sprintf("Năm %d", y), Unit: "mét", Format: report.Number, Decimals: 2, Total: true})
		for i := range wide.Rows {
			wide.Rows[i] = append(wide.Rows[i], float64((i*y)%900)/7)
		}
	}
	return &report.Document{
		Path: "tong-ket", Title: "Báo cáo tổng kết giai đoạn 1", Paper: paper(), Blocks: []report.Block{
			para("Thực hiện Quyết định số 2085/QĐ-UBND của Ủy ban nhân dân tỉnh Đồng Nai về việc phê duyệt Đề án “Chỉnh lý tài liệu tồn đọng từ năm 2015 trở về trước” tại các cơ quan, đơn vị, địa phương trên địa bàn tỉnh, Sở Nội vụ báo cáo kết quả thực hiện giai đoạn 1 như sau:"),
			report.Notice{Severity: "info", Text: text("Số liệu trong báo cáo này là số liệu minh họa, không phải số liệu thật của bất kỳ cơ quan, đơn vị nào.")},
			head(1, "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI THỰC HIỆN"),
			head(2, "1. Công tác chỉ đạo"),
			report.Paragraph{Text: []report.Run{{Text: "Ủy ban nhân dân tỉnh đã ban hành "}, {Text: "12 văn bản", Bold: true}, {Text: " chỉ đạo, hướng dẫn; tổ chức "}, {Text: "04 hội nghị", Italic: true}, {Text: " triển khai và tập huấn nghiệp vụ cho công chức, viên chức làm công tác văn thư, lưu trữ (truy vấn "}, {Text: "training_total", Code: true}, {Text: ") tại các cơ quan, tổ chức thuộc nguồn nộp lưu vào Lưu trữ lịch sử tỉnh."}}},
			report.List{Items: [][]report.Block{
				{para("Ban hành kế hoạch chi tiết, phân công lãnh đạo phụ trách và chịu trách nhiệm trước Chủ tịch Ủy ban nhân dân tỉnh về tiến độ thực hiện;"), report.List{Items: [][]report.Block{{para("Cấp sở: 24 đơn vị;")}, {para("Cấp huyện: 11 đơn vị;")}}}},
				{para("Tổ chức kiểm tra tại 18 đơn vị, địa phương.")},
			}},
			head(2, "2. Kinh phí"),
			para("Tổng kinh phí đã bố trí là 142,6 tỷ đồng, đã giải ngân 128,4 tỷ đồng, đạt 90,0% dự toán được giao."),
			head(1, "II. KẾT QUẢ THỰC HIỆN"),
			report.Figures{Items: []report.Figure{
				{Label: "Tài liệu tồn đọng", Value: "12.345,6", Unit: "mét"},
				{Label: "Đã chỉnh lý", Value: "10.518,4", Unit: "mét", Note: "85,2% kế hoạch", Status: "good", Share: .852, Meter: true},
				{Label: "Hồ sơ lập được", Value: "326.070", Unit: "hồ sơ", Note: "tăng 12.400 so với kỳ trước"},
				{Label: "Đơn vị chưa triển khai", Value: "4", Unit: "đơn vị", Status: "bad"},
			}, Source: report.Source{Query: "queries/progress_total.sql", Files: 35, Rows: 420}},
			para("Kết quả cụ thể của một số đơn vị được trình bày tại Bảng 1; số liệu đầy đủ của 35 đơn vị tại Phụ lục I kèm theo báo cáo này."),
			report.TableBlock{Table: few, Caption: "Tiến độ của sáu đơn vị đầu danh sách", Numbered: true, ID: "few"},
			chart,
			para("Nhìn chung, khối lượng đã chỉnh lý tăng đều qua các quý; các đơn vị chậm tiến độ tập trung ở nhóm có khối lượng tồn đọng lớn và chưa bố trí được kho bảo quản đạt chuẩn."),
			line,
			head(1, "III. ĐÁNH GIÁ CHUNG"),
			head(2, "1. Tồn tại, hạn chế và nguyên nhân"),
			head(3, "a) Nguyên nhân chủ quan"),
			report.List{Ordered: true, Start: 1, Items: [][]report.Block{
				{para("Một số cơ quan, đơn vị chưa triển khai hoặc triển khai chậm so với tiến độ được giao;")},
				{para("Chất lượng hồ sơ sau chỉnh lý ở một số nơi chưa bảo đảm theo quy định của ngành lưu trữ.")},
			}},
			head(1, "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ VÀ KIẾN NGHỊ"),
			para("Đề nghị Ủy ban nhân dân tỉnh xem xét, trình Hội đồng nhân dân tỉnh thông qua giai đoạn 2 của Đề án và kế hoạch số hóa tài liệu lưu trữ giai đoạn 2023 - 2027."),
			para("Trên đây là báo cáo tổng kết giai đoạn 1 thực hiện Đề án, Sở Nội vụ kính báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo./."),
			report.Signature{},
			report.Annex{Number: "I", ID: "pl1", Title: "Kết quả chỉnh lý của các cơ quan, đơn vị, địa phương"},
			report.TableBlock{Table: all, Caption: "Kết quả chỉnh lý tài liệu tồn đọng theo đơn vị", Group: "block", Numbered: true, ID: "all"},
			report.Annex{Number: "II", ID: "pl2", Title: "Khối lượng chỉnh lý chia theo năm", Landscape: true},
			report.TableBlock{Table: wide, Caption: "Khối lượng và kinh phí chia theo năm", Numbered: true, ID: "wide"},
		},
	}
}

func TestSummary(t *testing.T) { written(t, summary(t), "vi") }
