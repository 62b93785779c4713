package edition_test

import (
	"strings"
	"testing"

	"tongket/internal/edition"
)

// TestFaultsShowFaults: a page that fails only because it tells of another's
// fault is told, too; and rows of the findings can be picked as those of a
// query.
func TestFaultsShowFaults(t *testing.T) {
	p := newPress(t)
	p.put(t, "reports/told.md", "---\ntitle: Kiểm tra\n---\nBáo cáo.\n\n{{ range rows \"findings\" \"severity\" \"Chặn công bố\" \"cases\" \"01\" }}{{ .nothing }}{{ end }}\n")
	o := p.order().Order
	if found, err := edition.Check(t.Context(), o); err != nil || len(found) > 0 {
		t.Fatalf("sound: %v, %v", found, err)
	}
	p.put(t, "reports/a.md", "---\ntitle: Hỏng\n---\nMột.\n\n{{ nope }}\n")
	found, err := edition.Check(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, f := range found {
		if !f.Broken() || f.Severity != "stop" {
			t.Errorf("%+v", f)
		}
		told = append(told, f.Faults...)
	}
	all := strings.Join(told, "\n")
	if len(told) != 2 || !strings.Contains(all, "reports/a.md:6") || !strings.Contains(all, "reports/told.md:6") {
		t.Errorf("told:\n%s", all)
	}
}
