package sample

import (
	"fmt"
	"strings"
)

// state is where one unit stands at the end of one period; all figures but
// the backlog are cumulative. Metres are in tenths, money in đồng.
type state struct {
	backlog, arranged    int
	permanent, fixedTerm int
	boxes                int
	valueless, destroyed int
	handedFiles, handed  int
	checked, passed      int
	allotted, spent      int
	trained, pages       int
}

// run is a story with its figures, one state a period.
type run struct {
	story
	states []state
}

// simulate lets a unit work through the periods. Every figure is a rising
// function of the arranged metres or of time, so that none can ever fall.
func simulate(s story) run {
	r := run{story: s}
	shares := s.shares()
	passing := min(1, s.passing+newChance(s.code+" quality").between(-0.007, 0.007))
	at := func(t int, v func(state) int) int {
		if t < 0 {
			return 0
		}
		return v(r.states[t])
	}
	for t := range periods {
		st := state{backlog: s.backlog}
		if t >= resurveyed {
			st.backlog += s.found
		}
		st.arranged = scaled(s.backlog+s.found, shares[t])
		st.valueless = scaled(st.arranged, s.valueless)
		kept := float64(st.arranged-st.valueless) / 10
		files := int(kept * s.density)
		st.permanent = scaled(files, s.permanent)
		st.fixedTerm = files - st.permanent
		st.boxes = int(kept*9.6 + 0.5)
		st.destroyed = scaled(at(t-4, func(p state) int { return p.valueless }), 0.8)
		st.handedFiles = scaled(at(t-3, func(p state) int { return p.permanent }), s.handed)
		if s.density > 0 {
			st.handed = int(float64(st.handedFiles) / s.density * 10)
		}
		st.checked = scaled(files, 0.22)
		st.passed = scaled(st.checked, passing)
		st.allotted = s.money(t)
		st.spent = min(st.allotted, scaled(st.arranged, s.price*s.spent*1e5)/1e6*1e6)
		st.trained = scaled(s.staff, planned[t])
		st.pages = int(float64(at(t-2, func(p state) int { return p.arranged - p.valueless })) / 10 * 5000 * s.scanned)
		r.states = append(r.states, st)
	}
	return r
}

// shares returns the share of the backlog arranged by the end of each period.
func (s story) shares() []float64 {
	out := make([]float64, len(periods))
	if s.start < 0 {
		return out
	}
	luck := newChance(s.code)
	sum := 0.0
	for t := s.start; t <= s.end; t++ {
		sum += pace[t] * luck.between(0.75, 1.25)
		out[t] = sum
	}
	for t := s.start; t < len(out); t++ {
		if t > s.end {
			out[t] = s.reach
			continue
		}
		out[t] *= s.reach / sum
	}
	return out
}

// money is what had been allotted by the end of a period. It comes with each
// year's budget, and late to those who were late.
func (s story) money(t int) int {
	need := float64(s.backlog) / 10 * s.price * s.allotted // million đồng
	byYear := map[string]float64{"2018": 0.08, "2019": 0.42, "2020": 0.78, "2021": 1}
	if s.start < 0 {
		byYear = map[string]float64{"2021": 1}
	}
	return int(need*byYear[periods[t][:4]]/10) * 10e6
}

var progressHeader = []string{
	"Đơn vị", "Kỳ báo cáo", "Ngày báo cáo", "Khối lượng tồn đọng (mét)", "Khối lượng đã chỉnh lý (mét)",
	"Hồ sơ bảo quản vĩnh viễn", "Hồ sơ bảo quản có thời hạn", "Số hộp",
	"Tài liệu hết giá trị loại ra (mét)", "Tài liệu hết giá trị đã tiêu hủy (mét)",
	"Hồ sơ đã giao nộp vào Lưu trữ lịch sử", "Tài liệu đã giao nộp (mét)",
	"Hồ sơ được kiểm tra", "Hồ sơ đạt yêu cầu",
	"Kinh phí được phân bổ (đồng)", "Kinh phí đã giải ngân (đồng)",
	"Lượt người được tập huấn", "Số trang đã số hóa", "Ghi chú",
}

// corrected is a report that was first sent with a wrong figure and put right
// in a file of its own.
const (
	correctedUnit   = "SXD"
	correctedPeriod = 10
	correctedBy     = 240 // tenths of a metre too many in the first report
)

// progressFiles returns one file a period with the rows of those who
// reported, and the correction. The correction's name sorts after the file it
// corrects, since files are loaded in the order of their names.
func progressFiles(runs []run) []File {
	var files []File
	for t, period := range periods {
		s := newSheet(progressHeader...)
		for _, r := range runs {
			if r.skips == period {
				continue
			}
			st := r.states[t]
			if r.code == correctedUnit && t == correctedPeriod {
				st.arranged += correctedBy
			}
			s.row(r.cells(t, st, r.notes[t])...)
		}
		files = append(files, s.file("progress/"+period+".csv"))
		if t == correctedPeriod {
			files = append(files, correction(runs))
		}
	}
	return files
}

func correction(runs []run) File {
	s := newSheet(progressHeader...)
	for _, r := range runs {
		if r.code == correctedUnit {
			s.row(r.cells(correctedPeriod, r.states[correctedPeriod], "Đính chính khối lượng đã chỉnh lý")...)
		}
	}
	return s.file("progress/" + periods[correctedPeriod] + "_dinh-chinh.csv")
}

func (r run) cells(t int, st state, note string) []string {
	return []string{
		calledBy(bodyOf(r.code), t), periods[t], r.reportedOn(t), metres(st.backlog), metres(st.arranged),
		whole(st.permanent), whole(st.fixedTerm), whole(st.boxes),
		metres(st.valueless), metres(st.destroyed),
		whole(st.handedFiles), metres(st.handed),
		whole(st.checked), whole(st.passed),
		whole(st.allotted), whole(st.spent),
		whole(st.trained), someOrDash(st.pages), note,
	}
}

// calledBy is the name under which a unit signs its report: some always use
// the full name, some the short one, and Long Khánh was a town (thị xã) until
// the middle of 2019.
func calledBy(b body, t int) string {
	switch {
	case b.code == "732" && periods[t] < "2019-Q2":
		return "TX. Long Khánh"
	case b.district() && b.name[0] == 'T':
		return b.dotted()
	case strings.Contains(b.short, "&"), b.code == "VPUBND":
		return b.short
	case b.code == "736" && t%2 == 1:
		return "UBND huyện Định Quán"
	}
	return b.name
}

// reportedOn is the day of the report, in the first weeks of the quarter that
// follows.
func (r run) reportedOn(t int) string {
	var year, quarter int
	if _, err := fmt.Sscanf(periods[t], "%d-Q%d", &year, &quarter); err != nil {
		panic(err) // the periods stand in this file
	}
	if quarter++; quarter > 4 {
		year, quarter = year+1, 1
	}
	day := 3 + int(newChance(r.code+periods[t]).between(0, 13))
	if r.reach < 0.9 {
		day += 5
	}
	return fmt.Sprintf("%02d/%02d/%d", day, quarter*3-2, year)
}
