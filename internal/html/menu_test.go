package html

import (
	"strings"
	"testing"

	"tongket/internal/report"
)

// TestMenuHasASecondRow: the pages of the marked entry stand in a row of their
// own, on each of them and on the pages below them, and nowhere else.
func TestMenuHasASecondRow(t *testing.T) {
	items := []report.MenuItem{
		{Path: "index", Label: "Tổng quan"}, {Path: "giai-doan-2", Label: "Giai đoạn 2"},
		{Path: "so-hoa", Label: "Số hóa", Under: "giai-doan-2"}, {Path: "lac", Label: "Lạc", Under: "khong-co"},
	}
	told := func(views []menuView) string {
		var parts []string
		for _, v := range views {
			part := v.Label
			if v.Current != "" {
				part += "=" + v.Current
			}
			parts = append(parts, part)
		}
		return strings.Join(parts, ", ")
	}
	for _, test := range []struct{ path, parent, first, second, back string }{
		{"index", "", "Tổng quan=page, Giai đoạn 2, Lạc", "", ""},
		{"giai-doan-2", "", "Tổng quan, Giai đoạn 2=page, Lạc", "Giai đoạn 2=page, Số hóa", ""},
		{"so-hoa", "giai-doan-2", "Tổng quan, Giai đoạn 2=true, Lạc", "Giai đoạn 2, Số hóa=page", ""},
		{"so-hoa/731", "so-hoa", "Tổng quan, Giai đoạn 2=true, Lạc", "Giai đoạn 2, Số hóa=true", "Số hóa"},
		{"lac", "khong-co", "Tổng quan, Giai đoạn 2, Lạc=page", "", ""},
		{"phieu/1", "", "Tổng quan, Giai đoạn 2, Lạc", "", ""},
	} {
		v := &pageView{}
		v.menu(placeOf(test.path), items, &report.Document{Path: test.path, Parent: test.parent})
		back := ""
		if v.Parent != nil {
			back = v.Parent.Label
		}
		if told(v.Menu) != test.first || told(v.Submenu) != test.second || back != test.back {
			t.Errorf("%s: %q, %q, back to %q; want %q, %q, %q", test.path, told(v.Menu), told(v.Submenu), back, test.first, test.second, test.back)
		}
	}
}
