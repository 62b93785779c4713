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
		{"SNV;2021-09;;9000;1;1;\n", ""}, // a month does not follow a quarter
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
