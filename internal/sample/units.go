package sample

import "strings"

// body is one row of the register of units.
type body struct {
	code, name, short, aliases string
	kind, block                string
	leader                     string // invented
	ended                      string // last day it existed, dd/mm/yyyy; empty: still there, or not confirmed
	x, y                       string // tile of the map, from the north-west corner; empty for departments
}

const (
	departments = "I. Sở, ban, ngành"
	localities  = "II. Huyện, thành phố"
	others      = "III. Cơ quan khác nộp lưu tài liệu"
)

// The districts ended with Resolution 202/2025/QH15 and the two-tier local
// government on 01/07/2025. The three departments with an end date are those
// whose merger is reported for Đồng Nai itself, not read off other provinces.
const (
	districtsEnd   = "30/06/2025"
	departmentsEnd = "28/02/2025"
)

var register = []body{
	{code: "VPUBND", name: "Văn phòng UBND tỉnh", short: "VP UBND tỉnh", aliases: "Văn phòng UBND|Văn phòng Ủy ban nhân dân tỉnh", leader: "Ông Trần Hữu Phước, Phó Chánh Văn phòng"},
	{code: "SNV", name: "Sở Nội vụ", short: "Sở Nội vụ", leader: "Bà Lê Thị Thanh Hương, Phó Giám đốc"},
	{code: "STP", name: "Sở Tư pháp", short: "Sở Tư pháp", leader: "Ông Ngô Minh Triết, Phó Giám đốc"},
	{code: "SKHDT", name: "Sở Kế hoạch và Đầu tư", short: "Sở KH&ĐT", aliases: "SKHĐT|Sở KHĐT", leader: "Ông Đặng Quốc Bình, Phó Giám đốc", ended: departmentsEnd},
	{code: "STC", name: "Sở Tài chính", short: "Sở Tài chính", leader: "Bà Phạm Thu Nga, Phó Giám đốc"},
	{code: "SCT", name: "Sở Công Thương", short: "Sở Công Thương", aliases: "Sở CT", leader: "Ông Huỳnh Tấn Lộc, Phó Giám đốc"},
	{code: "SNN", name: "Sở Nông nghiệp và Phát triển nông thôn", short: "Sở NN&PTNT", aliases: "Sở NN-PTNT|SNN&PTNT", leader: "Ông Võ Thành Nhân, Phó Giám đốc"},
	{code: "STNMT", name: "Sở Tài nguyên và Môi trường", short: "Sở TN&MT", aliases: "Sở TN-MT|Sở TNMT", leader: "Bà Nguyễn Thị Diễm Châu, Phó Giám đốc"},
	{code: "SGTVT", name: "Sở Giao thông vận tải", short: "Sở GTVT", leader: "Ông Bùi Đăng Khôi, Phó Giám đốc"},
	{code: "SXD", name: "Sở Xây dựng", short: "Sở Xây dựng", leader: "Ông Lý Hoàng Nam, Phó Giám đốc"},
	{code: "STTTT", name: "Sở Thông tin và Truyền thông", short: "Sở TT&TT", aliases: "Sở TTTT", leader: "Ông Phan Anh Tuấn, Phó Giám đốc"},
	{code: "SKHCN", name: "Sở Khoa học và Công nghệ", short: "Sở KH&CN", aliases: "Sở KHCN", leader: "Bà Trương Mỹ Linh, Phó Giám đốc"},
	{code: "SLDTBXH", name: "Sở Lao động - Thương binh và Xã hội", short: "Sở LĐ-TB&XH", aliases: "Sở LĐTBXH|SLĐTBXH", leader: "Ông Hồ Văn Thuận, Phó Giám đốc", ended: departmentsEnd},
	{code: "SVHTTDL", name: "Sở Văn hóa, Thể thao và Du lịch", short: "Sở VHTT&DL", aliases: "Sở VHTTDL", leader: "Bà Đỗ Ngọc Trâm, Phó Giám đốc"},
	{code: "SGDDT", name: "Sở Giáo dục và Đào tạo", short: "Sở GD&ĐT", aliases: "SGDĐT|Sở GD-ĐT|Sở GDĐT", leader: "Ông Vũ Đình Khang, Phó Giám đốc"},
	{code: "SYT", name: "Sở Y tế", short: "Sở Y tế", leader: "Bà Tạ Kim Phượng, Phó Giám đốc"},
	{code: "TTT", name: "Thanh tra tỉnh", short: "Thanh tra tỉnh", aliases: "Thanh tra", leader: "Ông Cao Xuân Hải, Phó Chánh Thanh tra"},
	{code: "SNgV", name: "Sở Ngoại vụ", short: "Sở Ngoại vụ", ended: departmentsEnd},
	{code: "BDT", name: "Ban Dân tộc", short: "Ban Dân tộc", leader: "Ông Điểu Minh Sơn, Phó Trưởng ban"},
	{code: "BQLKCN", name: "Ban Quản lý các Khu công nghiệp Đồng Nai", short: "BQL các KCN", aliases: "Ban QL các KCN|DIZA", leader: "Bà Mai Thị Quỳnh Anh, Phó Trưởng ban"},

	{code: "731", name: "Thành phố Biên Hòa", short: "Biên Hòa", leader: "Ông Nguyễn Tuấn Kiệt, Phó Chủ tịch UBND thành phố", x: "1", y: "2"},
	{code: "732", name: "Thành phố Long Khánh", short: "Long Khánh", aliases: "Thị xã Long Khánh|TX. Long Khánh|UBND thị xã Long Khánh", leader: "Bà Trịnh Thị Bảo Ngọc, Phó Chủ tịch UBND thành phố", x: "4", y: "2"},
	{code: "734", name: "Huyện Tân Phú", short: "Tân Phú", leader: "Ông Dương Chí Hiếu, Phó Chủ tịch UBND huyện", x: "5", y: "1"},
	{code: "735", name: "Huyện Vĩnh Cửu", short: "Vĩnh Cửu", leader: "Ông Tô Thanh Liêm, Phó Chủ tịch UBND huyện", x: "2", y: "1"},
	{code: "736", name: "Huyện Định Quán", short: "Định Quán", leader: "Bà Châu Thị Hạnh, Phó Chủ tịch UBND huyện", x: "4", y: "1"},
	{code: "737", name: "Huyện Trảng Bom", short: "Trảng Bom", leader: "Ông Lâm Quang Vinh, Phó Chủ tịch UBND huyện", x: "2", y: "2"},
	{code: "738", name: "Huyện Thống Nhất", short: "Thống Nhất", leader: "Ông Đinh Trọng Nghĩa, Phó Chủ tịch UBND huyện", x: "3", y: "2"},
	{code: "739", name: "Huyện Cẩm Mỹ", short: "Cẩm Mỹ", leader: "Bà Hà Thị Tuyết Mai, Phó Chủ tịch UBND huyện", x: "4", y: "3"},
	{code: "740", name: "Huyện Long Thành", short: "Long Thành", leader: "Ông Quách Văn Dũng, Phó Chủ tịch UBND huyện", x: "2", y: "3"},
	{code: "741", name: "Huyện Xuân Lộc", short: "Xuân Lộc", leader: "Ông Thái Bá Phúc, Phó Chủ tịch UBND huyện", x: "5", y: "2"},
	{code: "742", name: "Huyện Nhơn Trạch", short: "Nhơn Trạch", leader: "Bà Kiều Thị Lan Chi, Phó Chủ tịch UBND huyện", x: "1", y: "3"},

	// Outside the scheme; they handed records over on 05/12/2024.
	{code: "TTKC", name: "Trung tâm Khuyến công và Tư vấn phát triển công nghiệp", short: "TT Khuyến công", kind: "other", block: others},
	{code: "CHQ", name: "Cục Hải quan Đồng Nai", short: "Cục Hải quan", aliases: "Cục HQ Đồng Nai", kind: "other", block: others},
}

// invented marks every made-up personal name where it is shown.
const invented = " (tên giả định)"

func (b body) inScheme() bool { return b.kind == "" }
func (b body) district() bool { return b.x != "" }

// spellings are the other names that files use for a district-level unit.
func (b body) spellings() string {
	if !b.district() {
		return b.aliases
	}
	dotted := b.dotted()
	all := dotted + "|UBND " + b.name + "|UBND " + strings.ToLower(b.name[:1]) + b.name[1:] + "|UBND " + dotted
	if b.aliases != "" {
		all += "|" + b.aliases
	}
	return all
}

// dotted is the short form of the name that officials write: "TP. Biên Hòa",
// "H. Định Quán".
func (b body) dotted() string {
	if b.name == "Thành phố "+b.short {
		return "TP. " + b.short
	}
	return "H. " + b.short
}

func unitsFile() File {
	s := newSheet("Mã đơn vị", "Tên đơn vị", "Tên viết tắt", "Tên gọi khác", "Loại đơn vị", "Khối", "Đơn vị cấp trên",
		"Lãnh đạo chịu trách nhiệm", "Đầu mối liên hệ", "Hiệu lực từ ngày", "Hiệu lực đến ngày", "Cột trên bản đồ ô", "Hàng trên bản đồ ô")
	for _, b := range register {
		kind, block, ended := b.kind, b.block, b.ended
		leader, contact := "", ""
		switch {
		case b.inScheme() && b.district():
			kind, block, ended = "locality", localities, districtsEnd
		case b.inScheme():
			kind, block = "department", departments
		}
		if b.leader != "" {
			leader = b.leader + invented
		}
		if b.inScheme() {
			contact = "luutru-" + strings.ToLower(b.code) + "@dongnai.example"
		}
		s.row(b.code, b.name, b.short, b.spellings(), kind, block, "UBND tỉnh Đồng Nai", leader, contact, "", ended, b.x, b.y)
	}
	return s.file("units.csv")
}

func bodyOf(code string) body {
	for _, b := range register {
		if b.code == code {
			return b
		}
	}
	panic("sample: no unit " + code)
}
