package pdf

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tongket/internal/report"
)

// What has no glyph is a box on paper, and told: the character, and where.
func TestLacking(t *testing.T) {
	l := locale(t, "vi")
	doc := tableDoc(
		report.Heading{Level: 1, Text: []report.Run{{Text: "Kết quả"}}},
		report.Paragraph{Text: []report.Run{{Text: "Đạt "}, {Text: "kế hoạch 🎉", Bold: true}}},
		report.TableBlock{Caption: "Đơn vị", ID: "t", Table: report.Table{Name: "t",
			Columns: []report.Column{{Name: "a", Title: "Tên", Format: report.Text}, {Name: "b", Title: "漢", Format: report.Text, Hidden: true}},
			Rows:    [][]any{{"Ủy ban nhân dân\u0323", "漢"}, {"\u05e9\u05dc ½ ₫ \x00\u200b", nil}}}},
	)
	got, err := Lacking(doc, l)
	if err != nil {
		t.Fatal(err)
	}
	want := []Lack{{"“Đạt kế hoạch 🎉”", []rune("🎉")}, {"bảng “Đơn vị”, dòng 2, cột “Tên”", []rune("\u05e9\u05dc")}}
	if len(got) != len(want) {
		t.Fatalf("%q", got)
	}
	for i := range want {
		if got[i].Place != want[i].Place || string(got[i].Runes) != string(want[i].Runes) {
			t.Errorf("%q, want %q", got[i], want[i])
		}
	}
	if text := copied(t, written(t, doc, "vi")); strings.Count(text, "□") != 3 {
		t.Errorf("not a box for each: %s", text)
	}
	if text := Named([]rune("🎉🎉x\x01"), 2); text != "🎉 (U+1F389), x (U+0078), …" {
		t.Error(text)
	}
}

// A sparkline is a line beside its figures, drawn as such and inside its cell.
func TestSparklineOnPaper(t *testing.T) {
	table := report.Table{Name: "t", Columns: []report.Column{{Name: "a", Title: "Tên", Format: report.Text}, {Name: "s", Title: "Diễn biến", Format: report.Sparkline}},
		Rows: [][]any{{"A", report.Series{1, 3, 2, 4}}, {"B", report.Series{7}}, {"C", nil}}}
	strokes := func(table report.Table) int {
		file := written(t, tableDoc(report.TableBlock{Table: table, Caption: "Bảng", ID: "t"}), "vi")
		plain := filepath.Join(t.TempDir(), "plain.pdf")
		tool(t, "qpdf", "--qdf", "--object-streams=disable", file, plain)
		data, err := os.ReadFile(plain)
		if err != nil {
			t.Fatal(err)
		}
		return len(regexp.MustCompile(`(?m)^[\d.]+ [\d.]+ l ?$`).FindAll(data, -1))
	}
	with := strokes(table)
	table.Rows = [][]any{{"A", nil}, {"B", nil}, {"C", nil}}
	if without := strokes(table); with-without != 3 {
		t.Errorf("%d strokes for a series of four numbers", with-without)
	}
}
