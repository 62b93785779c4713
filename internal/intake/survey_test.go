package intake

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"tongket/internal/report"
)

func surveyOf(t *testing.T, name, text string) (*Survey, error) {
	t.Helper()
	catalog, err := os.ReadFile("../../templates/lang/vi.json")
	if err != nil {
		t.Fatal(err)
	}
	l, err := report.NewLocale(catalog)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return Look(context.Background(), Order{Path: path, Name: name, Locale: l})
}

// TestLook: the header is found without a contract, whatever stands around it.
func TestLook(t *testing.T) {
	for _, x := range []struct {
		name, text string
		line       int64
		headers    []string
		rows       int
		period     string
	}{
		{"plain.csv", "Tên;Số\nMột;1\nHai;2\n", 1, []string{"Tên", "Số"}, 2, ""},
		{"words.csv", "Mã,Tên\na,An\nb,Bình\n", 1, []string{"Mã", "Tên"}, 2, ""},
		{"titles.csv", "BÁO CÁO QUÝ III/2025;;\n;;Đơn vị tính: mét\nTên;Tồn đọng;Đã làm\n(1);(2);(3)\nMột;1;2\nHai;3;4\nTổng cộng;4;6\n", 3, []string{"Tên", "Tồn đọng", "Đã làm"}, 2, "2025-Q3"},
		{"stacked.csv", "STT;Tên;Hồ sơ;\n;;Vĩnh viễn;Có thời hạn\n1;Một;1;2\n2;Hai;3;4\n", 1, []string{"STT", "Tên", "Hồ sơ / Vĩnh viễn", "Hồ sơ / Có thời hạn"}, 2, ""},
		{"pipe_2024-H1.txt", "Tên|Số\nMột|1,5\nHai|2,5\n", 1, []string{"Tên", "Số"}, 2, "2024-H1"},
		{"tab.tsv", "Tên\tSố\nMột\t1\nNgười lập biểu\t\n", 1, []string{"Tên", "Số"}, 1, ""},
	} {
		s, err := surveyOf(t, x.name, x.text)
		if err != nil {
			t.Errorf("%s: %v", x.name, err)
			continue
		}
		var headers []string
		for _, c := range s.Columns {
			headers = append(headers, c.Header)
		}
		if s.Line != x.line || !slices.Equal(headers, x.headers) || s.Rows != x.rows || s.Period != x.period {
			t.Errorf("%s: line %d, %q, %d rows, period %q", x.name, s.Line, headers, s.Rows, s.Period)
		}
	}
}

// TestLookRefuses: what holds no table is refused in a sentence.
func TestLookRefuses(t *testing.T) {
	for name, text := range map[string]string{"empty.csv": " \n", "one.csv": "chỉ\nmột\ncột\n", "bare.csv": "Tên;Số\n", "scan.csv": "\x89PNG\r\n\x1a\n"} {
		if _, err := surveyOf(t, name, text); AsRefusal(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzLook(f *testing.F) {
	f.Add("Tên;Số\nMột;1\n")
	f.Add("sep=,\na,b\n,\n\"x")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := surveyOf(t, "x.csv", text)
		if err == nil && (s.Rows == 0 || len(s.Columns) < 2) {
			t.Errorf("%d rows, %d columns", s.Rows, len(s.Columns))
		}
	})
}
