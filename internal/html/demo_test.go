package html

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tongket/internal/report"
	"tongket/templates"
)

// locale reads the catalog that the binary carries.
func locale(t *testing.T, lang string) *report.Locale {
	t.Helper()
	catalog, err := templates.Files.ReadFile("lang/" + lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	l, err := report.NewLocale(catalog)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// demoSite and demoDocument are an overview as a programme would write it,
// with every kind of block.
func demoSite() *report.Site {
	return &report.Site{
		Title:   "Tổng kết đề án chỉnh lý tài liệu tồn đọng",
		Agency:  "Sở Nội vụ tỉnh Đồng Nai",
		Notice:  "Số liệu minh họa, do phần mềm tạo ra; không phải số liệu chính thức của tỉnh Đồng Nai.",
		Edition: "Số liệu đến quý IV/2021",
		Menu: []report.MenuItem{
			{Path: "index", Label: "Tổng quan"}, {Path: "so-nganh", Label: "Sở, ngành"},
			{Path: "dia-phuong", Label: "Địa phương"}, {Path: "kinh-phi", Label: "Kinh phí"},
			{Path: "chat-luong", Label: "Chất lượng"}, {Path: "tiep-nhan", Label: "Tình hình báo cáo"},
		},
		Findings: 3,
	}
}

var demoSource = report.Source{Query: "queries/progress_by_locality.sql", Tables: []string{"progress", "units"}, Files: 128, Rows: 1536}

func demoTable() report.Table {
	t := report.Table{
		Name: "progress_by_locality", Title: "Tiến độ theo địa phương", Source: demoSource,
		Columns: []report.Column{
			{Name: "block", Title: "Khối", Format: report.Text},
			{Name: "unit_name", Title: "Đơn vị", Format: report.Text, Link: "page"},
			{Name: "backlog_m", Title: "Khối lượng tồn đọng", Format: report.Number, Decimals: 1, Unit: "mét", Total: true},
			{Name: "arranged_m", Title: "Đã chỉnh lý", Format: report.Number, Decimals: 1, Unit: "mét", Total: true},
			{Name: "done_share", Title: "Tỷ lệ hoàn thành", Format: report.Percent, Decimals: 1, Bar: true},
			{Name: "disbursed", Title: "Giải ngân", Format: report.Integer, Unit: "triệu đồng", Total: true},
			{Name: "status", Title: "Tiến độ", Format: report.Status},
			{Name: "reported", Title: "Báo cáo gần nhất", Format: report.Date},
			{Name: "page", Title: "Trang", Format: report.Text, Hidden: true},
		},
		Notes: []string{"Huyện Cẩm Mỹ chưa gửi báo cáo quý IV/2021; số liệu lấy theo quý III/2021."},
	}
	day := func(m, d int) any { return time.Date(2021, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	add := func(block, name, code string, backlog, arranged, disbursed any, status string, reported any) {
		var share any
		b, _ := report.Float(backlog)
		if a, ok := report.Float(arranged); ok && b > 0 {
			share = a / b
		}
		t.Rows = append(t.Rows, []any{block, name, backlog, arranged, share, disbursed, status, reported, "don-vi/" + code})
	}
	const cities, districts = "Thành phố", "Huyện"
	add(cities, "Biên Hòa", "731", 1845.5, 1845.5, int64(9228), "done", day(12, 28))
	add(cities, "Long Khánh", "732", 742.0, 688.3, int64(3442), "on_track", day(12, 27))
	add(districts, "Tân Phú", "734", 612.4, 398.0, int64(1990), "behind", day(12, 30))
	add(districts, "Vĩnh Cửu", "735", 588.2, 560.9, int64(2805), "on_track", day(12, 24))
	add(districts, "Định Quán", "736", 655.0, 655.0, int64(3275), "done", day(12, 20))
	add(districts, "Trảng Bom", "737", 901.7, 812.6, int64(4063), "on_track", day(12, 29))
	add(districts, "Thống Nhất", "738", 430.8, 0.0, int64(0), "not_started", day(12, 15))
	add(districts, "Cẩm Mỹ", "739", 395.1, nil, nil, "no_report", nil)
	add(districts, "Long Thành", "740", 1120.9, 1042.4, int64(5212), "on_track", day(12, 30))
	add(districts, "Xuân Lộc", "741", 708.6, 481.2, int64(2406), "behind", day(12, 23))
	add(districts, "Nhơn Trạch", "742", 534.3, 534.3, int64(2672), "done", day(12, 21))
	return t
}

func demoChart() *report.Chart {
	whole := demoTable()
	t, err := whole.Pick([]string{"unit_name", "done_share", "status"})
	if err != nil {
		panic(err)
	}
	return &report.Chart{
		ID:       "progress-by-locality-chart",
		Spec:     report.ChartSpec{Type: "bar", X: "unit_name", Y: []string{"done_share"}, Color: "status", Horizontal: true, Height: 360},
		Table:    t,
		Caption:  "Tỷ lệ hoàn thành chỉnh lý của 11 huyện, thành phố",
		Sentence: "Cao nhất: Biên Hòa, Định Quán, Nhơn Trạch (100,0%); thấp nhất: Thống Nhất (0,0%). Cẩm Mỹ chưa báo cáo.",
		Drawing:  &report.Drawing{Option: []byte(`{"series":[{"type":"bar","name":"</script><b>"}]}`), Screen: demoSVG(t)},
	}
}

// demoSVG draws bars the way the drawing engine's output looks.
func demoSVG(t report.Table) report.SVG {
	const width, height = 720, 360
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="%d" height="%d" viewBox="0 0 %d %d">`, width, height, width, height)
	for i := 0; i <= 4; i++ {
		x := 130 + i*140
		fmt.Fprintf(&b, `<path d="M%d 8V328" fill="none" class="s-grid"/><text x="%d" y="346" font-size="12" text-anchor="middle" class="f-text">%d%%</text>`, x, x, i*25)
	}
	for i, row := range t.Rows {
		y := 14 + i*29
		share, _ := report.Float(row[1])
		fmt.Fprintf(&b, `<text x="120" y="%d" font-size="12" text-anchor="end" class="f-text">%s</text>`, y+13, row[0])
		fmt.Fprintf(&b, `<rect x="130" y="%d" width="%.1f" height="18" class="f-status-%s"/>`, y, share*560, statusOf(row[2]))
	}
	fmt.Fprint(&b, `</svg>`)
	return report.SVG{Width: width, Height: height, Markup: []byte(b.String())}
}

func text(s string) []report.Run { return []report.Run{{Text: s}} }

func demoDocument() *report.Document {
	table := demoTable()
	honours := report.Table{
		Name: "honours", Title: "Khen thưởng", Source: report.Source{Query: "queries/honours.sql", Files: 1, Rows: 12}, Cut: 9,
		Columns: []report.Column{{Name: "name", Title: "Tập thể", Format: report.Text}, {Name: "files", Title: "Hồ sơ lập được", Format: report.Integer, Unit: "hồ sơ", Total: true, Bar: true}},
		Rows:    [][]any{{"Văn phòng UBND tỉnh", int64(18420)}, {"Sở Tài nguyên và Môi trường", int64(15233)}, {"UBND thành phố Biên Hòa", int64(12890)}},
	}
	return &report.Document{
		Path: "index", Title: "Kết quả chỉnh lý tài liệu tồn đọng, giai đoạn 1",
		Description: "Sau ba năm thực hiện Quyết định số 2085/QĐ-UBND: đã chỉnh lý bao nhiêu, nơi nào đã xong, nơi nào còn chậm.",
		Outputs:     []string{"html", "pdf"}, File: "reports/index.md",
		Blocks: []report.Block{
			report.Figures{Source: report.Source{Query: "queries/progress_total.sql", Files: 128, Rows: 1536}, Items: []report.Figure{
				{Label: "Đã chỉnh lý", Value: "7.018,2", Unit: "mét", Note: "82,2% của 8.534,5 mét tồn đọng", Meter: true, Share: 0.822},
				{Label: "Hồ sơ lập được", Value: "412.806", Unit: "hồ sơ", Note: "tăng 38.112 so với quý III/2021"},
				{Label: "Kinh phí đã giải ngân", Value: "35,1", Unit: "tỷ đồng", Note: "91,4% dự toán được giao", Meter: true, Share: 0.914, Status: "good"},
				{Label: "Đơn vị chậm hoặc chưa triển khai", Value: "4", Unit: "trên 11 địa phương", Note: "Thống Nhất chưa triển khai", Status: "warn"},
			}},
			report.Notice{Severity: "warn", Text: []report.Run{{Text: "Huyện Cẩm Mỹ chưa gửi báo cáo quý IV/2021. Xem "}, {Text: "tình hình báo cáo", Href: "tiep-nhan"}, {Text: "."}}},
			report.Heading{Level: 1, ID: "tien-do", Text: text("Tiến độ theo địa phương")},
			report.Paragraph{Text: []report.Run{{Text: "Đến hết quý IV/2021, toàn tỉnh đã chỉnh lý "}, {Text: "7.018,2 mét", Bold: true}, {Text: " trong tổng số 8.534,5 mét tài liệu tồn đọng, đạt 82,2%. Ba địa phương đã hoàn thành: "}, {Text: "Biên Hòa", Href: "don-vi/731"}, {Text: ", Định Quán và Nhơn Trạch."}}},
			demoChart(),
			report.TableBlock{Table: table, ID: "progress-by-locality", Caption: "Tiến độ chỉnh lý của 11 huyện, thành phố đến quý IV/2021", Group: "block", Numbered: true, Search: true},
			report.Heading{Level: 1, ID: "han-che", Text: text("Tồn tại, hạn chế")},
			report.List{Items: [][]report.Block{
				{report.Paragraph{Text: text("Một số đơn vị chưa triển khai hoặc triển khai chậm so với tiến độ được giao.")}},
				{report.Paragraph{Text: text("Chất lượng hồ sơ sau chỉnh lý ở một số nơi chưa bảo đảm quy định.")},
					report.List{Ordered: true, Start: 1, Items: [][]report.Block{{report.Paragraph{Text: text("Biên mục chưa đầy đủ.")}}, {report.Paragraph{Text: text("Chưa xác định thời hạn bảo quản.")}}}}},
			}},
			report.Notice{Severity: "info", Text: text("Số liệu là lũy kế từ đầu giai đoạn.")},
			report.Notice{Severity: "stop", Text: text("Tổng in trong tệp của Sở Y tế lệch 18 hồ sơ so với tổng các dòng.")},
			report.Heading{Level: 2, ID: "khen-thuong", Text: text("Khen thưởng")},
			report.TableBlock{Table: honours, ID: "honours", Caption: "Các tập thể có nhiều hồ sơ nhất"},
			report.PageBreak{}, report.Signature{},
			report.Annex{Number: "I", ID: "phu-luc-1", Title: "Khối sở, ban, ngành", Landscape: true},
			report.Paragraph{Text: text("Số liệu chi tiết theo từng đơn vị.")},
		},
	}
}

func demoPaper() *report.Document {
	d := demoDocument()
	d.Path, d.Parent, d.File = "bao-cao/tong-ket", "kinh-phi", "reports/bao-cao.md"
	d.Paper = &report.Paper{
		Superior: []string{"UBND TỈNH ĐỒNG NAI"}, Agency: []string{"SỞ NỘI VỤ"}, Number: "123", Code: "BC-SNV",
		Place: "Đồng Nai", Date: "2022-10-28", Kind: "BÁO CÁO", Subject: "Tổng kết thực hiện Đề án chỉnh lý tài liệu tồn đọng từ năm 2015 trở về trước",
		To: []string{"Ủy ban nhân dân tỉnh"},
	}
	return d
}
