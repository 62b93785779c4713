package edition_test

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tongket/internal/warehouse"
)

// A report of one quarter as an office of the nineties sends it: TCVN3, titles,
// blocks, a total that does not add up, a unit nobody knows and cells that
// would do harm in a page or a spreadsheet.
const oldReport = `UBND tỉnh Đồng Nai,,,,,
"Biểu tổng hợp tiến độ chỉnh lý – quý I/2022",,,,,
STT,Tên đơn vị,Tài liệu tồn đọng (mét),Đã chỉnh lý (mét),Người lập biểu,Ghi chú
,Tổng cộng,"900,5","700,5",,
I,"Sở, ban, ngành",,,,
1,Sở Tư pháp,"300,5","10,5",,=cmd|' /C calc'!A0
2,Sở Y tế,500,500,,đã xong
3,Sở Nội vụ,"236,5","100,5",,
4,<img src=x onerror=alert(1)>,50,20,,<b>đậm</b>
`

// TestReceipts loads files as they come and reads the pages that account for
// them.
func TestReceipts(t *testing.T) {
	const text, book, foreign = "progress/Bao cao <i>quy I-2022.csv", "progress/quy-1.xlsx", "progress/quet.pdf"
	made := sampleWith(t, map[string][]byte{
		text: tcvn3(t, oldReport), book: workbook(t), foreign: []byte("%PDF-1.4 a scan"),
	})
	pages := made.pages(t)
	receipt := func(name string) (path, page string) {
		t.Helper()
		for _, r := range made.receipts {
			if r.File == name {
				path = "phieu/" + decimal(r.Submission) + ".html"
				return path, pages[path]
			}
		}
		t.Fatalf("%s was not loaded", name)
		return
	}

	t.Run("a text", func(t *testing.T) {
		_, page := receipt(text)
		holds(t, page, "4 dòng số liệu: tiếp nhận 3 dòng, từ chối 1 dòng; có 5 cảnh báo ở 4 dòng cần đối chiếu. Đến nay, tệp gửi sau đã thay thế 1 dòng; còn 2 dòng có hiệu lực.",
			"chênh 186,5",
			"03:30 ngày 21/01/2022", "Bảng mã TCVN3 (ABC)", "Kỳ báo cáo lấy từ tiêu đề: quý I/2022.", "Cột sau không có trong mẫu",
			"<img src=x onerror=alert(1)>", "không có trong “Danh mục đơn vị”", "dòng “Tổng cộng”: cộng các dòng được",
			"giảm so với", "phieu/"+text+".loi.csv", "Tiêu đề bảng", "Dòng cộng", "Tên khối, nhóm")
	})
	t.Run("a workbook", func(t *testing.T) {
		_, page := receipt(book)
		holds(t, page, "Trang tính “Sở <ngành>”: tiêu đề cột ở dòng", "Huyện Không Có", "Trang tính không đọc", "Các cảnh báo")
		if got := rows(t, page, "receipt_rejects"); !slices.Equal([]string{got[0][0], got[0][1], got[0][3]}, []string{"Huyện", "3", "Đơn vị"}) {
			t.Errorf("rejected: %q", got)
		}
	})
	t.Run("a foreign file", func(t *testing.T) {
		path, page := receipt(foreign)
		holds(t, page, "không được tiếp nhận", "Hãy gửi tệp CSV hoặc bảng tính gốc.", "Không nhận tệp")
		if strings.Count(page, "<table") != 1 {
			t.Error("the receipt shows more than what is known of the file")
		}
		first := rows(t, pages["tinh-hinh-bao-cao.html"], "submission_status")[0]
		if first[1] != foreign || !strings.HasPrefix(first[len(first)-1], "Không nhận tệp. Tệp là PDF, không phải bảng số liệu.") {
			t.Errorf("the first file is %q", first)
		}
		if !strings.Contains(pages["tinh-hinh-bao-cao.html"], `<a href="`+path+`">`+foreign+"</a>") {
			t.Error("the file does not lead to its receipt")
		}
	})
	t.Run("a file without faults", func(t *testing.T) {
		_, page := receipt("honours.csv")
		holds(t, page, "12 dòng số liệu: tiếp nhận 12 dòng, không từ chối dòng nào.")
		for _, title := range []string{"Dòng bị từ chối</", "Số liệu cần đối chiếu", "Phần không phải số liệu", "Cột không có trong mẫu"} {
			if strings.Contains(page, title) {
				t.Errorf("the receipt has a part %q", title)
			}
		}
	})
	t.Run("corrected since", func(t *testing.T) {
		_, page := receipt("progress/2021-Q2.csv")
		holds(t, page, "Đến nay, tệp gửi sau đã thay thế 1 dòng; còn 30 dòng có hiệu lực.")
	})
	t.Run("doubts travel with the numbers", func(t *testing.T) { doubts(t, made) })
	t.Run("links", func(t *testing.T) { linked(t, pages) })
	t.Run("escaped, and in one language", func(t *testing.T) {
		english := regexp.MustCompile(`(?i)\b(the|rows?|rejected|accepted|warnings?|lines?|column|sheet|header|total|falls|thousandfold)\b`)
		for name, page := range pages {
			if strings.Contains(page, "<img") || strings.Contains(page, "<i>quy") || strings.Contains(page, "<b>đậm") || strings.Contains(page, "⟦") {
				t.Errorf("%s: a value of a file stands there as markup, or a phrase is missing", name)
			}
			if said := spoken(page); strings.HasPrefix(name, "phieu/") && english.MatchString(said) {
				t.Errorf("%s speaks English: %q", name, english.FindString(said))
			}
		}
	})
}

// doubts holds the notes under tables and figures against the warnings of the
// rows that stand.
func doubts(t *testing.T, made *edited) {
	counted := -1 // the workbook replaces the row of Sở Nội vụ that the text brought, with its doubt
	for _, r := range made.receipts {
		if strings.HasPrefix(r.File, "progress/") && r.Status != warehouse.Refused {
			counted += len(r.Doubts)
		}
	}
	note := "Số liệu nguồn có " + decimal(int64(counted)) + " cảnh báo (dòng cộng lệch: "
	for _, name := range []string{"index.html", "so-nganh.html", "dia-phuong.html"} {
		if page := made.page(t, name); !strings.Contains(page, `<ul class="remarks">`+"\n<li>"+note) {
			t.Errorf("%s does not tell the %d warnings of its source", name, counted)
		}
	}
	if page := made.page(t, "tinh-hinh-bao-cao.html"); strings.Contains(page[strings.Index(page, `id="submission_status"`):strings.Index(page, `id="transfers_list"`)], "remarks") {
		t.Error("the list of files carries a note about figures")
	}
	if text := made.paper(t, "bao-cao-tong-ket.pdf"); !strings.Contains(text, note) {
		t.Error("the paper does not tell the warnings")
	}
	page := made.page(t, "don-vi/STP.html")
	got := rows(t, page, "unit_warnings")
	if len(got) == 0 || !strings.Contains(strings.Join(got[0], " "), "Khối lượng đã chỉnh lý 10,5 giảm so với 304,7") {
		t.Errorf("doubts of Sở Tư pháp: %q", got)
	}
	if other := made.page(t, "don-vi/SYT.html"); strings.Contains(other, "Số liệu cần đối chiếu") {
		t.Error("the page of a unit without doubts tells some")
	}
}

// linked holds every link from page to page against the pages.
func linked(t *testing.T, pages map[string]string) {
	count := 0
	for name, page := range pages {
		for _, m := range regexp.MustCompile(`href="([^"#:]+\.html)`).FindAllStringSubmatch(page, -1) {
			to := m[1]
			if up, ok := strings.CutPrefix(to, "../"); ok {
				to = up
			} else if dir, _, ok := strings.Cut(name, "/"); ok {
				to = dir + "/" + to
			}
			if count++; pages[to] == "" {
				t.Errorf("%s leads to %s, which is not there", name, m[1])
			}
		}
	}
	if count < len(pages) {
		t.Errorf("%d links on %d pages", count, len(pages))
	}
}

// workbook is an XLSX of two sheets with a table each, whose rows have the
// same numbers, and a third that holds none.
func workbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	sheets := []struct {
		name string
		rows [][]any
	}{
		{"Sở <ngành>", [][]any{
			{"Báo cáo tiến độ chỉnh lý quý I năm 2022"},
			{"STT", "Đơn vị", "Khối lượng tồn đọng (mét)", "Khối lượng đã chỉnh lý (mét)"},
			{1, "Sở Nội vụ", 236.5, 236.5},
			{nil, "Tổng cộng", 236.5, 300},
		}},
		{"Huyện", [][]any{
			{"Báo cáo tiến độ chỉnh lý quý I năm 2022"},
			{"STT", "Đơn vị", "Khối lượng tồn đọng (mét)", "Khối lượng đã chỉnh lý (mét)"},
			{1, "Huyện Không Có", 10, 5},
		}},
		{"Ghi chú", [][]any{{"Số liệu do các đơn vị tự chịu trách nhiệm"}}},
	}
	for i, s := range sheets {
		if i == 0 {
			check(t, f.SetSheetName("Sheet1", s.name))
		} else if _, err := f.NewSheet(s.name); err != nil {
			t.Fatal(err)
		}
		for n, row := range s.rows {
			check(t, f.SetSheetRow(s.name, "A"+decimal(int64(n+1)), &row))
		}
	}
	var out bytes.Buffer
	check(t, f.Write(&out))
	return out.Bytes()
}

// tcvn3 writes text as the .VnTime fonts want it; of the capitals with marks,
// only Đ and those without a tone exist.
func tcvn3(t *testing.T, text string) []byte {
	t.Helper()
	const (
		letters = "àáảãạâầấẩẫậăằắẳẵặđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ–"
		codes   = "\xb5\xb8\xb6\xb7\xb9\xa9\xc7\xca\xc8\xc9\xcb\xa8\xbb\xbe\xbc\xbd\xc6\xae\xcc\xd0\xce\xcf\xd1\xaa\xd2\xd5\xd3\xd4\xd6" +
			"\xd7\xdd\xd8\xdc\xde\xdf\xe3\xe1\xe2\xe4\xab\xe5\xe8\xe6\xe7\xe9\xac\xea\xed\xeb\xec\xee\xef\xf3\xf1\xf2\xf4\xad\xf5\xf8\xf6\xf7\xf9" +
			"\xfa\xfd\xfb\xfc\xfe\xa1\xa2\xa3\xa4\xa5\xa6\xa7-"
	)
	all := []rune(letters)
	var out []byte
	for _, r := range text {
		switch i := slices.Index(all, r); {
		case i >= 0:
			out = append(out, codes[i])
		case r < 0x80:
			out = append(out, byte(r))
		default:
			t.Fatalf("TCVN3 has no %q", r)
		}
	}
	return out
}

var (
	tag    = regexp.MustCompile(`<[^>]*>`)
	script = regexp.MustCompile(`(?s)<(script|style|head)\b.*?</(script|style|head)>`)
)

// spoken is what a page says in its main part, without what people or files
// are quoted with.
func spoken(page string) string {
	_, main, _ := strings.Cut(page, `<main`)
	main, _, _ = strings.Cut(main, "</main>")
	return regexp.MustCompile(`SHA-256|<img .*?>|=cmd.*?A0|</?[bi]>`).ReplaceAllString(read(main), "")
}

// read is the text of a piece of a page, its spaces made single.
func read(page string) string {
	return strings.Join(strings.Fields(html.UnescapeString(tag.ReplaceAllString(script.ReplaceAllString(page, ""), ""))), " ")
}

func holds(t *testing.T, page string, wanted ...string) {
	t.Helper()
	text := read(page)
	for _, w := range wanted {
		if !strings.Contains(text, w) {
			t.Errorf("the page does not say %q:\n%s", w, text)
		}
	}
}

// rows returns the cells of a table's body, as text.
func rows(t *testing.T, page, id string) [][]string {
	t.Helper()
	_, table, ok := strings.Cut(page, `<div class="table-block" id="`+id+`"`)
	if !ok {
		t.Fatalf("no table %s", id)
	}
	_, body, _ := strings.Cut(table, "<tbody>")
	body, _, _ = strings.Cut(body, "</tbody>")
	var out [][]string
	for _, row := range strings.Split(body, "</tr>") {
		var cells []string
		for _, cell := range regexp.MustCompile(`(?s)<t[hd][^>]*>(.*?)</t[hd]>`).FindAllStringSubmatch(row, -1) {
			cells = append(cells, read(cell[1]))
		}
		if cells != nil {
			out = append(out, cells)
		}
	}
	return out
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }
