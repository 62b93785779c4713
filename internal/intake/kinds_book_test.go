package intake

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// sheetOf makes a workbook of one sheet. Cells are texts and numbers by
// address; merges are ranges.
func sheetOf(t *testing.T, cells map[string]any, merges ...string) string {
	t.Helper()
	b := excelize.NewFile()
	for at, v := range cells {
		if err := b.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range merges {
		from, to, _ := strings.Cut(m, ":")
		if err := b.MergeCell("Sheet1", from, to); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := b.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestMergedCells(t *testing.T) {
	_, l := setUp(t)
	for name, c := range map[string]struct {
		contract string
		cells    map[string]any
		merges   []string
		rows     string
	}{
		"one name for three quarters": {periodContract, map[string]any{
			"A1": "BÁO CÁO TIẾN ĐỘ", "A2": "Đơn vị", "B2": "Kỳ", "C2": "Tồn đọng", "D2": "Đã chỉnh lý",
			"A3": "Sở Nội vụ", "B3": "Quý I/2025", "C3": 100, "D3": 1.5, "B4": "Quý II/2025", "C4": 90, "B5": "Quý III/2025", "C5": 80,
			"A6": "Sở Y tế", "B6": "Quý I/2025", "C6": 5, "B7": "Quý II/2025", "C7": 4,
		}, []string{"A1:D1", "A3:A5"}, "3,Sở Nội vụ,2025-Q1,100,1.5 4,Sở Nội vụ,2025-Q2,90, 5,Sở Nội vụ,2025-Q3,80, 6,Sở Y tế,2025-Q1,5, 7,,2025-Q2,4,"},
		"a merged figure is no figure of both": {kindsContract, map[string]any{
			"A1": "Đơn vị", "B1": "Tồn đọng", "C1": "Ghi chú", "A2": "Sở Nội vụ", "B2": 100, "C2": "chung", "A3": "Sở Y tế", "A4": "Ban Dân tộc", "B4": 7,
		}, []string{"B2:B3", "C2:C3"}, "2,,Sở Nội vụ,100,chung 3,,Sở Y tế,,chung 4,,Ban Dân tộc,7,"},
		"header of merged cells": {kindsContract, map[string]any{
			"A1": "PHỤ LỤC", "A3": "STT", "B3": "Đơn vị", "C3": "Khối lượng (mét)", "E3": "Kinh phí (triệu đồng)", "C4": "Tồn đọng", "D4": "Đã chỉnh lý",
			"A5": 1, "B5": "Sở Nội vụ", "C5": 100, "D5": 50, "E5": 1.25, "A6": "Tổng cộng", "C6": 100, "D6": 50, "E6": 1.25,
		}, []string{"A1:E1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "A6:B6"}, "5,,Sở Nội vụ,100,50,1250000"},
	} {
		f, err := Inspect(t.Context(), Order{Path: sheetOf(t, c.cells, c.merges...), Name: "a.xlsx", Resource: resource(t, c.contract), Locale: l, Units: kindsUnits()})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		defer f.Release()
		out, faults, _ := tidy(t, f)
		var rows []string
		for _, r := range records(t, out) {
			rows = append(rows, strings.Join(r[:len(r)-1], ","))
		}
		if got := strings.Join(rows, " "); got != c.rows || faults != "" {
			t.Errorf("%s:\n%s\nwant\n%s\n%s", name, got, c.rows, faults)
		}
	}
}
