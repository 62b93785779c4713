package sample

import "strings"

func targetsFile(runs []run) File {
	s := newSheet("Đơn vị", "Kỳ báo cáo", "Chỉ tiêu lũy kế (mét)")
	for _, r := range runs {
		for t, share := range planned {
			s.row(bodyOf(r.code).name, periods[t], metres(scaled(r.backlog, share)))
		}
	}
	return s.file("targets.csv")
}

var phasesHeader = []string{"Mã giai đoạn", "Tên giai đoạn", "Năm bắt đầu", "Năm kết thúc", "Tài liệu đến hết năm",
	"Văn bản phê duyệt", "Ngày hội nghị tổng kết", "Ghi chú"}

func phasesFile() File {
	s := newSheet(phasesHeader...)
	s.row("1", "Giai đoạn 1", "2018", "2021", "2015", "Quyết định số 2085/QĐ-UBND năm 2018 của UBND tỉnh", "28/10/2022",
		"Ngày, tháng ban hành quyết định cần đối chiếu với bản gốc")
	s.row("2", "Giai đoạn 2", "2023", "2025", "2015", "", "",
		"Dự kiến (minh họa); chưa trình HĐND tỉnh")
	return s.file("phases.csv")
}

func unitChangesFile() File {
	s := newSheet("Ngày hiệu lực", "Mã đơn vị cũ", "Mã đơn vị mới", "Loại thay đổi", "Tỷ trọng chuyển", "Căn cứ")
	s.row("01/06/2019", "732", "732", "rename", "1", "Thành lập thành phố Long Khánh từ thị xã Long Khánh năm 2019 (ngày hiệu lực cần đối chiếu)")
	s.row("01/03/2025", "SKHDT", "STC", "merge", "1", "Hợp nhất Sở Kế hoạch và Đầu tư và Sở Tài chính (HĐND tỉnh, công bố ngày 27/02/2025)")
	s.row("01/03/2025", "SNgV", "VPUBND", "merge", "1", "Nhập Sở Ngoại vụ vào Văn phòng UBND tỉnh (HĐND tỉnh, công bố ngày 27/02/2025)")
	s.row("01/03/2025", "SLDTBXH", "SNV", "split", "", "Chuyển một phần chức năng sang Sở Nội vụ")
	s.row("01/03/2025", "SLDTBXH", "SYT", "split", "", "Chuyển một phần chức năng sang Sở Y tế")
	for _, b := range register {
		if b.district() {
			s.row("01/07/2025", b.code, "", "abolish", "", "Kết thúc hoạt động của đơn vị hành chính cấp huyện (Nghị quyết số 202/2025/QH15)")
		}
	}
	return s.file("unit_changes.csv")
}

// inspection is one visit of the Department of Home Affairs.
type inspection struct {
	unit, date string
	period     int // index of the period whose files were looked at
	finding    string
	remedyBy   string
}

const (
	good   = "Hồ sơ lập đúng hướng dẫn, mục lục đầy đủ"
	minor  = "Một số hồ sơ thiếu tờ mục lục, chưa đánh số tờ"
	titles = "Tiêu đề hồ sơ chưa phản ánh đúng nội dung; thời hạn bảo quản xác định chưa đúng"
	mixed  = "Lẫn tài liệu hết giá trị; hồ sơ chưa biên mục, chưa có chứng từ kết thúc"
)

var inspections = []inspection{
	{"SNV", "14/11/2019", 4, good, ""},
	{"VPUBND", "19/11/2019", 4, good, ""},
	{"732", "21/11/2019", 4, minor, "31/12/2019"},
	{"STC", "14/07/2020", 6, good, ""},
	{"741", "16/07/2020", 6, good, ""},
	{"736", "22/07/2020", 6, titles, "30/09/2020"},
	{"SLDTBXH", "10/11/2020", 8, mixed, "31/12/2020"},
	{"739", "12/11/2020", 8, good, ""},
	{"738", "17/11/2020", 8, mixed, "31/12/2020"},
	{"STNMT", "20/11/2020", 8, minor, "31/01/2021"},
	{"731", "06/04/2021", 9, minor, "30/06/2021"},
	{"SGDDT", "08/04/2021", 9, titles, "30/06/2021"},
	{"740", "13/04/2021", 9, good, ""},
	{"SLDTBXH", "16/11/2021", 12, titles, "31/12/2021"},
	{"738", "18/11/2021", 12, mixed, "31/12/2021"},
	{"742", "23/11/2021", 12, minor, "31/12/2021"},
}

// sampled is the share of a unit's own checks that a visit looks at again.
const sampled = 0.12

func inspectionsFile(runs []run) File {
	s := newSheet("Đơn vị", "Ngày kiểm tra", "Hồ sơ được kiểm tra", "Hồ sơ đạt yêu cầu", "Kết quả kiểm tra", "Hạn khắc phục")
	for _, v := range inspections {
		r := runOf(runs, v.unit)
		checked := scaled(r.states[v.period].checked, sampled)
		s.row(bodyOf(v.unit).name, v.date, whole(checked), whole(scaled(checked, r.passing-0.01)), v.finding, v.remedyBy)
	}
	return s.file("inspections.csv")
}

func runOf(runs []run, code string) run {
	for _, r := range runs {
		if r.code == code {
			return r
		}
	}
	panic("sample: no story of " + code)
}

// honoursFile: the conference commended six collectives and six individuals;
// who they were is not published, so these are invented.
func honoursFile() File {
	s := newSheet("Đơn vị", "Đối tượng", "Tập thể, cá nhân", "Chức vụ", "Hình thức khen thưởng", "Ngày khen thưởng")
	for _, code := range []string{"VPUBND", "SKHDT", "STC", "732", "739", "741"} {
		b := bodyOf(code)
		honoured := b.name
		if b.district() {
			honoured = "UBND " + strings.ToLower(b.name[:1]) + b.name[1:]
		}
		s.row(b.name, "collective", "Tập thể "+honoured, "", commendation, conference)
	}
	for _, p := range []struct{ unit, name, post string }{
		{"SNV", "Bà Trần Ngọc Diệp", "Chuyên viên"},
		{"STC", "Ông Lê Hoài Phong", "Chánh Văn phòng"},
		{"SKHCN", "Bà Nguyễn Hồng Thắm", "Văn thư - lưu trữ"},
		{"TTT", "Ông Phùng Gia Huy", "Chuyên viên"},
		{"732", "Bà Lưu Thị Mỹ Dung", "Chuyên viên Phòng Nội vụ"},
		{"741", "Ông Đoàn Nhật Minh", "Trưởng phòng Nội vụ"},
	} {
		s.row(bodyOf(p.unit).name, "individual", p.name+invented, p.post, commendation, conference)
	}
	return s.file("honours.csv")
}

const (
	commendation = "Bằng khen của UBND tỉnh"
	conference   = "28/10/2022"
	handover     = "05/12/2024"
	reported     = "Báo Đồng Nai, 12/2024: Bàn giao tài liệu vào Lưu trữ lịch sử tỉnh Đồng Nai năm 2024"
)

// transfersFile is the real handover as it was printed, its year 2996
// included.
func transfersFile() File {
	s := newSheet("Đơn vị", "Ngày giao nộp", "Số hồ sơ", "Khối lượng giao nộp (mét)", "Từ năm", "Đến năm", "Nguồn")
	s.row("Trung tâm Khuyến công và Tư vấn phát triển công nghiệp", handover, "179", "2,12", "1998", "2015", reported)
	s.row("Văn phòng UBND tỉnh", handover, "14", "0,44", "2008", "2015", reported)
	s.row("Sở Nông nghiệp và Phát triển nông thôn", handover, "279", "1,33", "1988", "2996", reported)
	s.row("Cục Hải quan Đồng Nai", handover, "98", "2,1", "2005", "2015", reported)
	return s.file("transfers.csv")
}

// transferTotalsFile holds the totals printed with the handover. The files
// are 18 more than its rows add up to.
func transferTotalsFile() File {
	s := newSheet("Ngày giao nộp", "Số hồ sơ", "Khối lượng giao nộp (mét)", "Số hộp", "Nguồn")
	s.row(handover, "588", "5,99", "54", reported)
	return s.file("transfer_totals.csv")
}
