package warehouse

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"tongket/internal/contract"
)

// TestHistory: a figure is doubted beside what the unit reported for the period
// before, as it stands with this file: not beside what the file corrects.
func TestHistory(t *testing.T) {
	c, err := contract.Read(fstest.MapFS{contract.File: {Data: []byte(strings.Replace(contractText, "title: Đã chỉnh lý, type: number", "title: Đã chỉnh lý, cumulative: true, type: number", 1))}})
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{t: t, dir: t.TempDir(), c: c, l: locale(t)}
	f.open()
	defer func() { f.w.Close() }()
	f.load("units", "units.csv", unitsText)
	for i, step := range []struct{ rows, want string }{
		{"SNV;2021-Q1;;9000;5000;1;\n731;2021-Q1;;9000;10;1;\n", ""},
		{"SNV;2021-Q1;;9000;500;1;\nSNV;2021-Q2;;9000;600;1;\n", ""},
		{"SNV;2021-Q3;;9000;599,5;1;\n", "2 Đã chỉnh lý falls “giảm so với 600 đã báo cáo quý II/2021, trong khi là số lũy kế”"},
		{"731;2021-Q2;;9000;10;900;\n", ""}, // 900 times one, but few
		{"731;2021-Q3;;9000000;20;900;\n", "2 Tồn đọng thousandfold “chênh hàng trăm lần so với 9.000 đã báo cáo quý II/2021; kiểm tra đơn vị tính và dấu phân cách”"},
		{"SNV;2021-10;;9000;599;1;\n", "2 Đã chỉnh lý falls “giảm so với 599,5 đã báo cáo quý III/2021, trong khi là số lũy kế”"},
		{"731;2021-H1;;9000;9;900;\n", "2 Đã chỉnh lý falls “giảm so với 10 đã báo cáo quý I/2021, trong khi là số lũy kế”"},
	} {
		r := f.load("progress", fmt.Sprintf("progress/%d.csv", i), header+step.rows)
		var got []string
		for _, d := range r.Doubts {
			got = append(got, fmt.Sprintf("%d %s %s “%s”", d.Line, d.Column, d.Rule, d.Message))
		}
		if strings.Join(got, "\n") != step.want {
			t.Errorf("file %d: %s\nwant %s", i, strings.Join(got, "\n"), step.want)
		}
	}
}

// TestPhases: cumulative figures begin anew with a phase, when a file is loaded
// and when what holds is tested; within one they go by the ends of periods.
func TestPhases(t *testing.T) {
	text := strings.Replace(contractText, "title: Đã chỉnh lý, type: number", "title: Đã chỉnh lý, cumulative: true, type: number", 1)
	text = strings.Replace(text, "    path: progress/*.csv\n", "    path: progress/*.csv\n    since: {resource: phases, field: begins}\n", 1)
	for _, begins := range []struct{ kind, first, second string }{{"year", "2021", "2023"}, {"date", "2021-01-01", "2022-10-01"}} {
		phases := "  - name: phases\n    path: phases.csv\n    schema: {primaryKey: begins, fields: [{name: begins, type: " + begins.kind + "}]}\n"
		c, err := contract.Read(fstest.MapFS{contract.File: {Data: []byte(text + phases)}})
		if err != nil {
			t.Fatal(err)
		}
		f := &fixture{t: t, dir: t.TempDir(), c: c, l: locale(t)}
		f.open()
		f.load("units", "units.csv", unitsText)
		f.load("phases", "phases.csv", "begins\n"+begins.first+"\n"+begins.second+"\n")
		f.load("progress", "progress/1.csv", header+"SNV;2021-Q1;;100;50;1;\n731;2021;;100;100;1;\n")
		r := f.load("progress", "progress/2.csv", header+"SNV;2021-H1;;100;40;1;\n731;2023-Q1;;200;0;1;\n")
		if got := doubts(r); got != "2 Đã chỉnh lý: giảm so với 50 đã báo cáo quý I/2021, trong khi là số lũy kế" {
			t.Errorf("%s: %s", begins.kind, got)
		}
		r = f.load("progress", "progress/3.csv", header+"731;2023-02;;200;5;1;\nSNV;2023-02;;200;;1;\n")
		if len(r.Doubts) != 0 {
			t.Errorf("%s: the beginning of a phase: %s", begins.kind, doubts(r))
		}
		found := f.derived(contract.Gate{}, "falls_progress", nil)
		if len(found) != 2 || fmt.Sprint(found[0][:5]) != "[731 2023-Q1 Đã chỉnh lý 5 0]" || fmt.Sprint(found[1][:5]) != "[SNV 2021-H1 Đã chỉnh lý 50 40]" {
			t.Errorf("%s: falls: %v", begins.kind, found)
		}
		f.w.Close()
	}
}

// TestLeftOut doubts what is left blank though it is known, in the row that is
// replaced, in the period before, and in a column that the file has not.
func TestLeftOut(t *testing.T) {
	f := setUp(t)
	f.load("progress", "progress/1.csv", header+"SNV;2021-Q1;;100;10;5;xong\n731;2021-Q1;;100;10;;\n")
	r := f.load("progress", "progress/2.csv", header+"SNV;2021-Q1;;100;;5;\n731;2021-Q1;;100;11;;\n")
	if got := doubts(r); got != "2 Ghi chú: để trống, thay cho xong đã nhận trước đó; 2 Đã chỉnh lý: để trống, thay cho 10 đã nhận trước đó" {
		t.Errorf("a correction: %s", got)
	}
	r = f.load("progress", "progress/3.csv", "Đơn vị;Kỳ;Tồn đọng;Đã chỉnh lý\nSNV;2021-Q2;100;12\n731;2021-Q2;100;\n")
	if got := doubts(r); got != "1 : tệp không có 1 cột mà các báo cáo trước đã có số liệu (Hồ sơ); dòng mới để trống các cột này" {
		t.Errorf("a new period: %s", got)
	}
	if r = f.load("progress", "progress/4.csv", "Đơn vị;Kỳ;Tồn đọng;Đã chỉnh lý\nTP1;2021-Q2;100;12\n"); len(r.Doubts) != 0 {
		t.Errorf("a unit that never reported it: %s", doubts(r))
	}
}

func doubts(r *Receipt) string {
	var out []string
	for _, d := range r.Doubts {
		out = append(out, fmt.Sprintf("%d %s: %s", d.Line, d.Column, d.Message))
	}
	return strings.Join(out, "; ")
}
